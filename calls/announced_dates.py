"""The dates of a call as it tells them: planned beside actual, their terms, hours and what became of each."""

from django.utils.translation import gettext as _

from accounts import dates as spoken
from calls import changes, schedule, words
from programs.models import MilestoneCode


def rows(call, promises):
    """Planned beside actual, former dates struck through: what the component ``schedule`` shows."""
    return [
        {
            "code": promise.milestone,
            "label": str(promise.label),
            "planned_from": _start(call, promise),
            "planned_until": promise.planned.on,
            "actual_from": promise.actual.on if promise.actual else None,
            "actual_until": None,
            "side": str(promise.side_label),
            "term": term_of(call, promise),
            "former": [row.on for row in promise.former],
            "note": _note(call, promise),
        }
        for promise in promises
    ]


def _start(call, promise):
    """The reception is a period; every other milestone is a day."""
    is_close = promise.milestone == MilestoneCode.CALL_CLOSED
    return schedule.local_day(call.opens_at, call.zone) if is_close and call.opens_at else promise.planned.on


def term_of(call, promise):
    """How long the reception lasts, or how many days after which milestone the Rules put this one."""
    if promise.milestone == MilestoneCode.CALL_CLOSED and call.opens_at:
        return words.calendar_days(schedule.window_days(call.opens_at, call.closes_at, call.zone))
    rule = promise.rule
    if rule is None or rule.days is None:
        return ""
    return _("%(term)s after “%(milestone)s”") % {
        "term": words.term(rule.days, rule.unit),
        "milestone": MilestoneCode(rule.after).label,
    }


def clock(call, promise):
    """The hour at which the reception opens, or its last minute; empty for a whole day."""
    if promise.milestone == MilestoneCode.CALL_ISSUED and call.opens_at:
        return spoken.local_clock(call.opens_at)
    if promise.milestone == MilestoneCode.CALL_CLOSED and call.closes_at:
        return spoken.local_clock(schedule.last_minute(call.closes_at))
    return ""


def changed_in_words(call, promise):
    """Why its planned date changed and, of the close, what it used to be: one sentence each."""
    is_close = promise.milestone == MilestoneCode.CALL_CLOSED
    told = changes.former_closes(call) if is_close and call.closes_at else []
    if promise.planned.reason:
        told.append(_("Changed: %(reason)s") % {"reason": promise.planned.reason})
    return told


def happened_in_words(promise):
    """How late it was, and why: one sentence each."""
    told = [late_words(promise)] if promise.delay else []
    return told + ([promise.actual.reason] if promise.actual and promise.actual.reason else [])


def _note(call, promise):
    return " ".join([*_hour(call, promise), *changed_in_words(call, promise), *happened_in_words(promise)])


def _hour(call, promise):
    said = clock(call, promise)
    if not said:
        return []
    if promise.milestone == MilestoneCode.CALL_ISSUED:
        return [_("The reception opens at %(clock)s h.") % {"clock": said}]
    return [_("All of %(clock)s h is accepted.") % {"clock": said}]


def late_words(promise):
    """«3 calendar days late (1 business day).»"""
    return _("%(calendar)s late (%(business)s).") % {
        "calendar": words.calendar_days(promise.delay.calendar),
        "business": words.business_days(promise.delay.business),
    }
