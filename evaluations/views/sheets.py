"""The offline sheet: downloaded with one's own queue, filled in without a connection, uploaded again."""

import io

from django import forms
from django.contrib import messages
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, View

from documents import inspection, responses, sheets
from documents.forms import CheckedFileField
from documents.inspection import FileRefused
from evaluations import calibrating, offline
from evaluations.actions import sheets as acts
from evaluations.actions.reviews import SampleOwed
from evaluations.actions.sheets import Fate
from evaluations.views.ofcall import OfCall


class SheetForm(forms.Form):
    """The sheet, filled in."""

    file = CheckedFileField(label=gettext_lazy("The sheet, filled in"), allowed=("xlsx",))


class OfPool(OfCall):
    """A page for the evaluators of a call, about their own files alone."""

    permission_required = "evaluations.work_in_pool"


class OfQueue(OfPool):
    """One's real files: whoever owes the sample of the call is sent to it first."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and calibrating.is_owed(self.call, request.user):
            messages.info(request, str(SampleOwed()))
            return self.go("evaluations:sample")
        return super().dispatch(request, *args, **kwargs)


@method_decorator(never_cache, name="dispatch")
class Sheet(OfQueue, FormView):
    """Download and upload, with the report of what became of each row."""

    form_class = SheetForm
    template_name = "evaluations/sheet.html"

    def get_context_data(self, **kwargs):
        waiting = offline.open_files(self.call, self.request.user).count()
        return super().get_context_data(waiting=waiting, **kwargs)

    def form_valid(self, form):
        try:
            rows = inspection.rows_of(form.cleaned_data["file"])
            told = acts.take(self.call, acts.lines_of(rows), by=self.request.user)
        except (FileRefused, acts.CannotRead) as refusal:
            form.add_error("file", str(refusal))
            return self.form_invalid(form)
        return self.render_to_response(self.get_context_data(form=SheetForm(), report=_report(told)))

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


def _report(told):
    refused = [one for one in told if one.fate is Fate.REFUSED]
    taken = [one for one in told if one.fate is Fate.TAKEN]
    return {
        "refused": refused,
        "taken": taken,
        "same": len(told) - len(refused) - len(taken),
        "is_clean": not refused,
    }


class SheetFile(OfQueue, View):
    """The sheet itself."""

    http_method_names = ["get", "head"]

    def get(self, request, folio):
        file = io.BytesIO()
        offline.workbook(self.call, request.user).save(file)
        file.seek(0)
        response = responses.as_download(
            sheets.FileResponse(file, content_type=sheets.XLSX), f"hoja-{self.call.folio}.xlsx"
        )
        response["Content-Length"] = len(file.getbuffer())
        return response
