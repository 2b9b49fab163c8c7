"""All stored rows of an edition, of whatever block, in one statement that is put into SQL once.

Twenty-two tables are asked at every save and every page of a draft: composing that question anew took ten
times as long as answering it.
"""

import json
from functools import cache

from django.db import connection, models
from django.db.models import CharField, Value
from django.db.models.functions import Cast, JSONObject

from programs.models import BLOCK_MODELS, CheckSetting, MovedPart, RemovedRow

# What stands in the statement for the keys that are asked for.
EDITION, PUBLICATION, GUIDE = -1, -2, -3

# What of a draft waits beside its rows.
BESIDE = (RemovedRow, CheckSetting, MovedPart)
BY_LABEL = {model._meta.label: model for model in (*BLOCK_MODELS, *BESIDE)}


def read(edition, publication=None):
    """Each row of a draft, or of what a publication froze, as its model and its columns by name.

    A draft also has what waits beside its rows.
    """
    statement, places = _statement(connection.vendor, is_published=publication is not None)
    asked = {EDITION: edition.pk, GUIDE: edition.guide_id, PUBLICATION: getattr(publication, "pk", None)}
    with connection.cursor() as cursor:
        cursor.execute(statement, [asked.get(place, place) for place in places])
        return [(BY_LABEL[label], json.loads(columns)) for label, columns in cursor.fetchall()]


@cache
def _statement(_vendor, *, is_published):
    """One UNION of JSON, as SQL with its parameters in order."""
    first, *others = [_block(model, is_published) for model in BLOCK_MODELS]
    if not is_published:
        others += [_removed(), _levels(), _moved()]
    return first.union(*others, all=True).query.sql_with_params()


def _block(model, is_published):
    columns = {
        column.attname: Cast(column.attname, CharField())
        if isinstance(column, models.DecimalField)
        else column.attname
        for column in model._meta.concrete_fields
        if column.name not in ("edition", "publication")
    }
    rows = model.objects.filter(edition=EDITION, publication=PUBLICATION if is_published else None)
    return _labelled(rows, **columns)


def _removed():
    """Of each row taken out of the draft, what it takes to offer it back."""
    return _labelled(
        RemovedRow.objects.filter(edition=EDITION), id="id", model="model", key="key", label="label"
    )


def _levels():
    return _labelled(CheckSetting.objects.filter(guide=GUIDE), code="code", level="level")


def _moved():
    """What a move to a newer Guide left to review."""
    waiting = MovedPart.objects.filter(move__edition=EDITION, reviewed_at=None)
    return _labelled(waiting, id="id", kind="kind", key="key")


def _labelled(rows, **columns):
    label = Value(rows.model._meta.label, output_field=CharField())
    return rows.order_by().values_list(label, JSONObject(**columns))
