"""Where the clauses of an edition come from, and whether their sources have improved since."""

from dataclasses import dataclass

from programs import highlight, snapshots
from programs.comparison.lines import lines
from programs.comparison.markup import difference
from programs.models import AdoptedClause
from programs.models.clauses import adopt_url


def fingerprint(html):
    """The hash of a clause as it is read: its markup does not count."""
    return snapshots.digest(highlight.plain(html))


@dataclass(frozen=True)
class Newer:
    """What the source says now, as its program published it last."""

    edition: str
    component: str
    fiscal_year: int
    html: str
    sha256: str

    @property
    def code(self):
        return f"{self.edition} {self.component}"

    def adopt_url(self):
        return adopt_url(self.edition, self.component)


@dataclass(frozen=True)
class Origin:
    """A clause that was adopted, and the text that its source has now when it is another one."""

    adopted: AdoptedClause
    newer: Newer | None

    @property
    def source(self):
        return self.adopted.source

    @property
    def difference(self):
        """What the source changed since it was adopted."""
        return difference(lines(self.source.html), lines(self.newer.html)) if self.newer else ""


def origins(edition):
    """Of each text of an edition, by its row number, the clauses that it was adopted from. One query."""
    found: dict[int, list] = {}
    for one in AdoptedClause.objects.of_edition(edition).with_source():
        found.setdefault(one.text_id, []).append(Origin(one, _newer(one)))
    return found


def _newer(one):
    if one.last_sha256 in (one.sha256, one.seen_sha256):
        return None
    return Newer(one.last_edition, one.source.component.slug, one.last_year, one.last_html, one.last_sha256)


def told(edition):
    """The lineage of each component as a publication keeps it: edition, agency, clause, hash."""
    adopted = AdoptedClause.objects.of_edition(edition).with_source()
    found: dict[int, list] = {}
    for one in adopted:
        found.setdefault(one.text.component_id, []).append(_as_kept(one))
    return found


def _as_kept(one):
    source = one.source
    return {
        "edition": source.edition.code,
        "program": source.edition.program.code,
        "fiscal_year": source.edition.fiscal_year,
        "agency": source.edition.program.agency.acronym,
        "component": source.component.slug,
        "number": source.component.number,
        "title": source.component.title_es,
        "sha256": one.sha256,
    }
