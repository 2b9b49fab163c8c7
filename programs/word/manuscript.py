"""What an edition says, ready to be written as Word or as a page of its own: values only, in Spanish.

A published edition is written from its frozen text; a draft, as it stands.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.dates import day_in_words
from programs import published, references, snapshots, tables
from programs.models import Criterion

REFERENCE = re.compile(r'<ul class="ref-list">|<span class="ref(?: ref--missing)?">')


@dataclass(frozen=True)
class Row:
    """A row of data: its cells as people read them, and all its values for whoever reads it back."""

    key: str
    cells: list
    values: dict


@dataclass(frozen=True)
class Table:
    model_name: str
    caption: str
    headers: list
    numbers: list
    rows: list


@dataclass(frozen=True)
class Part:
    """A component: its text with every reference resolved, and the tokens of those references in order."""

    slug: str
    number: int
    section: str
    section_title: str
    title: str
    html: str
    tokens: list
    reason: str
    tables: list
    summary: str = ""


@dataclass(frozen=True)
class Manuscript:
    code: str
    title: str
    agency: str
    unit: str
    guide: str
    is_demo: bool
    made_at: datetime
    parts: list
    citation: list = field(default_factory=list)
    sha256: str = ""

    @property
    def is_draft(self):
        return not self.sha256

    @property
    def sections(self):
        """The numeral and the title of each section, with its parts."""
        found: dict = {}
        for part in self.parts:
            found.setdefault((part.section, part.section_title), []).append(part)
        return [
            {"numeral": numeral, "title": title, "parts": parts} for (numeral, title), parts in found.items()
        ]


def of_publication(publication, contents):
    """The manuscript of a published edition. ``contents`` are those that it froze."""
    document = snapshots.read(publication)
    frozen = {one["slug"]: one for one in document["components"]}
    with override("es-mx"):
        return _manuscript(
            contents,
            parts=[
                _part(text.component, contents, **_said(frozen[text.component.slug]))
                for text in contents.texts
                if text.component.slug in frozen
            ],
            made_at=publication.published_at,
            citation=_citation(publication),
            sha256=publication.sha256,
        )


def of_draft(contents):
    """The manuscript of a draft as it stands."""
    with override("es-mx"):
        return _manuscript(
            contents,
            parts=[
                _part(
                    text.component,
                    contents,
                    html=text.text,
                    resolved=str(references.resolved(text.text, contents)),
                    reason=text.not_applicable_reason,
                    summary=text.summary,
                )
                for text in contents.texts
            ],
            made_at=max(
                (text.saved_at for text in contents.texts if text.saved_at),
                default=contents.edition.created_at,
            ),
        )


def _manuscript(contents, **said):
    edition = contents.edition
    program = edition.program
    return Manuscript(
        code=(contents.publication or edition).code,
        title=_("Rules of Operation %(year)d: %(program)s")
        % {"year": edition.fiscal_year, "program": program.name_es},
        agency=program.agency.body.name_es,
        unit=program.agency.unit_es,
        guide=edition.guide.title,
        is_demo=edition.is_demo,
        **said,
    )


def _said(frozen):
    """What a component said when it was frozen."""
    return {
        "html": frozen["text"],
        "resolved": frozen["resolved"],
        "reason": frozen["not_applicable_reason"],
        "summary": frozen.get("summary", ""),
    }


def _part(component, contents, *, html, resolved, reason, summary):
    shown = published.tables_shown(component, contents, reading=contents.publication is not None)
    return Part(
        slug=component.slug,
        number=component.number,
        section=component.section.numeral,
        section_title=component.section.title_es,
        title=component.title_es,
        html=resolved,
        tokens=_tokens(html, resolved),
        reason=reason,
        tables=[one for table in shown if table.lines for one in _tables(table, contents)],
        summary=summary,
    )


def _tokens(html, resolved):
    """The tokens in the order in which the resolved text shows them; none when they do not correspond."""
    tokens = references.tokens_in(html)
    return tokens if len(tokens) == len(REFERENCE.findall(resolved)) else []


def _tables(table, contents):
    """A table, and after the criteria one with the levels of each."""
    yield _table(table, table.label)
    if table.model is Criterion:
        for line in table.lines:
            levels = tables.levels_of(line.row, contents)
            if levels.lines:
                yield _table(levels, _("Levels of “%(criterion)s”") % {"criterion": line.row.name})


def _table(table, caption):
    return Table(
        model_name=table.model_name,
        caption=caption,
        headers=[cell.label for cell in table.headers],
        numbers=[cell.is_number for cell in table.headers],
        rows=[_row(line) for line in table.lines],
    )


def _row(line):
    values = {one.name: _as_text(one, line.row) for one in line.row.data_fields()}
    return Row(line.row.key, [cell.text for cell in line.cells], values)


def _as_text(one, row):
    return "" if one.value_from_object(row) is None else one.value_to_string(row)


def _citation(publication):
    day, since = day_in_words(publication.gazette_date), day_in_words(publication.in_force_from)
    where = f"Periódico Oficial «El Estado de Jalisco», {day}, tomo {publication.gazette_volume}"
    where += f", número {publication.gazette_number}"
    where += f", sección {publication.gazette_section}" if publication.gazette_section else ""
    where += f", página {publication.gazette_page}" if publication.gazette_page else ""
    where += ", edición especial" if publication.is_special_edition else ""
    return [f"{where}.", f"En vigor desde el {since}."]
