"""Rulings: drafted in session with their reasons, voted, and sealed by the chair. Secret until released."""

from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts import acts
from accounts.dates import day_in_words
from calls.actions import endings
from calls.models import Call
from documents import pesos
from evaluations import standing, states
from evaluations.actions import sessions
from evaluations.models import Outcome, Ruling
from evaluations.rules import demand, is_barred
from evaluations.states import RulingState, SessionState
from jobs import locks

WRITTEN = (
    "outcome",
    "amount",
    "amount_reason",
    "reserve_order",
    "reasons",
    "legal_basis",
    "departure_reason",
)


class CannotRule(acts.Refused):
    """Why the ruling cannot stand; ``field`` says which entry of the form it is about."""


# Drafting ---------------------------------------------------------------------------------------------


@transaction.atomic
def draft(session, application, *, by, outcome, at=None, **entries):
    """Write the ruling of a file of the session, or write it again. It binds nobody until it is issued."""
    call = session.committee.call
    demand_drafting(by, call)
    endings.hold_going_on(call.pk)
    _refuse_draft(session, application, by, outcome)
    proposal = standing.proposals(call).get(application.pk)
    if proposal is None:
        raise CannotRule(_("That file has no review handed in."))
    return _write(session, application, proposal, _criterion_names(call), by, outcome, at, entries)


def _write(session, application, proposal, names, by, outcome, at, entries):
    place = proposal.place
    ruling, _new = Ruling.objects.update_or_create(
        application=application,
        state=RulingState.DRAFTED,
        defaults=_fields(application, outcome, entries, proposal)
        | {
            "call": session.committee.call,
            "session": session,
            "rank": place.rank,
            "total": place.mean,
            "spread": place.spread,
            "tie_note": standing.tie_in_words(place, names)[:300],
            "departs": _departs(outcome, entries, proposal),
        },
    )
    acts.record("ruling.draft", ruling, by=by, at=at)
    return ruling


def _departs(outcome, entries, proposal):
    """Another outcome than the ranking gives, or another place on the reserve list."""
    order = entries.get("reserve_order")
    if outcome != proposal.outcome:
        return True
    return outcome == Outcome.RESERVE and bool(order) and order != proposal.reserve_order


@transaction.atomic
def propose_all(session, *, by, at=None):
    """Draft the ruling of each file without one, as ranking, pass mark and budget propose, with reasons."""
    call = session.committee.call
    demand_drafting(by, call)
    endings.hold_going_on(call.pk)
    if session.state != SessionState.OPEN:
        raise CannotRule(_("Rulings are written while the session is open."))
    proposals, names, basis = standing.proposals(call), _criterion_names(call), legal_basis_of(call)
    waiting = session.agenda.exclude(application__in=Ruling.objects.filter(call=call).values("application"))
    waiting = waiting.exclude(application__barred__user=by).select_related("application")
    drafted = []
    for item in waiting:
        proposal = proposals[item.application_id]
        entries = {"reasons": reasons_from(call, proposal), "legal_basis": basis}
        drafted.append(_write(session, item.application, proposal, names, by, proposal.outcome, at, entries))
    return drafted


def demand_drafting(by, call):
    demand(
        by, "evaluations.draft_ruling", call,
        _("Rulings are drafted by the chair or the secretary of the committee."),
    )  # fmt: skip


def _refuse_draft(session, application, by, outcome):
    if session.state != SessionState.OPEN:
        raise CannotRule(_("Rulings are written while the session is open."))
    if is_barred(by, application) or not session.agenda.filter(application=application).exists():
        raise CannotRule(_("That file is not on the agenda of this session."))
    if outcome not in Outcome.values:
        raise CannotRule(_("Choose what was decided."), "outcome")
    if Ruling.objects.filter(application=application).exclude(state=RulingState.DRAFTED).exists():
        raise CannotRule(_("That file has its ruling: it can no longer be changed."))


def _fields(application, outcome, entries, proposal):
    """What is kept of the form: texts tidy, an amount only where there is an award."""
    if unknown := set(entries) - set(WRITTEN):
        raise TypeError(f"a ruling has no {', '.join(sorted(unknown))}")
    texts = ("amount_reason", "reasons", "legal_basis", "departure_reason")
    fields = {name: (entries.get(name) or "").strip() for name in texts}
    amount = entries.get("amount")
    if outcome == Outcome.AWARD:
        amount = application.requested_amount if amount is None else Decimal(amount)
        _refuse_amount(application, amount)
    else:
        amount = None
    order = entries.get("reserve_order") or proposal.reserve_order
    return fields | {
        "outcome": outcome,
        "amount": amount,
        "reserve_order": order if outcome == Outcome.RESERVE else None,
    }


def _refuse_amount(application, amount):
    if amount <= 0:
        raise CannotRule(_("Write how much is awarded."), "amount")
    if amount > application.requested_amount:
        raise CannotRule(
            _("The organization asked for %(most)s: more cannot be awarded.")
            % {"most": pesos.figures(application.requested_amount)},
            "amount",
        )


def _criterion_names(call):
    return {criterion.key: criterion.name for criterion in standing.criteria_of(call)}


def legal_basis_of(call):
    """The citation of the Rules under which the committee decides."""
    publication = call.publication
    return _(
        "Rules of Operation of “%(program)s”, fiscal year %(year)s, Periódico Oficial “El Estado de Jalisco” "
        "of %(day)s, volume %(volume)s, number %(number)s: criteria, pass mark, tie-break and budget."
    ) % {
        "program": publication.edition.program.name_es,
        "year": publication.edition.fiscal_year,
        "day": day_in_words(publication.gazette_date),
        "volume": publication.gazette_volume,
        "number": publication.gazette_number,
    }


def reasons_from(call, proposal):
    """The reasons that the scores themselves give: total, place, pass mark, budget, weakest criteria."""
    place, mark = proposal.place, standing.scoring_rule(call).pass_mark
    said = [
        _("It obtained %(total)s points of 100 and place %(rank)s.")
        % {"total": place.mean, "rank": place.rank},
        {
            Outcome.AWARD: _(
                "It reaches the pass mark of %(mark)s points and the budget of the call covers it."
            ),
            Outcome.RESERVE: _("It reaches the pass mark of %(mark)s points; the budget does not cover it."),
            Outcome.NOT_AWARDED: _("It does not reach the pass mark of %(mark)s points."),
        }[Outcome(proposal.outcome)]
        % {"mark": mark},
    ]
    if proposal.outcome != Outcome.AWARD:
        said.append(_weakest(call, place))
    return " ".join(filter(None, said))


def _weakest(call, place):
    """The criteria in which most points were lost."""
    lost = [
        (criterion.weight - place.scored.in_criterion(criterion.key), criterion)
        for criterion in standing.criteria_of(call)
    ]
    worst = sorted((pair for pair in lost if pair[0] > 0), key=lambda pair: -pair[0])[:2]
    if not worst:
        return ""
    named = "; ".join(
        _("“%(name)s”, %(points)s of %(weight)s")
        % {"name": c.name, "points": place.scored.in_criterion(c.key), "weight": c.weight}
        for _lost, c in worst
    )
    return _("It lost most points in: %(criteria)s.") % {"criteria": named}


# Issuing ----------------------------------------------------------------------------------------------


def demand_issuing(by, call):
    demand(by, "evaluations.issue_ruling", call, _("Rulings are signed by the chair of the committee."))


@transaction.atomic
def issue(ruling, *, by, at=None, proposals=None):
    """Seal the ruling: decided by the committee's vote, signed by the chair, within the budget of the call.

    It stays pending, and secret, until the results of the whole call are released. ``proposals``: those of
    the call as they stand now, where whoever asks read them already.
    """
    demand_issuing(by, ruling.call)
    (call,) = locks.exclusive(Call.objects.filter(pk=ruling.call_id))
    endings.refuse_if_ended(call)
    at = acts.moment(at)
    ruling = Ruling.objects.select_related("application", "session__committee").get(pk=ruling.pk)
    if ruling.state == RulingState.DRAFTED:
        _refuse_issue(ruling, call, by, standing.proposals(call) if proposals is None else proposals)
    order = _free_reserve_place(ruling) if ruling.outcome == Outcome.RESERVE else None
    return acts.perform(states.ISSUE, ruling, by=by, at=at, decided_by=by, decided_at=at, reserve_order=order)


def issue_all(session, *, by, at=None):
    """Issue every ruling drafted in the session that the chair may sign, in the order of the ranking."""
    demand_issuing(by, session.committee.call)
    waiting = Ruling.objects.filter(session=session, state=RulingState.DRAFTED).in_rank_order()
    mine = waiting.exclude(application__barred__user=by)
    with transaction.atomic():
        (call,) = locks.exclusive(Call.objects.filter(pk=session.committee.call_id))
        proposals = standing.proposals(call)
        return [issue(ruling, by=by, at=at, proposals=proposals) for ruling in mine]


def _refuse_issue(ruling, call, by, proposals):
    _refuse_unwritten(ruling)
    if ruling.session.state != SessionState.OPEN:
        raise CannotRule(_("Rulings are issued while the session is open."))
    _refuse_outdated(ruling, call, proposals.get(ruling.application_id))
    if is_barred(by, ruling.application):
        raise CannotRule(_("You are recused from this file: the substitute signs it."))
    if not sessions.has_quorum(ruling.session, ruling.application):
        raise CannotRule(_("Without those recused there is no quorum for this file: call the substitutes."))
    if sessions.decided(ruling.session, ruling.application) != ruling.outcome:
        raise CannotRule(
            _("The committee's vote does not say that. Vote first, or write what was voted."), "outcome"
        )
    _refuse_over_budget(ruling, call)


def _refuse_outdated(ruling, call, proposal):
    """A ruling is signed on reviews that are all in, and that give the total and the place which it says."""
    if proposal is None or standing.lacks_reviews(call, ruling.application):
        raise CannotRule(_("Its reviews are not all in: it is ruled on once they are."))
    if proposal.place.mean != ruling.total:
        raise CannotRule(_("Its scores changed after the ruling was drafted: draft it again."))
    if proposal.place.rank != ruling.rank:
        raise CannotRule(_("Its place changed with the scores of another file: draft the ruling again."))


def _refuse_unwritten(ruling):
    """Reasons, basis and the explanations that are owed, each refused at its own field."""
    if not ruling.reasons:
        raise CannotRule(
            _("Write the reasons: no ruling is issued without them, and the organization will read them."),
            "reasons",
        )
    if not ruling.legal_basis:
        raise CannotRule(_("Write the legal basis of the ruling."), "legal_basis")
    if ruling.departs and not ruling.departure_reason:
        raise CannotRule(
            _("This departs from the ranking, the pass mark or the budget: write why. It will be public."),
            "departure_reason",
        )
    below = ruling.outcome == Outcome.AWARD and ruling.amount < ruling.application.requested_amount
    if below and not ruling.amount_reason:
        raise CannotRule(_("Less is awarded than was asked for: write why."), "amount_reason")


def _refuse_over_budget(ruling, call):
    if ruling.outcome != Outcome.AWARD:
        return
    left = standing.budget_of(call) - standing.committed(call)
    if ruling.amount > left:
        raise CannotRule(
            _("Only %(left)s are left of the budget of the call.") % {"left": pesos.figures(left)}, "amount"
        )


def _free_reserve_place(ruling):
    """The place asked for on the reserve list, or the next one when it is taken."""
    settled = Ruling.objects.filter(call=ruling.call_id).exclude(state=RulingState.DRAFTED)
    if ruling.reserve_order and not settled.filter(reserve_order=ruling.reserve_order).exists():
        return ruling.reserve_order
    return (settled.aggregate(last=Max("reserve_order"))["last"] or 0) + 1
