"""The booklet: a whole published edition on paper, with the gazette's citation and the hash."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import renderings
from documents.models import Rendering
from programs import contents, references, tables
from programs.models import Criterion, Edition


@renderings.kind("booklet", template="pdf/booklet.html", version=3)
class Booklet(renderings.Kind):
    """Known by the code of its edition. Public, as the Rules are."""

    name = gettext_lazy("Rules of Operation")
    is_public = True

    @cached_property
    def edition(self):
        published = Edition.objects.published().for_listing().select_related("publication")
        return published.get(code=self.subject_id)

    @property
    def title(self):
        said = {"program": self.edition.program.name_es, "year": self.edition.fiscal_year}
        return _("Rules of Operation %(year)d: %(program)s") % said

    @property
    def folio(self):
        return self.edition.code

    @property
    def is_demo(self):
        return self.edition.is_demo

    def context(self):
        edition, publication = self.edition, self.edition.publication
        says = contents.read(edition, publication)
        return {
            "program": edition.program.name_es,
            "agency": edition.program.agency.body.name_es,
            "unit": edition.program.agency.unit_es,
            "fiscal_year": edition.fiscal_year,
            "guide": edition.guide.title,
            "citation": _citation(publication),
            "sha256": publication.sha256,
            "parts": [_part(text, says) for text in says.texts],
        }


def booklet_of(edition):
    """The booklet of an edition as it stands, rendered or still waiting; None when there is none."""
    found = Rendering.objects.of("booklet", edition.code).current().select_related("document")
    return found.first()


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
