"""Tables that stack on a telephone, and the ones that a page of rules needs most."""

from rop_portal.components.library import register, rendered, values_of


@register.simple_block_tag
def table(content, *, label, stack=True, shown=False, anchor="", kind=""):
    """A table whose ``label`` is its caption. Stacked cells carry ``data-label``, their column's words."""
    return rendered("table", content=content, label=label, stack=stack, shown=shown, anchor=anchor, kind=kind)


@register.simple_block_tag
def matrix(content, *, label, anchor="matrix"):
    """Practices down, programs across; arrow keys move, Enter opens."""
    return rendered("matrix", content=content, label=label, anchor=anchor)


@register.inclusion_tag("components/requirement_table.html")
def requirement_table(rows, label=""):
    """The documents asked for; a row has the names below."""
    names = ("name", "purpose", "modality", "form", "validity", "basis", "basis_url")
    return {"rows": [values_of(row, *names) for row in rows], "label": label}


@register.inclusion_tag("components/criteria_table.html")
def criteria_table(rows, label="", total=100):
    """Criteria with bars of their weight: ``name``, ``points``, ``levels`` (how many), ``description``."""
    rows = [values_of(row, "name", "points", "levels", "description") for row in rows]
    largest = max((row["points"] for row in rows), default=1) or 1
    for row in rows:
        row["width"] = round(150 * row["points"] / largest)
    weight = sum(row["points"] for row in rows)
    return {"rows": rows, "label": label, "sum": weight, "total": total, "balanced": weight == total}
