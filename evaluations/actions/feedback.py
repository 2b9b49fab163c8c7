"""Feedback: asked for once by an organization after its result, answered once by the agency, with a clock."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import acts
from accounts.dates import day_in_words
from calls import ledger, schedule
from calls.actions import endings
from calls.models import Call
from evaluations import deadlines, feedback_notices, standing, states
from evaluations.models import FeedbackPoint, FeedbackReason, FeedbackRequest, Ruling
from evaluations.models.feedback import LONGEST_ANSWER, LONGEST_QUESTION
from evaluations.rules import demand
from jobs import locks

ASKED = ("question", "due_on", "asked_at")


class CannotAsk(acts.Refused):
    """Why feedback is not asked for; ``field`` says which entry of the form it is about."""


class CannotAnswer(CannotAsk):
    """Why feedback is not answered so."""


# Asking -----------------------------------------------------------------------------------------------


def why_not_asked(application, *, now):
    """Why feedback of an application cannot be asked for at a moment; nothing while it can."""
    call = application.call
    if not Ruling.objects.released().filter(application=application).exists():
        return _("Feedback is asked for once the result is released.")
    term = deadlines.feedback_term(call)
    if term is None:
        return _("The Rules of this call offer no feedback.")
    if not term.is_open(now):
        return _("Feedback could be asked for until %(day)s.") % {"day": day_in_words(term.last_day)}
    return ""


@transaction.atomic
def ask(application, *, by, question="", points=None, at=None):
    """Ask why the result was that one: in one click, or with questions about criteria (by key).

    In time by the clock of the database, under the lock of the call. Who asks again gets the first request.
    """
    why = _("Feedback is asked for by the people of the organization.")
    demand(by, "evaluations.ask_feedback", application, why)
    locks.share(Call.objects.filter(pk=application.call_id))
    call = application.call = Call.objects.with_program().get(pk=application.call_id)
    if existing := _existing(application):
        return existing
    endings.refuse_if_ended(call)
    now = acts.reception(at)
    if refusal := why_not_asked(application, now=now):
        raise CannotAsk(refusal)
    asked = _create(application, _tidy(question), _tidy_points(call, points or {}), by=by, at=now)
    if asked is None:
        return _existing(application)
    acts.record("feedback.ask", asked, by=by, at=now, seals=ASKED)
    feedback_notices.asked(asked, at=now)
    return asked


def _existing(application):
    return FeedbackRequest.objects.filter(application=application).first()


def _create(application, question, points, *, by, at):
    """The request with its questions; None where somebody of the organization was first."""
    call = application.call
    due_on = answer_due_on(call, at)
    try:
        with transaction.atomic():
            asked = FeedbackRequest.objects.create(
                application=application, question=question, asked_at=at, asked_by=by, due_on=due_on
            )
    except IntegrityError:
        return None
    FeedbackPoint.objects.bulk_create(
        FeedbackPoint(request=asked, criterion=criterion, question=text) for criterion, text in points
    )
    return asked


def answer_due_on(call, at):
    """The last day for the answer to what is asked at a moment, as the Rules count it."""
    window, day = deadlines.window_of(call), schedule.local_day(at, call.zone)
    return deadlines.last_day(day, window.answer_days, window.answer_unit, ledger.non_working_days())


def _tidy(text, field="question"):
    text = text.strip()
    if len(text) > LONGEST_QUESTION:
        raise CannotAsk(_too_long(LONGEST_QUESTION), field)
    return text


def _tidy_points(call, points):
    """The criteria of the call about which something is asked, with what."""
    criteria = {criterion.key: criterion for criterion in standing.criteria_of(call)}
    return [
        (criteria[key], said)
        for key, text in points.items()
        if key in criteria and (said := _tidy(text, f"criterion-{key}"))
    ]


def _too_long(most):
    return _("It is too long: write at most %(most)d characters.") % {"most": most}


# Answering --------------------------------------------------------------------------------------------


@transaction.atomic
def save_draft(request, *, by, version, answer="", main_reason="", points=None, at=None):
    """Keep what the desk has written so far; nobody else sees it. Raises CannotAnswer when it is stale."""
    held = _hold(request, by)
    _write(held, version, answer, main_reason, points or {}, at=acts.moment(at))
    return held


@transaction.atomic
def answer(request, *, by, version, answer="", main_reason="", points=None, at=None):
    """Send the answer, once: the organization is told, and nothing of it changes any more."""
    held, now = _hold(request, by), acts.moment(at)
    _write(held, version, answer, main_reason, points or {}, at=now)
    _refuse_incomplete(held)
    acts.perform(states.ANSWER_FEEDBACK, held, by=by, at=now, answered_at=now, answered_by=by)
    feedback_notices.answered(held, at=now)
    return held


def _hold(request, by):
    """The request, held alone while somebody of its desk writes."""
    (held,) = locks.exclusive(FeedbackRequest.objects.filter(pk=request.pk).with_application())
    demand(
        by, "evaluations.answer_feedback", held.application,
        _("Feedback is answered by the desk of the agency, and by nobody who scored the file."),
    )  # fmt: skip
    if held.is_answered:
        raise acts.ActNotPossible(held, states.ANSWER_FEEDBACK)
    return held


def _write(held, version, answer, main_reason, points, *, at):
    if version != held.version:
        raise CannotAnswer(_("Somebody else wrote in this answer meanwhile: reload the page to see it."))
    if main_reason and main_reason not in FeedbackReason.values:
        raise CannotAnswer(_("Choose a reason of the list."), "main_reason")
    held.answer, held.main_reason, held.saved_at = answer.strip(), main_reason, at
    held.version += 1
    if len(held.answer) > LONGEST_ANSWER:
        raise CannotAnswer(_too_long(LONGEST_ANSWER), "answer")
    held.save(update_fields=["answer", "main_reason", "saved_at", "version"])
    for point in held.points.all():
        if (text := points.get(point.pk)) is not None:
            _write_point(point, text.strip())


def _write_point(point, text):
    if len(text) > LONGEST_ANSWER:
        raise CannotAnswer(_too_long(LONGEST_ANSWER), f"point-{point.pk}")
    point.answer = text
    point.save(update_fields=["answer"])


def _refuse_incomplete(held):
    """An answer says the reason, and something to each question."""
    if not held.answer:
        raise CannotAnswer(_("Write the answer: the organization will read it."), "answer")
    if not held.main_reason:
        raise CannotAnswer(
            _("Choose the main reason: it is counted in public, without names."), "main_reason"
        )
    for point in held.points.filter(answer=""):
        raise CannotAnswer(_("Answer what was asked about this criterion."), f"point-{point.pk}")
