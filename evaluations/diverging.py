"""Reads: the threshold of a call, the files in divergence, and who could be the third evaluator of each."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from evaluations import drawing, scoring, standing
from evaluations.models import Divergence, EvaluationSettings
from evaluations.states import ReviewState


def settings_of(call):
    return EvaluationSettings.objects.filter(call=call).first()


def highest_total(call):
    """The total of a review that gives every criterion its most points."""
    return sum(criterion.weight for criterion in standing.criteria_of(call))


def in_points(settings):
    """The threshold in points, whichever way it was set."""
    if settings.unit == EvaluationSettings.Unit.PERCENT:
        return scoring.rounded(settings.divergence * highest_total(settings.call) / Decimal(100))
    return settings.divergence


@dataclass(frozen=True)
class Called:
    """A file in divergence: how it stands, and who could be its third evaluator, the least loaded first."""

    divergence: Divergence
    state: str
    words: str
    candidates: list = field(default_factory=list)

    @property
    def is_open(self):
        return self.state == "open"


def listed(call, reader):
    """The files in divergence of a call that ``reader`` may know of. Of scores it says nothing."""
    found = list(
        Divergence.objects.of_call(call)
        .shown_to(reader)
        .select_related("application__organization", "third__review", "third__evaluator")
    )
    waiting = [one.application for one in found if one.is_open]
    offered = candidates(call, waiting) if waiting else {}
    return [_called(one, offered.get(one.application_id, [])) for one in found]


def _called(divergence, offered):
    if divergence.is_open:
        return Called(divergence, "open", _("A third evaluator is to be called"), offered)
    if divergence.waived_at:
        return Called(divergence, "waived", _("It goes on without a third evaluator"))
    if divergence.third.review.state == ReviewState.HANDED_IN:
        return Called(divergence, "done", _("The third review is in"))
    return Called(divergence, "given", _("The third evaluator is scoring it"))


def candidates(call, applications):
    """Who may be the third of each: of the pool, declared, without conflict, never had it; by load.

    Among equals a digest of the file decides, so that no name comes first everywhere. Ties that came up since
    they declared are looked for when the file is given.
    """
    holders, apart = drawing.holders_of(call), drawing.kept_apart(call, applications)
    loads = Counter(chain.from_iterable(holders.values()))
    pool = list(drawing.ready_evaluators(call).values())
    for person in pool:
        person.load = loads[person.pk]
    return {
        application.pk: sorted(
            (
                one
                for one in pool
                if (application.pk, one.pk) not in apart and one.pk not in holders.get(application.pk, ())
            ),
            key=lambda one, file=application: (one.load, _lot(file, one)),
        )
        for application in applications
    }


def _lot(application, person):
    return salted_hmac("evaluations.third", f"{application.pk}:{person.pk}", algorithm="sha256").hexdigest()


def in_words(call):
    """What the ranking says of each file in which a third evaluator was called, by application number."""
    said = {
        "done": _("A third evaluator was called: the mean is that of all the reviews."),
        "waived": _("Its reviews differ by more than the threshold; it went on without a third evaluator."),
    }
    found = Divergence.objects.of_call(call).select_related("third__review", "application")
    return {one.application_id: said.get(_called(one, []).state, "") for one in found}
