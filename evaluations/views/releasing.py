"""The release of results: everything that will be published and sent, read before the one act."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, View

from accounts.acts import ActNotPossible
from accounts.dates import moment_in_words
from evaluations import previews, standing
from evaluations.actions import embargoes, releasing
from evaluations.models import Embargo
from evaluations.release_forms import ReleaseForm
from evaluations.views.ofcall import OfCall, tried

ON_A_PAGE = 25


class Release(OfCall, FormView):
    """Totals, the public page as it will be, every notice word by word by pages; then now or at a minute."""

    permission_required = "evaluations.release_results"
    form_class = ReleaseForm
    template_name = "evaluations/release.html"

    @cached_property
    def pending(self):
        """But for the files that this head is barred from: they are in no list and in no total."""
        return list(previews.pending(self.call).exclude(application__barred__user=self.request.user))

    def get_context_data(self, **kwargs):
        call, people = self.call, previews.people_of(self.pending)
        page = Paginator(self.pending, ON_A_PAGE).get_page(self.request.GET.get("page"))
        totals, last = previews.totals(self.pending, people), Embargo.objects.filter(call=call).last()
        return super().get_context_data(
            released=call.has_results, lacking=releasing.lacking(call),
            embargo=last if last and last.state == "set" else None,
            failed=last if last and last.state == "failed" else None,
            page=page, rows=previews.rows(call, page.object_list, people),
            criteria=standing.criteria_of(call),
            totals=totals, recipients=_recipients(totals), people=sum(one.people for one in totals),
            **self._counts(), **kwargs,
        )  # fmt: skip

    def _counts(self):
        in_play, pending = standing.in_play(self.call).count(), self.pending
        explained = sum(bool(ruling.reasons and ruling.legal_basis) for ruling in pending)
        return {
            "in_play": in_play,
            "explained": explained,
            "percent": 100 * explained // in_play if in_play else 0,
            "awarded": sum(ruling.amount or 0 for ruling in pending),
            "budget": standing.budget_of(self.call),
        }

    def form_valid(self, form):
        given, by = form.cleaned_data, self.request.user

        def act():
            if given["release_at"]:
                embargoes.set_for(self.call, release_at=given["release_at"], by=by, reason=given["reason"])
            else:
                releasing.release(self.call, by=by, reason=given["reason"])

        if not tried(form, (releasing.CannotRelease, embargoes.CannotSet), act, "reason"):
            return self.form_invalid(form)
        return self._done(given["release_at"])

    def _done(self, release_at):
        if release_at:
            when = moment_in_words(release_at)
            return self.go(
                "evaluations:release", _("The results will be released on %(when)s.") % {"when": when}
            )
        done = _("Results are public. Everybody was told; letters are being made.")
        return self.go("evaluations:call_results", done)


def _recipients(totals):
    """Whom the notices go to, in groups."""
    return [
        _("%(outcome)s: %(people)s") % {"outcome": one.label, "people": one.people}
        for one in totals
        if one.people
    ]


class CancelEmbargo(OfCall, View):
    """Take back the minute."""

    permission_required = "evaluations.release_results"
    http_method_names = ["post"]

    def post(self, request, folio):
        embargo = embargoes.standing_of(self.call)
        if embargo is None:
            raise Http404
        try:
            embargoes.cancel(embargo, by=request.user)
        except ActNotPossible as refusal:
            messages.error(request, str(refusal))
            return self.go("evaluations:release")
        return self.go("evaluations:release", _("The minute was taken back. Nothing was released."))
