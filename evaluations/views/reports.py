"""Reports to the internal control body: made from a result, read by the comptroller alone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, View

from documents import responses
from evaluations.actions import reports
from evaluations.models import ControlReport
from evaluations.remedy_forms import ConcludeForm, ReportForm
from evaluations.views.ofcall import tried
from evaluations.views.remedies import Filing
from programs.models import Remedy


class FileReport(Filing):
    """Report to the internal control body; without a name where the Rules let it."""

    permission, kinds = "evaluations.file_report", (Remedy.Kind.INTERNAL_CONTROL,)
    form_class = ReportForm
    template_name = "evaluations/report_file.html"
    refusal = gettext_lazy("Reports are made by the people of the organization.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"allows_anonymous": self.remedy.allows_anonymous}

    def act(self, form):
        given = form.cleaned_data
        return reports.file(
            self.application, self.remedy, given["text"], by=self.request.user, key=given["key"],
            anonymous=given.get("anonymous", False), files=form.files_given(),
        )  # fmt: skip

    def gone_to(self, report):
        words = _("The comptroller received your report with the folio %(folio)s.") % {"folio": report.folio}
        if not report.is_anonymous:
            messages.success(self.request, words)
            return redirect(report)
        note = _("Note it down: your name was not kept, so it is shown nowhere again.")
        messages.success(self.request, f"{words} {note}")
        return redirect("evaluations:what_now", public_id=self.application.public_id)


class Reports(ListView):
    """The reports that the comptroller reads, those that wait first. For nobody else there is such a page."""

    template_name = "evaluations/report_list.html"
    context_object_name = "reports"
    paginate_by = 20

    def get_queryset(self):
        if not self.request.user.has_perm("evaluations.control_reports", None):
            raise Http404
        visible = ControlReport.objects.visible_to(self.request.user).select_related("call")
        waiting_first = F("concluded_at").asc(nulls_first=True)
        return visible.order_by(waiting_first, F("due_on").asc(nulls_last=True), "pk")


class OfReport(View):
    """A report, for the comptroller and for whoever gave their name in it."""

    @cached_property
    def report(self):
        visible = ControlReport.objects.visible_to(self.request.user)
        found = visible.select_related("call", "remedy", "filed_by", "application__organization__body")
        found = found.prefetch_related("files__document")
        return get_object_or_404(found, public_id=self.kwargs["public_id"])

    @cached_property
    def controls(self):
        return self.request.user.has_perm("evaluations.control_reports", self.report)


class ReportPage(OfReport):
    """What was reported and how it was concluded; the comptroller concludes it here."""

    def get(self, request, public_id):
        return self.page(ConcludeForm() if self.controls and not self.report.is_concluded else None)

    def post(self, request, public_id):
        if not (self.report and self.controls):
            raise PermissionDenied(_("Reports are concluded by the comptroller."))
        form = ConcludeForm(request.POST)
        if form.is_valid() and tried(form, reports.CannotFile, lambda: self.act(form)):
            messages.success(request, _("The report is concluded."))
            return redirect(self.report)
        return self.page(form, status=422)

    def act(self, form):
        reports.conclude(self.report, by=self.request.user, conclusion=form.cleaned_data["conclusion"])

    def page(self, form, status=200):
        shown = {"report": self.report, "form": form, "controls": self.controls}
        return render(self.request, "evaluations/report.html", shown, status=status)


class ReportAttachment(OfReport):
    """A file that came with a report."""

    http_method_names = ["get", "head"]

    def get(self, request, public_id, number):
        found = next((one for one in self.report.files.all() if one.number == number), None)
        if found is None:
            raise Http404
        return responses.serve(found.document, reader=request.user, inline=True)
