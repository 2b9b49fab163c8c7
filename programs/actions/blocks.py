"""The rows of data of a draft: added, changed, moved and removed one at a time."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.acts import record
from programs.contents import row_note
from programs.models import Criterion, CriterionLevel, Edition


class CannotChange(Exception):
    """Why the data cannot be changed, in words for the editor."""


@transaction.atomic
def add(model, edition, *, by, at=None, key="", **values):
    """Add a row to a draft. Its key, given or made from its name, never changes. Raises ValidationError."""
    _hold(edition, by)
    if model.is_single and model.objects.of_draft(edition).exists():
        raise CannotChange(_("There is one already: change it instead."))
    row = model(edition=edition, **values)
    row.key = key or _free_key(row)
    row.position = _last_position(row) + 1
    _check(row)
    row.save(force_insert=True)
    _record("edition.add_row", row, by=by, at=at)
    return row


@transaction.atomic
def change(row, *, by, at=None, **values):
    """Change the data of a row; its key stays. Raises ValidationError."""
    _hold(row.edition, by)
    _refuse_published(row)
    for name, value in values.items():
        setattr(row, name, value)
    _check(row)
    row.save(update_fields=[field.name for field in row.own_fields()])
    _record("edition.change_row", row, by=by, at=at)
    return row


@transaction.atomic
def change_among_new(row, *, by, at=None, **values):
    """Change a row whose companions change with it: whoever calls has seen that they agree."""
    _hold(row.edition, by)
    _refuse_published(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    row.save(update_fields=[field.name for field in row.own_fields()])
    _record("edition.change_row", row, by=by, at=at)
    return row


@transaction.atomic
def remove(row, *, by, at=None):
    """Take a row out of the draft; a criterion takes its levels with it."""
    _hold(row.edition, by)
    _refuse_published(row)
    if isinstance(row, Criterion):
        CriterionLevel.objects.of_draft(row.edition).filter(criterion_key=row.key).delete()
    _record("edition.remove_row", row, by=by, at=at)
    row.delete()


@transaction.atomic
def put_back(model, edition, values, *, key, position, by, at=None):
    """Add a row that was taken out, under its own key and in its place. Raises ValidationError."""
    _hold(edition, by)
    row = model(edition=edition, key=key, position=position)
    for field in model.own_fields():
        if field.attname in values:
            setattr(row, field.attname, field.to_python(values[field.attname]))
    _check(row)
    row.save(force_insert=True)
    _record("edition.restore_row", row, by=by, at=at)
    return row


@transaction.atomic
def duplicate(row, *, by, at=None):
    """Add a row like another one, with a name that tells them apart; a criterion brings its levels."""
    values = {field.name: getattr(row, field.name) for field in row.own_fields()} | _named_apart(row)
    copy = add(type(row), row.edition, by=by, at=at, **values)
    if isinstance(row, Criterion):
        for level in CriterionLevel.objects.of_draft(row.edition).filter(criterion_key=row.key):
            said = {field.name: getattr(level, field.name) for field in level.own_fields()}
            add(CriterionLevel, row.edition, by=by, at=at, **(said | {"criterion_key": copy.key}))
    return copy


@transaction.atomic
def move(row, *, up, by, at=None):
    """Move a row one place up or down among its own. At the end of the list nothing happens."""
    _hold(row.edition, by)
    _refuse_published(row)
    rows = list(_siblings(row))
    here = [one.pk for one in rows].index(row.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    for position, one in enumerate(rows, start=1):
        one.position = position
    type(row).objects.bulk_update(rows, ["position"])
    row.refresh_from_db(fields=["position"])
    _record("edition.move_row", row, by=by, at=at)


def _named_apart(row):
    """The name of a copy; a block that is not named by a text keeps what it has."""
    field = row._meta.get_field(row.named_by[0]) if row.named_by else None
    if field is None or field.choices or not isinstance(getattr(row, field.name), str):
        return {}
    mark = _("copy")
    name = f"{getattr(row, field.name)} ({mark})"
    return {field.name: name[: field.max_length]}


def _hold(edition, by):
    """Hold the draft against a sign-off that begins meanwhile; refuse when it is none."""
    if not by.has_perm("programs.change_edition", edition):
        raise CannotChange(_("This edition cannot be changed by you now."))
    if not Edition.objects.select_for_update().get(pk=edition.pk).is_editable():
        raise CannotChange(_("This edition is not a draft any more."))


def _check(row):
    """The row makes sense by itself and among the others of its block in the draft."""
    row.full_clean()
    row.refuse_among(type(row).objects.of_draft(row.edition).exclude(pk=row.pk))


def _refuse_published(row):
    if row.publication_id:
        raise CannotChange(_("Published data are never changed: publish an amendment."))


def _siblings(row):
    rows = type(row).objects.of_draft(row.edition).order_by("position", "pk")
    return rows.filter(**{row.parent_field: getattr(row, row.parent_field)}) if row.parent_field else rows


def _last_position(row):
    return type(row).objects.of_draft(row.edition).aggregate(last=Max("position"))["last"] or 0


def _free_key(row):
    """The row's name as a key, numbered when another row has it. A milestone's key is its code."""
    name = "-".join(str(getattr(row, field)) for field in row.named_by)
    if row.named_by == ("code",):
        if type(row).objects.of_draft(row.edition).filter(key=name).exists():
            raise ValidationError({"code": _("The schedule has this milestone already: change it instead.")})
        return name
    stem = slugify(name)[:54].strip("-") or row._meta.model_name
    taken = set(type(row).objects.of_draft(row.edition).values_list("key", flat=True))
    return next(key for key in _candidates(stem) if key not in taken)


def _candidates(stem):
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1


def _record(act, row, *, by, at):
    record(act, row.edition, by=by, at=at, note=row_note(row))
