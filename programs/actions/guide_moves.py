"""A draft moved to a newer Guide: in one transaction, nothing dropped, what came along to be reviewed."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.acts import moment, record
from jobs import locks
from programs import contents, guide_contents, guide_moves
from programs.actions.drafting import model_text_of, version_of
from programs.actions.practices import SEALED
from programs.models import (
    Assessment,
    ComponentText,
    Edition,
    GuideMove,
    LockLevel,
    MovedPart,
    TextVersion,
)

Kind = MovedPart.Kind


class CannotMove(Exception):
    """Why a draft cannot be moved to another Guide, in words for its editor."""


@transaction.atomic
def move(edition, guide, *, by, at=None):
    """Move a draft to a newer Guide. Texts follow by slug and practices by code; nothing is dropped.

    What came along, what is new and what lost its place is listed until it is reviewed. Raises CannotMove.
    """
    at = moment(at)
    (edition,) = locks.exclusive(Edition.objects.filter(pk=edition.pk).select_related("guide", "program"))
    _require_draft(edition, guide, by)
    moved = GuideMove.objects.create(
        edition=edition, from_guide=edition.guide, to_guide=guide, moved_at=at, moved_by=by
    )
    old, new = guide_contents.read_components(edition.guide, guide)
    parts = [
        *_move_texts(edition, new, by=by, at=at),
        *((Kind.BLOCK, block) for block in _homeless(edition, new)),
        *((Kind.PRACTICE, code) for code in new.practices if code not in old.practices),
        *_move_assessments(edition, new, by=by, at=at),
    ]
    MovedPart.objects.bulk_create(MovedPart(move=moved, kind=kind, key=key) for kind, key in parts)
    Edition.objects.filter(pk=edition.pk).update(guide=guide)
    note = f"{moved.from_guide.code} {guide.code}"
    record("edition.move_guide", edition, by=by, at=at, note=note)
    return moved


def _require_draft(edition, guide, by):
    if refusal := guide_moves.refusal(edition):
        raise CannotMove(refusal)
    if not by.has_perm("programs.change_edition", edition):
        raise CannotMove(_("Only a Rules editor of the agency can move its draft."))
    if guide.is_draft or guide.year <= edition.guide.year or guide.year > edition.fiscal_year:
        raise CannotMove(_("A draft is moved to a published Guide, newer than its own, not after its year."))


def _move_texts(edition, new, *, by, at):
    """Each text to the component of its slug; those without one set aside; the new components begun."""
    texts = ComponentText.every.filter(edition=edition).select_related("component").order_by("set_aside_at")
    held = {text.component.slug: text for text in texts}
    for slug, component in new.components.items():
        if slug in held:
            _follow(held[slug], component, by=by, at=at)
        else:
            _begin(edition, component, by=by, at=at)
        yield (Kind.TEXT if slug in held else Kind.NEW_TEXT), slug
    for slug, text in held.items():
        if slug not in new.components:
            if text.set_aside_at is None:
                text.set_aside_at = at
                text.save(update_fields=["set_aside_at"])
            yield Kind.KEPT_TEXT, slug


def _follow(text, component, *, by, at):
    """The text goes on in the component of the new Guide, which says it itself where it is not free."""
    text.component, text.set_aside_at = component, None
    text.save(update_fields=["component", "set_aside_at"])
    if component.lock_level == LockLevel.FREE:
        return
    html = model_text_of(component, text.values)
    if (text.text, text.not_applicable_reason) != (html, ""):
        text.text, text.not_applicable_reason = html, ""
        _keep_version(text, by=by, at=at)


def _begin(edition, component, *, by, at):
    text = ComponentText(edition=edition, component=component)
    text.save(force_insert=True)
    if component.lock_level != LockLevel.FREE:
        text.text = model_text_of(component, {})
        _keep_version(text, by=by, at=at)


def _keep_version(text, *, by, at):
    """What stood before is the version before: it can be restored or copied."""
    text.version, text.saved_at, text.saved_by = text.version + 1, at, by
    text.sitting = text.version
    text.save()
    version_of(text, origin=TextVersion.Origin.GUIDE).save(force_insert=True)


def _homeless(edition, new):
    """The blocks that hold data and that no component of the new Guide carries."""
    says = contents.read(edition)
    return [block for block in guide_moves.blocks_with_data(says) if block not in new.blocks()]


def _move_assessments(edition, new, *, by, at):
    """Each assessment to the practice of its code; one whose practice was taken out stays as it was."""
    found = Assessment.objects.filter(edition=edition).select_related("practice", "clause")
    for assessment in found.order_by("practice__code"):
        code = assessment.practice.code
        if code not in new.practices:
            yield Kind.KEPT_ASSESSMENT, code
            continue
        _reassign(assessment, new, by=by, at=at)
        yield Kind.ASSESSMENT, code


def _reassign(assessment, new, *, by, at):
    """Planning's answer was to what the practice said before: if that changed, it is asked for again."""
    before, practice = assessment.practice, new.practices[assessment.practice.code]
    clause = assessment.clause and new.components.get(assessment.clause.slug)
    assessment.practice, assessment.clause = practice, clause or assessment.clause
    changed = ["practice", "clause"]
    if before.statement_es != practice.statement_es and assessment.review != Assessment.Review.REPORT:
        assessment.review, assessment.review_note = Assessment.Review.PENDING, ""
        assessment.reviewed_by = assessment.reviewed_at = None
        changed += ["review", "review_note", "reviewed_by", "reviewed_at"]
    assessment.save(update_fields=changed)
    seals = (*SEALED, "review", "review_note")
    record("assessment.move", assessment, by=by, at=at, note=practice.code, seals=seals)


@transaction.atomic
def review(moved, parts, *, by, at=None):
    """Say that parts of a move were looked at. ``parts`` are their numbers."""
    at = moment(at)
    if not by.has_perm("programs.change_edition", moved.edition):
        raise CannotMove(_("This edition cannot be changed by you now."))
    waiting = MovedPart.objects.filter(move=moved, pk__in=parts, reviewed_at=None)
    named = " ".join(waiting.values_list("key", flat=True))
    count = waiting.update(reviewed_at=at, reviewed_by=by)
    if count:
        record("edition.review_moved", moved.edition, by=by, at=at, note=named)
    return count
