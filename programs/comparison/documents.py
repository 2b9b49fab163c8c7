"""A frozen document read as rows: enough of an edition's contents to say its values in words. Pure."""

from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError

from programs.models import BLOCK_MODELS, BLOCKS


@dataclass
class Frozen:
    """The rows of a document by their model. What a document does not name, it does not have."""

    document: dict

    @cached_property
    def _rows(self):
        return {model: [_row(model, told) for told in self.told(model)] for model in BLOCK_MODELS}

    def rows(self, model):
        return self._rows.get(model, [])

    def due(self, row):
        """Days that are counted are told as they are stated: the calendar is no part of a document."""
        return

    def told(self, model):
        """The rows as the document writes them."""
        block = next(name for name, models in BLOCKS.items() if model in models)
        return self.document.get("blocks", {}).get(block, {}).get(model._meta.model_name, [])

    @property
    def components(self):
        return self.document.get("components", [])

    @property
    def code(self):
        return self.document.get("edition", {}).get("code", "")


def _row(model, told):
    """A row that is not kept anywhere. ``stated`` names the fields that the document knows."""
    row = model(key=told["key"])
    known = [column for column in model.data_fields() if column.name in told]
    for column in known:
        setattr(row, column.attname, _value(column, told[column.name]))
    row.stated = {column.name for column in known}
    return row


def _value(column, value):
    try:
        return column.to_python(value)
    except ValidationError:
        return value
