"""How far the Rules of the programs of a year stand from one another, and in what."""

from django.core.paginator import Paginator
from django.http import Http404
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from programs import distance
from programs.models import Criterion, Edition, Milestone, Publication, Requirement
from programs.views.public import public

PROGRAMS_A_PAGE = 15


@public
class DistancePage(TemplateView):
    """A table of programs by programs with the formula in words, and the lists of what differs."""

    template_name = "programs/harmonization_distance.html"

    @cached_property
    def years(self):
        published = Edition.objects.with_text()
        return sorted(set(published.values_list("fiscal_year", flat=True)), reverse=True)

    @cached_property
    def year(self):
        typed = self.request.GET.get("ejercicio", "")
        if not typed:
            return next(iter(self.years), None)
        if not (typed.isascii() and typed.isdigit() and int(typed) in self.years):
            raise Http404
        return int(typed)

    def get_context_data(self, **kwargs):
        kwargs |= {"year": self.year, "formula": distance.FORMULA}
        kwargs["years"] = [(str(year), str(year)) for year in self.years]
        if self.year is None:
            return super().get_context_data(map=None, **kwargs)
        page = Paginator(self._editions(), PROGRAMS_A_PAGE).get_page(self.request.GET.get("page"))
        said = distance.Map(_said(list(page)))
        return super().get_context_data(map=said, page=page, table=_table(said), **kwargs)

    def _editions(self):
        published = Edition.objects.with_text().of_year(self.year)
        return published.for_listing().order_by("program__order", "pk")


def _said(editions):
    """What the editions say, in one query for each kind of row."""
    rows = {model: _rows(model, editions) for model in (Requirement, Criterion, Milestone)}
    return [
        distance.Said(
            edition,
            rows[Requirement].get(edition.pk, []),
            rows[Criterion].get(edition.pk, []),
            rows[Milestone].get(edition.pk, []),
        )
        for edition in editions
    ]


def _rows(model, editions):
    found = {}
    held = model.objects.filter(publication__in=Publication.objects.in_force().filter(edition__in=editions))
    for row in held.order_by("position", "pk"):
        found.setdefault(row.edition_id, []).append(row)
    return found


def _table(said):
    return [(one, [(other, said.between(one, other)) for other in said.said]) for one in said.said]
