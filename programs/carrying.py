"""Dates carried over from an earlier edition to another fiscal year. Pure: the non-working days are given."""

from django.db import models

from programs import workdays


def date_fields(model):
    """The columns of a block that hold a day."""
    return [field.name for field in model.data_fields() if isinstance(field, models.DateField)]


def moved(day, years, holidays=frozenset()):
    """The same day and month ``years`` later, or the first business day after it.

    29 February becomes the 28th where the year has none.
    """
    try:
        same = day.replace(year=day.year + years)
    except ValueError:
        same = day.replace(year=day.year + years, day=28)
    return workdays.next_workday(same, holidays)


def move(rows, model, years, holidays=frozenset()):
    """The rows with each of their days moved; what has none stays as it was."""
    names = date_fields(model)
    for row in rows:
        for name in names:
            if day := getattr(row, name):
                setattr(row, name, moved(day, years, holidays))
        yield row
