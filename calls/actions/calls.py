"""Opening a call from published Rules, fixing what they leave open, publishing it, closing its reception."""

from dataclasses import dataclass
from datetime import time

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import acts
from accounts import dates as spoken
from calls import folios, ledger, schedule, states, words
from calls.actions import news, promises
from calls.models import Call, News, PlannedDate
from calls.states import CallState
from documents import pesos
from jobs import locks
from programs.models import MilestoneCode
from programs.states import EditionState

USUAL_OPENING, USUAL_CLOSE = time(9, 0), time(23, 59)
DESCRIBED = ("title", "summary", "topics", "budget")


class CannotOpen(acts.Refused):
    """Why no call can be made from these Rules, in words for the operator."""


class CannotChange(acts.Refused):
    """Why a draft call cannot hold what was given; ``field`` says which entry of the form it is about."""


class CannotPublish(Exception):
    """What a draft call still lacks: one sentence for each thing."""

    def __init__(self, reasons):
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class CannotSeal(Exception):
    """Why the reception cannot be closed now."""


class CannotRelease(Exception):
    """Why results cannot be released now."""


@dataclass(frozen=True)
class Override:
    """What allows a window of fewer than 30 days: who authorised it, why, and where it was published."""

    reason: str = ""
    authority: str = ""
    reference: str = ""

    @property
    def is_complete(self):
        return bool(self.reason.strip() and self.authority.strip() and self.reference.strip())

    def missing(self):
        """The first entry that is empty, as the field of the call that holds it."""
        entries = ("reason", "authority", "reference")
        return next((f"short_window_{name}" for name in entries if not getattr(self, name).strip()), "")


@transaction.atomic
def open(publication, *, by, at=None):  # noqa: A001 -- reads as calls.open(publication)
    """Make a draft call from published Rules, with the dates that their schedule proposes."""
    edition, at = publication.edition, acts.moment(at)
    if not by.has_perm("calls.open_call", publication):
        raise PermissionDenied(_("Only an operator of the agency can open a call from its Rules."))
    if edition.state != EditionState.PUBLISHED:
        raise CannotOpen(_("A call can be opened only from Rules that are published and not closed."))

    call = Call.objects.create(
        folio=folios.call_folio(edition),
        publication=publication,
        title=f"{edition.program.name_es} {edition.fiscal_year}"[:200],
        is_demo=edition.is_demo,
        created_at=at,
        created_by=by,
    )
    _propose(call, by=by, at=at)
    acts.record("call.open", call, by=by, at=at, note=edition.code)
    return call


@transaction.atomic
def describe(call, *, by, at=None, **entries):
    """Write title, summary, topics and budget of a draft."""
    call = _draft(call, by)
    if unknown := set(entries) - set(DESCRIBED):
        raise TypeError(f"a call's description has no {', '.join(sorted(unknown))}")
    if not entries.get("title", call.title).strip():
        raise CannotChange(_("Give the call a title."), "title")
    _check_budget(call, entries.get("budget"))
    _write(call, **entries)
    acts.record("call.describe", call, by=by, at=at)
    return call


@transaction.atomic
def set_window(call, opens_minute, closes_minute, *, by, at=None, override=None):
    """Fix the reception of a draft: from the start of one minute to the end of another, both accepted.

    At least 30 calendar days, first and last included, unless an override is documented; the first day
    is that of the milestone *call issued*, the last that of *call closed*, each inside the Rules' bounds.
    """
    call = _draft(call, by)
    opens_at = opens_minute.replace(second=0, microsecond=0)
    closes_at = schedule.after_minute(closes_minute)
    override = override or Override()
    if opens_at >= closes_at:
        raise CannotChange(
            _("The reception must close after it opens. Check both dates and hours."), "closes_at"
        )
    _check_length(call, opens_at, closes_at, override)
    days = {
        MilestoneCode.CALL_ISSUED: schedule.local_day(opens_at, call.zone),
        MilestoneCode.CALL_CLOSED: schedule.local_day(closes_minute, call.zone),
    }
    _set_dates(call, days, by=by, at=acts.moment(at))
    _write(
        call,
        opens_at=opens_at,
        closes_at=closes_at,
        short_window_reason=override.reason,
        short_window_authority=override.authority,
        short_window_reference=override.reference,
    )
    acts.record("call.set_window", call, by=by, at=at)
    return call


@transaction.atomic
def set_dates(call, dates, *, by, at=None):
    """Fix the other milestones of a draft where the Rules leave them open; what they compute follows.

    ``dates`` maps milestone codes to days. Raises CannotChange with the bound and its place in the Rules.
    """
    call = _draft(call, by)
    if touched := set(dates) & set(schedule.OF_THE_WINDOW):
        code = min(touched)
        raise CannotChange(_("This date is that of the reception: change the opening or the close."), code)
    _set_dates(call, dates, by=by, at=acts.moment(at))
    acts.record("call.set_dates", call, by=by, at=at)
    return call


@transaction.atomic
def prepare(call, *, by, opens_minute, closes_minute, override, dates, at=None, **entries):
    """Write a whole draft at once: its words, its reception and the dates left open. All of it or nothing."""
    call = describe(call, by=by, at=at, **entries)
    call = set_window(call, opens_minute, closes_minute, by=by, at=at, override=override)
    return set_dates(call, dates, by=by, at=at)


@transaction.atomic
def publish(call, *, by, at=None):
    """Make the call public: its dates become promises, its PDF is rendered, *call issued* happens.

    Raises CannotPublish with everything that is still missing.
    """
    call, at = _draft(call, by), acts.moment(at)
    if reasons := lacking(call, at=at):
        raise CannotPublish(reasons)

    call.planned_dates.update(is_promise=True)
    acts.perform(states.PUBLISH_CALL, call, by=by, at=at, published_at=at)
    today = schedule.local_day(at, call.zone)
    promises.write_actual(call, MilestoneCode.CALL_ISSUED, today, by=by, at=at)
    promises.render_documents(call, by=by, at=at)
    news.announce(call, News.Kind.PUBLISHED, at=at)
    return call


def seal(call, *, by=None, at=None):
    """Close the reception, after waiting for the submissions under way. Raises CannotSeal before its time.

    Whoever submits shares the call's row; this act takes it alone, so that it comes after all of them
    and the count of what was received can no longer change. ``by`` is nobody when the clock does it.
    """
    with transaction.atomic():
        if by is not None:
            promises.check_operator(call, by)
        (call,) = locks.exclusive(Call.objects.filter(pk=call.pk))
        now = acts.reception(at)
        if call.state != CallState.PUBLISHED:
            raise acts.ActNotPossible(call, states.SEAL_CALL)
        if now < call.closes_at:
            until = spoken.moment_in_words(schedule.last_minute(call.closes_at))
            raise CannotSeal(_("The reception is still open, until %(until)s.") % {"until": until})

        acts.perform(states.SEAL_CALL, call, by=by, at=now, sealed_at=now)
        last_day = schedule.local_day(schedule.last_minute(call.closes_at), call.zone)
        promises.write_actual(call, MilestoneCode.CALL_CLOSED, last_day, by=by, at=now)
    return call


def seal_what_is_over():
    """Seal every call whose reception is over; the clock of the portal asks for it each minute."""
    over = Call.objects.filter(state=CallState.PUBLISHED, closes_at__lte=locks.database_now())
    sealed = []
    for call in over:
        try:
            sealed.append(seal(call))
        except (acts.ActNotPossible, CannotSeal):
            continue  # somebody else sealed it meanwhile
    return sealed


@transaction.atomic
def release(call, *, by, at=None, reason=""):
    """Record that the results of the call are public. Called by the release of its rulings.

    Raises CannotRelease when they come after the promised day and no reason is given.
    """
    (call,) = locks.exclusive(Call.objects.filter(pk=call.pk))
    at = acts.moment(at)
    acts.perform(states.RELEASE_CALL, call, by=by, at=at, released_at=at, note=reason)
    try:
        promises.write_actual(
            call,
            MilestoneCode.RESULTS_PUBLISHED,
            schedule.local_day(at, call.zone),
            by=by,
            at=at,
            reason=reason,
        )
    except promises.CannotRecord as refusal:
        raise CannotRelease(str(refusal)) from refusal
    news.announce(call, News.Kind.RESULTS, at=at)
    return call


def lacking(call, *, at):
    """Why a draft call cannot be published at a moment: one sentence for each reason; none when it can."""
    publication, today = call.publication, schedule.local_day(at, call.zone)
    reasons = []
    if publication.edition.state != EditionState.PUBLISHED:
        reasons.append(_("The Rules of the call are not in force: their edition is closed."))
    elif publication.in_force_from > today:
        reasons.append(
            _("The Rules of the call come into force on %(day)s: it can be published from that day.")
            % {"day": spoken.day_in_words(publication.in_force_from)}
        )
    if not call.summary.strip():
        reasons.append(_("Say in few words what the call is for: it is the first thing that people read."))
    reasons += _lacking_window(call, today) if call.opens_at and call.closes_at else [
        _("Fix when the reception opens and closes.")
    ]  # fmt: skip
    return reasons + _lacking_dates(call)


def warnings(call):
    """What a draft may have and its operator should look at again: advice, nothing is refused."""
    year, holidays = call.publication.edition.fiscal_year, ledger.non_working_days()
    found = []
    for code, day in ledger.dates_of(call).items():
        named = {"milestone": MilestoneCode(code).label, "day": spoken.day_in_words(day)}
        if day.year != year:
            found.append(_("%(milestone)s falls outside the fiscal year (%(day)s).") % named)
        elif day.weekday() > 4 or day in holidays:
            found.append(_("%(milestone)s falls on a day that is not worked (%(day)s).") % named)
    return found


def _propose(call, *, by, at):
    proposed = schedule.settle(ledger.milestones_of(call), {}, ledger.non_working_days())
    _replace_dates(call, proposed, by=by, at=at)
    first, last = (proposed.get(code) for code in schedule.OF_THE_WINDOW)
    if first and last and first <= last:
        closes = schedule.minute_at(last, USUAL_CLOSE, call.zone, last=True)
        _write(
            call,
            opens_at=schedule.minute_at(first, USUAL_OPENING, call.zone),
            closes_at=schedule.after_minute(closes),
        )


def _draft(call, by):
    """The call, held alone, still a draft, for one who may change it."""
    promises.check_operator(call, by)
    (held,) = locks.exclusive(Call.objects.filter(pk=call.pk))
    if held.state != CallState.DRAFT:
        raise acts.ActNotPossible(held, states.PUBLISH_CALL)
    return held


def _write(call, **changes):
    for name, value in changes.items():
        setattr(call, name, value)
    call.save(update_fields=list(changes))


def _check_budget(call, budget):
    if budget is None:
        return
    if budget <= 0:
        raise CannotChange(_("The budget of the call must be greater than zero."), "budget")
    authorized = ledger.authorized_budget(call)
    if authorized is not None and budget > authorized:
        raise CannotChange(
            _("The Rules authorise %(most)s for the year: the call cannot have more.")
            % {"most": pesos.figures(authorized)},
            "budget",
        )


def _check_length(call, opens_at, closes_at, override):
    days = schedule.window_days(opens_at, closes_at, call.zone)
    if days >= schedule.MINIMUM_DAYS or override.is_complete:
        return
    said = {"days": words.calendar_days(days), "least": schedule.MINIMUM_DAYS}
    if override == Override():
        raise CannotChange(
            _(
                "The reception lasts %(days)s, first and last included; it must last at least %(least)d. "
                "Move the close, or document who authorised fewer days, why, and where it was published."
            )
            % said,
            "closes_at",
        )
    raise CannotChange(
        _("A reception of %(days)s needs three things: who authorised it, the reason and the reference.")
        % said,
        override.missing(),
    )


def _set_dates(call, given, *, by, at):
    """Check the days given against the Rules and keep them with those that follow from them."""
    milestones, holidays = ledger.milestones_of(call), ledger.non_working_days()
    wanted = {**ledger.dates_of(call), **given}
    settled = schedule.settle(milestones, wanted, holidays)
    rules = {milestone.code: milestone for milestone in milestones}
    for code, day in given.items():
        if day is not None and (
            refusal := ledger.out_of_bounds(call, rules.get(code), day, settled, holidays)
        ):
            raise CannotChange(refusal, code)
    _replace_dates(call, settled, by=by, at=at)


def _replace_dates(call, dates, *, by, at):
    call.planned_dates.filter(is_promise=False).delete()
    PlannedDate.objects.bulk_create(
        PlannedDate(call=call, milestone=code, on=day, by=by, at=at) for code, day in dates.items()
    )


def _lacking_window(call, today):
    reasons, dates = [], ledger.dates_of(call)
    first = schedule.local_day(call.opens_at, call.zone)
    last = schedule.local_day(schedule.last_minute(call.closes_at), call.zone)
    override = Override(call.short_window_reason, call.short_window_authority, call.short_window_reference)
    try:
        _check_length(call, call.opens_at, call.closes_at, override)
    except CannotChange as refusal:
        reasons.append(str(refusal))
    if today > first:
        reasons.append(
            _("The reception would have opened on %(day)s, which has passed: fix its dates again.")
            % {"day": spoken.day_in_words(first)}
        )
    if (dates.get(MilestoneCode.CALL_ISSUED), dates.get(MilestoneCode.CALL_CLOSED)) != (first, last):
        reasons.append(_("The reception does not agree with its two milestones: save its dates again."))
    return reasons


def _lacking_dates(call):
    dates = ledger.dates_of(call)
    missing = [str(MilestoneCode(code).label) for code in schedule.ORDER if code not in dates]
    if missing:
        return [_("These milestones have no date: %(names)s.") % {"names": ", ".join(missing)}]
    if pair := schedule.first_out_of_order(dates):
        before, after = (MilestoneCode(code).label for code in pair)
        return [_("“%(after)s” comes before “%(before)s”: put the dates in order.") % {
            "after": after, "before": before,
        }]  # fmt: skip
    return []
