"""The sample file of a call: chosen by who coordinates, scored by each evaluator, handed in under seal."""

import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import acts
from calls.actions import endings
from calls.models import Application, Call
from calls.states import BEFORE_RESULTS
from evaluations import anonymity, calibrating, notices, scoring, seals, standing, states
from evaluations.actions import reviews
from evaluations.models import Calibration, SampleReview, SampleScore
from evaluations.rules import demand
from evaluations.states import ReviewState
from jobs import locks


class CannotChoose(acts.Refused):
    """Why this cannot be the sample; ``field`` says which entry of the form it is about."""


def why_closed(call):
    """Why no sample is chosen now; nothing while one can be."""
    if call.state not in BEFORE_RESULTS:
        return _("The sample is chosen between the publication of the call and its results.")
    if SampleReview.objects.of_call(call).exists():
        return _("Somebody scored the sample already: it stays as it is, so that all score the same.")
    return ""


@transaction.atomic
def choose(call, *, by, title, text, folio="", is_required=False, at=None):
    """Make a text the sample of the call; with ``folio``, that of a past application made anonymous.

    Asked for before the first real file, it is owed by every evaluator of the pool. Raises CannotChoose.
    """
    demand(
        by, "evaluations.coordinate_evaluation", call,
        _("The sample is chosen by the agency's operator, the chair or the secretary of the committee."),
    )  # fmt: skip
    locks.exclusive(Call.objects.filter(pk=call.pk))
    locks.exclusive(Calibration.objects.filter(call=call))
    endings.refuse_if_ended(call)
    if reason := why_closed(call):
        raise CannotChoose(reason)
    source = _source(call, folio.strip(), by)
    _refuse_empty(title, text)
    _refuse_names(source, f"{title}\n{text}")
    if is_required and standing.scoring_began(call):
        raise CannotChoose(
            _("Somebody began to score real files: the sample can no longer come before them."), "is_required"
        )
    return _keep(call, source, title.strip(), text.strip(), is_required, by, acts.moment(at))


def _source(call, folio, by):
    """The past application, if there is one: of released results, never one of the present call."""
    if not folio:
        return None
    found = Application.objects.visible_to(by).filter(folio=folio, call__released_at__isnull=False)
    application = found.exclude(call=call).select_related("organization__body").first()
    if application is None:
        raise CannotChoose(
            _("There is no such application of another call whose results were released and that you see."),
            "folio",
        )
    return application


def _refuse_empty(title, text):
    if not title.strip():
        raise CannotChoose(_("Write the title of the project."), "title")
    if not text.strip():
        raise CannotChoose(_("Write the sample: what the evaluators will read."), "text")


def _refuse_names(source, text):
    if source and (named := anonymity.names_left(source, text)):
        raise CannotChoose(
            _("It still names whom it comes from: %(names)s. Take it out.") % {"names": ", ".join(named)},
            "text",
        )


def _keep(call, source, title, text, is_required, by, at):
    kind = Calibration.Kind.PAST if source else Calibration.Kind.SYNTHETIC
    said = {"kind": kind, "title": title, "text": text, "source": source, "is_required": is_required}
    calibration, _new = Calibration.objects.update_or_create(
        call=call, defaults={**said, "chosen_at": at, "chosen_by": by}
    )
    digest = hashlib.sha256(f"{calibration.title}\n{calibration.text}".encode()).hexdigest()
    acts.record("calibration.choose", calibration, by=by, at=at, note=f"{kind} {digest}")
    notices.sample_chosen(calibration, at)
    return calibration


@transaction.atomic
def save(calibration, entries, *, by, at=None):
    """Keep what the evaluator has so far of the sample. ``entries`` are those of a real file."""
    review = _held(calibration, by)
    if not review.is_editable:
        raise reviews.CannotSave(_("You handed in the sample: it can no longer be changed."))
    at = acts.moment(at)
    criteria = {criterion.key: criterion for criterion in standing.criteria_of(calibration.call)}
    levels = standing.levels_of(calibration.call)
    for key, entry in entries.items():
        if key not in criteria:
            raise reviews.CannotSave(_("That criterion is not one of the Rules of this call."))
        changes = reviews.as_changes(entry, levels.get(key, [])) | {"saved_at": at}
        changes.pop("private_note", None)
        SampleScore.objects.update_or_create(review=review, criterion=criteria[key], defaults=changes)
    SampleReview.objects.filter(pk=review.pk).update(saved_at=at)
    return review


@transaction.atomic
def hand_in(calibration, *, by, at=None):
    """Hand in the sample: every criterion with its level and its reason. It changes no score of any file."""
    review = _held(calibration, by)
    at = acts.reception(at)
    if review.is_editable:
        reviews.refuse_incomplete(calibration.call, review.scores.all())
    acts.perform(
        states.HAND_IN_SAMPLE,
        review,
        by=by,
        at=at,
        total=scoring.total(points or 0 for points in review.scores.values_list("points", flat=True)),
        handed_in_at=at,
        scores_sha256=seals.sample_digest(review),
    )
    review.scores.update(is_sealed=True)
    return review


def _held(calibration, by):
    """One's own review of the sample, alone; made the first time that something is saved."""
    demand(
        by, "evaluations.work_in_pool", calibration.call,
        _("The sample is scored by the evaluators of the call."),
    )  # fmt: skip
    endings.refuse_if_ended(calibration.call)
    if not calibrating.is_open(calibration.call):
        raise reviews.CannotSave(_("The results of this call were released: the sample is closed."))
    locks.share(Calibration.objects.filter(pk=calibration.pk))
    mine, _new = SampleReview.objects.get_or_create(
        calibration=calibration, evaluator=by, defaults={"state": ReviewState.DRAFT}
    )
    (held,) = locks.exclusive(SampleReview.objects.filter(pk=mine.pk).select_related("calibration__call"))
    return held
