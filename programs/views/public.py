"""Pages without login: the programs, one program, one edition of its Rules."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, ListView, View
from django.views.generic.detail import SingleObjectMixin

from documents.models import Rendering
from programs import (
    burden,
    findings,
    gaps,
    harmony,
    harmony_figures,
    offers,
    published,
    snapshots,
    strips,
    versions,
)
from programs.actions import booklets
from programs.comparison import compare
from programs.models import Edition, Program, Requirement
from programs.pdfs.booklet import booklet_of
from programs.states import EditionState

CHEAPEST = 3
public = method_decorator(login_not_required, name="dispatch")


@public
class ProgramList(ListView):
    """The eight programs: five that the report names, three that it counts without naming them."""

    template_name = "programs/program_list.html"
    context_object_name = "programs"
    queryset = Program.objects.select_related("agency__body").order_by("order", "code")

    def get_context_data(self, **kwargs):
        programs = list(self.object_list)
        editions = {}
        for edition in Edition.objects.public().order_by("-fiscal_year").select_related("program"):
            editions.setdefault(edition.program_id, []).append(edition)
        named = [(program, editions.get(program.pk, [])) for program in programs if program.is_identified]
        unnamed = [program for program in programs if not program.is_identified]
        return super().get_context_data(named=named, unnamed=unnamed, **kwargs)


@public
class ProgramPage(DetailView):
    """One program: its agency, its editions and what each of them does about each good practice."""

    template_name = "programs/program_detail.html"
    slug_field = slug_url_kwarg = "code"
    context_object_name = "program"
    queryset = Program.objects.select_related("agency__body")

    def get_context_data(self, **kwargs):
        strip = strips.read_strip(self.object)
        if strip.editions and self.object.is_identified:
            kwargs |= self._index(strip.editions[0].fiscal_year)
        return super().get_context_data(strip=strip, **kwargs)

    def _index(self, year):
        """How much of the newest edition is adopted, and what would raise it most."""
        matrix = harmony.read_matrix(year)
        column = next(one for one in matrix.columns if one.program == self.object)
        figure = harmony_figures.program_figure(
            program=self.object, year=year, adopted=column.adopted, practices=matrix.core_count
        )
        return {"index": figure, "gaps": gaps.gaps_of(matrix, self.object)[:CHEAPEST]}


class AtDateForm(forms.Form):
    """The day whose text is wanted."""

    al = forms.DateField(
        label=gettext_lazy("Text in force on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class EditionOfYear(SingleObjectMixin):
    """A public edition by its program's code and its year. A draft does not exist for the public."""

    queryset = Edition.objects.public().select_related("program__agency__body", "guide")

    def get_object(self, queryset=None):
        found = queryset or self.get_queryset()
        return get_object_or_404(found, program__code=self.kwargs["program"], fiscal_year=self.kwargs["year"])


class VersionOfYear(EditionOfYear):
    """One version of a published edition: that of a number, that of a day, or the one in force today."""

    def find(self):
        self.object = getattr(self, "object", None) or self.get_object()
        if self.object.state == EditionState.RECORDED:
            raise Http404
        self.versions = versions.versions_of(self.object)
        self.at_date = AtDateForm(self.request.GET or None)
        self.day = self.at_date.is_valid() and self.at_date.cleaned_data["al"]
        return self._numbered() or versions.on(self.versions, self.day or timezone.localdate())

    def _numbered(self):
        if not (wanted := self.request.GET.get("version", "")):
            return None
        found = [one for one in self.versions if str(one.number) == wanted]
        if not found:
            raise Http404
        return found[0]


@public
class EditionPage(VersionOfYear, DetailView):
    """The Rules as published, or, of a recorded edition, only what the report states of it."""

    context_object_name = "edition"

    def get_template_names(self):
        recorded = self.object.state == EditionState.RECORDED
        return ["programs/edition_recorded.html" if recorded else "programs/edition_published.html"]

    def get_context_data(self, **kwargs):
        rows = harmony.practices_of(self.object)
        shown = self._shown(rows)
        if self.object.state != EditionState.RECORDED:
            version = self.find()
            publication = version.publication
            rules = published.read(publication, shown)
            kwargs |= {
                "rules": rules,
                "publication": publication,
                "version": version,
                "versions": self.versions,
                "stood_in": versions.holding(self.versions, shown) if rules.lost(shown) else None,
                "at_date": self.at_date,
                "too_early": self.day if self.day and self.day < version.begins else None,
            }
            kwargs["burden"] = burden.of(rules.says.rows(Requirement))
            kwargs["burden_formula"] = burden.FORMULA
            kwargs["offers"] = offers.offers_of(self.object, self.request.user)
            shows = findings.findings_of(self.object, publication, rules.says)
            rows = [row._replace(finding=shows.get(row.practice.code)) for row in rows]
        return super().get_context_data(rows=rows, shown=shown, **kwargs)

    def _shown(self, rows):
        """The assessment that the address asks to see, by the code of its practice."""
        wanted = self.request.GET.get("practica", "")
        return next((row.assessment for row in rows if row.practice.code == wanted), None)


@public
class EditionJson(VersionOfYear, View):
    """The frozen bytes exactly, as they were hashed."""

    def get(self, request, *args, **kwargs):
        publication = self.find().publication
        answer = HttpResponse(publication.snapshot.encode(), content_type="application/json")
        answer["X-Content-SHA256"] = publication.sha256
        return answer


@public
class EditionPdf(VersionOfYear, DetailView):
    """The booklet: its file when it is ready, its progress otherwise, a button when nobody asked for it."""

    template_name = "programs/edition_pdf.html"
    context_object_name = "edition"

    def get(self, request, *args, **kwargs):
        version = self.find()
        if rendering := booklet_of(version.publication):
            return redirect(file_or_progress(rendering))
        return self.render_to_response(self.get_context_data(version=version))

    def post(self, request, *args, **kwargs):
        """Ask for it, should it be missing: the same content is never rendered twice."""
        return redirect(booklets.request(self.find().publication, by=request.user))


@public
class AmendmentPage(EditionOfYear, DetailView):
    """One published amendment: why, by which gazette, from when, and what it changed in the Rules."""

    template_name = "programs/amendment_published.html"
    context_object_name = "edition"

    def get_context_data(self, **kwargs):
        found = {one.number: one for one in versions.versions_of(self.object)}
        number = self.kwargs["number"]
        if number < 1 or number not in found:
            raise Http404
        before, after = found[number - 1], found[number]
        return super().get_context_data(
            version=after,
            before=before,
            publication=after.publication,
            comparison=compare(snapshots.read(before.publication), snapshots.read(after.publication)),
            **kwargs,
        )


def current_rendering(kind, subject):
    """The rendering of that kind and subject that is valid now, or None."""
    found = Rendering.objects.of(kind, subject).current().select_related("document")
    return found.first()


def file_or_progress(rendering):
    """The file itself when it is ready; the page that shows its progress until then."""
    if rendering.is_ready:
        return reverse("documents:download", args=[rendering.code])
    return rendering.get_absolute_url()
