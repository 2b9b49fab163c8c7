"""What changed in the data: rows added, removed and changed, field by field, in the reader's words. Pure."""

from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from programs import tables
from programs.comparison.alignment import align, likeness_of_words
from programs.comparison.documents import Frozen
from programs.comparison.effects import Direction, Effect, effects
from programs.comparison.words import folded
from programs.models import BLOCKS, Criterion, Milestone, MilestoneCode

ALIKE = 0.75


@dataclass(frozen=True)
class FieldChange:
    """A field whose value changed, old and new in words."""

    name: str
    label: str
    before: str
    after: str
    effects: tuple = ()


@dataclass(frozen=True)
class RowChange:
    """A row that was added, removed or changed; ``effects`` are those of the row as a whole."""

    kind: str
    key: str
    name: str
    fields: tuple = ()
    effects: tuple = ()

    @property
    def every_effect(self):
        return [*self.effects, *(effect for change in self.fields for effect in change.effects)]

    @property
    def weighs_more(self):
        return any(effect.is_more for effect in self.every_effect)


@dataclass(frozen=True)
class BlockChange:
    """The changed rows of one kind of data."""

    block: str
    model_name: str
    label: str
    rows: tuple


def compare_data(before: dict, after: dict) -> list[BlockChange]:
    """The changes of every block, in the order of the Guide. Nothing is said of what did not change."""
    ours, theirs = Frozen(before), Frozen(after)
    found = [
        BlockChange(block, model._meta.model_name, tables.capital(model._meta.verbose_name_plural), rows)
        for block, models in BLOCKS.items()
        for model in models
        if (rows := tuple(_rows(model, ours, theirs)))
    ]
    window = _window(ours, theirs)
    return [window, *found] if window else found


def _rows(model, ours, theirs):
    for pair in pairs_of(model, ours, theirs):
        if pair.is_added:
            yield _whole(model, pair.after, theirs, "added", effects(model, None, pair.after))
        elif pair.is_removed:
            yield _whole(model, pair.before, ours, "removed", effects(model, pair.before, None))
        elif fields := tuple(_fields(model, pair, ours, theirs)):
            yield RowChange("changed", pair.after.key, name_of(pair.after, theirs), fields)


def pairs_of(model, ours, theirs):
    """The rows of two documents, each with its counterpart: by key, by name, then the most alike."""
    if model.is_single:
        return align(ours.rows(model), theirs.rows(model), names=[lambda row: True])
    names = {id(row): _natural(row, says) for says in (ours, theirs) for row in says.rows(model)}
    return align(
        ours.rows(model),
        theirs.rows(model),
        names=[lambda row: row.key, lambda row: names[id(row)]],
        likeness=partial(_alike, names),
        threshold=ALIKE,
    )


def _natural(row, says):
    """What people would call the row: its name, or what stands in its place."""
    return folded(name_of(row, says)).strip()


def _alike(names, one, other):
    """A row is like another of the same stage or kind whose name is made of the same words."""
    for column in ("stage", "kind", "purpose"):
        if getattr(one, column, None) != getattr(other, column, None):
            return 0.0
    return likeness_of_words(names[id(one)], names[id(other)])


def name_of(row, says):
    """The row as it is called; a level with its criterion before it."""
    if row.is_single:
        return tables.capital(row._meta.verbose_name)
    if row.parent_field:
        above = getattr(row, row.parent_field)
        parent = next((str(one) for one in says.rows(Criterion) if one.key == above), above)
        return f"{parent}: {row}"
    return str(row)


def _whole(model, row, says, kind, found):
    """A row that is in one edition only, with all that it says."""
    fields = []
    for column in model.data_fields():
        words = tables.value_in_words(row, column, says)
        if words and words != str(row):
            label = tables.capital(column.verbose_name)
            sides = ("", words) if kind == "added" else (words, "")
            fields.append(FieldChange(column.name, label, *sides))
    return RowChange(kind, row.key, name_of(row, says), tuple(fields), tuple(found))


def _fields(model, pair, ours, theirs):
    changed = [column for column in model.data_fields() if _differs(column, pair)]
    found = effects(model, pair.before, pair.after)
    names = [column.name for column in changed]
    for column in changed:
        yield FieldChange(
            column.name,
            tables.capital(column.verbose_name),
            tables.value_in_words(pair.before, column, ours),
            tables.value_in_words(pair.after, column, theirs),
            tuple(effect for effect in found if _place_of(effect, names) == column.name),
        )


def _place_of(effect, changed):
    """An effect is told once, at the first of its fields that changed."""
    return next((name for name in effect.fields if name in changed), "")


def _differs(column, pair):
    """Both documents know the field and say different things. An older document need not know it."""
    both = pair.before.stated & pair.after.stated
    return column.name in both and getattr(pair.before, column.attname) != getattr(pair.after, column.attname)


# The window to apply is in no field: it lies between two dates


def _window(ours, theirs):
    before, after = window_days(ours), window_days(theirs)
    if before is None or after is None or before == after:
        return None
    shorter = after < before
    effect = Effect(
        Direction.MORE if shorter else Direction.LESS,
        _("There is less time to apply.") if shorter else _("There is more time to apply."),
    )
    change = FieldChange(
        "window", _("Days to apply, both dates included"), str(before), str(after), (effect,)
    )
    row = RowChange("changed", "window", _("Reception of applications"), (change,))
    return BlockChange("schedule", "window", _("Window to apply"), (row,))


def window_days(says):
    """The days from the call to the close of reception, both included; None without both dates."""
    on = {row.code: row.on for row in says.rows(Milestone)}
    opens, closes = on.get(MilestoneCode.CALL_ISSUED), on.get(MilestoneCode.CALL_CLOSED)
    return (closes - opens).days + 1 if opens and closes else None
