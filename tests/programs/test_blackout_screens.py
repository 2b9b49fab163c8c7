"""The pages of the electoral periods: public to read, planning's to write, refusals beside their entries."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from programs.models import BlackoutException, BlackoutPeriod
from tests.factories.accounts import member
from tests.factories.blackouts import BlackoutExceptionFactory, BlackoutPeriodFactory, planner

pytestmark = pytest.mark.django_db

LIST = reverse("programs:blackouts")
SAID = {
    "kind": "local", "first_day": "2099-04-01", "first_minute": "00:00", "last_day": "2099-06-06",
    "last_minute": "23:59", "source": "Acuerdo ficticio 0", "link": "", "note": "Aproximado",
}  # fmt: skip


@pytest.fixture
def owner(client):
    person = planner()
    client.force_login(person)
    return person


def address(name, period):
    return reverse(f"programs:blackout_{name}", args=[period.public_id])


def test_anybody_reads_the_periods_and_what_counts_as_publicity(client):
    BlackoutPeriodFactory()
    BlackoutPeriodFactory(noted=True)

    text = client.get(LIST).text

    for said in ("En vigor", "Sin confirmar", "El cartel de una convocatoria", "Acuerdo ficticio 0"):
        assert said in text
    assert "Anotar una veda electoral" not in text


def test_without_periods_the_list_says_so(client):
    assert "No se conoce ningún periodo electoral" in client.get(LIST).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_and_the_exceptions_cost_the_same_for_one_as_for_three(
    client, django_assert_num_queries, count
):
    period = BlackoutPeriodFactory()
    BlackoutPeriodFactory.create_batch(count - 1, noted=True)
    BlackoutExceptionFactory.create_batch(count, period=period)

    with django_assert_num_queries(2):
        text = client.get(LIST).text
    assert text.count('<th scope="row"') == count
    with django_assert_num_queries(3):
        text = client.get(period.get_absolute_url()).text
    assert text.count('<th scope="row"') == count


def test_a_period_shows_its_norm_its_former_end_and_what_was_let_through(client):
    period = BlackoutPeriodFactory(
        former_ends_at=timezone.now() + timedelta(days=5), moved_reason="Se aplazó."
    )
    BlackoutExceptionFactory(period=period, reference="CONV-X")

    text = client.get(period.get_absolute_url()).text

    for said in ("Acuerdo ficticio 0", "<s>", "Se aplazó.", "CONV-X", "Es de protección civil."):
        assert said in text


@pytest.mark.parametrize("name", ["change", "confirm", "move", "end", "exception"])
def test_only_planning_writes(client, name):
    period = BlackoutPeriodFactory(noted=name in ("change", "confirm"))
    assert client.get(address(name, period)).status_code == 302
    client.force_login(member(Role.HEAD))
    assert client.get(address(name, period)).status_code == 403
    assert client.post(address(name, period)).status_code == 403
    client.force_login(planner(Role.ASSESSOR))
    assert client.get(address(name, period)).status_code == 200


def test_a_period_is_noted_once_however_often_the_button_is_pressed(client, owner):
    page = reverse("programs:blackout_note")
    sent = SAID | {"idempotency_key": client.get(page).context["idempotency_key"]}

    first, second = (client.post(page, sent) for _press in range(2))

    period = BlackoutPeriod.objects.get()
    assert first["Location"] == second["Location"] == period.get_absolute_url()
    assert (period.ends_at - period.starts_at).days == 67


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"last_day": "2099-03-01"}, "last_day"),
        ({"last_day": "2001-01-01"}, "last_day"),
        ({"source": ""}, "source"),
    ],
)
def test_what_is_wrong_is_said_at_its_entry_and_what_was_typed_stays(client, owner, given, field):
    response = client.post(reverse("programs:blackout_note"), SAID | given)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"]["note"].value() == "Aproximado"
    assert not BlackoutPeriod.objects.exists()


def test_planning_corrects_and_confirms_what_it_noted(client, owner):
    period = BlackoutPeriodFactory(noted=True)

    client.post(address("change", period), SAID | {"source": "Acuerdo ficticio 1"})
    client.post(address("confirm", period))

    period.refresh_from_db()
    assert (period.source, period.state, period.confirmed_by) == ("Acuerdo ficticio 1", "confirmed", owner)


def test_the_end_is_moved_and_the_period_is_ended(client, owner):
    period = BlackoutPeriodFactory()
    later = timezone.localdate() + timedelta(days=30)

    client.post(
        address("move", period),
        {"last_day": later.isoformat(), "last_minute": "23:59", "reason": "Se aplazó."},
    )
    period.refresh_from_db()
    assert timezone.localdate(period.ends_at - timedelta(minutes=1)) == later
    assert client.post(address("end", period), {"reason": ""}).status_code == 422
    client.post(address("end", period), {"reason": "Se anuló."})

    period.refresh_from_db()
    assert period.ended_reason == "Se anuló."


def test_planning_lets_an_item_through_in_public(client, owner):
    period = BlackoutPeriodFactory()
    said = {"kind": "board", "reference": "", "reason": "Es de salud.", "basis": "Artículo 0."}

    assert client.post(address("exception", period), said | {"basis": ""}).status_code == 422
    client.post(address("exception", period), said)
    client.logout()

    assert BlackoutException.objects.get().by == owner
    assert "Es de salud." in client.get(period.get_absolute_url()).text
