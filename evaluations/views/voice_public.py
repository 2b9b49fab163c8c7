"""How organizations were heard after the results, by call and by agency: numbers for anybody."""

from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe
from django.views.generic import ListView

from calls.models import Call
from documents import sheets
from evaluations import feedback_figures, remedy_figures
from evaluations.models import FeedbackReason


def calls_with_results():
    return Call.objects.with_results().with_program().order_by("-released_at", "-pk")


@method_decorator(login_not_required, name="dispatch")
class Voice(ListView):
    """Each call with results, twenty a page, then the agencies; a count under five is left out."""

    template_name = "evaluations/voice.html"
    context_object_name = "calls"
    paginate_by = 20

    def get_queryset(self):
        return calls_with_results()

    def get_context_data(self, **kwargs):
        shown = super().get_context_data(**kwargs)
        counted, filed = feedback_figures.counted(), remedy_figures.counted(shown["calls"])
        shown["rows"] = [
            {
                "call": call,
                "feedback": _figures_of(counted, call.pk),
                "remedies": _in_words(remedy_figures.figures(filed.get(call.pk))),
            }
            for call in shown["calls"]
        ]
        shown["ends"] = remedy_figures.ENDS
        shown["agencies"] = agencies(counted)
        shown["reasons"] = FeedbackReason.choices
        return shown


def _figures_of(counted, call):
    return feedback_figures.figures(counted.get(call, feedback_figures.Counted()))


def _in_words(shown):
    """Each count of remedies with what it counts."""
    labels = {"total": _("Remedies filed"), **remedy_figures.ENDS}
    return [(labels[name], count) for name, count in shown.items()]


def agencies(counted):
    """The calls of each agency together, in the order of their acronyms."""
    named = Call.objects.filter(pk__in=counted).values_list(
        "pk", "publication__edition__program__agency__acronym"
    )
    found = {}
    for call, acronym in named.order_by("publication__edition__program__agency__acronym", "pk"):
        found.setdefault(acronym, []).append(counted[call])
    return [_agency(acronym, feedback_figures.of_several(several)) for acronym, several in found.items()]


def _agency(acronym, shown):
    labels = dict(FeedbackReason.choices)
    reasons = [(count, labels[reason]) for reason, count in shown.reasons.items()]
    return {"acronym": acronym, "feedback": shown, "reasons": reasons}


@require_safe
@login_not_required
def voice_csv(request):
    """The same by call, as a sheet; what is left out is an empty cell."""
    counted, filed = feedback_figures.counted(), remedy_figures.counted()
    header = [
        _("Call"), _("Agency"), _("Fiscal year"), pgettext("feedback", "Asked"),
        pgettext("feedback", "Answered"), pgettext("feedback", "Open"), _("Late"),
        _("Median, in business days"), _("90th percentile, in business days"),
        *FeedbackReason.labels, _("Remedies filed"),
        *(_("Remedies: %(end)s") % {"end": end} for end in remedy_figures.ENDS.values()),
    ]  # fmt: skip
    lines = (
        [*_line(call, _figures_of(counted, call.pk)), *remedy_figures.figures(filed.get(call.pk)).values()]
        for call in calls_with_results()
    )
    return sheets.as_csv(header, lines, filename="retroalimentacion.csv")


def _line(call, shown):
    edition = call.publication.edition
    return [
        call.folio, edition.program.agency.acronym, edition.fiscal_year, shown.total, shown.answered,
        shown.open, shown.late, shown.median_days, shown.p90_days, *shown.reasons.values(),
    ]  # fmt: skip
