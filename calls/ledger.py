"""What the Rules say of a call's dates and what became of them, read from the rows."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import dates as spoken
from calls import schedule
from programs.models import Budget, Component, Milestone, MilestoneCode, NonWorkingDay


def milestones_of(call):
    return list(Milestone.objects.of_publication(call.dated_by_id))


def non_working_days():
    return frozenset(NonWorkingDay.objects.values_list("on", flat=True))


def dates_of(call):
    """The date in force of each milestone of the call, in the order of the process."""
    return schedule.in_order(dict(call.planned_dates.in_force().values_list("milestone", "on")))


def authorized_budget(call):
    return Budget.objects.of_publication(call.publication_id).values_list("authorized", flat=True).first()


def place_in_the_rules(call):
    """The component of the Rules that holds the schedule, by number and title."""
    components = Component.objects.filter(guide=call.publication.edition.guide_id)
    holder = next((component for component in components if "schedule" in component.blocks), None)
    if holder is None:
        return _("schedule of the Rules")
    return _("component %(number)s of the Rules, “%(title)s”") % {
        "number": holder.number,
        "title": holder.title,
    }


def out_of_bounds(call, rule, day, dates, holidays):
    """Why the Rules do not allow ``day`` for a milestone; empty when they do."""
    allowed = schedule.bounds(rule, dates, holidays)
    if allowed is None or allowed.allow(day):
        return ""
    named = {
        "milestone": MilestoneCode(rule.code).label,
        "first": spoken.day_in_words(allowed.first),
        "last": spoken.day_in_words(allowed.last),
        "place": place_in_the_rules(call),
    }
    if allowed.is_one_day:
        return _("The Rules fix “%(milestone)s” on %(first)s (%(place)s).") % named
    return _("The Rules allow “%(milestone)s” from %(first)s to %(last)s (%(place)s).") % named


def of(call, *, at=None, holidays=None):
    """The promises of a call in order, each with its former dates, what happened and how late."""
    today = schedule.local_day(at or timezone.now(), call.zone)
    if call.is_ended:  # what was not overdue when it ended is not overdue ever after
        today = min(today, schedule.local_day(call.ended_at, call.zone))
    return schedule.ledger(
        milestones_of(call),
        call.planned_dates.all(),
        call.actual_dates.all(),
        today=today,
        holidays=non_working_days() if holidays is None else holidays,
    )
