"""After the results: an award renounced, and the reserve list called in its order with that money."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import Notice, Role, TrailEntry
from calls.actions import endings, renouncing
from calls.models import Application, Barred
from documents.models import Rendering
from evaluations import reserve, standing
from evaluations.actions import promoting
from evaluations.models import Promotion, Ruling
from tests.factories.accounts import UserFactory, member
from tests.factories.evaluations import AFTER, evaluation

pytestmark = pytest.mark.django_db
WORDS = {"reasons": "Sigue en el orden de la lista.", "legal_basis": "Regla 9."}


def representative(application):
    return application.organization.body.memberships.get(role=Role.REPRESENTATIVE).user


def awarded(played):
    return Ruling.objects.filter(call=played.call, application__state="awarded").in_rank_order()


def renounce(ruling):
    application = ruling.application
    renouncing.renounce(application, reason="Perdimos la sede.", by=representative(application))


@pytest.fixture
def played():
    """Two awarded of $100,000 each, and four who wait."""
    return evaluation("release", applications=6, budget=250_000)


def states(played):
    return list(
        Application.objects.filter(call=played.call).order_by("submitted_at").values_list("state", flat=True)
    )


# Renouncing


def test_the_representative_renounces_and_the_money_is_free_again(played):
    first = awarded(played).first()

    renounce(first)

    assert states(played) == ["renounced", "awarded", *["reserve"] * 4]
    assert (reserve.held(played.call), reserve.left(played.call)) == (100_000, 150_000)
    told = Notice.objects.filter(kind="application.renounced").values_list("to", flat=True)
    assert {played.operator.pk, played.head.pk, representative(first.application).pk} <= set(told)
    assert played.chair.pk not in told
    entry = TrailEntry.objects.about(first.application).filter(act="application.renounce").get()
    assert (entry.from_state, entry.to_state) == ("awarded", "renounced")


def test_the_page_asks_for_a_reason_and_a_tick_and_keeps_what_was_typed(client, played):
    application = awarded(played).first().application
    client.force_login(representative(application))
    address = reverse("calls:application_renounce", args=[application.public_id])

    refused = client.post(address, {"reason": "Perdimos la sede."})
    done = client.post(address, {"reason": "Perdimos la sede.", "sure": "on"}, follow=True)

    assert refused.status_code == 200
    assert "Perdimos la sede." in refused.text
    assert done.redirect_chain == [(application.get_absolute_url(), 302)]
    assert "Se renunció al apoyo" in done.text
    assert client.get(address).status_code == 409


def test_the_reason_is_not_public(client, played):
    renounce(awarded(played).first())

    page = client.get(reverse("evaluations:call_results", args=[played.call.folio])).text

    assert "renunció al apoyo" in page
    assert "Perdimos la sede" not in page


def test_a_drafter_and_a_stranger_do_not_renounce(client, played):
    application = awarded(played).first().application
    drafter = member(Role.DRAFTER, application.organization.body, name="Diego Ríos")
    address = reverse("calls:application_renounce", args=[application.public_id])

    for person, status in [(drafter, 403), (UserFactory(), 404)]:
        client.force_login(person)
        assert client.post(address, {"reason": "x", "sure": "on"}).status_code == status
        with pytest.raises(renouncing.CannotRenounce):
            renouncing.renounce(application, reason="x", by=person)


def test_nobody_renounces_what_was_not_awarded_nor_without_a_reason(played):
    waits, holds = reserve.waiting(played.call).first().application, awarded(played).first().application

    with pytest.raises(renouncing.CannotRenounce, match="lista de espera"):
        renouncing.renounce(waits, reason="x", by=representative(waits))
    with pytest.raises(renouncing.CannotRenounce, match="Diga por qué"):
        renouncing.renounce(holds, reason=" ", by=representative(holds))


# Promoting


@pytest.mark.parametrize("who", ["head", "chair"])
def test_the_next_of_the_list_is_awarded_told_and_given_its_letter(client, played, who):
    renounce(awarded(played).first())
    following = reserve.waiting(played.call).first()

    promoting.promote(following, by=getattr(played, who), **WORDS)

    application = following.application
    application.refresh_from_db()
    assert (application.state, application.awarded_amount) == ("awarded", 100_000)
    assert Notice.objects.get(kind="ruling.promote").to == representative(application)
    letter = Rendering.objects.get(kind="promotion_letter", subject_id=application.folio)
    assert "Sigue en el orden de la lista." in letter.content
    current = Rendering.objects.filter(kind="results_list").current().get()
    assert "Sigue en el orden de la lista." in current.content
    page = client.get(reverse("evaluations:call_results", args=[played.call.folio])).text
    assert "apoyada desde la lista de espera" in page
    client.force_login(representative(application))
    assert "Apoyada desde la lista de espera" in client.get(application.get_absolute_url()).text


def test_nobody_is_promoted_before_somebody_renounced_though_money_is_left(played):
    assert reserve.left(played.call) == 50_000

    with pytest.raises(promoting.CannotPromote, match="Nadie ha renunciado"):
        promoting.promote(reserve.waiting(played.call).first(), by=played.head, **WORDS)


def test_nobody_is_promoted_before_the_results():
    pending = evaluation("close", applications=6, budget=250_000)
    ruling = Ruling.objects.filter(outcome="reserve").first()

    with pytest.raises(promoting.CannotPromote, match="después de los resultados"):
        promoting.promote(ruling, by=pending.head, **WORDS)


@pytest.mark.parametrize(
    ("place", "given", "field"),
    [
        (1, {}, "skip_reason"),
        (0, {"amount": 0}, "amount"),
        (0, {"amount": 100_001}, "amount"),
        (0, {"amount": 90_000}, "amount_reason"),
        (0, {"reasons": " "}, "reasons"),
        (0, {"legal_basis": ""}, "legal_basis"),
    ],
)
def test_what_is_lacking_is_refused_at_its_field(played, place, given, field):
    renounce(awarded(played).first())

    with pytest.raises(promoting.CannotPromote) as refusal:
        promoting.promote(reserve.waiting(played.call)[place], by=played.head, **WORDS | given)

    assert refusal.value.field == field
    assert Promotion.objects.count() == 0


def test_another_than_the_first_goes_before_it_with_a_public_reason(client, played):
    renounce(awarded(played).first())
    second = reserve.waiting(played.call)[1]

    promotion = promoting.promote(
        second, by=played.chair, skip_reason="La primera no respondió en cinco días.", **WORDS
    )

    assert promotion.skips
    page = client.get(reverse("evaluations:call_results", args=[played.call.folio])).text
    assert "La primera no respondió en cinco días." in page
    assert [one.reserve_order for one in reserve.waiting(played.call)] == [1, 3, 4]


def test_the_budget_is_never_exceeded(played):
    renounce(awarded(played).first())
    promoting.promote(reserve.waiting(played.call).first(), by=played.head, **WORDS)

    with pytest.raises(promoting.CannotPromote, match="Solo quedan") as refusal:
        promoting.promote(reserve.waiting(played.call).first(), by=played.head, **WORDS)

    assert refusal.value.field == "amount"
    less = {"amount": 50_000, "amount_reason": "Es lo que queda."}
    promoting.promote(reserve.waiting(played.call).first(), by=played.head, **WORDS | less)
    assert reserve.left(played.call) == 0


def test_one_that_was_promoted_may_renounce_and_the_next_is_called(played):
    renounce(awarded(played).first())
    following = reserve.waiting(played.call).first()
    promoting.promote(following, by=played.head, **WORDS)

    renounce(Ruling.objects.get(pk=following.pk))
    promoting.promote(reserve.waiting(played.call).first(), by=played.head, **WORDS)

    assert states(played) == ["renounced", "awarded", "renounced", "awarded", "reserve", "reserve"]


@pytest.mark.parametrize("who", ["operator", "secretary"])
def test_others_do_not_call_the_list(client, played, who):
    renounce(awarded(played).first())
    client.force_login(person := getattr(played, who))

    with pytest.raises(PermissionDenied):
        promoting.promote(reserve.waiting(played.call).first(), by=person, **WORDS)

    assert client.get(reverse("evaluations:reserve", args=[played.call.folio])).status_code == 404


def test_whoever_is_recused_from_the_file_does_not_promote_it(client, played):
    renounce(awarded(played).first())
    following = reserve.waiting(played.call).first()
    Barred.objects.create(user=played.chair, application=following.application, since=AFTER)
    client.force_login(played.chair)

    with pytest.raises(promoting.CannotPromote, match="no espera"):
        promoting.promote(following, by=played.chair, **WORDS)

    page = client.get(reverse("evaluations:reserve", args=[played.call.folio])).text
    assert following.application.folio not in page


def test_nothing_is_promoted_in_a_call_that_is_void(played):
    for ruling in awarded(played):
        renounce(ruling)
    waits = reserve.waiting(played.call).first()
    type(played.call).objects.filter(pk=played.call.pk).update(
        state="void", ended_at=AFTER, ended_by=played.head, ended_reason="x", ended_basis="y"
    )

    with pytest.raises(endings.CallEnded):
        promoting.promote(waits, by=played.head, **WORDS)


def test_the_page_promotes_and_says_at_each_field_what_is_owed(client, played):
    renounce(awarded(played).first())
    client.force_login(played.head)
    address = reverse("evaluations:reserve", args=[played.call.folio])
    second = reserve.waiting(played.call)[1].application
    typed = {"ruling": second.folio, "amount": "100000", "sure": "on", **WORDS}

    page = client.get(address)
    refused = client.post(address, typed)
    done = client.post(address, typed | {"skip_reason": "No respondió."}, follow=True)

    assert page.context["money"] == {"total": 250_000, "held": 100_000, "left": 150_000}
    assert page.context["form"].initial["amount"] == 100_000
    assert list(refused.context["form"].errors) == ["skip_reason"]
    assert "Sigue en el orden de la lista." in refused.text
    assert "Se avisó a la organización" in done.text
    assert Promotion.objects.get().ruling.application == second


def test_without_anything_to_give_the_page_says_why(client, played):
    client.force_login(played.head)

    page = client.get(reverse("evaluations:reserve", args=[played.call.folio]))

    assert page.status_code == 409
    assert "Nadie ha renunciado" in page.text


@pytest.mark.parametrize("change", [{"amount": 1}, {"reasons": "Otros"}, None])
def test_the_database_keeps_what_was_signed(played, change):
    renounce(awarded(played).first())
    promotion = promoting.promote(reserve.waiting(played.call).first(), by=played.head, **WORDS)
    rows = Promotion.objects.filter(pk=promotion.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**change) if change else rows._raw_delete("default")


class PromotionsFollowTheList(TestCase):
    """Whatever is renounced, the list is called in its order and the budget holds."""

    @classmethod
    def setUpTestData(cls):
        cls.played = evaluation("release", applications=6, budget=250_000)

    @settings(max_examples=12, deadline=None)
    @given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), max_size=7))
    def test_any_sequence_of_renunciations_and_promotions(self, steps):
        call, order = self.played.call, []
        for gives_up, which in steps:
            holding = list(awarded(self.played))
            if gives_up and holding:
                renounce(holding[which % len(holding)])
            elif not promoting.why_not(call):
                following = reserve.waiting(call).first()
                self.promoted(following, order)
            assert Decimal(0) <= reserve.held(call) <= standing.budget_of(call)
        assert order == sorted(order)

    def promoted(self, following, order):
        """Whoever asks for more than what is left waits."""
        if following.application.requested_amount > reserve.left(self.played.call):
            with pytest.raises(promoting.CannotPromote):
                promoting.promote(following, by=self.played.head, **WORDS)
            return
        promoting.promote(following, by=self.played.head, **WORDS)
        order.append(following.reserve_order)
