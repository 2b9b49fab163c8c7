"""Divergence: the threshold is set before scoring; past it a third evaluator is called, by hand, once."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import acts
from calls.actions import endings
from calls.models import Application, Call
from calls.states import BEFORE_RESULTS, CallState
from evaluations import diverging, notices, scoring, standing
from evaluations.actions import reviews
from evaluations.models import Assignment, Divergence, EvaluationSettings, Review
from evaluations.rules import demand, is_barred
from jobs import locks

AT_LEAST = 2  # reviews, for there to be a difference


class CannotSet(acts.Refused):
    """Why the threshold stays as it is; ``field`` says which entry of the form it is about."""


class CannotCall(Exception):
    """Why no third evaluator is called, or why it does not go on without one."""


def why_closed(call):
    """Why the threshold is not set now; nothing while it can be."""
    if call.state not in BEFORE_RESULTS:
        return _("The threshold is set between the publication of the call and its results.")
    if standing.evaluators_wanted(call) < AT_LEAST:
        return _("The Rules give each application to one evaluator: there is nothing to compare.")
    if standing.scoring_began(call):
        return _("Somebody began to score: the threshold stays as it is, so that no score decides it.")
    return ""


@transaction.atomic
def set_threshold(call, *, by, divergence, unit, at=None):
    """Set by how much two reviews of a file may differ, in points or percent of the highest total."""
    demand(
        by, "evaluations.coordinate_evaluation", call,
        _("The threshold is set by the agency's operator, the chair or the secretary of the committee."),
    )  # fmt: skip
    locks.exclusive(Call.objects.filter(pk=call.pk))
    endings.refuse_if_ended(call)
    if reason := why_closed(call):
        raise CannotSet(reason)
    _refuse_amount(call, divergence, unit)
    at = acts.moment(at)
    settings, _new = EvaluationSettings.objects.update_or_create(
        call=call, defaults={"divergence": divergence, "unit": unit, "set_at": at, "set_by": by}
    )
    acts.record("evaluation.set_threshold", settings, by=by, at=at, note=f"{divergence} {unit}")
    return settings


def _refuse_amount(call, divergence, unit):
    if unit not in EvaluationSettings.Unit.values:
        raise CannotSet(_("Choose points or percent."), "unit")
    most = 100 if unit == EvaluationSettings.Unit.PERCENT else diverging.highest_total(call)
    if not 0 < divergence <= most:
        raise CannotSet(
            _("Write a number greater than zero and no greater than %(most)s.") % {"most": most}, "divergence"
        )


def look(review, *, at):
    """After a hand-in: when all the reviews of its file are in and differ too much, a third is called.

    Whoever hands in last sees all: the file is held meanwhile. Called once; a reopening does not undo it.
    """
    call = review.assignment.application.call
    settings = diverging.settings_of(call)
    if settings is None:
        return
    settings.call = call
    (application,) = locks.exclusive(Application.objects.filter(pk=review.assignment.application_id))
    if Divergence.objects.filter(application=application).exists() or not _is_apart(
        application, call, diverging.in_points(settings)
    ):
        return
    found = Divergence.objects.create(application=application, called_at=at)
    acts.record("divergence.call", found, by=None, at=at)  # among one's own acts it would tell who scores
    notices.third_called(application, call, at)


def _is_apart(application, call, threshold):
    """Whether every evaluator that the Rules ask for is in, and two of them differ by more than that."""
    given = Assignment.objects.active().filter(application=application).count()
    totals = list(
        Review.objects.counted().filter(assignment__application=application).values_list("total", flat=True)
    )
    wanted = max(AT_LEAST, standing.evaluators_wanted(call))
    return len(totals) == given >= wanted and scoring.spread(totals) > threshold


@transaction.atomic
def call_third(divergence, evaluator, *, by, at=None):
    """Give the file to a third evaluator, who gets it like any other file and is told nothing of this."""
    held = _held_open(divergence, by)
    assignment = reviews.assign(held.application, evaluator, by=by, at=at)
    Divergence.objects.filter(pk=held.pk).update(third=assignment)
    acts.record("divergence.assign", held, by=by, at=at)
    return assignment


@transaction.atomic
def go_on_without(divergence, *, by, reason, at=None):
    """Go on with the reviews that there are, saying why: nobody without a conflict is left, for example."""
    held = _held_open(divergence, by)
    if not reason.strip():
        raise CannotCall(_("Write why it goes on without a third evaluator: it stays in the record."))
    at = acts.moment(at)
    Divergence.objects.filter(pk=held.pk).update(waived_at=at, waived_by=by, waived_reason=reason.strip())
    acts.record("divergence.go_on", held, by=by, at=at, note=reason.strip())


def _held_open(divergence, by):
    """The divergence alone, still open, of a file that exists for this person."""
    call = divergence.application.call
    demand(
        by, "evaluations.assign_reviews", call,
        _("Files are given out by the agency's operator, the chair or the secretary of the committee."),
    )  # fmt: skip
    endings.refuse_if_ended(call)
    mine = Divergence.objects.filter(pk=divergence.pk)
    for held in locks.exclusive(mine.select_related("third", "application__call__committee")):
        if held.is_open and call.state == CallState.SEALED and not is_barred(by, held.application):
            held.application.call = call
            return held
    raise CannotCall(_("This file does not wait for a third evaluator any more."))
