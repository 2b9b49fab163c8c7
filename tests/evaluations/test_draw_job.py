"""The draw is asked for and a job does it: once, with progress, told at its end, tried again if it fails."""

import pytest
from django.urls import reverse

from accounts.models import Notice
from calls.models import Call
from evaluations import sharing_out
from evaluations.actions import conflicts, distributing, reviews
from evaluations.models import Assignment, Draw
from jobs import runner, running
from jobs.models import Job, JobState
from tests.factories.evaluations import evaluation
from tests.harness.racing import race

pytestmark = pytest.mark.django_db


def address(name, played):
    return reverse(f"evaluations:{name}", args=[played.call.folio])


def asked(played, by=None):
    return distributing.ask(played.call, by=by or played.operator)


@pytest.fixture
def without_people():
    """A committed draw of two files, for one of which a person is lacking."""
    played = evaluation("declare", applications=2, evaluators=2)
    tie = (played.applications[0].organization, "family", "")
    conflicts.declare(played.call, by=played.evaluators[0], conflicts=[tie])
    return played.commit()


def test_what_is_asked_for_is_a_job_and_nothing_is_given_out_yet():
    played = evaluation("commit")

    job = asked(played)

    assert (job.subject, job.requested_by) == (Draw.objects.get().code, played.operator)
    assert job.label == f"Sorteo de las personas evaluadoras de {played.call.folio}"
    assert not Assignment.objects.exists()
    assert Draw.objects.get().state == "committed"


def test_the_job_gives_the_files_out_as_far_as_it_says_and_tells_who_asked():
    played = evaluation("commit")
    job = asked(played, played.secretary)

    runner.drain()

    job.refresh_from_db()
    assert (job.state, job.done_units, job.total_units) == (JobState.DONE, 3, 3)
    assert Draw.objects.get().given == Assignment.objects.count() == 6
    told = Notice.objects.get(kind="call.distribute")
    assert (told.to, told.link) == (played.secretary, address("coordination", played))
    assert "Se repartieron 6 expedientes." in told.body


def test_it_draws_the_very_pairs_that_the_act_draws():
    pairs = []
    for with_a_job in (True, False):
        played = evaluation("commit", applications=5, evaluators=4)
        files = {one.pk: number for number, one in enumerate(played.applications)}
        people = {one.pk: number for number, one in enumerate(played.evaluators)}
        if with_a_job:
            asked(played)
            runner.drain()
        else:
            reviews.distribute(played.call, by=played.operator)
        found = Assignment.objects.of_call(played.call).values_list("application", "evaluator")
        drawn = Draw.objects.get(call=played.call)
        pairs.append(len(found))
        laid = {(files[file], people[person]) for file, person in found}
        assert len(laid) == drawn.given == 10
    assert pairs == [10, 10]


def test_delivered_twice_it_is_done_once():
    played = evaluation("commit")
    asked(played)
    runner.drain()
    before = list(Assignment.objects.values_list("pk", flat=True))

    distributing.do(Draw.objects.get(), by=played.operator)

    assert list(Assignment.objects.values_list("pk", flat=True)) == before
    assert Notice.objects.filter(kind="call.distribute").count() == 1


def test_what_can_be_refused_at_once_is():
    played = evaluation("declare")

    with pytest.raises(reviews.CannotAssign, match="Comprometa primero el sorteo"):
        asked(played)

    assert not Job.objects.filter(task="evaluations.draw_evaluators").exists()


def test_a_draw_that_cannot_be_done_says_why_reveals_nothing_and_can_be_tried_again(without_people):
    played, folio = without_people, without_people.applications[0].folio
    job = asked(played)

    runner.drain()

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert folio in job.reason
    told = Notice.objects.get(kind="call.not_distributed")
    assert told.to == played.operator
    assert folio in told.body
    assert Draw.objects.get().state == "committed"
    assert asked(played).state == JobState.QUEUED


def test_who_loses_the_role_before_its_turn_draws_nothing():
    played = evaluation("commit")
    job = asked(played)
    played.operator.memberships.all().delete()

    runner.drain()

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert not Assignment.objects.exists()


def test_a_call_that_ended_meanwhile_gives_nothing_out():
    played = evaluation("commit")
    job = asked(played)
    Call.objects.filter(pk=played.call.pk).update(
        state="cancelled", ended_at=played.call.sealed_at, ended_by=played.head, ended_reason="x",
        ended_basis="y",
    )  # fmt: skip

    runner.drain()

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert not Assignment.objects.exists()


# While it is drawn nothing is held


def meanwhile(monkeypatch, act, times=1):
    """Do something while the pairs are being worked out. Gives the instances that were drawn."""
    draw, drawn = sharing_out.draw, []

    def drawing_slowly(instance):
        drawn.append(instance)
        if len(drawn) <= times:
            act(len(drawn))
        return draw(instance)

    monkeypatch.setattr(sharing_out, "draw", drawing_slowly)
    return drawn


def test_a_conflict_declared_while_it_is_drawn_keeps_the_file_from_the_person(monkeypatch):
    played = evaluation("commit", applications=3, evaluators=4)
    person, application = played.evaluators[0], played.applications[0]

    def declare(_time):
        conflicts.declare(played.call, by=person, conflicts=[(application.organization, "family", "")])

    drawn = meanwhile(monkeypatch, declare)
    reviews.distribute(played.call, by=played.operator)

    assert len(drawn) == 2
    assert not Assignment.objects.filter(application=application, evaluator=person).exists()
    assert Draw.objects.get().given == 6


def test_what_changes_again_and_again_is_left_for_another_moment(monkeypatch):
    played = evaluation("commit", applications=3, evaluators=8)

    def declare(time):
        tie = (played.applications[0].organization, "family", "")
        conflicts.declare(played.call, by=played.evaluators[time], conflicts=[tie])

    drawn = meanwhile(monkeypatch, declare, times=5)
    with pytest.raises(reviews.CannotAssign, match="intente de nuevo"):
        reviews.distribute(played.call, by=played.operator)

    assert len(drawn) == 3
    assert Draw.objects.get().state == "committed"
    assert not Assignment.objects.exists()


# The page


def test_the_page_shows_that_it_is_being_drawn_and_refuses_a_second_draw(client):
    played = evaluation("commit")
    client.force_login(played.operator)
    coordination = address("coordination", played)

    answer = client.post(address("distribute", played), follow=True)
    again = client.post(address("distribute", played), follow=True)

    job = Job.objects.get(task="evaluations.draw_evaluators")
    assert "Se pidió el sorteo." in answer.text
    assert reverse("jobs:progress", args=[job.public_id]) in answer.text
    assert "Sortear y repartir los expedientes" not in answer.text
    assert "Ya se está sorteando" in again.text

    running.run(job)
    done = client.get(coordination).text
    assert "6 expedientes repartidos" in done
    assert job.label not in done


def test_the_page_of_whoever_did_not_ask_says_it_too_and_asks_no_further(client):
    played = evaluation("commit")
    job = asked(played)
    client.force_login(played.secretary)

    page = client.get(address("coordination", played)).text

    assert job.label in page
    assert job.public_id not in page


def test_the_page_says_why_it_failed_and_offers_it_again(client, without_people):
    asked(without_people)
    runner.drain()
    client.force_login(without_people.operator)

    page = client.get(address("coordination", without_people)).text

    assert without_people.applications[0].folio in page
    assert "No hay suficientes" in page
    assert "Sortear y repartir los expedientes" in page


def test_the_page_stays_within_its_budget_while_it_is_drawn(client, django_assert_max_num_queries):
    played = evaluation("commit", applications=6, evaluators=4)
    asked(played)
    client.force_login(played.operator)

    with django_assert_max_num_queries(15):
        client.get(address("coordination", played))


# Races


@pytest.mark.django_db(transaction=True)
def test_one_job_draws_however_many_press(settings):
    settings.TASKS_MODE = "embedded"  # nobody runs it meanwhile
    played = evaluation("commit")
    people = [played.operator, played.secretary]

    answers = race(lambda number: asked(played, people[number % 2]))

    refused = [answer for answer in answers if isinstance(answer, reviews.CannotAssign)]
    assert len(refused) == 7, answers
    assert Job.objects.filter(task="evaluations.draw_evaluators").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_draw_delivered_to_eight_at_once_is_done_once(settings):
    settings.TASKS_MODE = "embedded"
    played = evaluation("commit")
    asked(played)

    race(lambda number: distributing.do(Draw.objects.select_related("call").get(), by=played.operator))

    assert Draw.objects.get().given == Assignment.objects.count() == 6
    assert Notice.objects.filter(kind="call.distribute").count() == 1
