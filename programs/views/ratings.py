"""Ratings by the rubric: the result for everybody, the assessor's path, the agency's replies, the years."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from accounts.acts import ActNotPossible
from documents import sheets
from programs import rating_results, signing
from programs.actions import ratings
from programs.models import Program, RatingMark
from programs.rating_forms import ReplyForm, SectionForm
from programs.views.assessment import OfEdition
from programs.views.guide_editing import Writing
from programs.views.public import EditionOfYear, public


@public
class RatingPage(EditionOfYear, TemplateView):
    """How planning rated a public edition, with the replies of its agency."""

    template_name = "programs/rating_public.html"

    def get_context_data(self, **kwargs):
        edition = self.get_object()
        last = rating_results.last_of(edition, self.request.user)
        result = last and rating_results.read(last)
        return TemplateView.get_context_data(self, edition=edition, result=result, **kwargs)


class OfRating(OfEdition):
    """The edition of the address and its rating that is under way, which planning alone sees."""

    @cached_property
    def may_rate(self):
        return self.request.user.has_perm("programs.rate_edition", self.edition)

    @cached_property
    def under_way(self):
        return rating_results.under_way(self.edition) if self.may_rate else None

    @cached_property
    def result(self):
        """The rating under way, read whole."""
        if self.under_way is None:
            raise Http404
        return rating_results.read(self.under_way)

    def get_context_data(self, **kwargs):
        return super().get_context_data(may_rate=self.may_rate, **kwargs)


class DraftRating(OfRating, TemplateView):
    """The rating of an edition for those who work on it: the last result, and what is under way."""

    template_name = "programs/rating_draft.html"

    def post(self, request, *args, **kwargs):
        try:
            ratings.begin(self.edition, by=request.user)
        except ratings.CannotRate as refusal:
            if not self.may_rate:
                raise PermissionDenied(str(refusal)) from refusal
            messages.error(request, str(refusal))
        return redirect("programs:draft_rating", self.edition.code)

    def get_context_data(self, **kwargs):
        last = rating_results.last_of(self.edition, self.request.user)
        return super().get_context_data(
            result=last and rating_results.read(last),
            under_way=self.under_way and self.result,
            may_reply=self.request.user.has_perm("programs.reply_rating", self.edition),
            **kwargs,
        )


class RateSection(OfRating, FormView):
    """One section, criterion by criterion. It is kept in any state; what is refused stays typed."""

    template_name = "programs/rating_section.html"
    form_class = SectionForm

    @cached_property
    def rows(self):
        return self.result.rows_of(self.kwargs["numeral"]) or self._absent()

    def _absent(self):
        raise Http404

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"rows": self.rows}

    def form_valid(self, form):
        try:
            ratings.mark(self.under_way, form.said(), by=self.request.user)
        except ratings.CannotRate as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("It is kept."))
        return redirect(self._next())

    def _next(self):
        """The next section of the rubric; after the last, the page of the rating."""
        numerals = [section.numeral for section, _rows, _score in self.result.sections]
        later = numerals[numerals.index(self.kwargs["numeral"]) + 1 :]
        if later:
            return reverse("programs:rate_section", args=[self.edition.code, later[0]])
        return reverse("programs:draft_rating", args=[self.edition.code])

    def get_context_data(self, **kwargs):
        section = self.rows[0][1].component.section
        return super().get_context_data(section=section, result=self.result, **kwargs)


class HandInRating(OfRating, TemplateView):
    """The last look before a rating is handed in."""

    template_name = "programs/rating_hand_in.html"

    def post(self, request, *args, **kwargs):
        try:
            ratings.hand_in(self.result.rating, by=request.user)
        except (ratings.CannotRate, ActNotPossible) as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The rating is handed in. The agency can reply to it."))
        return redirect("programs:draft_rating", self.edition.code)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            result=self.result, recipients=signing.answering(self.edition), **kwargs
        )


class ReplyToRating(OfEdition, Writing):
    """The agency replies to what one criterion got."""

    template_name = "programs/rating_reply.html"
    form_class = ReplyForm
    refused = (ratings.CannotReply,)

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.has_perm("programs.reply_rating", self.edition):
            raise PermissionDenied(_("Only the editor or the head of the agency replies to a rating."))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def mark(self):
        last = rating_results.last_of(self.edition, self.request.user)
        marks = RatingMark.objects.filter(rating=last).select_related(
            "criterion__component", "rating__edition__program__agency"
        )
        return get_object_or_404(marks, criterion__key=self.kwargs["criterion"])

    def get_initial(self):
        return {"text": self.mark.reply}

    def save(self, form):
        ratings.reply(self.mark, by=self.request.user, **form.cleaned_data)

    def get_success_url(self):
        page = reverse("programs:draft_rating", args=[self.edition.code])
        return f"{page}#{self.mark.criterion.key}"

    def get_context_data(self, **kwargs):
        return super().get_context_data(mark=self.mark, **kwargs)


class OfProgram:
    @cached_property
    def program(self):
        found = get_object_or_404(Program.objects.select_related("agency__body"), code=self.kwargs["code"])
        if not found.is_identified:
            raise Http404
        return found


@public
class RatedYears(OfProgram, TemplateView):
    """The editions of a program beside each other, component by component."""

    template_name = "programs/rating_years.html"

    def get_context_data(self, **kwargs):
        compared = rating_results.compare(self.program)
        return super().get_context_data(program=self.program, compared=compared, **kwargs)


@public
class RatedYearsCsv(OfProgram, View):
    """The same as a table: a line for each component and year."""

    def get(self, request, *args, **kwargs):
        return sheets.as_csv(HEADER, self._lines(), filename=f"valoraciones-{self.program.code}.csv")

    def _lines(self):
        compared = rating_results.compare(self.program)
        for slug, title, scores in compared.rows:
            for rating, score in zip(compared.ratings, scores, strict=True):
                if score:
                    yield self._line(rating, slug, title, score)

    def _line(self, rating, slug, title, score):
        said = (score.points, score.out_of, score.percent, rating.rubric.is_confirmed, rating.edition.is_demo)
        return [self.program.code, rating.year, slug, title, *said]


HEADER = [
    "program", "fiscal_year", "component", "title", "points", "out_of", "percent", "rubric_is_confirmed",
    "is_demo",
]  # fmt: skip
