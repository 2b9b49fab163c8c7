"""A criterion saved with its levels, in one act of the editor."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from programs.actions import blocks
from programs.models import Criterion, CriterionLevel

DATA = ("points", "label", "descriptor")


@transaction.atomic
def save(criterion, edition, levels, *, by, at=None, **values):
    """Save a criterion and the levels given, each with its key when it exists already.

    A level that is not given is taken out. Raises ValidationError, and CannotChange as every row does.
    """
    _refuse_twins(levels)
    if criterion:
        blocks.change(criterion, by=by, at=at, **values)
    else:
        criterion = blocks.add(Criterion, edition, by=by, at=at, **values)
    held = {
        row.key: row for row in CriterionLevel.objects.of_draft(edition).filter(criterion_key=criterion.key)
    }
    given = {level.get("key"): level for level in levels if level.get("key") in held}
    for key, row in held.items():
        if key in given:
            _change(row, given[key], by=by, at=at)
        else:
            blocks.remove(row, by=by, at=at)
    for level in levels:
        if level.get("key") not in held:
            said = {name: level[name] for name in DATA}
            blocks.add(CriterionLevel, edition, by=by, at=at, criterion_key=criterion.key, **said)
    return criterion


def _refuse_twins(levels):
    points = [level["points"] for level in levels]
    if len(points) != len(set(points)):
        raise ValidationError(_("Two levels of a criterion cannot give the same points."))


def _change(row, level, *, by, at):
    """Change a level that is different. The levels are new together: two of them may trade their points."""
    if any(getattr(row, name) != level[name] for name in DATA):
        blocks.change_among_new(row, by=by, at=at, **{name: level[name] for name in DATA})
