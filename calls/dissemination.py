"""How a call was to be made known beside what was done: each planned action with its evidence (GP-11)."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.db.models import Count, DateTimeField, Exists, ExpressionWrapper, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from calls import schedule
from calls.models import Evidence
from calls.states import CallState
from calls.withheld import EVIDENCE
from programs import withholding
from programs.models import DisseminationAction


class Standing(models.TextChoices):
    """How a planned action stands; derived from its day and from what was recorded, never stored."""

    DONE = "done", pgettext_lazy("dissemination", "Done")
    LATE = "late", pgettext_lazy("dissemination", "Done late")
    TO_COME = "to_come", pgettext_lazy("dissemination", "Still to come")
    WITHOUT = "without", _("Without evidence")


LOOKS = {Standing.TO_COME: "planned_date", Standing.WITHOUT: "missing"}


@dataclass
class Shown:
    """An action with its evidence: one of the plan (``action``), or one that the plan does not have."""

    title: str
    today: date
    due: date | None = None
    action: DisseminationAction | None = None
    evidence: list = field(default_factory=list)

    @property
    def standing_evidence(self):
        return [one for one in self.evidence if not one.is_withdrawn]

    @property
    def status(self):
        """Done by its day, that day included; of several, the first one counts."""
        due = self.due or self.today
        if found := self.standing_evidence:
            return Standing.LATE if min(one.on for one in found) > due else Standing.DONE
        return Standing.WITHOUT if due < self.today else Standing.TO_COME

    @property
    def look(self):
        return LOOKS.get(self.status, self.status.value)

    @property
    def facts(self):
        action = self.action
        return " · ".join(filter(None, [action.place, action.audience, action.language_or_format]))


@dataclass(frozen=True)
class Plan:
    """Everything that was planned for a call and everything that was done besides."""

    planned: list
    besides: list

    @property
    def rows(self):
        return [*self.planned, *self.besides]

    @property
    def counts(self):
        """How many planned actions stand in each way, how many have evidence, how many people it reached."""
        counts = {status.value: 0 for status in Standing}
        for one in self.planned:
            counts[one.status.value] += 1
        evident = counts[Standing.DONE.value] + counts[Standing.LATE.value]
        return counts | {
            "planned": len(self.planned),
            "evident": evident,
            "besides": sum(bool(one.standing_evidence) for one in self.besides),
            "reached": self.reached,
        }

    @property
    def reached(self):
        """The people reached, by the agency's own count; nothing where it counted none."""
        counted = [one.reached for row in self.rows for one in row.standing_evidence]
        counted = [count for count in counted if count is not None]
        return sum(counted) if counted else None


def actions_of(call):
    """The plan of the Rules that govern the call: those of the last amendment that reached it, or its own."""
    return list(DisseminationAction.objects.of_publication(call.dated_by_id).order_by("position", "key"))


def last_day(call):
    """The last day of the reception: by when an action that has no day of its own is owed."""
    return schedule.local_day(schedule.last_minute(call.closes_at), call.zone)


def today_of(call, now=None):
    """The day on which a call stands; of one that ended, the day on which it did."""
    return schedule.local_day(call.ended_at if call.is_ended else now or timezone.now(), call.zone)


def plan_of(call, *, actions=None, now=None, for_public=False):
    """The plan of a published call beside its evidence: one question, or two where no ``actions`` are given.

    ``for_public`` leaves out what an electoral blackout withholds.

    An action keeps its key when the Rules are amended, and its evidence with it; the evidence of one that an
    amendment took out stands besides the plan.
    """
    today, last = today_of(call, now), last_day(call)
    by_key, besides = _evidence(call, for_public=for_public)
    planned = [
        Shown(one.medium, today, due=one.on or last, action=one, evidence=by_key.pop(one.key, []))
        for one in (actions_of(call) if actions is None else actions)
    ]
    for found in by_key.values():
        besides.setdefault(found[0].action.medium, []).extend(found)
    return Plan(planned, [Shown(name, today, evidence=found) for name, found in besides.items()])


def in_short(call):
    """How the planned actions of a call stand, without what was done besides: one question."""
    last = last_day(call)
    first = Evidence.objects.standing().filter(call=call, action__key=OuterRef("key")).order_by("on")
    rows = DisseminationAction.objects.of_publication(call.dated_by_id).annotate(
        first_on=Subquery(first.values("on")[:1])
    )
    planned = [
        Shown(one.medium, today_of(call), due=one.on or last, action=one, evidence=_only(one.first_on))
        for one in rows
    ]
    return Plan(planned, [])


def _only(day):
    return [Evidence(on=day)] if day else []


def shown_to_the_public(evidence):
    """Without what an electoral blackout withholds and planning did not let through."""
    return evidence.exclude(withholding.is_withheld(EVIDENCE, OuterRef(OuterRef("public_id"))))


def _evidence(call, *, for_public):
    """What was recorded: by key of the planned action, and by name where it was not planned."""
    by_key, besides = defaultdict(list), {}
    found = Evidence.objects.of_call(call).with_all()
    for one in shown_to_the_public(found) if for_public else found:
        one.call = call
        if one.action:
            by_key[one.action.key].append(one)
        else:
            besides.setdefault(one.name, []).append(one)
    return by_key, besides


# Counted over many calls at once

GOES_ON = (CallState.PUBLISHED, CallState.SEALED, CallState.RELEASED)


def with_counts(calls, *, now=None):
    """Each call with how many planned actions have come (``come``), how many with evidence (``evident``)."""
    now = now or timezone.now()
    have_come = Q(on__lt=timezone.localdate(now)) | Q(on=None, call_closes_at__lte=now)
    recorded = Evidence.objects.standing().filter(call=OuterRef("call_pk"), action__key=OuterRef("key"))
    planned = (
        DisseminationAction.objects.filter(publication=OuterRef("governed_by"))
        .annotate(
            call_pk=ExpressionWrapper(OuterRef("pk"), models.BigIntegerField()),
            call_closes_at=ExpressionWrapper(OuterRef("closes_at"), DateTimeField()),
        )
        .order_by()
        .values("publication")
    )
    evident = Q(Exists(recorded))
    return calls.annotate(
        governed_by=Coalesce("amended_by", "publication"),
        come=_counted(planned, have_come | evident),
        evident=_counted(planned, evident),
    )


def _counted(planned, condition):
    counted = planned.filter(condition).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


def without_evidence(calls):
    """The calls that go on in which planned actions whose day has passed have no evidence: how many each."""
    found = with_counts(calls.filter(state__in=GOES_ON)).annotate(
        without=models.F("come") - models.F("evident")
    )
    return found.filter(without__gt=0).order_by("folio").values("folio", "title", "without")
