"""Promotion from the reserve list: strictly in its order, with freed money, never beyond the budget."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import acts
from calls.actions import applications, endings
from calls.models import Call
from calls.states import CallState
from documents import pesos, renderings
from evaluations import notices, promotion_notices, reserve
from evaluations.models import Promotion, Ruling
from evaluations.rules import demand, is_barred
from jobs import locks

TEXTS = ("amount_reason", "skip_reason", "reasons", "legal_basis")


class CannotPromote(acts.Refused):
    """Why nobody is promoted; ``field`` says which entry of the form it is about."""


def demand_promoting(by, call):
    demand(
        by, "evaluations.promote_reserve", call,
        _("The reserve list is called by the head of the agency or the chair of the committee."),
    )  # fmt: skip


def why_not(call):
    """Why nobody can be promoted now; empty when somebody can."""
    if call.state != CallState.RELEASED:
        return _("The reserve list is called after the results, while the call goes on.")
    if not reserve.was_renounced(call):
        return _("Nobody has renounced an award: there is no money to give out again.")
    if not reserve.waiting(call).exists():
        return _("Nobody waits on the reserve list.")
    if reserve.left(call) <= 0:
        return _("Nothing is left of the budget of the call.")
    return ""


@transaction.atomic
def promote(ruling, *, by, amount=None, at=None, **texts):
    """Award one of the reserve list what it asked for, or less with the reason, from what is left.

    The call is held alone meanwhile, so that two who promote at once never spend the same money. Whoever
    goes before another that waits needs a written reason, which is public. Raises CannotPromote.
    """
    demand_promoting(by, ruling.call)
    (call,) = locks.exclusive(Call.objects.filter(pk=ruling.call_id))
    endings.refuse_if_ended(call)
    at = acts.moment(at)
    ruling = Ruling.objects.select_related("application__organization__body", "call").get(pk=ruling.pk)
    _refuse_promotion(ruling, call, by)
    given = _given(ruling, amount, texts)
    _refuse_amount(ruling, call, given)
    applications.promote(ruling.application, amount=given["amount"], by=by, at=at)
    promotion = Promotion.objects.create(ruling=ruling, call=call, decided_by=by, decided_at=at, **given)
    acts.record("ruling.promote", promotion, by=by, at=at, seals=SEALED)
    promotion_notices.promoted(promotion, at=at)
    _ask_for_documents(promotion, by, at)
    return promotion


SEALED = (
    "amount",
    "amount_reason",
    "skips",
    "skip_reason",
    "reasons",
    "legal_basis",
    "decided_by_id",
    "decided_at",
)


def _refuse_promotion(ruling, call, by):
    if refusal := why_not(call):
        raise CannotPromote(refusal)
    if is_barred(by, ruling.application) or not reserve.waiting(call).filter(pk=ruling.pk).exists():
        raise CannotPromote(_("That application does not wait on the reserve list."), "ruling")


def _given(ruling, amount, texts):
    """What is kept of the form; that it skips others, the list itself says."""
    if unknown := set(texts) - set(TEXTS):
        raise TypeError(f"a promotion has no {', '.join(sorted(unknown))}")
    given = {name: (texts.get(name) or "").strip() for name in TEXTS}
    amount = ruling.application.requested_amount if amount is None else Decimal(amount)
    before = reserve.waiting(ruling.call).filter(reserve_order__lt=ruling.reserve_order)
    return given | {"amount": amount, "skips": before.exists()}


def _refuse_amount(ruling, call, given):
    _refuse_unwritten(given)
    asked, left = ruling.application.requested_amount, reserve.left(call)
    if not 0 < given["amount"] <= asked:
        raise CannotPromote(
            _("Write an amount of at most the %(asked)s that were asked for.")
            % {"asked": pesos.figures(asked)},
            "amount",
        )
    if given["amount"] > left:
        raise CannotPromote(
            _("Only %(left)s are left of the budget of the call.") % {"left": pesos.figures(left)}, "amount"
        )
    if given["amount"] < asked and not given["amount_reason"]:
        raise CannotPromote(_("Less is awarded than was asked for: write why."), "amount_reason")


def _refuse_unwritten(given):
    if given["skips"] and not given["skip_reason"]:
        raise CannotPromote(
            _("Others wait before it on the list: write why they do not go first. It will be public."),
            "skip_reason",
        )
    if not given["reasons"]:
        raise CannotPromote(_("Write the reasons: the organization will read them."), "reasons")
    if not given["legal_basis"]:
        raise CannotPromote(_("Write the legal basis."), "legal_basis")


def _ask_for_documents(promotion, by, at):
    """The letter of the promoted, and the list of results anew with what changed."""
    renderings.request("promotion_letter", promotion.folio, by=by, at=at)
    renderings.request("results_list", promotion.call.folio, by=by, at=at)


def recipients(ruling):
    """Who is written to when a ruling is promoted."""
    organization = ruling.application.organization
    return notices.representatives_of([organization]).get(organization.body_id, [])
