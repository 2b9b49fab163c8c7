"""A call in the shapes that the components show: badge, cycle bar, turn line."""

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.dates import day_in_words, local_clock, short_day
from calls import announced_dates, schedule
from calls.schedule import Phase
from programs.models import MilestoneCode, Side

# The code under which each phase has its tone and icon
LOOKS = {
    Phase.DRAFT: "draft",
    Phase.ANNOUNCED: "upcoming",
    Phase.OPEN: "open",
    Phase.CLOSED: "reception_closed",
    Phase.EVALUATION: "sealed",
    Phase.RESULTS: "released",
    Phase.FINISHED: "finished",
    Phase.CANCELLED: "cancelled",
    Phase.VOID: "void",
}
TASKS = {
    MilestoneCode.CALL_ISSUED: gettext_lazy("open the reception"),
    MilestoneCode.CALL_CLOSED: gettext_lazy("send the application"),
    MilestoneCode.DOCUMENTS_DELIVERED: gettext_lazy("correct what the agency observes"),
    MilestoneCode.RULING: gettext_lazy("rule on the applications"),
    MilestoneCode.RESULTS_PUBLISHED: gettext_lazy("publish the results"),
    MilestoneCode.AGREEMENTS_SIGNED: gettext_lazy("sign the agreements"),
    MilestoneCode.BENEFIT_DELIVERED: gettext_lazy("deliver the support"),
    MilestoneCode.PROJECT_OPERATION: gettext_lazy("carry out the projects"),
    MilestoneCode.REPORTS_DELIVERED: gettext_lazy("hand in the reports"),
    MilestoneCode.VERIFICATION_CLOSED: gettext_lazy("close the verification"),
}


def badge(call, *, at):
    """The phase of a call: the code of its look and its word."""
    phase = schedule.phase(call, at=at)
    return {"code": LOOKS[phase], "word": phase.label, "phase": phase.value}


def steps(call, promises, *, at):
    """The cycle bar."""
    published_on = call.publication.gazette_date
    return [
        {"label": stage.label, "detail": _detail(stage), "status": STATUS[stage.status]}
        for stage in schedule.stages(call, promises, published_on=published_on, at=at)
    ]


STATUS = {"done": "done", "current": "now", "todo": "next"}


def _detail(stage):
    if stage.on is None:
        return ""
    day = short_day(stage.on, year=False)
    if stage.code == schedule.StageCode.RULES:
        return _("published %(day)s") % {"day": day}
    if stage.until and stage.is_current:
        return _("until %(day)s, %(clock)s") % {"day": day, "clock": local_clock(stage.until)}
    return day


def turn(call, promises, *, at, applying=False):
    """The turn line: whose turn, for what, until when; the main action while the call is open."""
    whose = schedule.turn(call, promises, at=at)
    if whose is None:
        return None
    line = {
        "what": TASKS[MilestoneCode(whose.milestone)],
        "who": who(call, whose.side),
        "yours": applying and whose.side == Side.CSO and call.is_open(at=at),
        "until": whose.until,
        "note": "" if whose.until else _promised(whose),
        "tone": "wrong" if whose.is_overdue else "",
        "action_url": "",
        "action_label": "",
    }
    if call.is_open(at=at) and (url := start_url(call)):
        line |= {"action_url": url, "action_label": _("Start application")}
    return line


def who(call, side):
    names = {
        Side.AGENCY: call.agency.acronym,
        Side.CSO: _("the organizations"),
        Side.COMMITTEE: _("the ruling committee"),
        Side.BOTH: _("the agency and the organizations"),
    }
    return names[Side(side)]


def _promised(whose):
    said = _("Promised for %(day)s.") % {"day": day_in_words(whose.on)}
    if whose.is_overdue:
        return f"{said} {_('That day has passed.')}"
    left = whose.days_left
    return f"{said} {ngettext('%(n)d day left.', '%(n)d days left.', left) % {'n': left}}"


def start_url(call):
    """Where an application is started; empty where that screen does not exist."""
    for name in ("calls:application_start", "calls:application-start"):
        try:
            return reverse(name, args=[call.folio])
        except NoReverseMatch:
            continue
    return ""


def results_url(call):
    """Where the results of a call are read; empty before they are released."""
    if not call.has_results:
        return ""
    try:
        return reverse("evaluations:call_results", args=[call.folio])
    except NoReverseMatch:
        return ""


def evaluation_url(call):
    """Where the evaluation of a call is coordinated."""
    try:
        return reverse("evaluations:coordination", args=[call.folio])
    except NoReverseMatch:
        return ""


def promise_rows(call, promises, *, at=None):
    """The ledger as rows of the component ``promise_row``."""
    today = schedule.local_day(at or timezone.now(), call.zone)
    return [
        {
            "code": promise.milestone,
            "label": promise.label,
            "url": "",
            "planned": promise.planned.on,
            "former": [row.on for row in promise.former],
            "actual": promise.actual.on if promise.actual else None,
            "responsible": who(call, promise.side),
            "days_late": promise.delay.calendar if promise.delay else None,
            "due_soon": promise.is_pending and 0 <= (promise.planned.on - today).days <= 7,
            "reason": promise.actual.reason if promise.actual else promise.planned.reason,
        }
        for promise in promises
    ]


def late_words(promise):
    """How late a milestone is, in words; empty when it is not."""
    return announced_dates.late_words(promise) if promise.delay else ""
