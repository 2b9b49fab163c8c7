"""The commons of clauses: search what published Rules say, and adopt a clause with its lineage."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, ListView, TemplateView

from jobs.idempotency import AnswersOnce
from programs import clause_excerpt, clause_search, contents, lineage, signing
from programs.actions import commons
from programs.comparison.lines import lines
from programs.comparison.markup import difference
from programs.models import (
    AdoptedClause,
    Agency,
    Assessment,
    Component,
    Edition,
    Practice,
    PublishedClause,
    Topic,
    Verdict,
)
from programs.states import EditionState
from programs.views.public import public
from programs.views.studio import DraftView

Way = AdoptedClause.Way
MOST = 500


def drafts_of(user):
    """The drafts that a person may write."""
    if not user.is_authenticated:
        return Edition.objects.none()
    mine = Edition.objects.filter(program__in=signing.programs_drafted_by(user), state=EditionState.DRAFT)
    return mine.for_listing().newest_first()


class FirstPages(Paginator):
    """Pages of the first results: nobody reads on from there, and to count them all costs more."""

    @cached_property
    def count(self):
        return self.object_list.order_by()[: MOST + 1].count()

    @property
    def is_cut(self):
        return self.count > MOST


@public
class ClauseSearch(ListView):
    """Clauses of all published Rules, by words, practice, topic, agency, year and component."""

    template_name = "programs/clauses.html"
    context_object_name = "clauses"
    paginate_by = 10
    paginator_class = FirstPages

    @cached_property
    def asked(self):
        names = ("q", "practica", "tema", "dependencia", "ejercicio", "componente", "borrador")
        return {name: self.request.GET.get(name, "").strip()[:200] for name in names}

    def get_queryset(self):
        """Which clauses, by row number: their long texts are read for the page that is shown alone."""
        asked, found = (
            self.asked,
            PublishedClause.objects.as_last_published().newest_first().values_list("pk", flat=True),
        )
        if asked["q"]:
            found = clause_search.matching(found, asked["q"])
        if asked["practica"] or asked["tema"]:
            found = found.proving(asked["practica"], asked["tema"])
        if asked["dependencia"]:
            found = found.filter(publication__edition__program__agency__acronym=asked["dependencia"])
        elif self.draft:
            found = found.exclude(publication__edition__program__agency=self.draft.program.agency)
        if asked["ejercicio"]:
            year = asked["ejercicio"]
            is_year = year.isascii() and year.isdigit() and len(year) == 4
            found = found.filter(publication__edition__fiscal_year=int(year) if is_year else 0)
        if asked["componente"]:
            found = found.filter(component__slug=asked["componente"])
        return found

    @cached_property
    def drafts(self):
        return list(drafts_of(self.request.user))

    @cached_property
    def draft(self):
        """The draft for which the clause is wanted, when its editor came from there."""
        return next((one for one in self.drafts if one.code == self.asked["borrador"]), None)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        held = PublishedClause.objects.for_listing().in_bulk(context["clauses"])
        shown = [held[number] for number in context["clauses"]]
        proofs = _proofs(shown)
        return context | {
            "rows": [self._row(clause, proofs) for clause in shown],
            "asked": self.asked,
            "filters": self._filters(),
            "is_filtered": any(value for name, value in self.asked.items() if name != "borrador"),
            "draft": self.draft,
            "may_adopt": bool(self.drafts),
            "practice": self._practice(),
        }

    def _practice(self):
        """The practice that is looked for, to be read above its clauses."""
        named = Practice.objects.published().filter(code=self.asked["practica"])
        return named.order_by("-checklist__year").first() if self.asked["practica"] else None

    def _row(self, clause, proofs):
        return {
            "clause": clause,
            "excerpt": clause_excerpt.of(clause.html, clause_search.terms(self.asked["q"])),
            "proofs": proofs.get((clause.publication.edition_id, clause.component_id), []),
        }

    def _filters(self):
        """The five filters with their words, their choices and what is chosen in each."""
        return [
            ("practica", _("Practice"), _practices(), self.asked["practica"]),
            ("tema", _("Topic"), [(one.code, one.name) for one in Topic.objects.all()], self.asked["tema"]),
            ("dependencia", _("Agency"), _agencies(), self.asked["dependencia"]),
            ("ejercicio", _("Fiscal year"), _years(), self.asked["ejercicio"]),
            ("componente", _("Component"), _components(), self.asked["componente"]),
        ]


def _practices():
    """Every practice by its code, as its newest checklist calls it."""
    newest = {one.code: one for one in Practice.objects.published().order_by("checklist__year")}
    return [(code, f"{code} · {one.title}") for code, one in sorted(newest.items())]


def _agencies():
    publishing = Agency.objects.filter(programs__editions__publications__isnull=False).distinct()
    return sorted((one.acronym, one.acronym) for one in publishing)


def _years():
    years = Edition.objects.with_text().values_list("fiscal_year", flat=True)
    return [(str(year), str(year)) for year in sorted(set(years), reverse=True)]


def _components():
    """The components of the Guides, as the newest calls each."""
    newest = {one.slug: one for one in Component.objects.order_by("guide__year")}
    return [(slug, one.title) for slug, one in sorted(newest.items(), key=lambda each: each[1].number)]


def _proofs(clauses):
    """The practices that each clause proves, in one query."""
    said = Assessment.objects.public().filter(
        edition__in={one.publication.edition_id for one in clauses},
        clause__in={one.component_id for one in clauses},
        verdict=Verdict.ADOPTED,
    )
    found = {}
    for one in said.select_related("practice").order_by("practice__code"):
        found.setdefault((one.edition_id, one.clause_id), []).append(one.practice)
    return found


class AdoptForm(forms.Form):
    """How the clause enters the component, and the version of it that the editor saw."""

    way = forms.ChoiceField(label=gettext_lazy("Where"), choices=Way.choices, widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class AdoptClause(AnswersOnce, FormView):
    """What the component of the draft would say with the clause in it; adopted in one act."""

    template_name = "programs/clause_adopt.html"
    form_class = AdoptForm

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and self.clause and not self.drafts:
            raise PermissionDenied(_("Only a Rules editor with a draft can adopt a clause."))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def clause(self):
        return get_object_or_404(
            PublishedClause.objects.as_last_published().for_listing(),
            publication__edition__code=self.kwargs["code"],
            component__slug=self.kwargs["component"],
        )

    @cached_property
    def drafts(self):
        return [one for one in drafts_of(self.request.user) if one.pk != self.clause.publication.edition_id]

    @cached_property
    def draft(self):
        asked = self.request.GET.get("borrador", "")
        if not asked:
            return self.drafts[0]
        found = next((one for one in self.drafts if one.code == asked), None)
        if found is None:
            raise Http404
        return found

    @cached_property
    def says(self):
        return contents.read(self.draft)

    @cached_property
    def text(self):
        """The component that receives it: the one of the same slug unless another is asked for."""
        slug = self.request.GET.get("componente") or self.clause.component.slug
        found = self.says.text_of(slug) or self.says.texts[0]
        found.edition = self.draft
        return found

    @property
    def way(self):
        asked = self.request.GET.get("modo", "")
        return asked if asked in Way.values else Way.APPEND

    def get_initial(self):
        return {"way": self.way, "version": self.text.version}

    def get_context_data(self, **kwargs):
        proposal = commons.proposed(self.clause, self.text, self.way, self.says)
        shown = difference(lines(self.text.text), lines(proposal.html))
        return super().get_context_data(**kwargs) | {
            "clause": self.clause,
            "draft": self.draft,
            "drafts": self.drafts,
            "text": self.text,
            "texts": self.says.texts,
            "way": self.way,
            "ways": Way.choices,
            "proposal": proposal,
            "shown": shown,
        }

    def form_valid(self, form):
        try:
            proposal = commons.adopt(self.clause, self.text, by=self.request.user, **form.cleaned_data)
        except commons.CannotAdopt as refusal:
            del self.says, self.text
            form.add_error(None, str(refusal))
            form.data = form.data.copy()
            form.data["version"] = self.text.version
            return self.form_invalid(form)
        messages.success(self.request, _told(proposal))
        return redirect(reverse("programs:draft_component", args=[self.draft.code, self.text.component.slug]))


def _told(proposal):
    kept = _("The clause is adopted. Its source is named here and will be on the published page.")
    if not proposal.turned:
        return kept
    turned = "; ".join(shown for _token, shown in proposal.turned)
    return f"{kept} {_('Written out as plain text, because the draft does not hold the data:')} {turned}."


class KeepOurs(DraftView, TemplateView):
    """Leave a component as it is though the clause it was adopted from has changed."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        self.require_change()
        found = (origin for group in lineage.origins(self.edition).values() for origin in group)
        here = next((origin for origin in found if self._is_it(origin)), None)
        if here is None:
            raise Http404
        if here.newer:
            commons.keep_ours(here.adopted, newer=here.newer, by=request.user)
            messages.success(request, _("Your text stays as it is."))
        return redirect("programs:draft_component", self.edition.code, self.kwargs["component"])

    def _is_it(self, origin):
        source = origin.source
        return (origin.adopted.text.component.slug, source.edition.code, source.component.slug) == (
            self.kwargs["component"],
            self.kwargs["source"],
            self.kwargs["clause"],
        )
