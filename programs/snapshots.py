"""The frozen text of a publication: canonical bytes (RFC 8785), made once and never serialised again."""

import datetime
import hashlib
import json
from decimal import Decimal

import rfc8785
from django.utils.translation import override

from programs import lineage, references
from programs.contents import in_order
from programs.models import BLOCKS

SCHEMA = "armoniza.edition/1"


def snapshot(contents, citation):
    """The canonical JSON of an edition as it is published: decimals and dates as strings.

    Each component keeps its text with its tokens, and the text as people read it, always in Spanish.
    """
    with override("es-mx"):
        return rfc8785.dumps(_plain(_document(contents, citation))).decode()


def says_the_same(document, other):
    """Two documents hold the same texts and data, whoever published them and when."""
    return all(document[part] == other[part] for part in ("components", "blocks"))


def draft(contents):
    """A draft in the shape of what it would freeze, as data, without a citation."""
    return json.loads(snapshot(contents, {}))


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def is_intact(publication):
    """The bytes that were frozen are those that the publication holds."""
    return digest(publication.snapshot) == publication.sha256


def read(publication):
    """The frozen document as data."""
    return json.loads(publication.snapshot)


def _document(contents, citation):
    told = lineage.told(contents.edition)
    return {
        "schema": SCHEMA,
        "edition": _edition(contents.edition),
        "publication": citation,
        "components": [
            _component(text, contents, told.get(text.component_id, [])) for text in contents.texts
        ],
        "blocks": {name: _block(models, contents) for name, models in BLOCKS.items()},
    }


def _edition(edition):
    program = edition.program
    return {
        "code": edition.code,
        "fiscal_year": edition.fiscal_year,
        "is_demo": edition.is_demo,
        "program": {"code": program.code, "name": program.name_es},
        "agency": {"acronym": program.agency.acronym, "name": program.agency.body.name_es},
        "explanation_of_changes": edition.explanation_of_changes,
        "guide": {"year": edition.guide.year, "title": edition.guide.title},
    }


def _component(text, contents, lineage):
    component = text.component
    return {
        "slug": component.slug,
        "number": component.number,
        "section": component.section.numeral,
        "title": component.title_es,
        "text": text.text,
        "resolved": str(references.resolved(text.text, contents)),
        "not_applicable_reason": text.not_applicable_reason,
        "summary": text.summary,
        "lineage": lineage,
    }


def _block(models, contents):
    return {
        model._meta.model_name: [_row(row) for row in sorted(contents.rows(model), key=in_order)]
        for model in models
    }


def _row(row):
    return {"key": row.key, **{field.name: field.value_from_object(row) for field in row.data_fields()}}


def _plain(value):
    """Only what JSON writes in one way: amounts, dates and times become strings."""
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
