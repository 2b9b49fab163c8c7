"""The history of a component: every version that was kept, one of them, and its way back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.views.generic import ListView, TemplateView, View

from programs import references
from programs.actions import drafting
from programs.comparison.lines import lines
from programs.comparison.markup import difference
from programs.draftforms import VersionForm, VersionNameForm
from programs.views.studio import DraftView


class History(DraftView, ListView):
    """The versions of a component, newest first: the end of each sitting and what was named, or all."""

    template_name = "programs/drafting_versions.html"
    context_object_name = "versions"
    paginate_by = 20

    @property
    def shows_all(self):
        return self.request.GET.get("todas") == "1"

    def get_queryset(self):
        versions = self.text.versions if self.shows_all else self.text.versions.landmarks()
        return versions.newest_first()

    def get_context_data(self, **kwargs):
        counts = self.text.versions.aggregate(saves=Count("pk"), sittings=Count("sitting", distinct=True))
        return (
            super().get_context_data(**kwargs)
            | counts
            | {
                "text": self.text,
                "page": self.page,
                "shows_all": self.shows_all,
            }
        )


class VersionView(DraftView):
    """One version of a component."""

    @cached_property
    def version(self):
        versions = self.text.versions.select_related("saved_by", "text__component", "text__edition__program")
        return get_object_or_404(versions, number=self.kwargs["number"])

    @property
    def address(self):
        component, number = self.kwargs["component"], self.kwargs["number"]
        return reverse("programs:draft_version", args=[self.edition.code, component, number])


class Version(VersionView, TemplateView):
    """What a component said then, its references showing the data of today."""

    template_name = "programs/drafting_version.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "version": self.version,
            "text": self.text,
            "page": self.page,
            "shown": references.resolved(self.version.html, self.contents),
            "is_last": self.version.number == self.text.version,
            "restore_form": VersionForm(initial={"version": self.text.version}),
            "name_form": VersionNameForm(initial={"name": self.version.name}),
        }


class CompareVersions(DraftView, TemplateView):
    """Two versions of a component as one text: what was written and what was erased between them."""

    template_name = "programs/drafting_versions_compare.html"

    def _version(self, name, otherwise):
        asked = self.request.GET.get(name, "")
        number = int(asked) if asked.isdecimal() and len(asked) < 9 else otherwise
        return get_object_or_404(self.text.versions.select_related("saved_by"), number=number)

    def get_context_data(self, **kwargs):
        after = self._version("a", self.text.version)
        before = self._version("de", max(after.number - 1, 1))
        return super().get_context_data(**kwargs) | {
            "text": self.text,
            "page": self.page,
            "before": before,
            "after": after,
            "is_same": (before.html, before.summary) == (after.html, after.summary),
            "difference": difference(lines(before.html), lines(after.html)),
            "summaries": _summaries(before, after),
        }


def _summaries(before, after):
    """The summaries as one text, where they differ."""
    if before.summary == after.summary:
        return ""
    return difference(*(lines(str(linebreaks(one.summary, autoescape=True))) for one in (before, after)))


class Restore(VersionView, View):
    """Make this version the text of today."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        self.require_change()
        form = VersionForm(request.POST)
        if not form.is_valid():
            return redirect(self.address)
        try:
            drafting.restore(self.text, self.version.number, by=request.user, **form.cleaned_data)
        except drafting.StaleText:
            messages.error(
                request, _("Somebody saved the component meanwhile. Look again before you restore.")
            )
            return redirect(self.address)
        except drafting.CannotWrite as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        messages.success(
            request, _("The version %(number)d is the text again.") % {"number": self.version.number}
        )
        return redirect(f"{self.page}?guardado={self.text.version}")


class NameVersion(VersionView, View):
    """Give a version a name, or take it away."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        self.require_change()
        form = VersionNameForm(request.POST)
        if form.is_valid():
            drafting.name_version(self.version, by=request.user, **form.cleaned_data)
            messages.success(request, _("It is kept."))
        else:
            messages.error(request, _("A name has at most 80 characters."))
        return redirect(self.address)
