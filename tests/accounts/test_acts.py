"""Acts: the guard against two at once, the line in the trail, the seal, and who may say when."""

from datetime import UTC, datetime

import pytest

from accounts import acts
from accounts.acts import Act, ActNotPossible, ExplicitTimeRefused, perform, record, sealed_digest
from accounts.models import TrailEntry, TrailSalt
from jobs.models import Job, JobState
from tests.factories.accounts import BodyFactory, UserFactory
from tests.factories.jobs import JobFactory
from tests.harness.racing import race

HAND = Act.of("job.hand", sources=[JobState.QUEUED], target=JobState.HANDED)
SEALED_HAND = Act.of(
    "job.hand", sources=[JobState.QUEUED], target=JobState.HANDED, seals=("attempts", "subject")
)
LONG_AGO = datetime(2025, 3, 31, 23, 59, tzinfo=UTC)


@pytest.mark.django_db
def test_an_act_changes_the_state_with_what_goes_along_and_writes_one_line():
    job, ana = JobFactory(), UserFactory()

    perform(HAND, job, by=ana, at=LONG_AGO, note="first try", attempts=1)

    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.HANDED, 1)
    entry = TrailEntry.objects.about(job).get()
    assert (entry.act, entry.from_state, entry.to_state) == ("job.hand", "queued", "handed")
    assert (entry.by, entry.at, entry.note) == (ana, LONG_AGO, "first try")
    assert entry.subject_name == job.public_id


@pytest.mark.django_db
def test_an_act_from_another_state_is_refused_and_leaves_no_trace():
    job = JobFactory(done=True)

    with pytest.raises(ActNotPossible):
        perform(HAND, job, by=UserFactory(), attempts=7)

    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 0)
    assert not TrailEntry.objects.about(job).exists()


@pytest.mark.django_db
def test_a_stale_page_cannot_repeat_an_act():
    job, ana = JobFactory(), UserFactory()
    seen_by_another_tab = Job.objects.get(pk=job.pk)
    perform(HAND, job, by=ana)

    with pytest.raises(ActNotPossible):
        perform(HAND, seen_by_another_tab, by=ana)

    assert TrailEntry.objects.about(job).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_press_at_once_one_wins_and_seven_are_told():
    job, people = JobFactory(), [UserFactory() for _ in range(8)]

    answers = race(lambda number: perform(HAND, Job.objects.get(pk=job.pk), by=people[number]))

    told = [answer for answer in answers if isinstance(answer, ActNotPossible)]
    won = [number for number, answer in enumerate(answers) if isinstance(answer, Job)]
    assert (len(won), len(told)) == (1, 7)
    entry = TrailEntry.objects.about(job).get()
    assert entry.by == people[won[0]]


@pytest.mark.django_db
def test_an_act_without_a_state_is_recorded_too():
    body, ana = BodyFactory(), UserFactory()

    record("body.noted", body, by=ana, note="seen")

    entry = TrailEntry.objects.about(body).get()
    assert (entry.act, entry.from_state, entry.to_state, entry.by) == ("body.noted", "", "", ana)
    assert entry.recorded_at is not None


@pytest.mark.django_db
def test_the_seal_finds_a_later_change_and_nothing_else():
    job = JobFactory()
    perform(SEALED_HAND, job, by=UserFactory())
    entry = TrailEntry.objects.about(job).get()

    def seal_now():
        return sealed_digest(job, SEALED_HAND.sealed_fields, entry.salt.salt)

    assert seal_now() == entry.digest
    Job.objects.filter(pk=job.pk).update(label="not sealed")
    assert seal_now() == entry.digest
    Job.objects.filter(pk=job.pk).update(attempts=99)
    assert seal_now() != entry.digest


@pytest.mark.django_db
def test_two_seals_of_equal_rows_differ_by_their_salt():
    first, second = JobFactory(subject="same"), JobFactory(subject="same")
    perform(SEALED_HAND, first, by=None)
    perform(SEALED_HAND, second, by=None)

    digests = set(TrailEntry.objects.values_list("digest", flat=True))
    assert len(digests) == 2
    assert TrailSalt.objects.count() == 2


@pytest.mark.django_db
def test_an_explicit_time_is_refused_outside_demo_and_tests(settings):
    settings.ACCEPT_EXPLICIT_TIME = False
    job = JobFactory()

    with pytest.raises(ExplicitTimeRefused):
        perform(HAND, job, by=None, at=LONG_AGO)

    job.refresh_from_db()
    assert job.state == JobState.QUEUED


def test_the_demo_builder_may_say_when_and_only_while_it_builds(settings):
    settings.ACCEPT_EXPLICIT_TIME = False

    with acts.explicit_time():
        assert acts.moment(LONG_AGO) == LONG_AGO

    with pytest.raises(ExplicitTimeRefused):
        acts.moment(LONG_AGO)


def test_no_setting_from_the_environment_allows_an_explicit_time(monkeypatch):
    monkeypatch.setenv("ACCEPT_EXPLICIT_TIME", "1")
    import importlib

    from rop_portal import settings as portal

    assert importlib.reload(portal).ACCEPT_EXPLICIT_TIME is False


def test_a_time_that_was_read_may_be_handed_on_by_one_act_to_the_next(settings):
    settings.ACCEPT_EXPLICIT_TIME = False

    read = acts.moment()

    assert acts.moment(read) is read
    with pytest.raises(ExplicitTimeRefused):
        acts.moment(datetime.fromtimestamp(read.timestamp(), UTC))
