"""Reopened reviews, with what was changed; and how an evaluator scored, for their own eyes."""

from django.http import Http404
from django.views.generic import ListView, TemplateView

from evaluations import own, versions
from evaluations.models import HandedIn, Review
from evaluations.views.ofcall import OfCall
from evaluations.views.sheets import OfPool


class Reopenings(OfCall, ListView):
    """Which reviews were reopened, when and why, by alias: for the chair and the comptroller."""

    permission_required = "evaluations.see_reopenings"
    template_name = "evaluations/reopenings.html"
    context_object_name = "reopened"
    paginate_by = 30

    def get_queryset(self):
        return versions.reopened_in(self.call, self.request.user)


class Changes(OfCall, TemplateView):
    """What changed in one review after it was reopened, once it was handed in again."""

    permission_required = "evaluations.see_reopenings"
    template_name = "evaluations/review_changes.html"

    def get_context_data(self, **kwargs):
        review = self._review()
        found = [] if review.is_editable else versions.all_of(review)
        return super().get_context_data(
            review=review, versions=found, rows=versions.compared(self.call, found), **kwargs
        )

    def _review(self):
        shown = HandedIn.objects.of_call(self.call).reopened().shown_to(self.request.user)
        mine = Review.objects.filter(pk__in=shown.values("review")).select_related("assignment")
        review = mine.filter(assignment__alias=self.kwargs["alias"]).first()
        if review is None:
            raise Http404
        return review


class OwnScores(OfPool, TemplateView):
    """How one scored: the levels one gave, file by file by one's own aliases."""

    template_name = "evaluations/own_scores.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(own=own.of(self.call, self.request.user), **kwargs)
