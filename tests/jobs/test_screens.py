"""``/trabajos/``: who asked sees it; administrators see everything."""

from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from accounts.models import Role
from jobs import tasks
from jobs.models import Job, JobState, Lease
from tests.factories.accounts import UserFactory, member

pytestmark = pytest.mark.django_db


def a_job(by=None, **fields):
    if fields.get("state") == JobState.FAILED:
        fields |= {"finished_at": timezone.now(), "reason": "No hay espacio en el disco."}
    return Job.objects.create(
        **{"task": "tests.none", "label": "Elaborar el acuse", "requested_by": by} | fields
    )


@pytest.fixture
def ana():
    return UserFactory()


def test_i_see_my_jobs_and_nobody_elses(client, ana):
    mine, other = a_job(ana, label="El mío"), a_job(UserFactory(), label="El ajeno")
    client.force_login(ana)

    page = client.get("/trabajos/")

    assert "El mío" in page.text
    assert "El ajeno" not in page.text
    assert client.get(mine.get_absolute_url()).status_code == 200
    for suffix in ("", "estado.json"):
        assert client.get(other.get_absolute_url() + suffix).status_code == 404
    assert client.post(f"{other.get_absolute_url()}reintentar/").status_code == 404


def test_an_administrator_sees_everybodys(client):
    a_job(UserFactory(), label="El de otra persona")
    client.force_login(member(Role.ADMINISTRATOR))

    assert "El de otra persona" in client.get("/trabajos/").text


def test_the_list_and_the_permission_agree(ana):
    admin, stranger = member(Role.ADMINISTRATOR), UserFactory()
    jobs = [a_job(ana), a_job(stranger), a_job(None)]

    for user in (ana, stranger, admin):
        assert set(Job.objects.visible_to(user)) == {j for j in jobs if user.has_perm("jobs.view_job", j)}


def test_progress_is_told_as_json(client, ana):
    job = a_job(
        ana, state=JobState.RUNNING, claimed_by="x", claimed_until=timezone.now(), done_units=3, total_units=7
    )
    client.force_login(ana)

    answer = client.get(f"{job.get_absolute_url()}estado.json").json()

    assert answer == {
        "state": "running",
        "state_words": "En curso",
        "done_units": 3,
        "total_units": 7,
        "words": "3 de 7",
        "reason": "",
    }


def test_a_failed_job_shows_its_reason_and_can_be_tried_again(client, ana):
    job = a_job(ana, state=JobState.FAILED)
    client.force_login(ana)
    assert "No hay espacio en el disco." in client.get(job.get_absolute_url()).text

    client.post(f"{job.get_absolute_url()}reintentar/")

    job.refresh_from_db()
    assert (job.state, job.reason, job.attempts) == (JobState.QUEUED, "", 0)


def test_a_job_that_did_not_fail_is_not_tried_again(client, ana):
    job = a_job(ana)
    client.force_login(ana)

    assert client.post(f"{job.get_absolute_url()}reintentar/").status_code == 403


def test_the_list_can_be_narrowed_by_state(client, ana):
    a_job(ana, label="Roto", state=JobState.FAILED)
    a_job(ana, label="Pendiente")
    client.force_login(ana)

    page = client.get("/trabajos/?estado=failed")

    assert "Roto" in page.text
    assert "Pendiente" not in page.text


def test_the_clocks_own_work_is_shown_only_when_it_fails(client):
    a_job(label="Cerrar", once_key="a@1", state=JobState.DONE, finished_at=timezone.now())
    a_job(label="Revisar", once_key="b@1", state=JobState.FAILED)
    client.force_login(member(Role.ADMINISTRATOR))

    page = client.get("/trabajos/")

    assert "Cerrar" not in page.text
    assert "Revisar" in page.text


def test_old_jobs_are_forgotten_and_failed_ones_are_not():
    long_ago = timezone.now() - timedelta(days=100)
    a_job(state=JobState.DONE, finished_at=long_ago)
    a_job(once_key="a@1", state=JobState.DONE, finished_at=timezone.now() - timedelta(days=3))
    kept = [a_job(state=JobState.DONE, finished_at=timezone.now()), a_job(state=JobState.FAILED)]
    Job.objects.filter(pk=kept[1].pk).update(finished_at=long_ago)

    tasks.forget_old()

    assert set(Job.objects.all()) == set(kept)


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_for_one_as_for_thirty(client, count, django_assert_num_queries):
    for _n in range(count):
        a_job(UserFactory())
    client.force_login(member(Role.ADMINISTRATOR))

    with django_assert_num_queries(6):
        page = client.get("/trabajos/")

    assert page.text.count("<tr>") == count + 1


class TestHealth:
    def test_all_is_well(self, client):
        answer = client.get("/salud/")

        assert answer.status_code == 200
        assert answer.json()["well"] is True
        assert answer.json()["database"] is True

    def test_nobody_runs_the_jobs(self, client):
        with override_settings(TASKS_MODE="embedded"):
            answer = client.get("/salud/")

        assert answer.status_code == 503
        assert answer.json()["jobs"]["running"] is False

    def test_somebody_does(self, client):
        Lease.objects.create(name="runner", holder="x", until=timezone.now() + timedelta(seconds=9))
        with override_settings(TASKS_MODE="embedded"):
            assert client.get("/salud/").status_code == 200

    def test_a_job_that_waits_too_long_is_a_fault(self, client):
        a_job(run_after=timezone.now() - timedelta(hours=1))

        assert client.get("/salud/").status_code == 503

    def test_a_batch_in_the_background_takes_its_time(self, client):
        a_job(run_after=timezone.now() - timedelta(hours=1), in_background=True)

        assert client.get("/salud/").status_code == 200

    def test_it_tells_no_secrets(self, client, settings):
        text = client.get("/salud/").text

        assert settings.SECRET_KEY not in text
        assert str(settings.VAR_DIR) not in text
