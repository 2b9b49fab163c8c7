"""The Rules as they were published: frozen text and data, by section, a clause highlighted on demand."""

from dataclasses import dataclass, field
from itertools import groupby

from django.utils.safestring import mark_safe
from django.utils.translation import override

from programs import contents, highlight, snapshots, tables
from programs.models import Contact

# A contact stands where people look for it: complaints go to the internal control body, advice elsewhere.
CONTACTS_OF = {"complaints": {Contact.Purpose.INTERNAL_CONTROL}}


@dataclass(frozen=True)
class Clause:
    """One component as published. ``shown`` is the assessment that led the reader here, if one did."""

    slug: str
    number: int
    title: str
    html: str
    reason: str
    summary: str
    tables: list
    shown: object = None
    lineage: tuple = ()
    holds_the_proof: bool = True


@dataclass(frozen=True)
class Section:
    numeral: str
    title: str
    clauses: list


@dataclass(frozen=True)
class Rules:
    """A published edition: its citation, its sections, and the assessments that cite its clauses."""

    publication: object
    sections: list
    citation: dict = field(default_factory=dict)
    says: contents.Contents | None = None

    def lost(self, shown):
        """The passage that proved it does not stand in this text (an amendment moved it)."""
        found = [clause for section in self.sections for clause in section.clauses if clause.shown == shown]
        return bool(shown and found and not found[0].holds_the_proof)

    @property
    def is_intact(self):
        return snapshots.is_intact(self.publication)


def read(publication, shown=None):
    """The published Rules. ``shown`` is an assessment whose clause is wanted highlighted."""
    document = snapshots.read(publication)
    says = contents.read(publication.edition, publication)
    components = {text.component.slug: text.component for text in says.texts}
    with override("es-mx"):
        clauses = [
            _clause(frozen, components[frozen["slug"]], says, shown) for frozen in document["components"]
        ]
    titles = {component.section.numeral: component.section.title_es for component in components.values()}
    by_section = groupby(clauses, key=lambda clause: components[clause.slug].section.numeral)
    sections = [Section(numeral, titles[numeral], list(found)) for numeral, found in by_section]
    return Rules(publication, sections, document["publication"], says)


def _clause(frozen, component, says, shown):
    here = shown if shown and shown.clause_id == component.pk else None
    html = highlight.mark(frozen["resolved"], here.excerpt) if here else frozen["resolved"]
    return Clause(
        slug=frozen["slug"],
        number=frozen["number"],
        title=frozen["title"],
        html=mark_safe(html),
        reason=frozen["not_applicable_reason"],
        summary=frozen.get("summary", ""),
        tables=[table for table in tables_shown(component, says) if table.lines],
        shown=here,
        holds_the_proof=here is None or highlight.contains(frozen["resolved"], here.excerpt),
        lineage=tuple(frozen.get("lineage", ())),
    )


def tables_shown(component, says, *, reading=True):
    """The tables of a component as published: each contact only where people look for it."""
    for table in tables.tables_of(component, says, reading=reading):
        yield _only_its_contacts(table, component) if table.model is Contact else table


def _only_its_contacts(table, component):
    """Contacts stand in two components: the table of each says in its name of which it is."""
    others = set(Contact.Purpose) - CONTACTS_OF["complaints"]
    wanted = CONTACTS_OF.get(component.slug, others)
    lines = [line for line in table.lines if line.row.purpose in wanted]
    return tables.Table(table.model, f"{table.label} · {component.title}", table.headers, lines)
