"""What waits for those who operate calls and for those who apply: drafts, dates at risk, corrections."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import held
from accounts.models import Role
from calls import dissemination, promised, schedule
from calls.models import Application, Call, PublicQuestion, VaultDocument
from calls.models.calls import ENDED_STATES
from calls.states import ApplicationState, CallState
from programs.duties import Duty, duty
from programs.models import Edition, Side

SOON = timedelta(days=7)


def _bodies(user):
    return held.bodies(user, Role.OPERATOR)


@duty
def calls_to_publish(user):
    """The drafts of the agencies that the person operates."""
    drafts = Call.objects.filter(
        state=CallState.DRAFT, publication__edition__program__agency__body__in=_bodies(user)
    )
    for call in drafts.order_by("opens_at", "pk"):
        yield Duty(
            what=_("Complete and publish the call %(title)s") % {"title": call.title},
            link=reverse("calls:cockpit", args=[call.folio]),
            until=call.opens_at,
            detail=call.folio,
        )


@duty
def rules_without_a_call(user):
    """Published Rules of this year or a later one from which no call was opened yet."""
    published = (
        Edition.objects.published()
        .filter(
            program__agency__body__in=_bodies(user),
            fiscal_year__gte=timezone.localdate().year,
        )
        .exclude(pk__in=Call.objects.values("publication__edition"))
    )
    for edition in published.select_related("program").newest_first():
        yield Duty(
            what=_("Open a call from the Rules of %(program)s %(year)s")
            % {"program": edition.program, "year": edition.fiscal_year},
            link=reverse("calls:open", args=[edition.code]),
            detail=edition.code,
        )


@duty
def dates_at_risk(user):
    """The agency's own dates that have passed, or come within a week, and are not recorded."""
    near = timezone.localdate() + SOON
    own = promised.in_force().filter(
        call__publication__edition__program__agency__body__in=_bodies(user),
        side__in=[Side.AGENCY, Side.BOTH],
        actual=None,
        on__lte=near,
    )
    for date in own.exclude(milestone__in=schedule.OF_THE_WINDOW).order_by("on", "pk"):
        yield Duty(
            what=_("%(milestone)s: keep or record the date") % {"milestone": date.get_milestone_display()},
            link=reverse("calls:promise", args=[date.call.folio, date.milestone]),
            until=datetime.combine(date.on, time(23, 59), ZoneInfo(date.call.zone)),
            detail=date.call.folio,
        )


@duty
def applications_to_finish(user):
    """What the person's organizations began and can still send, and what they were asked to correct."""
    bodies = held.bodies(user, Role.REPRESENTATIVE, Role.DRAFTER)
    own = (
        Application.objects.visible_to(user)
        .filter(organization__body__in=bodies)
        .select_related("call", "prevention")
    )
    now = timezone.now()
    unsent = Q(state=ApplicationState.DRAFT, call__state=CallState.PUBLISHED, call__closes_at__gt=now)
    for one in own.filter(unsent).order_by("call__closes_at", "pk"):
        yield Duty(
            what=_("Finish and send the application to %(call)s") % {"call": one.call.title},
            link=reverse("calls:application", args=[one.public_id]),
            until=schedule.last_minute(one.call.closes_at),
            detail=one.project_title,
        )
    prevented = own.filter(state=ApplicationState.PREVENTED, prevention__due_at__gt=now)
    prevented = prevented.exclude(call__state__in=ENDED_STATES)
    for one in prevented.order_by("prevention__due_at", "pk"):
        yield Duty(
            what=_("Correct what the agency asked for in %(folio)s") % {"folio": one.folio},
            link=reverse("calls:application_correction", args=[one.public_id]),
            until=schedule.last_minute(one.prevention.due_at),
            detail=one.project_title,
        )


@duty
def documents_that_end(user):
    """Of what the person's organizations keep, what is no longer valid within a month."""
    today = timezone.localdate()
    ending = VaultDocument.objects.ending_by(today + timedelta(days=30)).filter(
        expires_on__gte=today, organization__body__in=held.bodies(user, Role.REPRESENTATIVE, Role.DRAFTER)
    )
    for one in ending.select_related("organization__body").order_by("expires_on", "pk"):
        yield Duty(
            what=_("Keep a newer document: %(document)s") % {"document": one.get_kind_display()},
            link=reverse("calls:vault_kind", args=[one.organization.public_id, one.kind]),
            until=datetime.combine(one.expires_on, time(23, 59), timezone.get_default_timezone()),
            detail=str(one.organization),
        )


@duty
def applications_to_check(user):
    """How many applications wait at the desk of each call that the person operates."""
    waiting = (
        Application.objects.visible_to(user)
        .filter(
            state__in=[ApplicationState.SUBMITTED, ApplicationState.CORRECTED],
            call__publication__edition__program__agency__body__in=_bodies(user),
        )
        .exclude(call__state__in=ENDED_STATES)
    )
    by_call = waiting.order_by().values("call__folio", "call__title").annotate(count=Count("pk"))
    for row in by_call.order_by("call__folio"):
        many = {"count": row["count"], "call": row["call__title"]}
        words = ngettext(
            "Check %(count)d application to %(call)s",
            "Check %(count)d applications to %(call)s",
            row["count"],
        )
        yield Duty(
            what=words % many,
            link=reverse("calls:desk_call", args=[row["call__folio"]]),
            detail=row["call__folio"],
        )


@duty
def questions_to_answer(user):
    """How many public questions wait in each call that the person operates, until the day of the first."""
    if not (bodies := _bodies(user)):
        return
    waiting = PublicQuestion.objects.waiting_at_the_desk_of(user).filter(
        call__publication__edition__program__agency__body__in=bodies
    )
    by_call = waiting.order_by().values("call__folio", "call__title", "call__zone")
    for row in by_call.annotate(count=Count("pk"), due_on=Min("due_on")).order_by("due_on", "call__folio"):
        words = ngettext(
            "Answer %(count)d public question about %(call)s",
            "Answer %(count)d public questions about %(call)s",
            row["count"],
        )
        yield Duty(
            what=words % {"count": row["count"], "call": row["call__title"]},
            link=reverse("calls:desk_questions", args=[row["call__folio"]]),
            until=datetime.combine(row["due_on"], time(23, 59), ZoneInfo(row["call__zone"])),
            detail=row["call__folio"],
        )


@duty
def evidence_to_record(user):
    """How many planned ways of making a call known have no evidence though their day has passed."""
    if not (bodies := _bodies(user)):
        return
    of_agency = Call.objects.filter(publication__edition__program__agency__body__in=bodies)
    for row in dissemination.without_evidence(of_agency):
        words = ngettext(
            "Record how %(call)s was made known: %(count)d action without evidence",
            "Record how %(call)s was made known: %(count)d actions without evidence",
            row["without"],
        )
        yield Duty(
            what=words % {"count": row["without"], "call": row["title"]},
            link=reverse("calls:desk_dissemination", args=[row["folio"]]),
            detail=row["folio"],
        )
