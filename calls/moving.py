"""What moves when a date of a published call moves: only later, as the Rules count. Pure: rows are given."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calls import schedule, words
from programs import workdays


class Why(models.TextChoices):
    """Why a date moves."""

    CHOSEN = "chosen", _("It is the date that is changed.")
    COUNTED = "counted", _("The Rules count it from a date that moves.")
    RANGE = "range", _("The Rules allow it from this day.")
    ORDER = "order", _("It would come before the milestone that precedes it.")


@dataclass(frozen=True)
class Move:
    """One milestone: the day promised, the day it moves to, why, and whether the Rules allow that day."""

    milestone: str
    before: date
    after: date
    why: str
    is_allowed: bool = True
    rule: object = None

    @property
    def label(self):
        return schedule.MilestoneCode(self.milestone).label

    @property
    def why_label(self):
        """Why it moves, with the term where the Rules count one."""
        if self.why != Why.COUNTED:
            return Why(self.why).label
        return gettext("The Rules count it: %(term)s after “%(milestone)s”.") % {
            "term": words.term(self.rule.days, self.rule.unit),
            "milestone": schedule.MilestoneCode(self.rule.after).label,
        }


def moves(rules, dates, *, kept=frozenset(), chosen=None, holidays=frozenset()):
    """The dates that move, in the order of the process, when those ``chosen`` do; or when the Rules change.

    ``kept`` are the milestones that happened or whose day has passed: they stay. A date never comes earlier
    than it was promised; one that would come before its predecessor moves to the first working day that
    does not, even where the Rules do not allow it: the move says so.
    """
    chosen = chosen or {}
    by_code = {rule.code: rule for rule in rules}
    found, why = {**dates, **chosen}, dict.fromkeys(chosen, Why.CHOSEN)
    for _round in dates:  # a rule may count from a milestone that comes later
        before = None
        for code in schedule.in_order(dates):
            if code not in kept and code not in chosen:
                found[code], reason = _later(by_code.get(code), found, code, before, holidays)
                why |= {code: reason} if reason else {}
            before = found[code]
    return [
        Move(code, day, found[code], why[code], _is_allowed(rule, found, code, holidays), rule)
        for code, day in schedule.in_order(dates).items()
        if code in chosen or found[code] != day
        for rule in [by_code.get(code)]
    ]


def _later(rule, dates, code, before, holidays):
    """The day of one milestone given the others, and why it moved; the same day when nothing moves it."""
    day, reason = dates[code], None
    allowed = schedule.bounds(rule, dates, holidays)
    if allowed and (nearest := allowed.nearest(day)) > day:
        day, reason = nearest, Why.COUNTED if rule.after else Why.RANGE
    if before and day < before:
        day, reason = workdays.next_workday(before, holidays), Why.ORDER
    return day, reason


def _is_allowed(rule, dates, code, holidays):
    allowed = schedule.bounds(rule, dates, holidays)
    return allowed is None or allowed.allow(dates[code])


def applied(dates, found):
    """The dates as they stand once they have moved."""
    return {**dates, **{move.milestone: move.after for move in found}}
