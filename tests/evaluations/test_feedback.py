"""Feedback (GP-02): asked for once in its window, answered once with a clock, read by few."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.acts import ActNotPossible
from accounts.models import Notice, Role, TrailEntry
from calls import ledger, schedule
from calls.models import Barred
from evaluations import deadlines
from evaluations.actions import feedback
from evaluations.duties import after_results
from evaluations.models import FeedbackRequest
from evaluations.rules import NotYours
from programs import workdays
from tests.factories.accounts import MembershipFactory, UserFactory, member
from tests.factories.evaluations import evaluation

pytestmark = pytest.mark.django_db
ANSWER = {"answer": "Le faltó un diagnóstico con datos.", "main_reason": "need"}


def representative(application):
    return application.organization.body.memberships.get().user


@pytest.fixture
def played():
    return evaluation("release")


@pytest.fixture
def application(played):
    return played.applications[0]


def asked_by_its_organization(application, **what):
    return feedback.ask(application, by=representative(application), **what)


def answered(played, request):
    return feedback.answer(request, by=played.operator, version=request.version, **ANSWER)


# Asking -----------------------------------------------------------------------------------------------


def test_one_click_is_enough_and_the_desk_is_told_with_its_day(played, application):
    asked = asked_by_its_organization(application)

    today = schedule.local_day(asked.asked_at, played.call.zone)
    assert asked.due_on == workdays.add_days(today, 5, business=True, holidays=ledger.non_working_days())
    assert asked.state == "requested"
    desk = played.call.publication.edition.program.agency.body.memberships.with_role("operator", "head")
    told = Notice.objects.filter(kind="feedback.ask").values_list("to", flat=True)
    assert set(told) == set(desk.values_list("user", flat=True))
    entry = TrailEntry.objects.about(asked).get()
    assert (entry.act, entry.subject_name) == ("feedback.ask", application.folio)


def test_questions_may_be_asked_about_some_criteria(application):
    asked = asked_by_its_organization(
        application, question="¿Qué faltó?", points={"diagnostico": "¿Qué datos?", "presupuesto": " "}
    )

    assert [(p.criterion.key, p.question) for p in asked.points.all()] == [("diagnostico", "¿Qué datos?")]


def test_asking_twice_gives_the_first_and_tells_nobody_again(application):
    first = asked_by_its_organization(application)
    told = Notice.objects.filter(kind="feedback.ask").count()

    second = asked_by_its_organization(application, question="Otra cosa")

    assert (second, FeedbackRequest.objects.get().question) == (first, "")
    assert Notice.objects.filter(kind="feedback.ask").count() == told


def test_nobody_asks_before_the_results_are_released():
    played = evaluation("close")

    with pytest.raises(feedback.CannotAsk, match="publicado el resultado"):
        asked_by_its_organization(played.applications[0])


@pytest.mark.parametrize(("seconds", "in_time"), [(-1, True), (0, False)])
def test_the_last_day_is_whole_and_the_next_one_is_too_late(played, application, seconds, in_time):
    term = deadlines.feedback_term(played.call)
    at = term.closes_at + timedelta(seconds=seconds)

    if in_time:
        assert asked_by_its_organization(application, at=at).asked_at == at
    else:
        with pytest.raises(feedback.CannotAsk, match="se pudo pedir hasta"):
            asked_by_its_organization(application, at=at)


def test_the_window_is_counted_in_business_days_from_the_day_after_the_notice(played):
    call, holidays = played.call, ledger.non_working_days()
    told = schedule.local_day(call.released_at, call.zone)

    term = deadlines.feedback_term(call)

    assert term.last_day == workdays.add_days(told, 10, business=True, holidays=holidays)
    midnight = datetime.combine(term.last_day + timedelta(days=1), time.min, ZoneInfo(call.zone))
    assert term.closes_at == midnight


@pytest.mark.parametrize("who", ["operator", "head", "chair", "other organization", "stranger"])
def test_only_the_organization_asks(played, application, who):
    people = {
        "operator": played.operator, "head": played.head, "chair": played.chair,
        "other organization": representative(played.applications[1]), "stranger": UserFactory(),
    }  # fmt: skip

    with pytest.raises(NotYours):
        feedback.ask(application, by=people[who])


# Answering --------------------------------------------------------------------------------------------


def test_the_desk_answers_once_and_the_organization_is_told(played, application):
    asked = asked_by_its_organization(application, points={"diagnostico": "¿Qué datos?"})
    (point,) = asked.points.all()

    feedback.answer(asked, by=played.operator, version=0, points={point.pk: "Los del INEGI."}, **ANSWER)

    asked.refresh_from_db()
    assert (asked.state, asked.answered_by, asked.answer) == ("answered", played.operator, ANSWER["answer"])
    assert asked.points.get().answer == "Los del INEGI."
    assert [n.to for n in Notice.objects.filter(kind="feedback.answer")] == [representative(application)]
    assert TrailEntry.objects.about(asked).last().act == "feedback.answer"
    with pytest.raises(ActNotPossible):
        feedback.answer(asked, by=played.head, version=asked.version, **ANSWER)
    assert Notice.objects.filter(kind="feedback.answer").count() == 1


@pytest.mark.parametrize(
    ("lacks", "field"),
    [
        ({"answer": " "}, "answer"),
        ({"main_reason": ""}, "main_reason"),
        ({"main_reason": "x"}, "main_reason"),
    ],
)
def test_an_answer_says_what_it_lacks_at_its_field(played, application, lacks, field):
    asked = asked_by_its_organization(application)

    with pytest.raises(feedback.CannotAnswer) as refused:
        feedback.answer(asked, by=played.operator, version=0, **ANSWER | lacks)

    assert refused.value.field == field


def test_a_question_about_a_criterion_is_not_left_without_answer(played, application):
    asked = asked_by_its_organization(application, points={"diagnostico": "¿Qué datos?"})

    with pytest.raises(feedback.CannotAnswer) as refused:
        answered(played, asked)

    assert refused.value.field == f"point-{asked.points.get().pk}"


def test_a_draft_over_a_newer_one_is_refused_and_nothing_is_lost(played, application):
    asked = asked_by_its_organization(application)
    feedback.save_draft(asked, by=played.operator, version=0, answer="Primero")

    with pytest.raises(feedback.CannotAnswer, match="Otra persona"):
        feedback.save_draft(asked, by=played.head, version=0, answer="Segundo")

    asked.refresh_from_db()
    assert (asked.answer, asked.version, asked.state) == ("Primero", 1, "requested")


@pytest.mark.parametrize("who", ["organization", "chair", "auditor", "barred operator", "evaluator"])
def test_nobody_else_answers(played, application, who):
    asked = asked_by_its_organization(application)
    if who == "barred operator":
        Barred.objects.create(user=played.operator, application=application, since=asked.asked_at)
    people = {
        "organization": representative(application), "chair": played.chair,
        "auditor": member(Role.AUDITOR), "barred operator": played.operator,
        "evaluator": played.evaluators[0],
    }  # fmt: skip

    with pytest.raises(NotYours):
        feedback.answer(asked, by=people[who], version=0, **ANSWER)


def test_whoever_scored_a_file_does_not_answer_for_it_even_from_the_desk(played, application):
    asked = asked_by_its_organization(application)
    scored = application.assignments.first().evaluator
    agency = played.call.publication.edition.program.agency.body
    MembershipFactory(user=scored, body=agency, role=Role.OPERATOR)

    with pytest.raises(NotYours):
        feedback.answer(asked, by=scored, version=0, **ANSWER)


ATTACKS = [
    "UPDATE evaluations_feedbackrequest SET question = 'otra'",
    "UPDATE evaluations_feedbackrequest SET due_on = '2030-01-01'",
    "UPDATE evaluations_feedbackrequest SET answer = 'otra'",
    "UPDATE evaluations_feedbackrequest SET state = 'requested', answered_at = NULL, answered_by_id = NULL",
    "DELETE FROM evaluations_feedbackpoint",
    "UPDATE evaluations_feedbackpoint SET question = 'otra'",
    "UPDATE evaluations_feedbackpoint SET answer = 'otra'",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_database_keeps_what_was_asked_and_what_was_answered(played, application, attack):
    asked = asked_by_its_organization(application, points={"diagnostico": "¿Qué datos?"})
    points = {asked.points.get().pk: "Esos."}
    feedback.answer(asked, by=played.operator, version=0, points=points, **ANSWER)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)


# Who reads it -----------------------------------------------------------------------------------------


def test_it_is_read_by_organization_desk_committee_and_comptroller_alone(client, played, application):
    asked = asked_by_its_organization(application, question="PREGUNTA-SECRETA")
    feedback.save_draft(asked, by=played.operator, version=0, answer="BORRADOR-SECRETO")
    other = representative(played.applications[1])
    sees = {
        representative(application): (200, False),
        played.operator: (200, True),
        played.head: (200, True),
        played.chair: (200, False),
        member(Role.AUDITOR): (200, False),
        other: (404, False),
        played.evaluators[0]: (404, False),
        UserFactory(): (404, False),
    }

    found = {}
    for person in sees:
        client.force_login(person)
        answer = client.get(asked.get_absolute_url())
        found[person] = (answer.status_code, "BORRADOR-SECRETO" in answer.text)
        assert ("PREGUNTA-SECRETA" in answer.text) is (answer.status_code == 200)

    assert found == sees


def test_the_answer_is_read_once_it_was_sent(client, played, application):
    asked = asked_by_its_organization(application)
    answered(played, asked)
    client.force_login(representative(application))

    page = client.get(asked.get_absolute_url()).text

    assert ANSWER["answer"] in page
    assert "El problema no se muestra con datos" in page
    assert played.operator.name not in page


def test_the_desk_sees_whose_turn_it_is_by_when_and_what_is_late(client, played, application, time_machine):
    asked = asked_by_its_organization(application, at=played.call.released_at)
    address = reverse("evaluations:feedback_desk", args=[played.call.folio])
    client.force_login(played.operator)

    page = client.get(address).text
    time_machine.move_to(deadlines.end_of(asked.due_on, played.call.zone))
    client.force_login(played.operator)
    late = client.get(address).text

    assert application.folio in page
    assert "la dependencia" in page
    assert ("Con retraso" in page, "Con retraso" in late) == (False, True)
    (duty,) = after_results.feedback_to_answer(played.operator)
    assert duty.what == "Responder 1 solicitud de retroalimentación"


def test_who_is_barred_from_a_file_finds_it_in_no_list(client, played, application):
    asked = asked_by_its_organization(application)
    Barred.objects.create(user=played.operator, application=application, since=asked.asked_at)
    client.force_login(played.operator)

    page = client.get(reverse("evaluations:feedback_desk", args=[played.call.folio])).text

    assert application.folio not in page
    assert list(after_results.feedback_to_answer(played.operator)) == []
    assert client.get(asked.get_absolute_url()).status_code == 404


# The screens ------------------------------------------------------------------------------------------


def test_an_organization_asks_in_one_click_from_its_page(client, application):
    client.force_login(representative(application))
    page = client.get(reverse("evaluations:what_now", args=[application.public_id]))
    assert "Pedir retroalimentación ahora" in page.text

    done = client.post(reverse("evaluations:ask_feedback", args=[application.public_id]), follow=True)

    assert done.redirect_chain[-1][0] == FeedbackRequest.objects.get().get_absolute_url()
    assert "en su conjunto" in done.text


def test_what_is_too_long_is_said_at_its_field_and_nothing_is_lost(client, application):
    client.force_login(representative(application))

    page = client.post(
        reverse("evaluations:ask_feedback", args=[application.public_id]),
        {"question": "x" * 2001, "criterion-diagnostico": "¿Qué datos faltaron?"},
    )

    assert page.status_code == 422
    assert "#id_question" in page.text
    assert "¿Qué datos faltaron?" in page.text
    assert not FeedbackRequest.objects.exists()


def test_after_the_window_the_page_says_until_when_it_was(client, played, application, time_machine):
    time_machine.move_to(deadlines.feedback_term(played.call).closes_at)
    client.force_login(representative(application))

    now = client.get(reverse("evaluations:what_now", args=[application.public_id]))
    page = client.get(reverse("evaluations:ask_feedback", args=[application.public_id]))

    assert "Pedir retroalimentación ahora" not in now.text
    assert page.status_code == 409
    assert "se pudo pedir hasta el" in page.text


def test_the_desk_keeps_a_draft_is_told_what_lacks_and_sends(client, played, application):
    asked = asked_by_its_organization(application)
    client.force_login(played.operator)
    save = reverse("evaluations:feedback_autosave", args=[asked.public_id])

    saved = client.post(save, {"answer": "A medias", "version": "0"})
    stale = client.post(save, {"answer": "Vieja", "version": "0"})
    lacking = client.post(asked.get_absolute_url(), {"answer": "A medias", "version": "1", "send": "1"})
    sent = client.post(asked.get_absolute_url(), ANSWER | {"version": "1", "send": "1"})

    assert saved.json()["version"] == "1"
    assert (stale.status_code, stale.json()["message"][:12]) == (409, "Otra persona")
    assert lacking.status_code == 422
    assert "A medias" in lacking.text
    assert "#id_main_reason" in lacking.text
    assert sent.status_code == 302
    asked.refresh_from_db()
    assert asked.answer == ANSWER["answer"]


def test_the_page_of_what_can_be_done_keeps_to_its_budget(client, application, django_assert_max_num_queries):
    asked_by_its_organization(application)
    client.force_login(representative(application))
    address = reverse("evaluations:what_now", args=[application.public_id])
    client.get(address)

    with django_assert_max_num_queries(15):
        client.get(address)
