"""Bringing a Word file into a draft: the upload, the report of what goes where, and what was written."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.generic import FormView

from documents.inspection import FileRefused
from jobs.idempotency import AnswersOnce
from jobs.models import Job
from programs import tables
from programs.actions import word_imports
from programs.models import WordImport
from programs.views.studio import DraftView
from programs.word import report
from programs.wordforms import ImportForm, WordForm

LATEST = 10


class ImportView(DraftView):
    """For whoever may change the draft."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            self.require_change()
        return super().dispatch(request, *args, **kwargs)


class ImportWord(ImportView, AnswersOnce, FormView):
    """Choose the Word file. It is received and read; the report comes next."""

    template_name = "programs/word_import_new.html"
    form_class = WordForm

    def form_valid(self, form):
        try:
            with transaction.atomic():
                received = word_imports.start(self.edition, form.cleaned_data["file"], by=self.request.user)
        except (FileRefused, word_imports.CannotImport) as refusal:
            form.add_error("file", str(refusal))
            return self.form_invalid(form)
        return redirect(received)

    def get_context_data(self, **kwargs):
        earlier = self.edition.word_imports.select_related("document", "requested_by", "edition")
        return super().get_context_data(**kwargs) | {"earlier": earlier[:LATEST]}


class WordReport(ImportView, FormView):
    """What was read and where it would go. Accepting it writes it; nothing is dropped without being said."""

    template_name = "programs/word_import.html"
    form_class = ImportForm

    @cached_property
    def received(self):
        every = WordImport.objects.select_related("document", "edition__program__agency", "accepted_by")
        return get_object_or_404(every, edition=self.edition, public_id=self.kwargs["public_id"])

    def get_form_kwargs(self):
        plan = self.received.plan or {"units": [], "tables": []}
        return super().get_form_kwargs() | {"plan": plan, "texts": self.contents.texts}

    def post(self, request, *args, **kwargs):
        if self.received.is_accepted or not self.received.is_read:
            return redirect(self.received)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            word_imports.accept(self.received, form.choices, by=self.request.user)
        except word_imports.CannotImport as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The document was brought into the draft."))
        return redirect(self.received)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        received, job = self.received, Job.objects.about(self.received.public_id).first()
        said = {
            "received": received,
            "job": job,
            "may_ask": bool(job and job.requested_by == self.request.user),
        }
        if received.is_accepted:
            said["written"] = self._written()
        elif received.is_read:
            said |= self._report(context["form"])
        return context | said

    def _written(self):
        titles = {text.component.slug: text.component for text in self.contents.texts}
        return [titles[slug] for slug in self.received.outcome["texts"] if slug in titles]

    def _report(self, form):
        plan, written = self.received.plan, {t.component.slug: t for t in self.contents.texts if t.text}
        return {
            "units": [self._unit(unit, form, plan, written) for unit in plan["units"]],
            "notes": report.notes(plan["notes"]),
            "figures": report.figures(plan),
            "overwritten": [written[slug].component for slug in report.placed(plan) if slug in written],
        }

    def _unit(self, unit, form, plan, written):
        held = [plan["tables"][part["table"]] for part in unit["parts"] if "table" in part]
        return unit | {
            "field": form[f"place_{unit['id']}"],
            "how_words": report.how(unit),
            "tone": report.tone(unit),
            "overwrites": unit["slug"] in written,
            "preview": [mark_safe(part["html"]) for part in unit["parts"] if "html" in part],
            "tables": [self._table(table, form) for table in held],
        }

    def _table(self, table, form):
        """A table that is data comes with its rows; another one as it stands."""
        said = {"html": mark_safe(table["html"]), "id": table["id"], "is_data": bool(table["model"])}
        if not table["model"]:
            return said
        model = tables.model_named(table["model"])
        return said | {
            "label": tables.capital(model._meta.verbose_name_plural),
            "header": table["header"],
            "unread": [table["header"][place] for place in table["unread"]],
            "rows": [report.row(row, table["header"]) for row in table["rows"]],
            "field": form[f"table_{table['id']}"],
            "fills": [form[f"fill_{table['id']}_{one['name']}"] for one in table["missing"]],
        }
