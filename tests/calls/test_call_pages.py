"""What anyone sees of calls without signing in."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Role
from calls.actions import promises
from tests.factories.accounts import UserFactory, member
from tests.factories.applications import municipality
from tests.factories.calls import CLOSE, OPENING, SCHEDULE, CallFactory, operator_of, published_rules
from tests.factories.reference import MunicipalityFactory

pytestmark = pytest.mark.django_db

LIST = "/convocatorias/"
LATER = SCHEDULE | {
    "call_issued": {"side": "agency", "on": date(2026, 4, 6)},
    "call_closed": {"side": "cso", "on": date(2026, 5, 6)},
    "ruling": {"side": "committee", "on": date(2026, 5, 29)},
    "results_published": {"side": "agency", "on": date(2026, 6, 5)},
}
MID_MARCH = OPENING + timedelta(days=10)


def titles(response):
    return [card["call"].title for card in response.context["cards"]]


@pytest.fixture
def three_calls():
    """One open, one to come, one whose reception is over and that is of one region; of two agencies."""
    municipality()
    MunicipalityFactory(key="14083", name="Tala", region="Valles")
    CallFactory(title="Abierta", topics="igualdad, niñez", published=True)
    CallFactory(
        title="Por abrir",
        publication=published_rules(acronym="SSAS", modalities=3, schedule=LATER),
        published=True,
    )
    CallFactory(
        title="Cerrada",
        publication=published_rules(coverage=[("region", "Centro", "")]),
        opens=OPENING - timedelta(days=1),
        closes=CLOSE - timedelta(days=1, minutes=1),
        published=True,
    )


@pytest.mark.usefixtures("three_calls")
class TestTheList:
    moment = CLOSE - timedelta(days=1) + timedelta(hours=1)

    def found(self, client, **filters):
        with time_machine.travel(self.moment, tick=False):
            return titles(client.get(LIST, filters))

    def test_open_calls_come_first_then_those_to_come_then_the_rest(self, client):
        assert self.found(client) == ["Abierta", "Por abrir", "Cerrada"]

    @pytest.mark.parametrize(
        ("filters", "expected"),
        [
            ({"state": "open"}, ["Abierta"]),
            ({"state": "coming"}, ["Por abrir"]),
            ({"state": "closed"}, ["Cerrada"]),
            ({"agency": "SSAS"}, ["Por abrir"]),
            ({"topic": "niñez"}, ["Abierta"]),
            ({"place": "Valles"}, ["Abierta", "Por abrir"]),
            ({"place": "14039"}, ["Abierta", "Por abrir", "Cerrada"]),
            ({"q": "ABIERTA ninez"}, ["Abierta"]),
            ({"q": "por abrir"}, ["Por abrir"]),
            ({"amount": "250000"}, ["Por abrir"]),
            ({"closes_by": "2026-03-31"}, ["Abierta", "Cerrada"]),
            ({"sort": "amount"}, ["Por abrir", "Abierta", "Cerrada"]),
            ({"q": "nada de esto"}, []),
        ],
    )
    def test_each_filter_stands_in_the_address(self, client, filters, expected):
        assert self.found(client, **filters) == expected

    def test_a_filter_that_cannot_be_read_is_said_at_its_field_and_the_others_hold(self, client):
        response = client.get(LIST, {"amount": "mucho", "agency": "SSAS"})

        assert titles(response) == ["Por abrir"]
        assert response.context["form"].errors["amount"]
        assert 'value="mucho"' in response.text


def test_drafts_are_not_in_the_list_and_have_no_page_for_strangers(client):
    call = CallFactory()

    assert titles(client.get(LIST)) == []
    assert "empty" in client.get(LIST).text
    assert client.get(call.get_absolute_url()).status_code == 404
    client.force_login(member(Role.OPERATOR))
    assert client.get(call.get_absolute_url()).status_code == 404
    client.force_login(operator_of(call))
    assert client.get(call.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_as_for_three(client, django_assert_num_queries, count):
    for _number in range(count):
        CallFactory(publication=published_rules(), published=True)

    with django_assert_num_queries(5):
        response = client.get(LIST)

    assert len(response.context["cards"]) == count


@pytest.mark.parametrize("modalities", [1, 3])
def test_the_page_of_a_call_costs_the_same_whatever_its_rules_hold(
    client, django_assert_num_queries, modalities
):
    call = CallFactory(publication=published_rules(modalities=modalities), published=True)

    with django_assert_num_queries(12):
        response = client.get(call.get_absolute_url())

    assert len(response.context["modalities"]) == modalities


def test_the_page_says_everything_from_the_frozen_rows_of_the_rules(client):
    call = CallFactory(published=True)

    with time_machine.travel(MID_MARCH, tick=False):
        page = client.get(call.get_absolute_url())

    for part in (
        "$100,000.00", "Acta constitutiva", "Estado de cuenta", "Informe final", "¿Qué problema atiende?",
        "Honorarios", "50 %", "Diagnostico", "Parcial", "Sociedad civil", "asesoria@demo.example",
        "OIC", "Aclaración",
        "No tener fines de lucro.", "#process", "calendario.ics",
    ):  # fmt: skip
        assert part in page.text, part
    assert page.context["counts"] == {"documents": 2, "originals": 0, "signatures": 0, "visits": 0}
    assert page.context["turn"]["yours"] is True
    assert page.context["badge"]["phase"] == "open"
    assert page.context["amounts"] == {"least": Decimal("50000.00"), "most": Decimal("100000.00")}


def test_a_former_date_is_struck_through_beside_the_new_one_with_its_reason(client):
    call = CallFactory(published=True)
    rita = operator_of(call)
    promises.change_date(
        call, "ruling", call.planned_dates.get(milestone="ruling").on + timedelta(days=3),
        reason="Se suma una sesión.", by=rita, at=MID_MARCH,
    )  # fmt: skip

    page = client.get(call.get_absolute_url()).text

    assert "<s>" in page
    assert "Se suma una sesión." in page


def test_fiction_carries_its_mark(client):
    demo = CallFactory(publication=published_rules(is_demo=True), published=True)
    real = CallFactory(publication=published_rules(), published=True)

    assert 'class="badge demo"' in client.get(demo.get_absolute_url()).text
    assert 'class="badge demo"' not in client.get(real.get_absolute_url()).text


def test_the_agency_finds_the_way_to_its_cockpit_and_others_do_not(client):
    call = CallFactory(published=True)
    cockpit = reverse("calls:cockpit", args=[call.folio])

    client.force_login(operator_of(call))
    assert cockpit in client.get(call.get_absolute_url()).text
    client.force_login(UserFactory())
    assert cockpit not in client.get(call.get_absolute_url()).text
