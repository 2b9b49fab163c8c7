"""Writing a component: the screen, the saving, and the joining of two texts."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Subquery
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.dates import local_clock
from programs import burden, lineage, readability, references, tables, variables
from programs.actions import drafting
from programs.draftforms import NotApplicableForm, TextForm, VersionForm
from programs.models import AgencyDuty, ComponentText, Criterion, LockLevel, Requirement
from programs.rules import drafts_visible_to
from programs.states import EditionState
from programs.views.company import company
from programs.views.presence import people_here
from programs.views.studio import DraftView


class Writes(DraftView):
    """Whatever saves a component: read alone, answered to a page or to its autosave."""

    @cached_property
    def text(self):
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

    def saved(self, text):
        messages.success(self.request, _("The text is saved."))
        return redirect(f"{self.page}?guardado={text.version}")

    def refuse(self, message, *, status):
        if self.is_autosave:
            return JsonResponse({"message": message}, status=status)
        raise PermissionDenied(message)

    def offer_to_join(self, refusal):
        """Both texts, paragraph by paragraph: what is settled, and what a person has to choose."""
        says = {
            "edition": self.edition,
            "text": refusal.saved,
            "page": self.page,
            "form": VersionForm(initial={"version": refusal.saved.version}),
            "pieces": [self._piece(piece, "html") for piece in refusal.merge.pieces],
            "summary_pieces": [self._piece(piece, "summary") for piece in refusal.summary_merge.pieces],
            "conflicts": len(refusal.merge.conflicts) + len(refusal.summary_merge.conflicts),
        }
        return render(self.request, "programs/drafting_join.html", says, status=409)

    def _piece(self, piece, field):
        show = (lambda html: references.resolved(html, self.contents)) if field == "html" else str
        return {
            "piece": piece,
            "shown": show(piece.html),
            "theirs": show(piece.theirs),
            "mine": show(piece.mine),
            "both": "\n".join(filter(None, [piece.theirs, piece.mine])),
        }


class Studio(Writes, TemplateView):
    """A component of the edition: its text, its data, its checks, and what keeps it company."""

    template_name = "programs/drafting_studio.html"

    @cached_property
    def edition(self):
        """With the agency that keeps the Guide today (whoever locks its components) and a newer Guide."""
        visible = self.visible.with_newer_guide()
        keepers = AgencyDuty.objects.current().of_kind(AgencyDuty.Kind.GUIDES)
        keeper = keepers.order_by("pk").values("agency__body__name_es")[:1]
        return get_object_or_404(visible.annotate(guide_agency=Subquery(keeper)), code=self.kwargs["code"])

    def get(self, request, *args, **kwargs):
        slug = kwargs.get("component")
        found = self.contents.text_of(slug) if slug else next(iter(self.contents.texts), None)
        self.text = found or get_object_or_404(self.edition.texts, component__slug=slug or "")
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        """Save the text. A form in the page goes on to the page; the autosave is answered in JSON."""
        text, form = self.text, TextForm(request.POST)
        if not form.is_valid():
            return self.refuse(form.errors.as_text(), status=400)
        try:
            return self._autosave(text, form) if self.is_autosave else self._save(text, form)
        except drafting.StaleText as refusal:
            if self.is_autosave:
                return JsonResponse({"message": str(refusal), "stale": True}, status=409)
            return self.offer_to_join(refusal)
        except drafting.CannotWrite as refusal:
            return self.refuse(str(refusal), status=403)

    def _save(self, text, form):
        return self.saved(drafting.save_text(text, by=self.request.user, **form.text()))

    def _autosave(self, text, form):
        hand = drafting.Hand(form.cleaned_data["writer"], form.cleaned_data["turn"] or 0)
        saved = drafting.save_or_join(text, by=self.request.user, hand=hand, **form.text())
        return JsonResponse(_told(saved))

    def _saved_version(self):
        """The version that this page has just saved: what the device kept of earlier ones may go."""
        said = self.request.GET.get("guardado", "")
        return int(said) if said.isdecimal() and len(said) < 9 else ""

    def get_context_data(self, **kwargs):
        text, component = self.text, self.text.component
        here = [one for one in self.findings if self.slug_of(one.finding) == component.slug]
        sections = self.sections(component.slug)
        may_write = self.may_change and component.lock_level == LockLevel.FREE
        return super().get_context_data(**kwargs) | {
            "text": text,
            "component": component,
            "sections": sections,
            "done_count": sum(part["is_done"] for each in sections for part in each["parts"]),
            "newer_guide": self.edition.state == EditionState.DRAFT and self.edition.newer_guide_year,
            "contents_total": len(self.contents.texts),
            "saved_version": self._saved_version(),
            "may_write": may_write,
            "form": TextForm.of(text) if may_write else None,
            "shown": (shown := references.resolved(text.text, self.contents)),
            "reading": readability.read(shown),
            "lock": self._lock(component),
            "not_applicable_form": NotApplicableForm.of(text),
            "blocks": [self._block(table, here) for table in self._tables(component)],
            "findings": here,
            "data_menu": references.menu(self.contents) if may_write else {},
            "people": people_here(text, self.request.user),
            "company": company(self, text),
            "burden": self._burden(component),
            "origins": lineage.origins(self.edition).get(text.pk, []),
        }

    def _tables(self, component):
        return tables.tables_of(component, self.contents, reading=True)

    def _burden(self, component):
        """What the requirements ask of an organization, where they are written."""
        held = Requirement in self.contents.blocks_of(component)
        return burden.of(self.contents.rows(Requirement)) if held else None

    def _lock(self, component):
        """Who locked the component and why, and the variables that it leaves free."""
        if component.lock_level == LockLevel.FREE:
            return None
        names = variables.names_in(component.model_text)
        has_variables = component.lock_level == LockLevel.VARIABLES
        return {
            "by": self.edition.guide_agency or "",
            "is_whole": not has_variables,
            "is_as_the_guide": self.text.text == drafting.model_text_of(component, self.text.values),
            "fields": [(f"value-{n}", name, self.text.values.get(name, "")) for n, name in enumerate(names)]
            if has_variables
            else [],
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


def _line(line, levels):
    table = levels.get(line.row.key)
    return {
        "row": line.row,
        "cells": line.cells,
        "levels": table,
        "weight": getattr(line.row, "weight", None),
    }


def _told(saved):
    """What the page is told: the version it now writes on, and the text when it is not what it sent."""
    text = saved.text
    said = {"saved_at": local_clock(text.saved_at, seconds=True)}
    if not saved.is_overtaken:
        said["version"] = str(text.version)
    if saved.is_joined:
        said["values"] = {"html": text.text, "summary": text.summary}
        said["words"] = _("Joined with what somebody else saved, at")
    return said


class Join(Writes, TemplateView):
    """Save two texts joined: what was settled, and of each conflict what the person chose."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        form = VersionForm(request.POST)
        if not form.is_valid():
            return redirect(self.page)
        joined = {"html": self._chosen("html"), "summary": self._chosen("summary")}
        try:
            text = drafting.save_text(
                self.text, by=request.user, origin=drafting.Origin.MERGED, **form.cleaned_data, **joined
            )
        except drafting.StaleText as refusal:
            return self.offer_to_join(refusal)
        except drafting.CannotWrite as refusal:
            return self.refuse(str(refusal), status=403)
        return self.saved(text)

    def _chosen(self, field):
        """The pieces in their order. Where nothing was chosen both stay: nothing is lost by forgetting."""
        said, parts = self.request.POST, []
        for number in range(len(said.getlist(f"{field}-place"))):
            at = f"{field}-{number}"
            choice = said.get(f"{at}-choice", "settled" if f"{at}-settled" in said else "both")
            both = "\n".join(filter(None, [said.get(f"{at}-theirs", ""), said.get(f"{at}-mine", "")]))
            parts.append(both if choice == "both" else said.get(f"{at}-{choice}", ""))
        return "".join(parts)


class Values(Writes, TemplateView):
    """Fill in the variables that the Guide leaves free, or take the Guide's text again."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        form = VersionForm(request.POST)
        if not form.is_valid():
            return redirect(self.page)
        try:
            return self.saved(self._write(form.cleaned_data["version"]))
        except drafting.StaleText as refusal:
            messages.error(request, self._said_meanwhile(refusal))
            return redirect(self.page)
        except drafting.CannotWrite as refusal:
            raise PermissionDenied(str(refusal)) from refusal

    def _write(self, version):
        if self.request.POST.get("act") == "model":
            return drafting.take_model_text(self.text, version=version, by=self.request.user)
        return drafting.fill_variables(self.text, values=self._given(), version=version, by=self.request.user)

    def _given(self):
        names = variables.names_in(self.text.component.model_text)
        return {name: self.request.POST.get(f"value-{n}", "") for n, name in enumerate(names)}

    def _said_meanwhile(self, refusal):
        mine = "; ".join(f"{name}: {value}" for name, value in self._given().items() if value)
        return _("%(who)s saved this component meanwhile. What you had filled in: %(values)s") % {
            "who": refusal.saved.saved_by or _("Somebody"),
            "values": mine,
        }
