"""Everything an edition says, read once: its text and all its rows, in a constant number of queries.

Checks, references, snapshots and booklets are functions of this and of nothing else.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.db import models

from accounts.models import TrailEntry
from programs import highlight, schedule, stored
from programs.models import BLOCK_MODELS, BLOCKS, CheckSetting, MovedPart, NonWorkingDay, RemovedRow


@dataclass
class Contents:
    """An edition (or its publication) with its texts in the order of the Guide and its rows by model."""

    edition: object
    texts: list
    rows_by_model: dict
    non_working: list = field(default_factory=list)
    publication: object = None
    removed: list = field(default_factory=list)
    saved_rows: frozenset = field(default_factory=frozenset)
    check_levels: dict = field(default_factory=dict)
    moved: list = field(default_factory=list)

    def is_carried_over(self, row):
        """Whether a row came with an earlier edition and nobody has saved it since."""
        return bool(self.edition.based_on_id) and row_note(row) not in self.saved_rows

    def rows(self, model):
        """The rows of a block's model, in their order."""
        return self.rows_by_model.get(model, [])

    def single(self, model):
        """The one row of a block that has at most one."""
        rows = self.rows(model)
        return rows[0] if rows else None

    def keys(self, model):
        return {row.key for row in self.rows(model)}

    def blocks_of(self, component):
        """The models that hold the data of a component, as its Guide says."""
        return [model for block in component.blocks for model in BLOCKS.get(block, [])]

    def text_of(self, slug):
        return next((text for text in self.texts if text.component.slug == slug), None)

    def home_of(self, block):
        """The slug of the component that carries a block in this Guide; empty when none does."""
        return next((text.component.slug for text in self.texts if block in text.component.blocks), "")

    def says(self, words):
        """Whether the text of some component has those words, however they are marked up."""
        return any(words in text for text in self._plain)

    @cached_property
    def _plain(self):
        return [highlight.plain(text.text).casefold() for text in self.texts]

    def due(self, row):
        """The day on which a row falls: its own date, or the one that its rule counts to."""
        return schedule.due(row, self)

    @cached_property
    def holidays(self):
        """The days that business-day clocks skip."""
        return frozenset(day.on for day in self.non_working)

    @cached_property
    def dates(self):
        """The planned date of each milestone, by code."""
        return schedule.planned(self.rows(BLOCKS["schedule"][0]), self.holidays)


def read(edition, publication=None):
    """Read a draft, or what a publication froze: three queries, whatever the edition holds.

    A draft that began on an earlier edition takes a fourth: which of its rows somebody saved since.
    """
    texts = publication.texts if publication else edition.texts
    rows, beside = _rows(edition, publication)
    return Contents(
        edition=edition,
        texts=list(texts.select_related("component__section").order_by("component__number")),
        rows_by_model=rows,
        removed=sorted(beside[RemovedRow], key=lambda one: one["id"], reverse=True),
        check_levels={one["code"]: one["level"] for one in beside[CheckSetting]},
        moved=beside[MovedPart],
        non_working=list(NonWorkingDay.objects.order_by("on")),
        publication=publication,
        saved_rows=_saved_rows(edition) if edition.based_on_id and publication is None else frozenset(),
    )


def row_note(row):
    """How the trail of an edition names a row of its data."""
    return f"{row._meta.model_name} {row.key}"


def _saved_rows(edition):
    acts = TrailEntry.objects.about(edition).filter(act__in=["edition.add_row", "edition.change_row"])
    return frozenset(acts.values_list("note", flat=True))


def _rows(edition, publication):
    """The rows of each block's model; and of a draft what waits beside them, by model.

    That is what was taken out, how the Guide sets its checks, and what a move to a newer one left to review.
    """
    rows, beside = {model: [] for model in BLOCK_MODELS}, {model: [] for model in stored.BESIDE}
    for model, values in stored.read(edition, publication):
        if model in beside:
            beside[model].append(values)
        else:
            rows[model].append(_row(model, values, edition, publication))
    for found in rows.values():
        found.sort(key=in_order)
    return rows, beside


def in_order(row):
    """By place, then by key: the same contents read the same, whatever was written first."""
    return row.position, row.key


def _row(model, values, edition, publication):
    row = model(edition=edition, publication=publication)
    for column in model._meta.concrete_fields:
        if column.attname in values:
            setattr(row, column.attname, _value(column, values[column.attname]))
    row._state.adding, row._state.db = False, edition._state.db
    return row


def _value(column, value):
    if value is not None and isinstance(column, models.DecimalField):
        return Decimal(value).quantize(Decimal(1).scaleb(-column.decimal_places))
    return column.to_python(value)
