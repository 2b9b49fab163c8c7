"""Documents as snapshots write them, made by hand: few components, few rows."""

from programs.models import BLOCK_MODELS, BLOCKS


def document(*clauses, code="ROP-A-2026-01", year=2026, **rows):
    """A document with its clauses and its rows by model name: ``requirement=[{...}]``."""
    return {
        "schema": "armoniza.edition/1",
        "edition": {
            "code": code,
            "fiscal_year": year,
            "program": {"code": "PROG", "name": "Programa"},
            "agency": {"acronym": "DEP", "name": "Dependencia"},
        },
        "components": list(clauses),
        "blocks": {
            block: {name: rows.get(name, []) for name in (model._meta.model_name for model in models)}
            for block, models in BLOCKS.items()
        },
    }


def clause(slug, text, *, number=1, title="", resolved=None, **more):
    return {
        "slug": slug,
        "number": number,
        "section": "I",
        "title": title or slug,
        "text": text,
        "resolved": text if resolved is None else resolved,
        "not_applicable_reason": "",
        **more,
    }


def row(name, key="fila", /, **values):
    """A row with all its fields, as a snapshot writes them; those not given have their defaults."""
    model = next(model for model in BLOCK_MODELS if model._meta.model_name == name)
    told = {field.name: field.get_default() for field in model.data_fields()}
    return {"key": key, **told, **values}
