"""The checklist and the rubric of a Guide while it is written."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.acts import moment, record
from programs.actions.guide import CannotChangeGuide, require_owner
from programs.actions.guide_editions import held
from programs.actions.guide_parts import require_seen
from programs.guide_contents import OF_CRITERION, OF_PRACTICE
from programs.models import ChecklistEdition, Practice, Rubric, RubricCriterion


@transaction.atomic
def add_practice(guide, *, code, by, at=None, **said):
    """Add a practice to the checklist of a draft Guide. Raises CannotChangeGuide."""
    held(guide, by)
    checklist = ChecklistEdition.objects.get(year=guide.year)
    if checklist.practices.filter(code=code).exists():
        raise CannotChangeGuide(_("The checklist has a practice of that code already."))
    practice = Practice.objects.create(checklist=checklist, code=code, **said)
    record("guide.add_practice", guide, by=by, at=moment(at), note=code)
    return practice


@transaction.atomic
def change_practice(guide, practice, *, seen, by, at=None, **said):
    """Change a practice of the checklist of a draft Guide. Its code stays. Raises CannotChangeGuide."""
    held(guide, by)
    _write(practice, OF_PRACTICE, seen, said)
    practice.save(update_fields=list(said))
    record("guide.change_practice", guide, by=by, at=moment(at), note=practice.code)
    return practice


@transaction.atomic
def remove_practice(guide, practice, *, by, at=None):
    """Take a practice out of the checklist of a draft Guide; earlier checklists keep it."""
    held(guide, by)
    practice.delete()
    record("guide.remove_practice", guide, by=by, at=moment(at), note=practice.code)


def _write(thing, names, seen, said):
    thing.refresh_from_db()
    require_seen(thing, names, seen)
    for name, value in said.items():
        setattr(thing, name, value)


@transaction.atomic
def add_criterion(guide, *, component, by, at=None, **said):
    """Add a criterion to the rubric of a draft Guide. Raises CannotChangeGuide."""
    held(guide, by)
    rubric = Rubric.objects.get_or_create(guide=guide)[0]
    key = _free_key(rubric, component.slug)
    criterion = RubricCriterion(rubric=rubric, component=component, key=key, **said)
    _require_points(criterion)
    criterion.save()
    return _written(guide, criterion, "guide.add_criterion", by=by, at=at)


@transaction.atomic
def change_criterion(guide, criterion, *, seen, by, at=None, **said):
    """Change a criterion of the rubric of a draft Guide. Raises CannotChangeGuide."""
    held(guide, by)
    _write(criterion, OF_CRITERION, seen, said)
    _require_points(criterion)
    criterion.save(update_fields=list(said))
    return _written(guide, criterion, "guide.change_criterion", by=by, at=at)


@transaction.atomic
def remove_criterion(guide, criterion, *, by, at=None):
    """Take a criterion out of the rubric of a draft Guide."""
    held(guide, by)
    criterion.delete()
    _written(guide, criterion, "guide.remove_criterion", by=by, at=at)


def _written(guide, criterion, act, *, by, at):
    """A rubric that changed is not confirmed any more."""
    Rubric.objects.filter(guide=guide).update(is_confirmed=False)
    record(act, guide, by=by, at=moment(at), note=criterion.key)
    return criterion


def _require_points(criterion):
    if not 0 < criterion.partial_points < criterion.max_points:
        raise CannotChangeGuide(_("Partial is worth more than nothing and less than complete."))


def _free_key(rubric, slug):
    taken = set(rubric.criteria.values_list("key", flat=True))
    base = slug[:50]
    return next(key for key in [base, *(f"{base}-{n}" for n in range(2, 100))] if key not in taken)


@transaction.atomic
def confirm_rubric(rubric, *, is_confirmed, source, note, by, at=None):
    """Say that a rubric is the official one, with the source, or that it is not. Raises CannotChangeGuide."""
    require_owner(rubric.guide, by)
    if is_confirmed and not source.strip():
        raise CannotChangeGuide(_("Say where it was confirmed: document, page and date."))
    rubric.is_confirmed, rubric.source, rubric.note = is_confirmed, source.strip(), note.strip()
    rubric.save(update_fields=["is_confirmed", "source", "note"])
    record("guide.confirm_rubric", rubric.guide, by=by, at=moment(at), note=source.strip())
    return rubric
