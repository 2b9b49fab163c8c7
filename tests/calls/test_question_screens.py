"""The pages of the public questions: who sees what, the way of a question, and nobody's name."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Role
from calls.actions import questions
from calls.models import PublicQuestion
from tests.factories.accounts import UserFactory, member
from tests.factories.applications import OpenCallFactory
from tests.factories.calls import CLOSE, CallFactory, operator_of
from tests.factories.questions import PublicAnswerFactory, PublicQuestionFactory

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 3, 13, 12, 0, tzinfo=ZoneInfo("America/Mexico_City"))
TEXT = "¿Se puede pagar la renta de la oficina?"
WHO_ASKED = "Nombre Que Nadie Ve"


@pytest.fixture
def call():
    return OpenCallFactory()


@pytest.fixture
def answered(call):
    question = PublicQuestionFactory(call=call, text=TEXT, asked_by__name=WHO_ASKED, answered=True)
    PublicAnswerFactory(question=question, text="Sí, hasta una quinta parte.")
    return question


def address(name, call, *more):
    return reverse(f"calls:{name}", args=[call.folio, *more])


def desk_page(question):
    return address("desk_question", question.call, question.public_id)


# Reading


def test_anybody_reads_what_was_answered_and_nobody_reads_who_asked(client, answered):
    call = answered.call
    for page in (
        address("questions", call),
        answered.get_absolute_url(),
        "/api/v1/questions/",
        call.get_absolute_url(),
    ):
        text = client.get(page).text
        assert WHO_ASKED not in text
    assert "Sí, hasta una quinta parte." in client.get(answered.get_absolute_url()).text


def test_what_waits_exists_only_for_who_asked_and_for_the_desk(client, call):
    question = PublicQuestionFactory(call=call, text=TEXT)
    statuses = {}
    for name, person in {
        "stranger": UserFactory(),
        "asker": question.asked_by,
        "operator": operator_of(call),
    }.items():
        client.force_login(person)
        statuses[name] = client.get(question.get_absolute_url()).status_code
    client.logout()

    assert statuses == {"stranger": 404, "asker": 200, "operator": 200}
    assert client.get(question.get_absolute_url()).status_code == 404
    assert TEXT not in client.get(address("questions", call)).text


def test_who_asked_finds_the_question_in_the_list_while_it_waits(client, call):
    question = PublicQuestionFactory(call=call, text=TEXT)
    client.force_login(question.asked_by)

    assert client.get(address("questions", call)).text.count(TEXT) == 1


def test_a_corrected_answer_shows_the_former_one_struck_through_with_its_day(client, answered):
    PublicAnswerFactory(question=answered, number=2, text="No.", reason="Se leyó mal.", at=FRIDAY)

    text = client.get(answered.get_absolute_url()).text

    assert '<s lang="es">Sí, hasta una quinta parte.</s>' in text
    assert "Respuesta del 13 de marzo de 2026" in text
    assert "Se leyó mal." in text


def test_the_text_of_a_declined_question_is_for_who_asked_and_who_answers(client, call):
    question = PublicQuestionFactory(call=call, text=TEXT, declined=True)

    assert TEXT not in client.get(question.get_absolute_url()).text
    assert TEXT not in client.get(address("questions", call)).text
    client.force_login(question.asked_by)
    assert TEXT in client.get(question.get_absolute_url()).text


def test_the_list_is_searched_and_says_when_nothing_is_found(client, answered):
    page = address("questions", answered.call)

    assert TEXT in client.get(page, {"q": "RENTA quinta"}).text
    assert "No hay respuestas con esas palabras" in client.get(page, {"q": "viajes"}).text


def test_the_clock_is_public_on_the_call_and_marked_as_the_portals_own_rule(client, call):
    PublicQuestionFactory(call=call, due_on=FRIDAY.date())

    for page in (call.get_absolute_url(), address("questions", call)):
        text = client.get(page).text
        assert "1 pregunta espera respuesta" in text
        assert "1 con retraso" in text
        assert "Es una regla de este portal, no de las Reglas de Operación." in text


def test_a_draft_has_no_questions_page(client):
    draft = CallFactory()
    client.force_login(operator_of(draft))

    assert client.get(address("questions", draft)).status_code == 404
    assert "public-questions" not in client.get(draft.get_absolute_url()).text


# Asking


def test_a_visitor_is_told_to_sign_in_to_ask(client, call):
    assert client.get(address("ask", call)).status_code == 302


@pytest.mark.parametrize("role", [Role.REPRESENTATIVE, Role.EVALUATOR, Role.MONITORING, Role.EDITOR])
def test_whoever_is_signed_in_asks_whatever_the_role(client, call, role):
    person = member(role)
    client.force_login(person)

    response = client.post(address("ask", call), {"text": TEXT})

    question = PublicQuestion.objects.get()
    assert response["Location"] == question.get_absolute_url()
    assert (question.text, question.asked_by) == (TEXT, person)


def test_before_it_is_sent_what_was_answered_alike_is_shown_and_what_was_typed_stays(client, answered):
    call, mine = answered.call, "¿Pagan la renta de una oficina?"
    client.force_login(UserFactory())

    shown = client.post(address("ask", call), {"text": mine})

    assert shown.status_code == 200
    assert "Sí, hasta una quinta parte." in shown.text
    assert shown.context["form"]["text"].value() == mine
    assert PublicQuestion.objects.count() == 1
    seen = shown.context["form"]["seen"].value()
    assert client.post(address("ask", call), {"text": mine, "seen": seen}).status_code == 302
    assert PublicQuestion.objects.count() == 2


def test_another_text_is_compared_again(client, answered):
    other = PublicQuestionFactory(call=answered.call, text="¿Se pagan los viajes?", answered=True)
    PublicAnswerFactory(question=other)
    client.force_login(UserFactory())
    page = address("ask", answered.call)
    seen = client.post(page, {"text": TEXT}).context["form"]["seen"].value()

    again = client.post(page, {"text": "¿Los viajes se pagan?", "seen": seen})

    assert [row["question"] for row in again.context["alike"]] == [other]


def test_a_double_click_asks_once(client, call):
    client.force_login(UserFactory())
    page = address("ask", call)
    sent = {"text": TEXT, "idempotency_key": client.get(page).context["idempotency_key"]}

    first, second = (client.post(page, sent) for _press in range(2))

    assert first["Location"] == second["Location"] == PublicQuestion.objects.get().get_absolute_url()


def test_an_empty_question_is_said_at_its_field(client, call):
    client.force_login(UserFactory())

    response = client.post(address("ask", call), {"text": "  "})

    assert response.status_code == 422
    assert response.context["form"].errors["text"] == ["Escriba su pregunta."]


def test_one_question_too_many_is_refused_and_stays_typed(client, call, settings):
    settings.QUESTIONS_WAITING_EACH = 1
    waiting = PublicQuestionFactory(call=call)
    client.force_login(waiting.asked_by)

    response = client.post(address("ask", call), {"text": TEXT})

    assert response.status_code == 422
    assert "1 pregunta sin respuesta" in response.text
    assert TEXT in response.text


def test_after_the_close_the_contacts_stand_instead_of_the_form(client):
    call = CallFactory(published=True)
    client.force_login(UserFactory())

    with time_machine.travel(CLOSE + timedelta(hours=1), tick=False):
        pages = [client.get(address("ask", call)), client.post(address("ask", call), {"text": TEXT})]
        listed = client.get(address("questions", call))

    assert [page.status_code for page in pages] == [409, 409]
    assert TEXT in pages[1].text
    contact = pages[0].context["contacts"][0]
    for page in (*pages, listed):
        assert contact.value in page.text
    assert address("ask", call) not in listed.text
    assert not PublicQuestion.objects.exists()


# The desk


@pytest.mark.parametrize(
    ("role", "status"), [(Role.OPERATOR, 200), (Role.HEAD, 200), (Role.EDITOR, 403), (Role.VERIFIER, 403)]
)
def test_only_who_operates_or_heads_the_agency_answers(client, call, role, status):
    question = PublicQuestionFactory(call=call)
    client.force_login(member(role, call.agency.body))

    assert client.get(address("desk_questions", call)).status_code == status
    assert client.get(desk_page(question)).status_code == status
    assert client.post(desk_page(question), {"text": "Sí.", "answer": "1"}).status_code == (
        302 if status == 200 else 403
    )


def test_the_desk_shows_who_asks_and_what_waits_first(client, answered):
    PublicQuestionFactory(call=answered.call, text="¿Otra?", asked_by__name="Quien espera")
    client.force_login(operator_of(answered.call))

    text = client.get(address("desk_questions", answered.call)).text

    assert text.index("Quien espera") < text.index(WHO_ASKED)
    only = client.get(address("desk_questions", answered.call), {"estado": "open"}).text
    assert WHO_ASKED not in only


def test_an_answer_is_written_corrected_and_read(client, call):
    question = PublicQuestionFactory(call=call, text=TEXT)
    client.force_login(operator_of(call))
    clause = questions.clauses(call).first()

    client.post(desk_page(question), {"answer": "1", "text": "Sí.", "component": clause.pk})
    fixed = {"correct": "1", "text": "No.", "component": "", "reason": "Se leyó mal.", "corrects": "1"}
    response = client.post(desk_page(question), fixed)

    assert response.status_code == 302
    given = list(question.answers.values_list("number", "text", "component", "reason"))
    assert given == [(1, "Sí.", clause.pk, ""), (2, "No.", None, "Se leyó mal.")]


def test_a_question_is_joined_to_the_one_that_looks_alike(client, answered):
    question = PublicQuestionFactory(call=answered.call, text="¿Pagan la renta de la oficina?")
    client.force_login(operator_of(answered.call))
    form = client.get(desk_page(question)).context["forms"]["merge"]
    assert [name for name, _choices in form.fields["into"].choices] == ["", "Parecida"]

    client.post(desk_page(question), {"merge": "1", "into": answered.public_id})

    question.refresh_from_db()
    assert question.merged_into == answered
    assert question.text in client.get(answered.get_absolute_url()).text


@pytest.mark.parametrize(
    ("sent", "entry"),
    [
        ({"answer": "1", "text": ""}, "text"),
        ({"decline": "1", "reason": " "}, "reason"),
        ({"merge": "1", "into": ""}, "into"),
    ],
)
def test_what_is_missing_is_said_at_its_field(client, call, sent, entry):
    question = PublicQuestionFactory(call=call)
    client.force_login(operator_of(call))

    response = client.post(desk_page(question), sent)

    (name,) = {"answer", "decline", "merge"} & set(sent)
    assert response.status_code == 422
    assert list(response.context["forms"][name].errors) == [entry]


def test_what_somebody_else_answered_meanwhile_is_said_and_the_text_typed_stays(client, answered):
    client.force_login(operator_of(answered.call))

    response = client.post(desk_page(answered), {"answer": "1", "text": "Lo que escribí."})

    assert response.status_code == 422
    assert "Lo que escribí." in response.text
    assert "quizá alguien ya lo hizo" in response.text


# What it costs


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_the_same_for_one_as_for_twenty(client, call, count, django_assert_num_queries):
    for _n in range(count):
        question = PublicQuestionFactory(call=call, answered=True)
        PublicAnswerFactory(question=question)
        PublicQuestionFactory(
            call=call, state="merged", merged_into=question, settled_at=question.settled_at,
            settled_by=question.settled_by,
        )  # fmt: skip

    with django_assert_num_queries(7):
        text = client.get(address("questions", call)).text

    assert text.count("<strong>Respuesta del") == count
    assert text.count("También se preguntó así:") == count


@pytest.mark.parametrize("count", [1, 20])
def test_the_desk_costs_the_same_for_one_as_for_twenty(client, call, count, django_assert_num_queries):
    PublicQuestionFactory.create_batch(count, call=call)
    client.force_login(operator_of(call))

    with django_assert_num_queries(10):
        text = client.get(address("desk_questions", call)).text

    assert text.count('<th scope="row"') == count


@pytest.mark.parametrize("count", [1, 20])
def test_the_page_of_a_question_that_waits_costs_no_more_with_many_answered(
    client, call, count, django_assert_num_queries
):
    question = PublicQuestionFactory(call=call, text=TEXT)
    for _n in range(count):
        PublicAnswerFactory(question=PublicQuestionFactory(call=call, answered=True))
    client.force_login(operator_of(call))

    with django_assert_num_queries(12):
        text = client.get(desk_page(question)).text

    assert text.count("<option") == count + 2 + questions.clauses(call).count()
