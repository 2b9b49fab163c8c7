"""Drafting: the editions I may read, a new one, and the whole of one as it would be read."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, ListView, TemplateView

from documents.inspection import FileRefused
from programs import references, signing, tables
from programs.actions import drafting, word_imports
from programs.actions.editions import CannotStart, start_draft
from programs.draftforms import NewDraftForm, NotApplicableForm
from programs.models import Program
from programs.rules import drafts_visible_to
from programs.states import EditionState
from programs.views.studio import DraftView


class DraftList(ListView):
    """The editions that I draft, sign or publish, by state; whose turn each one waits for."""

    template_name = "programs/drafting_list.html"
    context_object_name = "editions"
    paginate_by = 25

    def get_queryset(self):
        visible = drafts_visible_to(self.request.user).exclude(state=EditionState.RECORDED)
        if (state := self.request.GET.get("state")) in EditionState.values:
            visible = visible.at_stage(state)
        return visible.for_listing().prefetch_related("signoffs", "amendments").newest_first()

    @cached_property
    def programs(self):
        """The programs whose Rules I may draft."""
        return Program.objects.filter(pk__in=signing.programs_drafted_by(self.request.user))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        mine = signing.steps_of(self.request.user)
        context["rows"] = [_waiting(edition, mine) for edition in context["editions"]]
        context["states"] = [
            (state.value, state.label) for state in EditionState if state != EditionState.RECORDED
        ]
        context["may_start"] = self.programs.exists()
        return context


def _waiting(edition, mine):
    step = signing.next_step(edition, edition.signoffs.all())
    return {
        "edition": edition,
        "amendment": edition.open_amendment(),
        "stage": edition.stage(),
        "step": step,
        "is_mine": bool(step) and signing.is_among(edition, step, mine),
    }


class NewDraft(FormView):
    """Start the Rules of a program for a year, empty or on an earlier edition's text."""

    template_name = "programs/drafting_new.html"
    form_class = NewDraftForm

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not signing.programs_drafted_by(request.user).exists():
            raise PermissionDenied(_("Only a Rules editor of an agency can start an edition."))
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        programs = Program.objects.filter(pk__in=signing.programs_drafted_by(self.request.user))
        return super().get_form_kwargs() | {"programs": programs}

    def form_valid(self, form):
        try:
            edition, received = self._start(**form.cleaned_data)
        except CannotStart as refusal:
            form.add_error("fiscal_year", str(refusal))
            return self.form_invalid(form)
        except FileRefused as refusal:
            form.add_error("word", str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The draft %(code)s was started.") % {"code": edition.code})
        return redirect(received or reverse("programs:draft", args=[edition.code]))

    @transaction.atomic
    def _start(self, *, word, **values):
        """The draft and, where it begins with a Word document, that document received: both or neither."""
        edition = start_draft(by=self.request.user, **values)
        return edition, word_imports.start(edition, word, by=self.request.user) if word else None


class NotApplicable(DraftView, TemplateView):
    """Say why a component does not apply, or that it does after all."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        self.require_change()
        form = NotApplicableForm(request.POST)
        if form.is_valid():
            self._mark(self.text, form)
        return redirect("programs:draft_component", self.edition.code, kwargs["component"])

    def _mark(self, text, form):
        try:
            drafting.mark_not_applicable(text, by=self.request.user, **form.cleaned_data)
        except drafting.CannotWrite as refusal:
            messages.error(self.request, str(refusal))
        else:
            messages.success(self.request, _("It is kept."))


class Preview(DraftView, TemplateView):
    """The whole edition as it would be published, references showing their data."""

    template_name = "programs/drafting_preview.html"

    def get_context_data(self, **kwargs):
        parts = [
            {
                "component": text.component,
                "text": text,
                "html": references.resolved(text.text, self.contents),
                "tables": self._numbered(text.component),
            }
            for text in self.contents.texts
        ]
        return super().get_context_data(**kwargs) | {"parts": parts}

    def _numbered(self, component):
        """The tables of a component that hold something, numbered: two components may share a block."""
        held = [one for one in tables.tables_of(component, self.contents, reading=True) if one.lines]
        return [replace(table, label=f"{component.number}. {table.label}") for table in held]
