"""Drafting: the editions I may read, a new one, and the text of each component."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, ListView, TemplateView

from accounts.dates import local_clock
from programs import burden, practice_checks, references, signing, tables
from programs.actions import drafting
from programs.actions.editions import CannotStart, start_draft
from programs.draftforms import NewDraftForm, NotApplicableForm, TextForm
from programs.models import Assessment, ComponentText, Criterion, Practice, Program, Requirement
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
            visible = visible.filter(state=state)
        return visible.for_listing().prefetch_related("signoffs").newest_first()

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
            edition = start_draft(by=self.request.user, **form.cleaned_data)
        except CannotStart as refusal:
            form.add_error("fiscal_year", str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The draft %(code)s was started.") % {"code": edition.code})
        return redirect("programs:draft", edition.code)


class Studio(DraftView, TemplateView):
    """A component of the edition: its text, its data, its checks and its practices."""

    template_name = "programs/drafting_studio.html"

    @cached_property
    def text(self):
        slug = self.kwargs.get("component")
        found = self.contents.text_of(slug) if slug else next(iter(self.contents.texts), None)
        return found or get_object_or_404(self.edition.texts, component__slug=slug or "")

    def post(self, request, *args, **kwargs):
        """Save the text. A form in the page goes on to the page; the autosave is answered in JSON."""
        self.text = self._text_alone()
        form = TextForm(request.POST)
        if not form.is_valid():
            return self._refuse(form.errors.as_text(), status=400)
        try:
            drafting.save_text(self.text, by=request.user, **form.cleaned_data)
        except drafting.StaleText as refusal:
            return self._compare(refusal)
        except drafting.CannotWrite as refusal:
            return self._refuse(str(refusal), status=403)
        return self._saved()

    def _text_alone(self):
        """The component to be saved, without reading the rest of the edition."""
        texts = ComponentText.objects.select_related("component", "edition__program", "saved_by")
        return get_object_or_404(
            texts.filter(edition__in=drafts_visible_to(self.request.user)),
            edition__code=self.kwargs["code"],
            component__slug=self.kwargs["component"],
        )

    @property
    def is_autosave(self):
        return self.request.headers.get("X-Autosave") == "1"

    @property
    def page(self):
        return reverse("programs:draft_component", args=[self.kwargs["code"], self.text.component.slug])

    def _saved(self):
        if self.is_autosave:
            return JsonResponse(
                {"version": str(self.text.version), "saved_at": local_clock(self.text.saved_at)}
            )
        messages.success(self.request, _("The text is saved."))
        return redirect(f"{self.page}?guardado={self.text.version}")

    def _saved_version(self):
        """The version that this page has just saved: what the device kept of earlier ones may go."""
        said = self.request.GET.get("guardado", "")
        return int(said) if said.isdecimal() and len(said) < 9 else ""

    def _refuse(self, message, *, status):
        if self.is_autosave:
            return JsonResponse({"message": message}, status=status)
        raise PermissionDenied(message)

    def _compare(self, refusal):
        """Both texts side by side: what was saved meanwhile, and what was typed here."""
        if self.is_autosave:
            return JsonResponse({"message": str(refusal), "stale": True}, status=409)
        form = TextForm(initial={"html": refusal.mine, "version": refusal.saved.version})
        says = {"edition": self.edition, "text": refusal.saved, "form": form, "page": self.page}
        says["theirs"] = references.resolved(refusal.saved.text, self.contents)
        says["mine"] = references.resolved(refusal.mine, self.contents)
        return render(self.request, "programs/drafting_compare.html", says, status=409)

    def get_context_data(self, **kwargs):
        text, component = self.text, self.text.component
        here = [one for one in self.findings if self.slug_of(one.finding) == component.slug]
        sections = self.sections(component.slug)
        return super().get_context_data(**kwargs) | {
            "text": text,
            "component": component,
            "sections": sections,
            "done_count": sum(part["is_done"] for each in sections for part in each["parts"]),
            "contents_total": len(self.contents.texts),
            "saved_version": self._saved_version(),
            "form": TextForm(initial={"html": text.text, "version": text.version}),
            "shown": references.resolved(text.text, self.contents),
            "not_applicable_form": NotApplicableForm(
                auto_id="id_na_%s", initial={"reason": text.not_applicable_reason, "version": text.version}
            ),
            "blocks": [
                self._block(table, here) for table in tables.tables_of(component, self.contents, reading=True)
            ],
            "findings": here,
            "practices": self._practices(component),
            "data_menu": references.menu(self.contents),
            "burden": self._burden(component),
        }

    def _block(self, table, here):
        name = tables.block_of(table.model)
        levels = {}
        if table.model is Criterion:
            levels = {line.row.key: tables.levels_of(line.row, self.contents) for line in table.lines}
        first = table.model is tables.BLOCKS[name][0]
        return {
            "anchor": f"block-{name}" if first else f"block-{name}-{table.model_name}",
            "table": table,
            "add_url": reverse("programs:row_add", args=[self.edition.code, table.model_name]),
            "may_add": not (table.is_single and table.lines),
            "lines": [_line(line, levels) for line in table.lines],
            "findings": [one for one in here if first and one.finding.found.block == name],
        }

    def _burden(self, component):
        """What the requirements ask of an organization, where they are written."""
        held = Requirement in self.contents.blocks_of(component)
        return burden.of(self.contents.rows(Requirement)) if held else None

    def _practices(self, component):
        """The practices that live in this component, with what the edition declares of each."""
        said = {one.practice_id: one for one in Assessment.objects.filter(edition=self.edition)}
        every = Practice.objects.order_by("code")
        here = [practice for practice in every if component.slug in practice.components]
        seen = practice_checks.run(self.contents)
        return [{"practice": one, "assessment": said.get(one.pk), "seen": seen.get(one.code)} for one in here]


def _line(line, levels):
    table = levels.get(line.row.key)
    return {
        "row": line.row,
        "cells": line.cells,
        "levels": table,
        "weight": getattr(line.row, "weight", None),
    }


class NotApplicable(DraftView, TemplateView):
    """Say why a component does not apply, or that it does after all."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        self.require_change()
        text = get_object_or_404(
            self.edition.texts.select_related("component", "edition__program"),
            component__slug=kwargs["component"],
        )
        form = NotApplicableForm(request.POST)
        if form.is_valid():
            self._mark(text, form)
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
