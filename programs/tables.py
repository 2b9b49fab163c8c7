"""Rows of data as people read them: labels of columns and values in words, on screen and on paper."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _

from accounts.dates import day_in_words
from documents import pesos
from programs.models import BLOCKS, Criterion, CriterionLevel, Milestone, SupportModality

NAMED_ELSEWHERE = {"criterion_key": Criterion, "modality_key": SupportModality}


@dataclass(frozen=True)
class Cell:
    label: str
    text: str
    is_number: bool


@dataclass(frozen=True)
class Line:
    """A row of a table: the row itself and its cells in the order of the columns."""

    row: object
    cells: list


@dataclass(frozen=True)
class Table:
    """A table of one block's rows. ``model_name`` names it in addresses."""

    model: type
    label: str
    headers: list
    lines: list

    @property
    def model_name(self):
        return self.model._meta.model_name

    @property
    def row_label(self):
        """What one row is called."""
        return capital(self.model._meta.verbose_name)

    @property
    def is_single(self):
        return self.model.is_single


def tables_of(component, contents):
    """The tables of the data that a component carries; levels stand under their criteria, not here."""
    models_here = [model for model in contents.blocks_of(component) if not model.parent_field]
    return [table_of(model, contents) for model in models_here]


def table_of(model, contents, rows=None):
    """The rows of a block as a table."""
    names = [name for name in model.columns if name != model.parent_field]
    fields = [model._meta.get_field(name) for name in names]
    headers = [Cell(capital(field.verbose_name), "", is_number(field)) for field in fields]
    rows = contents.rows(model) if rows is None else rows
    lines = [Line(row, [_cell(row, field, contents) for field in fields]) for row in rows]
    return Table(model, capital(model._meta.verbose_name_plural), headers, lines)


def levels_of(criterion, contents):
    """The levels of one criterion, as a table."""
    rows = [row for row in contents.rows(CriterionLevel) if row.criterion_key == criterion.key]
    return table_of(CriterionLevel, contents, sorted(rows, key=lambda row: row.points))


def model_named(name):
    """The model of a block by its name in addresses; None when there is no such block."""
    every = (model for group in BLOCKS.values() for model in group)
    return next((model for model in every if model._meta.model_name == name), None)


def block_of(model):
    """The name of the block that a model belongs to."""
    return next(name for name, group in BLOCKS.items() if model in group)


def capital(label):
    """A label begins with a capital."""
    label = str(label)
    return label[:1].upper() + label[1:]


def is_number(field):
    return isinstance(field, models.DecimalField | models.IntegerField) and not field.choices


def _cell(row, field, contents):
    return Cell(capital(field.verbose_name), value_in_words(row, field, contents), is_number(field))


def value_in_words(row, field, contents):
    """The value of a field as it is read: amounts, dates, yes or no, names instead of keys."""
    value = field.value_from_object(row)
    if value in (None, ""):
        return _counted_date(row, field, contents)
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(field, models.BooleanField):
        return _("Yes") if value else _("No")
    if isinstance(field, models.DecimalField):
        return pesos.figures(value) if field.max_digits > 5 else f"{value.normalize():f} %"
    if isinstance(field, models.DateField):
        return day_in_words(value)
    if field.name in NAMED_ELSEWHERE:
        return _name_of(value, contents.rows(NAMED_ELSEWHERE[field.name]))
    return str(value)


def _counted_date(row, field, contents):
    """The day on which a milestone falls when it is counted from another one."""
    if isinstance(row, Milestone) and field.name == "on" and (counted := contents.dates.get(row.code)):
        return _("%(day)s (counted)") % {"day": day_in_words(counted)}
    return ""


def _name_of(key, rows):
    return next((str(row) for row in rows if row.key == key), key)
