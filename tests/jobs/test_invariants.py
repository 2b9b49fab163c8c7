"""Each invariant of jobs finds what breaks it and names it; and what ``manage.py check_invariants`` says."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.tasks import mail
from jobs import soundness
from jobs.models import JobState
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.jobs import IdempotencyKeyFactory, JobFactory
from tests.invariants import assert_is_seen, dangling, refused

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TASK = mail.name


def running(**fields):
    claimed = {"claimed_by": "a:1:b", "claimed_until": timezone.now()} | fields
    return JobFactory(task=TASK, state=JobState.RUNNING, **claimed)


BROKEN = {
    "jobs.jobs-are-claimed-only-while-they-run": lambda: JobFactory(done=True, claimed_by="a:1:b"),
    "jobs.jobs-end-after-they-begin": lambda: JobFactory(done=True, started_at=timezone.now() + HOUR),
    "jobs.jobs-that-wait-have-not-ended": lambda: JobFactory(task=TASK, finished_at=timezone.now()),
    "jobs.jobs-are-tried-a-few-times": lambda: running(attempts=7),
    "jobs.jobs-name-tasks-that-exist": lambda: JobFactory(task="accounts.forgotten"),
    "jobs.jobs-of-dead-processes-are-taken-up": lambda: running(claimed_until=timezone.now() - DAY),
    "jobs.constraints-hold": lambda: refused(running(), "job_running_is_somebodys", claimed_by=""),
    "jobs.references-lead-somewhere": lambda: dangling(IdempotencyKeyFactory(), "user"),
}


@pytest.mark.parametrize("key", BROKEN)
def test_what_breaks_an_invariant_is_seen_and_named(key):
    assert_is_seen(key, BROKEN[key])


# What the command says


def said(*arguments, **options):
    out = StringIO()
    call_command("check_invariants", *arguments, stdout=out, **options)
    return out.getvalue()


def refusal(*arguments, **options):
    out = StringIO()
    with pytest.raises(CommandError) as reason:
        call_command("check_invariants", *arguments, stdout=out, **options)
    return str(reason.value), out.getvalue()


def test_it_says_how_many_hold():
    without_files = [one for one in soundness.known().values() if not one.reads_files]

    assert said() == f"{len(without_files)} invariants hold.\n"
    assert said(files=True) == f"{len(soundness.known())} invariants hold.\n"


def test_it_names_each_broken_rule_with_the_first_that_break_it_and_counts_the_rest():
    jobs = [JobFactory(task="accounts.forgotten") for _number in range(3)]

    reason, out = refusal(most=2)

    assert reason.startswith("1 of ")
    assert out.splitlines() == [
        "BROKEN jobs.jobs-name-tasks-that-exist: "
        "Every job that waits or runs names a task that the portal has.",
        f"    jobs.job {jobs[2].public_id}",
        f"    jobs.job {jobs[1].public_id}",
        "    and 1 more",
    ]


def test_it_names_nobody():
    person = UserFactory(name="Ana Ruiz", email="Ana.Ruiz@demo.example")
    MembershipFactory(user=person, role="chair")

    reason, out = refusal()

    assert reason.startswith("2 of ")
    assert f"accounts.user {person.public_id}" in out
    assert "Ruiz" not in out


def test_it_looks_only_at_those_that_are_asked_for():
    JobFactory(task="accounts.forgotten")

    assert said(only=["jobs.jobs-end-after-they-begin"]) == "1 invariants hold.\n"
    assert refusal(only=["jobs.what-is-not-there"]) == (
        "No such invariant: jobs.what-is-not-there. Try --list.",
        "",
    )


def test_it_lists_every_rule_in_words():
    listed = said(list=True)

    assert "jobs.jobs-are-tried-a-few-times\n    No job is tried more often than the limit" in listed
    assert "documents.files-are-intact (--files)\n" in listed
    assert len(listed.splitlines()) == 2 * len(soundness.known())
