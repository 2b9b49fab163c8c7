"""The preview of a release, and results released at a chosen minute."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.acts import ActNotPossible
from accounts.models import Notice
from calls.models import Barred
from calls.states import CallState
from evaluations.actions import embargoes, releasing
from evaluations.models import Embargo, Outcome, Ruling
from evaluations.tasks import release_what_is_due
from tests.factories.accounts import UserFactory
from tests.factories.evaluations import AFTER, evaluation
from tests.harness.racing import race

pytestmark = pytest.mark.django_db
DELAY = "Se sumó una sesión."


@pytest.fixture
def played():
    return evaluation("close", applications=3, budget=150_000)


def page_of(played):
    return reverse("evaluations:release", args=[played.call.folio])


def soon(minutes=10):
    return timezone.now().replace(second=0, microsecond=0) + timedelta(minutes=minutes)


def left_for_later(played, minutes=10):
    return embargoes.set_for(played.call, release_at=soon(minutes), by=played.head, reason=DELAY)


def later(played):
    """The minute has come: it is moved to just now, since the database reads its own clock."""
    Embargo.objects.filter(state="set").update(release_at=timezone.now() - timedelta(seconds=1), set_at=AFTER)
    release_what_is_due()


def state_of(played):
    played.call.refresh_from_db()
    return played.call.state


# The preview


def test_the_head_reads_totals_page_and_notices_before_anything_goes_out(client, played):
    client.force_login(played.head)

    page = client.get(page_of(played))

    assert [(t.outcome, t.files, t.amount, t.people) for t in page.context["totals"]] == [
        ("award", 1, 100_000, 1),
        ("reserve", 2, 0, 2),
        ("not_awarded", 0, 0, 0),
    ]
    assert page.context["people"] == 3
    assert [row["to"] for row in page.context["rows"]] == [
        ["Representante 0"],
        ["Representante 1"],
        ["Representante 2"],
    ]
    first = page.context["rows"][0]
    assert [criterion.key for criterion, _points in first["points"]] == ["diagnostico", "desigualdad"]
    assert first["body"].startswith("Su proyecto")
    assert Ruling.objects.released().count() == 0


def test_what_was_shown_is_what_is_sent(client, played):
    client.force_login(played.head)
    shown = [(row["subject"], row["body"]) for row in client.get(page_of(played)).context["rows"]]

    releasing.release(played.call, by=played.head, reason=DELAY)

    sent = Notice.objects.filter(kind="ruling.release").order_by("pk").values_list("subject", "body")
    assert list(sent) == shown


@pytest.mark.parametrize("count", [1, 30])
def test_the_preview_costs_the_same_for_one_as_for_thirty(client, count, django_assert_num_queries):
    played = evaluation("close", applications=count)
    client.force_login(played.head)
    client.get(page_of(played))

    with django_assert_num_queries(15):
        page = client.get(page_of(played))

    assert page.text.count("<summary>Resultado de su solicitud") == min(count, 25)


def test_a_head_who_is_recused_from_a_file_does_not_read_it(client, played):
    hidden = played.applications[0]
    Barred.objects.create(user=played.head, application=hidden, since=AFTER)
    client.force_login(played.head)

    page = client.get(page_of(played)).text

    assert hidden.folio not in page
    assert played.applications[1].folio in page


# At a chosen minute


def test_results_come_out_at_their_minute_and_not_before(client, played):
    embargo = left_for_later(played)
    release_what_is_due()

    assert state_of(played) == CallState.SEALED
    assert Notice.objects.filter(kind="ruling.release").count() == 0

    later(played)

    embargo.refresh_from_db()
    assert (state_of(played), embargo.state) == (CallState.RELEASED, "released")
    assert Notice.objects.filter(kind="ruling.release").count() == 3
    release_what_is_due()
    assert Notice.objects.filter(kind="ruling.release").count() == 3


def test_leaving_them_for_later_makes_nothing_public(client, played):
    left_for_later(played)

    assert Ruling.objects.released().count() == 0
    assert Notice.objects.filter(kind="ruling.release").count() == 0
    assert client.get(reverse("evaluations:call_results", args=[played.call.folio])).status_code == 404
    assert played.call.folio not in client.get(reverse("evaluations:results")).text


@pytest.mark.parametrize("who", ["operator", "chair", "secretary"])
def test_nobody_but_the_head_knows_of_the_minute_or_sets_it(client, played, who):
    embargo, person = left_for_later(played), getattr(played, who)
    client.force_login(person)

    for name in ("release", "cancel_embargo"):
        assert client.post(reverse(f"evaluations:{name}", args=[played.call.folio])).status_code == 404
    with pytest.raises(PermissionDenied):
        embargoes.set_for(played.call, release_at=soon(), by=person, reason=DELAY)
    with pytest.raises(PermissionDenied):
        embargoes.cancel(embargo, by=person)
    coordination = client.get(reverse("evaluations:coordination", args=[played.call.folio])).text
    assert "minuto" not in coordination


@pytest.mark.parametrize("minutes", [0, -5])
def test_the_minute_is_still_to_come(played, minutes):
    with pytest.raises(embargoes.CannotSet) as refusal:
        embargoes.set_for(played.call, release_at=soon(minutes), by=played.head, reason=DELAY)

    assert refusal.value.field == "release_at"


def test_what_could_not_be_released_is_not_left_for_later():
    played = evaluation("open")

    with pytest.raises(releasing.CannotRelease):
        left_for_later(played)

    assert Embargo.objects.count() == 0


def test_a_minute_after_the_promised_day_owes_its_reason(played):
    with pytest.raises(releasing.CannotRelease):
        embargoes.set_for(played.call, release_at=soon(), by=played.head)

    assert state_of(played) == CallState.SEALED


def test_one_minute_at_a_time(played):
    left_for_later(played)

    with pytest.raises(embargoes.CannotSet, match="Ya hay un minuto"):
        left_for_later(played)


def test_the_head_takes_the_minute_back(client, played):
    left_for_later(played)
    client.force_login(played.head)
    address = reverse("evaluations:cancel_embargo", args=[played.call.folio])

    done = client.post(address, follow=True)

    assert "Se canceló el minuto" in done.text
    assert client.post(address).status_code == 404
    later(played)
    assert state_of(played) == CallState.SEALED
    left_for_later(played)


def test_what_was_taken_back_is_not_taken_back_again(played):
    embargo = left_for_later(played)
    again = Embargo.objects.get(pk=embargo.pk)
    embargoes.cancel(embargo, by=played.head)

    with pytest.raises(ActNotPossible):
        embargoes.cancel(again, by=played.head)


def test_if_the_head_is_no_longer_one_nothing_is_released_and_the_new_one_is_told(played):
    embargo = left_for_later(played)
    body = played.call.publication.edition.program.agency.body
    played.head.memberships.filter(body=body).update(until=timezone.now())
    new = UserFactory(name="Nora Díaz")
    new.memberships.create(body=body, role="head", since=timezone.now() - timedelta(days=1))

    later(played)

    embargo.refresh_from_db()
    assert (state_of(played), embargo.state) == (CallState.SEALED, "failed")
    assert "titular de la dependencia" in embargo.refusal
    assert list(Notice.objects.filter(kind="embargo.fail").values_list("to", flat=True)) == [new.pk]
    assert Ruling.objects.released().count() == 0


def test_a_call_cancelled_meanwhile_is_not_released(client, played):
    embargo = left_for_later(played)
    type(played.call).objects.filter(pk=played.call.pk).update(
        state="cancelled", ended_at=AFTER, ended_by=played.head, ended_reason="x", ended_basis="y"
    )

    later(played)

    embargo.refresh_from_db()
    assert embargo.state == "failed"
    assert Ruling.objects.released().count() == 0
    assert Notice.objects.filter(kind="embargo.fail").count() == 1


def test_results_released_by_hand_before_their_minute_are_released_once(played):
    embargo = left_for_later(played)
    releasing.release(played.call, by=played.head, reason=DELAY)

    later(played)

    embargo.refresh_from_db()
    assert embargo.state == "released"
    assert Notice.objects.filter(kind="embargo.fail").count() == 0
    assert Notice.objects.filter(kind="ruling.release").count() == 3


def test_the_page_sets_the_minute_and_then_offers_to_take_it_back(client, played):
    client.force_login(played.head)
    minute = timezone.localtime(soon(120)).strftime("%Y-%m-%dT%H:%M")

    wrong = client.post(page_of(played), {"release_at": "mañana", "reason": DELAY, "read_over": "on"})
    done = client.post(
        page_of(played), {"release_at": minute, "reason": DELAY, "read_over": "on"}, follow=True
    )

    assert list(wrong.context["form"].errors) == ["release_at"]
    assert DELAY in wrong.text
    assert "Los resultados se publicarán el" in done.text
    assert "Cancelar el minuto" in done.text
    assert "read_over" not in done.text
    assert timezone.localtime(Embargo.objects.get().release_at).strftime("%Y-%m-%dT%H:%M") == minute


def test_the_database_keeps_what_came_of_a_minute(played):
    embargo = left_for_later(played)
    embargoes.cancel(embargo, by=played.head)

    with pytest.raises(IntegrityError), transaction.atomic():
        Embargo.objects.update(release_at=soon(500))


@pytest.mark.django_db(transaction=True)
def test_two_clocks_and_the_head_release_once():
    played = evaluation("close", applications=3, budget=150_000)
    left_for_later(played)
    Embargo.objects.update(release_at=timezone.now() - timedelta(seconds=1), set_at=AFTER)

    def press(number):
        if number == 0:
            return releasing.release(played.call, by=played.head, reason=DELAY)
        return embargoes.release_what_is_due()

    answers = race(press)

    assert not [a for a in answers if isinstance(a, Exception) and not isinstance(a, ActNotPossible)], answers
    assert Notice.objects.filter(kind="ruling.release").count() == 3
    assert Embargo.objects.get().state == "released"
    assert set(Ruling.objects.values_list("outcome", flat=True)) == {Outcome.AWARD, Outcome.RESERVE}
