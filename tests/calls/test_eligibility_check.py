"""The check that anybody makes before signing in: it decides as the application does, and keeps nothing."""

from datetime import timedelta
from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone

from calls import completeness, eligibility
from calls.actions import answers
from calls.contents import Contents
from calls.eligibility import Outcome, Standing
from calls.models import Application, EligibilityAnswer
from calls.states import CallState
from tests.factories.accounts import UserFactory
from tests.factories.applications import (
    ApplicationFactory,
    OpenCallFactory,
    OrganizationFactory,
    representative_of,
)
from tests.factories.blocks import EligibilityRuleFactory, RequirementFactory
from tests.factories.calls import CallFactory, operator_of
from tests.factories.programs import EditionFactory, publish

pytestmark = pytest.mark.django_db

SPANISH, ENGLISH = "es-mx", "en"
NOT_FOR_PROFIT, DEBTS = "sin-fines-de-lucro", "sin-adeudos"
WORDS = {True: "yes", False: "no"}


def rules_with_two_conditions(more=0):
    """Not for profit is answered well with yes, overdue verifications with no; and so many ``more``."""
    edition = EditionFactory(complete=True)
    EligibilityRuleFactory(
        edition=edition, key=DEBTS, right_answer=False, position=90,
        question="¿Tiene comprobaciones vencidas?", statement="No tener comprobaciones vencidas.",
        how_to_fix="Entregue la comprobación pendiente.",
    )  # fmt: skip
    RequirementFactory(
        edition=edition, key="constancia", stage="application", name="Constancia fiscal", valid_days=90,
        modality_key="proyectos", is_obligatory=False, position=90, delivery="electronic", form="copy",
        signature="none", deadline="Antes del cierre", file_format="PDF", quantity=1,
        received_by="Oficialía", legal_basis="Ley de demostración, artículo 1",
    )  # fmt: skip
    for number in range(more):
        EligibilityRuleFactory(edition=edition, key=f"otra-{number}", position=91 + number)
    publish(edition)
    return edition


def call_with_two_conditions(more=0, **given):
    return OpenCallFactory(edition=rules_with_two_conditions(more), **given)


@pytest.fixture
def call():
    return call_with_two_conditions()


def address(call):
    return reverse("calls:eligibility", args=[call.folio])


def query(**said):
    return {f"condition-{key.replace('_', '-')}": word for key, word in said.items()}


def asked(client, call, **said):
    return client.get(address(call), query(**said))


def outcome(response):
    return response.context["check"].outcome


@pytest.mark.parametrize(("not_for_profit", "debts"), [*product([True, False, None], repeat=2)])
def test_the_check_decides_as_the_application_does(client, call, not_for_profit, debts):
    given = {NOT_FOR_PROFIT: not_for_profit, DEBTS: debts}
    application = ApplicationFactory(call=call)
    answers.save_eligibility(application, given, by=representative_of(application.organization))
    lacks = [lack.about for lack in completeness.of_eligibility(Contents(application))]

    response = client.get(
        address(call), {f"condition-{key}": WORDS[yes] for key, yes in given.items() if yes is not None}
    )

    check = response.context["check"]
    assert [one.key for one in check.conditions if one.standing != Standing.MET] == lacks
    assert (check.outcome == Outcome.MAY_APPLY) == (not lacks)
    assert check == eligibility.Check.of(response.context["form"].rules, given)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, Outcome.OPEN),
        ({"sin_adeudos": "no"}, Outcome.OPEN),
        ({"sin_adeudos": "yes"}, Outcome.MAY_NOT),
        ({"sin_adeudos": "no", "sin_fines_de_lucro": "no"}, Outcome.MAY_NOT),
        ({"sin_adeudos": "no", "sin_fines_de_lucro": "yes"}, Outcome.MAY_APPLY),
    ],
)
def test_one_condition_not_met_refuses_and_all_of_them_met_let_apply(client, call, said, expected):
    assert outcome(asked(client, call, **said)) == expected


def test_each_condition_cites_the_component_of_the_rules_that_says_it(client, call):
    response = asked(client, call, sin_adeudos="yes")

    place = response.context["place"]
    assert "#" in place["url"]
    assert response.text.count(f'href="{place["url"]}"') == 3  # two questions and the result
    assert "Entregue la comprobación pendiente." in response.text
    assert "¿Tiene comprobaciones vencidas?" in response.text


def test_what_is_not_answered_is_said_so(client, call):
    client.cookies["django_language"] = ENGLISH

    response = asked(client, call, sin_adeudos="no")

    assert response.text.count("Not answered yet") == 1
    assert "1 of 2 questions answered." in response.text
    assert f'href="#id_condition-{NOT_FOR_PROFIT}_0"' in response.text


def test_an_answer_that_is_none_is_said_at_its_question_and_the_others_hold(client, call):
    response = asked(client, call, sin_adeudos="quizá", sin_fines_de_lucro="yes")

    assert list(response.context["form"].errors) == [DEBTS]
    assert "«quizá»" in response.text
    assert [one.standing for one in response.context["check"].conditions] == [
        Standing.MET,
        Standing.UNANSWERED,
    ]


def test_the_answers_stay_marked(client, call):
    page = asked(client, call, sin_adeudos="no").text

    assert f'name="condition-{DEBTS}" value="no" id="id_condition-{DEBTS}_1" checked' in page
    assert page.count(" checked") == 1


def test_rules_without_conditions_keep_nobody_from_applying():
    check = eligibility.Check.of([], {})

    assert check.outcome == Outcome.MAY_APPLY
    assert str(check.verdict) == "Su organización puede participar"


def test_the_documents_are_listed_by_modality_with_their_validity(client, call):
    groups = asked(client, call).context["checklist"]

    assert [group["modality"] for group in groups] == ["", "Proyectos"]
    assert groups[1]["rows"] == [
        {
            "name": "Constancia fiscal",
            "facts": "Copia, PDF · entrega: electrónica · vigencia de 90 días naturales desde su expedición"
            " · opcional",
            "detail": "",
        }
    ]
    assert "Estado de cuenta" not in [row["name"] for row in groups[0]["rows"]]  # that one is for payment


# Whatever the state of the call ----------------------------------------------------------------------

MET = {"sin_adeudos": "no", "sin_fines_de_lucro": "yes"}


def test_a_visitor_who_may_apply_is_shown_how_to_begin(client, call):
    page = asked(client, call, **MET)

    start = f"{reverse('calls:application_start', args=[call.folio])}?"
    assert page.context["start_url"].startswith(start)
    assert f"{reverse('account_login')}?next=" in page.text
    assert f"{reverse('account_signup')}?next=" in page.text
    assert "Cierra:" in page.text


def test_whoever_is_signed_in_begins_at_once(client, call):
    client.force_login(UserFactory())

    page = asked(client, call, **MET)

    assert reverse("account_login") not in page.text
    assert page.context["start_url"].replace("&", "&amp;") in page.text


def test_a_call_that_is_to_come_says_when_it_opens_and_can_be_checked(client):
    soon = timezone.now() + timedelta(days=3)
    call = call_with_two_conditions(opens_at=soon, closes_at=soon + timedelta(days=30))

    page = asked(client, call, **MET)

    assert outcome(page) == Outcome.MAY_APPLY
    assert "La convocatoria aún no abre" in page.text
    assert reverse("account_login") + "?next=" not in page.text
    assert reverse("calls:call_calendar", args=[call.folio]) in page.text


def test_a_closed_call_sends_to_those_that_are_open(client):
    closed, other = call_with_two_conditions(closed=True), OpenCallFactory(title="Otra que sigue abierta")

    page = asked(client, closed, **MET)

    assert "La convocatoria ya no recibe solicitudes" in page.text
    assert [one.pk for one in page.context["others"]] == [other.pk]
    assert address(other) in page.text
    assert page.context["start_url"].replace("&", "&amp;") not in page.text


def test_a_cancelled_call_says_why_and_offers_nothing_to_begin(client):
    call = call_with_two_conditions(
        state=CallState.CANCELLED, ended_at=timezone.now(), ended_by=UserFactory(),
        ended_reason="Se acabó el presupuesto.", ended_basis="Numeral 12",
    )  # fmt: skip

    page = asked(client, call, **MET)

    assert "Se acabó el presupuesto." in page.text
    assert "Pero esta convocatoria ya no recibe solicitudes." in page.text
    assert reverse("account_login") + "?next=" not in page.text


def test_other_open_calls_are_offered_only_to_whoever_cannot_apply(client, call):
    other = OpenCallFactory()

    assert asked(client, call).context["others"] == []
    assert asked(client, call, **MET).context["others"] == []
    assert [one.pk for one in asked(client, call, sin_adeudos="yes").context["others"]] == [other.pk]


def test_a_draft_is_checked_by_its_agency_alone(client):
    draft = CallFactory()

    assert client.get(address(draft)).status_code == 404
    client.force_login(operator_of(draft))
    assert client.get(address(draft)).status_code == 200


@pytest.mark.parametrize(
    ("language", "words"),
    [(SPANISH, "¿Puede participar su organización?"), (ENGLISH, "Can your organization")],
)
def test_the_page_is_read_in_both_languages(client, call, language, words):
    client.cookies["django_language"] = language

    page = asked(client, call, sin_adeudos="yes").text

    assert f"<h1>{words}" in page
    assert f'<html lang="{language}">' in page


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_whatever_the_rules_hold_and_writes_nothing(
    client, django_assert_num_queries, count
):
    call = call_with_two_conditions(more=count)
    OpenCallFactory.create_batch(count, edition=call.edition)

    with django_assert_num_queries(5):
        asked(client, call, sin_adeudos="yes")

    assert not EligibilityAnswer.objects.exists()
    assert client.post(address(call), query(**MET)).status_code == 405


def test_the_call_and_the_list_lead_to_the_check_while_one_may_apply(client, call):
    closed = OpenCallFactory(closed=True)

    for page in ("/convocatorias/", call.get_absolute_url()):
        assert address(call) in client.get(page).text
    assert address(closed) not in client.get("/convocatorias/").text
    assert 'class="btn second" href="' + address(closed) not in client.get(closed.get_absolute_url()).text


# What is carried over to the application ------------------------------------------------------------


@pytest.fixture
def begins(client, call):
    """``begins("?condition-…=yes")``: the application that somebody begins from there."""
    organization = OrganizationFactory()
    client.force_login(representative_of(organization))
    start = reverse("calls:application_start", args=[call.folio])

    def begin(carried=""):
        shown = client.get(start + carried)
        given = {"organization": organization.public_id, "idempotency_key": shown.context["key"]}
        client.post(start + carried, given)
        return Application.objects.get()

    return begin


def kept(application):
    return dict(application.eligibility_answers.values_list("rule__key", "answer"))


def test_the_application_begins_with_the_answers_of_the_check(client, call, begins):
    begun_from = asked(client, call, **MET).context["start_url"]

    application = begins(f"?{begun_from.partition('?')[2]}")

    assert kept(application) == {NOT_FOR_PROFIT: True, DEBTS: False}
    assert list(completeness.of_eligibility(Contents(application))) == []


def test_what_is_carried_over_is_shown_before_and_checked_on_the_server(client, call, begins):
    carried = f"?condition-{DEBTS}=yes&condition-{NOT_FOR_PROFIT}=quizá&condition-inventada=yes"

    shown = client.get(reverse("calls:application_start", args=[call.folio]) + carried).text
    application = begins(carried)

    assert "¿Tiene comprobaciones vencidas?" in shown
    assert kept(application) == {DEBTS: True}
    assert [lack.about for lack in completeness.of_eligibility(Contents(application))] == [
        NOT_FOR_PROFIT,
        DEBTS,
    ]


def test_without_a_check_the_application_begins_empty(begins):
    assert kept(begins()) == {}


def test_an_application_begun_before_keeps_its_own_answers(call, begins):
    application = begins()
    answers.save_eligibility(application, {DEBTS: False}, by=representative_of(application.organization))

    again = begins(f"?condition-{DEBTS}=yes")

    assert again == application
    assert kept(again) == {DEBTS: False}
