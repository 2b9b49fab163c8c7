"""The draw of the evaluators: committed beforehand by its hash, drawn once, told so that it can be redone."""

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import acts
from accounts.models import Membership, Role
from calls.models import Call
from calls.states import BEFORE_RESULTS
from evaluations import states
from evaluations.drawing import digest
from evaluations.models import Draw, Specialty
from evaluations.rules import demand
from jobs import locks
from programs.models import SupportModality

SEALED = ("number", "seed_sha256", "salt_sha256", "committed_at")


class CannotCommit(Exception):
    """Why the draw cannot be committed, in words the coordinator can read."""


class CannotTell(Exception):
    """Why a specialty was not taken."""


@transaction.atomic
def commit(call, *, by, at=None, chosen=None):
    """Bind the next draw of a call: its seed and the salt of its aliases are made now and told by their hash.

    Nobody sees them before the draw. ``chosen`` gives both, for the demonstration and the tests alone.
    """
    demand(
        by, "evaluations.assign_reviews", call,
        _("The draw is committed by the agency's operator, the chair or the secretary of the committee."),
    )  # fmt: skip
    if call.state not in BEFORE_RESULTS:
        raise CannotCommit(_("A draw is committed between the publication of the call and its results."))
    at = acts.moment(at)
    locks.exclusive(Call.objects.filter(pk=call.pk))
    if Draw.objects.committed().filter(call=call).exists():
        raise CannotCommit(_("A draw is committed already: it stands until it is drawn."))
    seed, salt = chosen or (secrets.token_hex(32), secrets.token_hex(32))
    draw = Draw.objects.create(
        call=call,
        number=call.draws.count() + 1,
        seed=seed,
        salt=salt,
        seed_sha256=digest(seed),
        salt_sha256=digest(salt),
        committed_at=at,
        committed_by=by,
    )
    acts.record("draw.commit", draw, by=by, at=at, note=draw.seed_sha256, seals=SEALED)
    return draw


def committed(call):
    """The draw that waits to be drawn, or None."""
    return Draw.objects.committed().filter(call=call).select_related("call").first()


def perform(draw, document, given, *, by, at):
    """Keep the document of a draw and how many files it gives, and reveal the seed. Called under lock."""
    return acts.perform(
        states.DRAW, draw, by=by, at=at, note=f"{given} / {draw.seed}",
        instance=document, instance_sha256=digest(document), given=given, drawn_at=at, drawn_by=by,
    )  # fmt: skip


def why_not_told(call):
    """Why nobody tells what they know best any more; nothing while a draw may still be made."""
    if call.state in BEFORE_RESULTS:
        return ""
    return _("The results of this call are settled: nothing is drawn any more.")


@transaction.atomic
def tell_specialties(call, *, by, modalities=(), regions=(), at=None):
    """Say what one knows best, of the modalities of the Rules and the regions; nothing means everything."""
    demand(
        by, "evaluations.tell_specialties", call,
        _("Only evaluators of this call say what they know best."),
    )  # fmt: skip
    if reason := why_not_told(call):
        raise CannotTell(reason)
    known = set(SupportModality.objects.of_publication(call.publication_id).values_list("key", flat=True))
    if not known.issuperset(modalities):
        raise CannotTell(_("That modality is not one of the Rules of this call."))
    at = acts.moment(at)
    held = Membership.objects.current(at=at).get(
        user=by, body__committee__call=call, role=Role.EVALUATOR, until=None
    )
    Specialty.objects.filter(membership=held).delete()
    told = [(Specialty.Kind.MODALITY, key) for key in modalities]
    told += [(Specialty.Kind.REGION, key) for key in regions]
    Specialty.objects.bulk_create(Specialty(membership=held, kind=kind, key=key, at=at) for kind, key in told)
    acts.record("evaluator.tell_specialties", held, by=by, at=at, note=", ".join(key for _kind, key in told))
