"""Columns that join several fields in one cell, for readers: published page, print and PDF."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Together:
    """Fields that are read one after another. Numbers and names of other rows say what they are.

    So do the fields in ``said``: their words alone would not tell. ``short`` names some in fewer words.
    """

    label: object
    fields: tuple
    said: tuple = ()
    short: tuple = ()

    def name_of(self, field):
        return dict(self.short).get(field.name, field.verbose_name)


@dataclass(frozen=True)
class Term:
    """When something is due: its date, or its rule with the day to which it counts."""

    label: object


@dataclass(frozen=True)
class Days:
    """A number of days with its unit."""

    label: object
    days: str
    unit: str
