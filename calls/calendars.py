"""Calls as calendars that a telephone or an office program subscribes to (RFC 5545)."""

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from calls import changes, schedule
from programs.models import MilestoneCode

HOST = "armoniza"
WEEK = timedelta(days=7)


def calendar_of(calls, name, planned=()):
    """One calendar with the dates of ``calls``: the reception to the minute, the other milestones as days.

    What the Rules plan and nobody announced (``planned``, of ``forecast``) is tentative.

    ``calls`` come with their planned dates and publication at hand (``for_calendars``). The identifier of
    an event never changes; its sequence grows with each changed promise.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Armoniza//Convocatorias//ES")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", " ".join(name.split()))  # not a text that the library escapes
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    for call in calls:
        for event in _events(call):
            calendar.add_component(event)
    for one in planned:
        for event in _tentative(one):
            calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _events(call):
    in_force = {row.milestone: row for row in sorted(call.planned_dates.all(), key=lambda row: row.number)}
    for code in schedule.ORDER:
        if row := in_force.get(code):
            yield _event(call, row)


def _tentative(one):
    """The days on which a call that is not announced may open and close; another publication moves them."""
    for code, days in zip(schedule.OF_THE_WINDOW, (one.opens, one.closes), strict=True):
        if days is None:
            continue
        event = Event()
        event.add("uid", f"{one.edition.code}.{code}@{HOST}")
        event.add("sequence", one.publication.number)
        event.add("status", "TENTATIVE")
        event.add("dtstamp", one.publication.published_at.astimezone(UTC))
        mark = _("[demonstration] ") if one.is_demo else ""
        named = {"milestone": MilestoneCode(code).label, "program": one.program.name_es}
        event.add("summary", mark + _("Planned, not announced: %(milestone)s: %(program)s") % named)
        event.add("description", _("So the Rules plan it. It is certain only when the call is published."))
        event.add("url", f"{settings.SITE_URL}{one.edition.get_absolute_url()}")
        event.add("transp", "TRANSPARENT")
        event.add("dtstart", days.first)
        event.add("dtend", days.last + timedelta(days=1))
        yield event


def _event(call, row):
    event = Event()
    event.add("uid", f"{call.folio}.{row.milestone}@{HOST}")
    dropped = call.is_ended and row.on >= schedule.local_day(call.ended_at, call.zone)
    event.add("sequence", row.number if dropped else row.number - 1)
    if dropped:
        event.add("status", "CANCELLED")
    event.add("dtstamp", row.at.astimezone(UTC))
    event.add("last-modified", row.at.astimezone(UTC))
    mark = _("[demonstration] ") if call.is_demo else ""
    event.add("summary", f"{mark}{row.get_milestone_display()}: {call.title}")
    event.add("url", f"{settings.SITE_URL}{call.get_absolute_url()}")
    event.add("transp", "TRANSPARENT")
    if dropped:
        event.add("description", changes.ended_in_words(call))
    elif row.reason:
        event.add("description", _("Changed: %(reason)s") % {"reason": row.reason})
    for name, value in _time(call, row):
        event.add(name, value)
    return event


def _time(call, row):
    zone = ZoneInfo(call.zone)
    if row.milestone == MilestoneCode.CALL_ISSUED:
        opens = call.opens_at.astimezone(zone)
        return [("dtstart", opens), ("dtend", opens + timedelta(minutes=1))]
    if row.milestone == MilestoneCode.CALL_CLOSED:
        closes = call.closes_at.astimezone(zone)
        return [("dtstart", schedule.last_minute(closes)), ("dtend", closes)]
    return [("dtstart", row.on), ("dtend", row.on + timedelta(days=1))]
