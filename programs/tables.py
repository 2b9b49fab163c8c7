"""Rows of data as people read them: labels of columns and values in words, on screen and on paper."""

from dataclasses import dataclass

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.dates import day_in_words
from documents import pesos
from programs import block_figures
from programs.models import BLOCKS, NAMES, CriterionLevel
from programs.models.blocks.columns import Days, Term
from programs.models.blocks.money import MONEY_DIGITS

PERCENTAGE_DIGITS = 5


@dataclass(frozen=True)
class Cell:
    label: str
    text: str
    is_number: bool
    url: str = ""


@dataclass(frozen=True)
class Line:
    """A row of a table: the row itself and its cells in the order of the columns."""

    row: object
    cells: list


@dataclass(frozen=True)
class Table:
    """A table of one block's rows, with what is drawn above it. ``model_name`` names it in addresses."""

    model: type
    label: str
    headers: list
    lines: list
    figure: dict | None = None

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

    @property
    def may_copy(self):
        return self.model.can_be_copied and not self.model.is_single


def tables_of(component, contents, *, reading=False):
    """The tables of the data that a component carries; levels stand under their criteria, not here.

    ``reading`` joins fields in one cell where the block says so: for people, not for programs.
    """
    models_here = [model for model in contents.blocks_of(component) if not model.parent_field]
    return [table_of(model, contents, reading=reading) for model in models_here]


def table_of(model, contents, rows=None, *, reading=False):
    """The rows of a block as a table."""
    chosen = (reading and model.reading_columns) or model.columns
    named = [name for name in chosen if name != model.parent_field]
    columns = [model._meta.get_field(name) if isinstance(name, str) else name for name in named]
    headers = [Cell(capital(_label(column)), "", is_number(column)) for column in columns]
    rows = contents.rows(model) if rows is None else rows
    lines = [Line(row, [_cell(row, column, contents) for column in columns]) for row in rows]
    figure = block_figures.figure_of(model, contents)
    return Table(model, capital(model._meta.verbose_name_plural), headers, lines, figure)


def _label(column):
    return column.verbose_name if isinstance(column, models.Field) else column.label


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
    """Whether a column is read as a number; one that joins fields never is."""
    return isinstance(field, models.DecimalField | models.IntegerField) and not field.choices


def _cell(row, column, contents):
    if isinstance(column, models.Field):
        text, address = value_in_words(row, column, contents), _address(row, column)
    else:
        text, address = _joined(row, column, contents), ""
    return Cell(capital(_label(column)), text, is_number(column), address)


def _joined(row, column, contents):
    if isinstance(column, Term):
        return capital(term(row, contents))
    if isinstance(column, Days):
        number, unit = getattr(row, column.days), getattr(row, f"get_{column.unit}_display")()
        return "" if number is None else f"{number} {unit}"
    fields = [row._meta.get_field(name) for name in column.fields]
    said = [_part(row, field, contents, column) for field in fields]
    return " · ".join(filter(None, said))


def _part(row, field, contents, column):
    text = value_in_words(row, field, contents)
    named = field.name in column.said or field.name in NAMES or is_number(field)
    return f"{column.name_of(field)}: {text}" if text and named else text


def term(row, contents):
    """When a row is due: its date, or the day to which its rule counts today, with the rule."""
    if on := getattr(row, "on", None):
        return day_in_words(on)
    if row.days is None:
        return ""
    said = {"days": row.days, "unit": row.get_unit_display(), "start": _counted_from(row, contents)}
    rule = (_("%(days)d %(unit)s after: %(start)s") if row.days else _("the same day as: %(start)s")) % said
    day = contents.due(row)
    return f"{day_in_words(day)} ({rule})" if day else rule


def _counted_from(row, contents):
    if key := getattr(row, "payment_key", ""):
        return _name_of(key, contents.rows(NAMES["payment_key"])).lower()
    return str(row.get_after_display()).lower()


def _address(row, field):
    """Where a cell leads: the link that it holds, or the file of an annex."""
    if field.name == "link":
        return row.link
    if field.name != "file_name" or not row.document_id:
        return ""
    edition = row.edition
    if row.publication_id:
        return reverse("programs:annex", args=[edition.program.code, edition.fiscal_year, row.key])
    return reverse("programs:draft_annex", args=[edition.code, row.key])


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
        return _decimal_in_words(value, field)
    if isinstance(field, models.DateField):
        return day_in_words(value)
    if field.name in NAMES:
        return _name_of(value, contents.rows(NAMES[field.name]))
    return str(value)


def _decimal_in_words(value, field):
    """Pesos, a percentage, or a plain number, by the digits that the field has for it."""
    if field.max_digits == MONEY_DIGITS:
        return pesos.figures(value)
    plain = f"{value.normalize():,f}"
    return f"{plain} %" if field.max_digits == PERCENTAGE_DIGITS else plain


def _counted_date(row, field, contents):
    """The day on which something falls when it is counted from something else."""
    if field.name == "on" and (counted := contents.due(row)):
        return _("%(day)s (counted)") % {"day": day_in_words(counted)}
    return ""


def _name_of(key, rows):
    return next((str(row) for row in rows if row.key == key), key)
