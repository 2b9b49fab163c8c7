"""What every screen of drafting stands on: an edition that the person may read, read once."""

from dataclasses import dataclass
from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from programs import contents, draft_checks, offers, tables
from programs.rules import drafts_visible_to
from programs.states import EditionState


@dataclass(frozen=True)
class Open:
    """An open check as the screen shows it: what it says and where it is put right."""

    finding: draft_checks.Finding
    url: str

    @property
    def tone(self):
        return "wrong" if self.finding.is_blocking else "watch"


class DraftView:
    """A view of one edition by its code. Invisible is 404; visible but not allowed is 403 with the reason."""

    @property
    def visible(self):
        """The editions that the person may read here."""
        return drafts_visible_to(self.request.user).exclude(state=EditionState.RECORDED).for_listing()

    @cached_property
    def edition(self):
        edition = get_object_or_404(self.visible, code=self.kwargs["code"])
        if edition.state == EditionState.PUBLISHED:
            prefetch_related_objects([edition], "amendments")
        return edition

    @cached_property
    def amendment(self):
        """The amendment that these screens write, sign or publish, when the edition is published."""
        return self.edition.open_amendment()

    @cached_property
    def last_published(self):
        """The last publication of the edition, whether it is in force yet or not; None before the first."""
        return self.edition.publications.order_by("number").last()

    @cached_property
    def stage(self):
        return self.edition.stage()

    @cached_property
    def contents(self):
        return contents.read(self.edition)

    @cached_property
    def may_change(self):
        return self.request.user.has_perm("programs.change_edition", self.edition)

    @cached_property
    def findings(self):
        return [Open(finding, self.place(finding)) for finding in draft_checks.run(self.contents)]

    @cached_property
    def open_counts(self):
        blocking = sum(one.finding.is_blocking for one in self.findings)
        return {"blocking": blocking, "advisory": len(self.findings) - blocking}

    @cached_property
    def text(self):
        """The component that the address names, alone."""
        texts = self.edition.texts.select_related("component__section", "edition__program", "saved_by")
        return get_object_or_404(texts, component__slug=self.kwargs["component"])

    @property
    def page(self):
        return reverse("programs:draft_component", args=[self.edition.code, self.kwargs["component"]])

    def require_change(self):
        if not self.may_change:
            raise PermissionDenied(
                _("Only a Rules editor of the agency can change the edition, and only while it is a draft.")
            )

    def slug_of(self, finding):
        """The component where a finding is shown: its own, or the one that carries its block."""
        if self.contents.text_of(finding.component):
            return finding.component
        return self.contents.home_of(finding.found.block)

    def place(self, finding):
        """The address where a finding is put right: the field of a row, a table, or the text."""
        found, slug = finding.found, self.slug_of(finding)
        if found.page:
            return reverse(found.page, args=[self.edition.code])
        if not slug:
            return ""
        page = reverse("programs:draft_component", args=[self.edition.code, slug])
        if not found.block:
            return f"{page}#text"
        row = self._row_of(found)
        if row is None or not self.may_change:
            return f"{page}#block-{found.block}"
        address = reverse("programs:row_change", args=[self.edition.code, row._meta.model_name, row.key])
        return f"{address}#id_{found.field}" if found.field else address

    def _row_of(self, found):
        models = tables.BLOCKS[found.block]
        rows = (row for model in models for row in self.contents.rows(model))
        return next((row for row in rows if found.key and row.key == found.key), None)

    def sections(self, current=None):
        """The components in their sections, each with its open checks, for the list at the left."""
        open_by_slug = {}
        for one in self.findings:
            open_by_slug.setdefault(self.slug_of(one.finding), []).append(one)
        grouped = groupby(self.contents.texts, key=lambda text: text.component.section)
        return [
            {"section": section, "parts": [self._part(text, open_by_slug, current) for text in texts]}
            for section, texts in grouped
        ]

    def _part(self, text, open_by_slug, current):
        found = open_by_slug.get(text.component.slug, [])
        return {
            "component": text.component,
            "url": reverse("programs:draft_component", args=[self.edition.code, text.component.slug]),
            "is_current": text.component.slug == current,
            "is_done": text.is_written and not any(one.finding.is_blocking for one in found),
            "open": len(found),
            "tone": found[0].tone if found else "",
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "edition": self.edition,
            "stage": self.stage,
            "amendment": self.amendment,
            "may_change": self.may_change,
            "open_counts": self.open_counts,
            "removed_rows": self.contents.removed,
            "checks_off": draft_checks.switched_off(self.contents),
            "drafting_offers": offers.drafting_offers_of(self.edition),
        }
