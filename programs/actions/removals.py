"""Taking a row out of a draft, and putting it back as it was: the same data under the same key."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.acts import moment
from programs.actions import blocks
from programs.models import Criterion, CriterionLevel, RemovedRow


@transaction.atomic
def remove(row, *, by, at=None):
    """Take a row out of the draft and keep it; a criterion takes its levels with it."""
    levels = _levels_of(row)
    RemovedRow.objects.update_or_create(
        edition=row.edition,
        model=row._meta.model_name,
        key=row.key,
        defaults={
            "label": str(row)[:300],
            "position": row.position,
            "values": _values(row),
            "levels": [{"key": one.key, "position": one.position, **_values(one)} for one in levels],
            "removed_at": moment(at),
            "removed_by": by,
        },
    )
    blocks.remove(row, by=by, at=at)


@transaction.atomic
def restore(removed, model, *, by, at=None):
    """Put a row back where it was. Raises CannotChange when the draft no longer has room for it."""
    try:
        row = blocks.put_back(
            model, removed.edition, removed.values, key=removed.key, position=removed.position, by=by, at=at
        )
        for level in removed.levels:
            values = {name: value for name, value in level.items() if name not in ("key", "position")}
            place = {"key": level["key"], "position": level["position"]}
            blocks.put_back(CriterionLevel, removed.edition, values, **place, by=by, at=at)
    except ValidationError as refusal:
        message = _("It cannot be put back as it was: %(reason)s")
        raise blocks.CannotChange(message % {"reason": " ".join(refusal.messages)}) from refusal
    removed.delete()
    return row


def _levels_of(row):
    if not isinstance(row, Criterion):
        return []
    return CriterionLevel.objects.of_draft(row.edition).filter(criterion_key=row.key)


def _values(row):
    return {field.attname: getattr(row, field.attname) for field in row.own_fields()}
