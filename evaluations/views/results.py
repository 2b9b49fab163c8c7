"""Results: what everybody reads once they are released."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Count, Q, Sum
from django.http import Http404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import ListView, TemplateView

from calls.models import Call
from documents.models import Rendering
from evaluations import register, reserve, standing
from evaluations.actions import releasing
from evaluations.scorecards import points_by_criterion
from evaluations.views.ofcall import OfCall, status_url
from jobs.models import Job


@method_decorator(login_not_required, name="dispatch")
class Results(ListView):
    """The calls whose results were released, the latest first."""

    template_name = "evaluations/results_list.html"
    context_object_name = "calls"
    paginate_by = 20

    def get_queryset(self):
        released = Q(rulings__state="released")
        return (
            Call.objects.with_results()
            .with_program()
            .annotate(
                files=Count("rulings", filter=released),
                awarded=Count("rulings", filter=released & Q(rulings__outcome="award")),
                amount=Sum("rulings__amount", filter=released),
            )
            .order_by("-released_at", "-pk")
        )


@method_decorator(login_not_required, name="dispatch")
class CallResults(TemplateView):
    """The ranking with scores by criterion, amounts, reasons, reserve list, minutes and recusals."""

    template_name = "evaluations/call_results.html"
    page_size = 50

    def get_context_data(self, **kwargs):
        call = Call.objects.with_results().filter(folio=self.kwargs["folio"]).with_program().first()
        if call is None:
            raise Http404
        released = register.released_rulings(call)
        page = Paginator(released, self.page_size).get_page(self.request.GET.get("page"))
        points, criteria = points_by_criterion(call), standing.criteria_of(call)
        changes = register.changes_by_application(call)
        sessions = register.sessions_of(call)
        user = self.request.user
        runs = user.is_authenticated and user.has_perm("evaluations.coordinate_evaluation", call)
        letters = _batch(call) if runs else None
        return super().get_context_data(
            call=call,
            page=page,
            rows=[
                {
                    "ruling": r,
                    "changes": changes.get(r.application_id, []),
                    "points": list(zip(criteria, points.get(r.application_id, []), strict=False)),
                }
                for r in page
            ],
            criteria=criteria,
            rule=standing.scoring_rule(call),
            budget=standing.budget_of(call),
            totals=_totals(released),
            reserve=sorted((r for r in released if r.reserve_order), key=lambda r: r.reserve_order),
            recusals=register.recusals(call),
            changes=reserve.changes_of(call),
            may_promote=user.is_authenticated and user.has_perm("evaluations.promote_reserve", call),
            list_pdf=Rendering.objects.of("results_list", call.folio).current().first(),
            minutes=_minutes(sessions),
            letters=letters,
            letters_status=status_url(letters, user),
            **kwargs,
        )


def _totals(released):
    return {
        "files": len(released),
        "awarded": sum(r.outcome == "award" for r in released),
        "amount": sum(r.amount or 0 for r in released),
    }


def _minutes(sessions):
    """The minutes of each session as they were released."""
    folios = [session.folio for session in sessions]
    found = Rendering.objects.filter(kind="session_minutes", subject_id__in=folios, is_public=True).current()
    return list(found.order_by("subject_id"))


def _batch(call):
    """The job that makes the letters, for those who coordinate."""
    return Job.objects.filter(subject=call.folio, task="evaluations.render_letters").first()


class LettersAgain(OfCall):
    """Put the batch of letters in line again: what is made already is passed over."""

    permission_required = "evaluations.coordinate_evaluation"
    http_method_names = ["post"]

    def post(self, request, folio):
        if not self.call.has_results:
            raise Http404
        releasing.ask_for_letters_again(self.call, by=request.user)
        return self.go("evaluations:call_results", _("The letters were put in line again."))
