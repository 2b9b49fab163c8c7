from datetime import timedelta

import pytest
from celery import shared_task
from django.db import transaction
from django.utils import timezone

from jobs import progress, queue, runner, running
from jobs.models import Job, JobState
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

seen: list[dict] = []


@shared_task(name="tests.note")
def note(**what):
    seen.append(what)


@shared_task(name="tests.refuse")
def refuse():
    raise running.JobFailed("No hay nada que hacer con este folio.")


@shared_task(name="tests.stumble")
def stumble():
    raise OSError(28, "No space left on device")


@shared_task(name="tests.count")
def count(*, to):
    for n in range(to):
        progress.report(n + 1, to)


@pytest.fixture(autouse=True)
def _nothing_seen():
    seen.clear()


def test_enqueue_writes_a_row_and_nothing_else():
    ana = UserFactory()

    job = queue.enqueue(note, subject="CONV-1", label="Anotar", by=ana, folio="CONV-1")

    assert (job.state, job.task, job.subject, job.requested_by) == (
        JobState.QUEUED,
        "tests.note",
        "CONV-1",
        ana,
    )
    assert seen == []


def test_the_runner_calls_the_task_with_its_arguments_and_writes_the_end():
    job = queue.enqueue(note, folio="CONV-1")

    assert runner.drain() == 1

    job.refresh_from_db()
    assert seen == [{"folio": "CONV-1"}]
    assert (job.state, job.attempts, job.claimed_by) == (JobState.DONE, 1, "")
    assert job.finished_at is not None


def test_a_job_of_a_transaction_that_was_undone_never_existed():
    class Undone(Exception):
        pass

    @transaction.atomic
    def act():
        queue.enqueue(note, folio="CONV-1")
        raise Undone

    with pytest.raises(Undone):
        act()

    assert runner.drain() == 0
    assert seen == []


def test_a_job_waits_for_its_time():
    queue.enqueue(note, run_after=timezone.now() + timedelta(hours=1))

    assert runner.drain() == 0


def test_work_with_a_key_is_asked_for_once():
    first = queue.enqueue(note, once_key="notes@2026-09-16")
    second = queue.enqueue(note, once_key="notes@2026-09-16")

    assert first == second
    assert Job.objects.count() == 1


def test_a_refusal_in_words_fails_at_once_with_those_words():
    job = queue.enqueue(refuse)

    runner.drain()

    job.refresh_from_db()
    assert (job.state, job.reason) == (JobState.FAILED, "No hay nada que hacer con este folio.")
    assert job.attempts == 1


def test_a_stumble_is_tried_again_later_until_the_limit(time_machine):
    job = queue.enqueue(stumble)

    for attempt in range(1, running.MAX_ATTEMPTS):
        assert runner.drain() == 1
        job.refresh_from_db()
        assert (job.state, job.attempts) == (JobState.QUEUED, attempt)
        assert runner.drain() == 0
        time_machine.move_to(job.run_after + timedelta(seconds=1))
    runner.drain()

    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.FAILED, running.MAX_ATTEMPTS)
    assert "No space left on device" in job.reason


def test_a_task_that_no_longer_exists_fails_with_a_reason():
    job = queue.enqueue("tests.gone")

    runner.drain()

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "tests.gone" in job.reason


def test_a_task_tells_how_far_it_got():
    job = queue.enqueue(count, to=7)

    runner.drain()

    job.refresh_from_db()
    assert (job.done_units, job.total_units, job.percent) == (7, 7, 100)


def test_a_job_that_somebody_else_claimed_is_left_alone():
    job = queue.enqueue(note)
    stale = Job.objects.get(pk=job.pk)
    running.run(job)

    assert running.run(stale) is False
    assert len(seen) == 1


def test_what_a_person_waits_for_comes_before_what_nobody_waits_for():
    queue.enqueue(note, who="the portal")
    queue.enqueue(note, who="ana", by=UserFactory())

    runner.drain()

    assert [what["who"] for what in seen] == ["ana", "the portal"]


@shared_task(name="tests.batch")
def batch(*, to):
    for number in range(progress.reached(to), to):
        note(number=number)
        progress.report(number + 1, to)
        progress.make_way()


class TestWhoWaits:
    """What somebody waits for is done before what nobody does, and between the parts of a long batch."""

    def test_what_nobody_asked_for_comes_last(self):
        queue.enqueue(note, number=1)
        queue.enqueue(note, number=2, by=UserFactory())

        runner.drain()

        assert seen == [{"number": 2}, {"number": 1}]

    def test_a_long_batch_makes_way_and_goes_on_where_it_was(self, monkeypatch):
        monkeypatch.setattr(progress, "SECONDS_OF_A_TURN", 0.0)
        ana = UserFactory()
        long = queue.enqueue(batch, by=ana, to=3)
        queue.enqueue(note, word="short", by=ana)

        assert runner.drain() == 3

        assert seen == [{"number": 0}, {"word": "short"}, {"number": 1}, {"number": 2}]
        long.refresh_from_db()
        assert (long.state, long.attempts, long.percent) == (JobState.DONE, 1, 100)

    def test_a_batch_within_its_turn_is_not_interrupted(self):
        ana = UserFactory()
        queue.enqueue(batch, by=ana, to=2)
        queue.enqueue(note, word="short", by=ana)

        runner.drain()

        assert seen == [{"number": 0}, {"number": 1}, {"word": "short"}]

    def test_nobody_is_let_pass_for_what_nobody_asked(self, monkeypatch):
        monkeypatch.setattr(progress, "SECONDS_OF_A_TURN", 0.0)
        queue.enqueue(batch, by=UserFactory(), to=2)
        queue.enqueue(note, word="of the portal")

        runner.drain()

        assert seen == [{"number": 0}, {"number": 1}, {"word": "of the portal"}]

    def test_what_the_clock_asks_for_does_not_wait_behind_what_nobody_asked(self):
        queue.enqueue(note, word="a booklet")
        queue.enqueue(note, word="the seal of a reception", once_key="seal@2026-09-16")

        runner.drain()

        assert seen == [{"word": "the seal of a reception"}, {"word": "a booklet"}]

    def test_nobody_is_let_pass_for_what_is_tried_again_later(self, monkeypatch):
        monkeypatch.setattr(progress, "SECONDS_OF_A_TURN", 0.0)
        ana = UserFactory()
        queue.enqueue(note, word="later", by=ana, run_after=timezone.now() + timedelta(minutes=10))
        long = queue.enqueue(batch, by=ana, to=2)

        assert runner.drain() == 1
        long.refresh_from_db()
        assert long.state == JobState.DONE
