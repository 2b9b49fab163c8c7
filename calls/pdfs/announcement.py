"""The call on paper: the whole announcement, its schedule, and a poster of one page."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls import announced_dates, changes, gantt, schedule
from calls.announcement import Announcement
from calls.models import Call
from calls.withheld import POSTER
from documents import renderings
from documents.pdf import qr
from programs import withholding


class OfTheCall(renderings.Kind):
    """What the three have in common: the call by its folio, public once the call is."""

    is_public = True

    def __init__(self, subject_id):
        super().__init__(subject_id)
        self.call = Call.objects.with_program().get(folio=subject_id)
        self.folio, self.is_demo = self.call.folio, self.call.is_demo

    def facts(self):
        """What stands at the head of each: names, reception, where the call is on the portal."""
        call = self.call
        return {
            "call": {
                "folio": call.folio,
                "title": call.title,
                "summary": call.summary,
                "agency": call.agency.acronym,
                "agency_name": call.agency.body.name_es,
                "program": call.edition.program.name_es,
                "fiscal_year": str(call.edition.fiscal_year),
                "opens_at": call.opens_at,
                "closes_at": schedule.last_minute(call.closes_at),
                "days": schedule.window_days(call.opens_at, call.closes_at, call.zone),
                "short_window_reason": call.short_window_reason,
                "short_window_authority": call.short_window_authority,
                "short_window_reference": call.short_window_reference,
            },
            "gazette": {
                "on": call.publication.gazette_date,
                "volume": call.publication.gazette_volume,
                "number": call.publication.gazette_number,
                "section": call.publication.gazette_section,
            },
            **changes.of(call),
            "rules_sha256": call.publication.sha256,
            "page_url": f"{settings.SITE_URL}{call.get_absolute_url()}",
        }

    def calendar(self, announcement, *, actual):
        """The ten dates as rows, and the drawing of the five periods."""
        dates = {promise.milestone: promise.planned.on for promise in announcement.promises}
        return {
            "rows": [_row(announcement.call, promise, actual=actual) for promise in announcement.promises],
            "drawing": gantt.drawing(dates),
            "shows_actual": actual,
        }


def _row(call, promise, *, actual):
    happened = promise.actual if actual else None
    notes = announced_dates.changed_in_words(call, promise)
    if happened:
        notes += announced_dates.happened_in_words(promise)
    return {
        "label": str(promise.label),
        "side": str(promise.side_label),
        "side_code": str(promise.side),
        "on": promise.planned.on,
        "clock": announced_dates.clock(call, promise),
        "term": announced_dates.term_of(call, promise),
        "former": [row.on for row in promise.former],
        "actual": happened.on if happened else None,
        "notes": " ".join(notes),
    }


@renderings.kind("announcement", template="pdf/announcement.html", version=3)
class CallAnnouncement(OfTheCall):
    """The call with everything that its Rules say of it."""

    name = gettext_lazy("Call")

    @property
    def title(self):
        return _("Call: %(title)s") % {"title": self.call.title}

    @property
    def filename(self):
        return f"convocatoria-{self.folio}.pdf"

    def context(self):
        announcement = Announcement(self.call)
        parts = announcement.everything()
        parts.pop("schedule_rows")
        return self.facts() | parts | {"calendar": self.calendar(announcement, actual=False)}


@renderings.kind("call-schedule", template="pdf/call_schedule.html", version=3)
class CallSchedule(OfTheCall):
    """The ten dates, promised beside real."""

    name = gettext_lazy("Schedule of a call")

    @property
    def title(self):
        return _("Schedule: %(title)s") % {"title": self.call.title}

    @property
    def filename(self):
        return f"calendario-{self.folio}.pdf"

    def context(self):
        return self.facts() | {"calendar": self.calendar(Announcement(self.call), actual=True)}


@renderings.kind("call-poster", template="pdf/call_poster.html", version=3)
class CallPoster(OfTheCall):
    """One page to hang on a wall: what, how much, until when, and the QR that leads to the call."""

    name = gettext_lazy("Poster of a call")
    may_be_withheld = True

    def why_withheld(self, user):
        """An electoral blackout withholds it from everybody but the agency that prepares it."""
        period = withholding.withheld_by(POSTER, self.folio)
        if period is None or user.has_perm("calls.view_cockpit", self.call):
            return ""
        return withholding.why(period)

    @property
    def title(self):
        return _("Poster: %(title)s") % {"title": self.call.title}

    @property
    def filename(self):
        return f"cartel-{self.folio}.pdf"

    def context(self):
        announcement = Announcement(self.call)
        advice = [group for group in announcement.contacts() if group["code"] == "advice"]
        facts = self.facts()
        return facts | {
            "amounts": announcement.amounts(),
            "counts": announcement.counts(),
            "contacts": advice[0]["rows"] if advice else [],
            "page_qr": qr(facts["page_url"]),
        }
