"""A row as it is being typed: what can already be said of its day."""

from programs import counting
from programs.models import Milestone

TERM = {"days", "unit", "after"}


def has_term(model):
    """Whether the rows of a block count their day from something."""
    return {field.name for field in model.data_fields()} >= TERM


def explain(form, contents):
    """How the day of the row of a form is counted, with what is valid of it."""
    if form.is_bound:
        form.is_valid()
    row = form.instance
    row.edition = contents.edition
    says = counting.with_row(contents, row) if isinstance(row, Milestone) else contents
    return counting.explain(row, says)
