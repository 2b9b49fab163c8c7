"""Reviews: given out, saved as they are typed, handed in under seal, reopened with a reason."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts import acts
from calls import changes
from calls.actions import endings
from calls.models import ReadingRight
from calls.states import ApplicationState, CallState
from evaluations import drawing, notices, scoring, seals, standing, states
from evaluations.actions import draws, versions
from evaluations.models import Assignment, Review, Ruling, Score, sample_owed
from evaluations.rules import NotYours, demand
from evaluations.sharing_out import CannotShare
from evaluations.states import ReviewState, RulingState
from jobs import locks, progress


class CannotAssign(Exception):
    """Why a file cannot be given out, in words the coordinator can read."""


class CannotSave(Exception):
    """Why what was typed could not be kept."""


class SampleOwed(CannotSave):
    """The coordinator asked for the sample to be scored before any real file."""

    def __init__(self):
        super().__init__(_("Before your first file, score the sample of this call and hand it in."))


class CannotHandIn(Exception):
    """What is missing: ``missing`` maps the key of a criterion to what it lacks."""

    def __init__(self, message, missing=None):
        self.missing = missing or {}
        super().__init__(message)


class CannotReopen(Exception):
    """Why a review stays as it was handed in."""


# Giving out -------------------------------------------------------------------------------------------


@transaction.atomic
def assign(application, evaluator, *, by, at=None):
    """Give one application to one evaluator of the pool, under a new alias."""
    call = application.call
    _refuse_unless_assignable(call, by)
    at = acts.moment(at)
    _refuse_application(application)
    _refuse_evaluator(call, evaluator)
    if Assignment.objects.filter(application=application, evaluator=evaluator).exists():
        raise CannotAssign(_("This person has or had that file."))
    if (application.pk, evaluator.pk) in drawing.impossible(call, [application], [evaluator]):
        raise CannotAssign(_("This person cannot have that file."))
    assignment = _give(application, evaluator, by, at)
    notices.assigned(evaluator, call, 1, at)
    return assignment


def distribute(call, *, by, at=None):
    """Draw the evaluators that the Rules ask for, for every admitted application that lacks them.

    The draw was committed before. Only those who declared take part; loads, specialties, conflicts and
    former calls weigh as ``sharing_out`` says. It may take minutes, so that nothing is held meanwhile: what
    was drawn is given out where the call, held, still asks for the very same; otherwise it is drawn anew.
    """
    at = acts.moment(at)
    for _time in range(MOST_TIMES):
        laid = drawing.lay_out(*to_be_drawn(call, by))
        progress.report(1, STEPS)
        drawn = _drawn(laid)
        progress.report(2, STEPS)
        given = _give_what_stands(call, laid, drawn, by, at)
        if given is not None:
            progress.report(3, STEPS)
            return given
    raise CannotAssign(
        _("Declarations, admissions or files given by hand kept changing meanwhile: try again in a moment.")
    )


MOST_TIMES = 3  # that what a draw follows from may change while it is drawn
STEPS = 3  # laid out, drawn, given out: what is told of how far it got


def to_be_drawn(call, by):
    """The committed draw with its applications and evaluators, by row. Raises CannotAssign."""
    _refuse_unless_assignable(call, by)
    draw = draws.committed(call)
    if draw is None:
        raise CannotAssign(_("Commit the draw first: its hash is published before anything is drawn."))
    evaluators, applications = drawing.ready_evaluators(call), _to_share(call)
    if not evaluators:
        raise CannotAssign(_("No evaluator has declared their conflicts yet."))
    return draw, applications, evaluators


def _drawn(laid):
    """The document of the draw and its pairs. Raises CannotAssign, naming the files that lack people."""
    try:
        return laid.drawn()
    except CannotShare as short:
        folios = ", ".join(sorted(laid.files[alias].folio for alias in short.short))
        raise CannotAssign(
            _("There are not enough evaluators without a conflict for: %(folios)s.") % {"folios": folios}
        ) from short


@transaction.atomic
def _give_what_stands(call, laid, drawn, by, at):
    """Give out what was drawn, if the same draw is still to be done; None where something changed."""
    locks.exclusive(type(call).objects.filter(pk=call.pk))
    call.refresh_from_db(fields=["state"])
    draw, applications, evaluators = to_be_drawn(call, by)
    if drawing.lay_out(draw, applications, evaluators).instance != laid.instance:
        return None
    document, pairs = drawn
    draws.perform(draw, document, len(pairs), by=by, at=at)
    return _give_all(call, pairs, draw, by, at)


def _to_share(call):
    """The admitted applications, by row. Raises CannotAssign when there are none, or all have evaluators."""
    admitted = standing.in_play(call).filter(state=ApplicationState.ADMITTED)
    found = {one.pk: one for one in admitted.select_related("modality", "municipality")}
    if not found:
        raise CannotAssign(_("No application has been admitted yet."))
    holders, wanted = drawing.holders_of(call), standing.evaluators_wanted(call)
    if all(len(holders.get(key, ())) >= wanted for key in found):
        raise CannotAssign(_("Every application has its evaluators: there is nothing to draw."))
    return found


def _give_all(call, pairs, draw, by, at):
    given = [_give(application, evaluator, by, at, draw) for application, evaluator in pairs]
    counts = {}
    for assignment in given:
        counts[assignment.evaluator] = counts.get(assignment.evaluator, 0) + 1
    for evaluator, count in counts.items():
        notices.assigned(evaluator, call, count, at)
    acts.record("call.distribute", call, by=by, at=at, note=f"{len(given)} / {draw.code}")
    notices.drawn(by, call, len(given), at)
    return given


def _give(application, evaluator, by, at, draw=None):
    """By the draw, or by hand where there is none: the trail tells them apart."""
    assignment = Assignment.objects.create(
        application=application, evaluator=evaluator, assigned_at=at, assigned_by=by, draw=draw
    )
    Review.objects.create(assignment=assignment)
    ReadingRight.objects.create(
        user=evaluator, application=application, kind=ReadingRight.Kind.EVALUATOR, since=at
    )
    acts.record("assignment.create" if draw else "assignment.by_hand", assignment, by=by, at=at)
    return assignment


def _refuse_unless_assignable(call, by):
    demand(
        by, "evaluations.assign_reviews", call,
        _("Files are given out by the agency's operator, the chair or the secretary of the committee."),
    )  # fmt: skip
    if call.state != CallState.SEALED:
        raise CannotAssign(_("Files are given out after reception has closed and before results."))


def _refuse_application(application):
    if application.state != ApplicationState.ADMITTED:
        raise CannotAssign(_("Only admitted applications are scored."))
    if Ruling.objects.settled().filter(application=application).exists():
        raise CannotAssign(_("That file has its ruling."))


def _refuse_evaluator(call, evaluator):
    if evaluator.pk not in drawing.ready_evaluators(call):
        raise CannotAssign(_("This person is not in the pool or has not declared their conflicts."))
    if not evaluator.has_perm("evaluations.may_score_call", call):
        raise CannotAssign(
            _("People of the agency's desk know who applied: they do not score. Choose someone else.")
        )


# Scoring ----------------------------------------------------------------------------------------------


@transaction.atomic
def save(review, entries, *, by, at=None):
    """Keep what the evaluator has so far, in any state. ``entries``: criterion key -> level, texts.

    Each entry may hold ``level`` (the key of one of the criterion's levels, or nothing),
    ``justification`` and ``private_note``; what it does not hold stays as it was.
    """
    review = _held(review, by)
    if not review.is_editable:
        raise CannotSave(_("This review was handed in: it can no longer be changed."))
    at = acts.moment(at)
    criteria = {c.key: c for c in standing.criteria_of(review.assignment.application.call)}
    levels = standing.levels_of(review.assignment.application.call)
    typed = {}
    for key, entry in entries.items():
        if key not in criteria:
            raise CannotSave(_("That criterion is not one of the Rules of this call."))
        changes = as_changes(entry, levels.get(key, [])) | {"saved_at": at}
        typed.setdefault(tuple(changes), []).append(Score(review=review, criterion=criteria[key], **changes))
    for names, scores in typed.items():
        _keep(scores, names)
    Review.objects.filter(pk=review.pk).update(saved_at=at)
    return review


def as_changes(entry, levels):
    """What an entry changes in a score: the level with its points, the texts; only what it holds."""
    changes = {name: entry[name].strip() for name in ("justification", "private_note") if name in entry}
    return (_level(entry["level"], levels) if "level" in entry else {}) | changes


def _keep(scores, names):
    """Write the scores, new or not, in one statement: of those there are, only the fields ``names``."""
    Score.objects.bulk_create(
        scores, update_conflicts=True, unique_fields=["review", "criterion"], update_fields=names
    )


def _level(key, levels):
    if not key:
        return {"level": None, "points": None}
    for level in levels:
        if level.key == key:
            return {"level": level, "points": level.points}
    raise CannotSave(_("That level is not one of the criterion."))


@transaction.atomic
def hand_in(review, *, by, at=None):
    """Hand the review in: every criterion with its level and its justification. From here on it is frozen."""
    review = _held(review, by)
    at = acts.reception(at)
    if review.is_editable:
        check_complete(review)
    acts.perform(
        states.HAND_IN,
        review,
        by=by,
        at=at,
        total=scoring.total(points or 0 for points in review.scores.values_list("points", flat=True)),
        handed_in_at=at,
        scores_sha256=seals.scores_digest(review),
    )
    review.scores.update(is_sealed=True)
    versions.keep(review)
    _look_for_divergence(review, at)
    return review


def _look_for_divergence(review, at):
    from evaluations.actions import divergence  # noqa: PLC0415 -- it gives out files by these acts

    divergence.look(review, at=at)


@transaction.atomic
def reopen(review, *, by, reason, at=None):
    """Give a review back to its evaluator, with the reason, before its application is ruled on."""
    call = review.assignment.application.call
    demand(by, "evaluations.reopen_review", call, _("A review is reopened by the chair of the committee."))
    if not reason.strip():
        raise CannotReopen(_("Write why the review is reopened: it stays in the record."))
    if refused := why_not_reopened(review):
        raise CannotReopen(refused)
    at = acts.moment(at)
    acts.perform(states.REOPEN, review, by=by, at=at, note=reason.strip())
    versions.reopen(review, reason=reason.strip(), by=by, at=at)
    review.scores.update(is_sealed=False)
    Review.objects.filter(pk=review.pk, state=ReviewState.DRAFT).update(
        total=None, handed_in_at=None, scores_sha256=""
    )
    review.refresh_from_db()
    notices.reopened(review, reason.strip(), at)
    return review


def why_not_reopened(review):
    """Why a review stays as it was handed in; nothing while it can be given back."""
    if ended := changes.ended_in_words(review.assignment.application.call):
        return ended
    settled = Ruling.objects.filter(application=review.assignment.application_id)
    if settled.exclude(state=RulingState.DRAFTED).exists():
        return _("Its application has been ruled on: the review stays as it was handed in.")
    return ""


def _held(review, by):
    """The review as it is now, locked: a save and a hand-in never cross.

    It asks “evaluations.score” in two parts: whether the file is theirs with the lock, then who they are.
    """
    mine = Review.objects.filter(pk=review.pk, assignment__in=Assignment.objects.visible_to(by))
    owing = Assignment.objects.filter(sample_owed(), pk=OuterRef("assignment"))
    mine = mine.annotate(owes_sample=Exists(owing))
    why = _("This file is not in your queue.")
    for found in locks.exclusive(mine.select_related(*READ_WITH)):
        demand(by, "evaluations.may_score_call", found.assignment.application.call, why)
        endings.refuse_if_ended(found.assignment.application.call)
        if found.owes_sample:
            raise SampleOwed
        return found
    raise NotYours(why)


READ_WITH = ("assignment__application__call__publication__edition__program__agency__body",)


def check_complete(review):
    """Say, criterion by criterion, what a review still lacks. Raises CannotHandIn."""
    refuse_incomplete(review.assignment.application.call, review.scores.all())


def refuse_incomplete(call, scores):
    """The same of any scores by the criteria of the call. Raises CannotHandIn."""
    found = {score.criterion_id: score for score in scores}
    missing = {}
    for criterion in standing.criteria_of(call):
        score = found.get(criterion.pk)
        if score is None or score.level_id is None:
            missing[criterion.key] = _("Choose the level that the project reaches in “%(name)s”.") % {
                "name": criterion.name
            }
        elif not score.justification:
            missing[criterion.key] = _("Write why, in “%(name)s”: the organization will read it.") % {
                "name": criterion.name
            }
    if missing:
        raise CannotHandIn(_("The review is not complete."), missing)
