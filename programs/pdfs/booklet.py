"""The booklet: a whole published edition on paper, with the gazette's citation and the hash."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import renderings
from documents.models import Rendering
from programs import contents, references, tables
from programs.models import Criterion, Publication


@renderings.kind("booklet", template="pdf/booklet.html", version=3)
class Booklet(renderings.Kind):
    """Known by the code of its publication: the edition's, or that of an amendment to it. Public."""

    name = gettext_lazy("Rules of Operation")
    is_public = True

    @cached_property
    def publication(self):
        code, number = _parts(self.subject_id)
        found = Publication.objects.select_related("edition__program__agency__body", "edition__guide")
        return found.select_related("amendment").get(edition__code=code, number=number)

    @property
    def edition(self):
        return self.publication.edition

    @property
    def title(self):
        edition, number = self.edition, self.publication.number
        said = {"program": edition.program.name_es, "year": edition.fiscal_year, "number": number}
        if number:
            return _("Rules of Operation %(year)d: %(program)s, with amendment %(number)d") % said
        return _("Rules of Operation %(year)d: %(program)s") % said

    @property
    def folio(self):
        return self.publication.code

    @property
    def is_demo(self):
        return self.edition.is_demo

    def context(self):
        edition, publication = self.edition, self.publication
        says = contents.read(edition, publication)
        return {
            "program": edition.program.name_es,
            "agency": edition.program.agency.body.name_es,
            "unit": edition.program.agency.unit_es,
            "fiscal_year": edition.fiscal_year,
            "guide": edition.guide.title,
            "citation": _citation(publication),
            "amendment": _amendment(publication.amendment),
            "sha256": publication.sha256,
            "parts": [_part(text, says) for text in says.texts],
        }


def booklet_of(publication):
    """The booklet of a publication, rendered or still waiting, superseded or not; None when there is none."""
    found = Rendering.objects.of("booklet", publication.code).select_related("document")
    return found.order_by("-issued_at", "-pk").first()


def _parts(code):
    """The code of an edition and the number of an amendment, from the code of a publication."""
    edition, mark, number = code.rpartition("-M")
    return (edition, int(number)) if mark and number.isdecimal() else (code, 0)


def _amendment(amendment):
    return {"number": amendment.number, "reason": amendment.reason} if amendment else None


def _citation(publication):
    return {
        "date": publication.gazette_date,
        "volume": publication.gazette_volume,
        "number": publication.gazette_number,
        "section": publication.gazette_section,
        "page": publication.gazette_page,
        "is_special": publication.is_special_edition,
        "in_force_from": publication.in_force_from,
    }


def _part(text, says):
    component = text.component
    return {
        "number": component.number,
        "section": f"{component.section.numeral}. {component.section.title_es}",
        "title": component.title_es,
        "html": references.resolved(text.text, says),
        "not_applicable_reason": text.not_applicable_reason,
        "summary": text.summary,
        "tables": [
            one for table in tables.tables_of(component, says, reading=True) for one in _tables(table, says)
        ],
    }


def _tables(table, says):
    """A table as plain values; after the criteria, one with the levels of each."""
    if table.lines:
        yield _plain(table, table.label)
    if table.model is Criterion:
        for line in table.lines:
            levels = tables.levels_of(line.row, says)
            if levels.lines:
                yield _plain(levels, _("Levels of “%(criterion)s”") % {"criterion": line.row.name})


def _plain(table, caption):
    return {
        "caption": caption,
        "figure": table.figure,
        "headers": [{"label": cell.label, "is_number": cell.is_number} for cell in table.headers],
        "rows": [
            [{"text": cell.text, "is_number": cell.is_number} for cell in line.cells] for line in table.lines
        ],
    }
