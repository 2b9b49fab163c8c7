"""The Guide, for everybody to read, and its checks, which planning sets."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, ListView, TemplateView

from accounts.models import TrailEntry
from accounts.words import act_in_words
from programs import tables
from programs.actions import guide as guides
from programs.draft_checks import CHECKS
from programs.guide_forms import CheckForm, ComponentForm
from programs.models import BLOCKS, CheckLevel, GuideEdition
from programs.views.public import public

TONES = {CheckLevel.BLOCKING: "wrong", CheckLevel.ADVISORY: "watch", CheckLevel.OFF: "plain"}


@public
class GuideList(ListView):
    """Every year's Guide, the newest first."""

    template_name = "programs/guide_list.html"
    context_object_name = "guides"

    def get_queryset(self):
        return GuideEdition.objects.visible_to(self.request.user).order_by("-year")

    def get_context_data(self, **kwargs):
        may_begin = self.request.user.has_perm("programs.begin_guide")
        return super().get_context_data(may_begin=may_begin, **kwargs)


class OfGuide:
    """The Guide of the year in the address; one that is being written exists for planning alone."""

    @cached_property
    def guide(self):
        visible = GuideEdition.objects.visible_to(self.request.user).select_related("begun_from")
        return get_object_or_404(visible, year=self.kwargs["year"])

    @cached_property
    def may_change(self):
        return self.request.user.has_perm("programs.change_guide", self.guide)

    def get_context_data(self, **kwargs):
        may_write = self.may_change and self.guide.is_draft
        return super().get_context_data(
            guide=self.guide, may_change=self.may_change, may_write=may_write, **kwargs
        )


@public
class GuidePage(OfGuide, TemplateView):
    """The sections and components of a Guide: what each must contain, what is locked, what is confirmed."""

    template_name = "programs/guide_page.html"

    def get_context_data(self, **kwargs):
        sections = self.guide.sections.prefetch_related("components")
        parts = [(section, [self._part(one) for one in section.components.all()]) for section in sections]
        return super().get_context_data(parts=parts, **kwargs)

    @staticmethod
    def _part(component):
        names = [BLOCKS[block][0]._meta.verbose_name_plural for block in component.blocks if block in BLOCKS]
        checks = [check for check in CHECKS if check.component == component.slug]
        return {"component": component, "blocks": [tables.capital(name) for name in names], "checks": checks}


@public
class Checks(OfGuide, TemplateView):
    """All the checks of a draft: what each looks at, what it does, how to mend what it finds."""

    template_name = "programs/guide_checks.html"

    def get_context_data(self, **kwargs):
        settings = {one.code: one for one in self.guide.check_settings.select_related("set_by")}
        components = {one.slug: one for one in self.guide.components.all()}
        rows = [_row(check, settings.get(check.code), components) for check in CHECKS]
        chosen = self.request.GET.get("nivel")
        if chosen in CheckLevel.values:
            rows = [row for row in rows if row["level"] == chosen]
        return super().get_context_data(rows=rows, levels=CheckLevel.choices, total=len(CHECKS), **kwargs)


def _row(check, setting, components):
    level = CheckLevel(setting.level if setting else check.level)
    return {
        "check": check,
        "setting": setting,
        "level": level,
        "tone": TONES[level],
        "component": components.get(check.component),
    }


class ChangeOfGuide(OfGuide, FormView):
    """A page where only the owner of the Guide writes."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not self.may_change:
            raise PermissionDenied(
                _("Only the owner of the Guide in the planning secretariat can change it.")
            )
        return super().dispatch(request, *args, **kwargs)


class SetCheck(ChangeOfGuide):
    """Planning sets one check of its Guide."""

    template_name = "programs/guide_check.html"
    form_class = CheckForm

    @cached_property
    def check(self):
        found = next((check for check in CHECKS if check.code == self.kwargs["check"]), None)
        if found is None:
            raise Http404
        return found

    def get_initial(self):
        setting = self.guide.check_settings.filter(code=self.check.code).first()
        return {"level": setting.level, "note": setting.note} if setting else {"level": self.check.level}

    def form_valid(self, form):
        try:
            guides.set_check(self.guide, self.check.code, by=self.request.user, **form.cleaned_data)
        except guides.CannotChangeGuide as refusal:
            form.add_error("note", str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The check is set."))
        return redirect(reverse("programs:guide_checks", args=[self.guide.year]) + f"#{self.check.code}")

    def get_context_data(self, **kwargs):
        return super().get_context_data(check=self.check, **kwargs)


class Describe(ChangeOfGuide):
    """Planning says what a component must contain, and confirms its number and title."""

    template_name = "programs/guide_component.html"
    form_class = ComponentForm

    @cached_property
    def component(self):
        return get_object_or_404(
            self.guide.components.select_related("guide", "section"), slug=self.kwargs["component"]
        )

    @property
    def history(self):
        """Every change of the component, newest first."""
        lines = TrailEntry.objects.about(self.component).select_related("by").order_by("-pk")
        return [
            {"title": act_in_words(line.act), "at": line.at, "by": line.by, "text": _told(line)}
            for line in lines
        ]

    def get_initial(self):
        return {"help": self.component.help, "is_confirmed": self.component.is_confirmed}

    def form_valid(self, form):
        try:
            guides.describe(self.component, by=self.request.user, **form.cleaned_data)
        except guides.CannotChangeGuide as refusal:
            form.add_error("source", str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The component is kept."))
        return redirect(reverse("programs:guide", args=[self.guide.year]) + f"#{self.component.slug}")

    def get_context_data(self, **kwargs):
        return super().get_context_data(component=self.component, history=self.history, **kwargs)


def _told(line):
    """The source that was given, without the year and the slug that the trail names first."""
    return line.note.split(" ", 2)[2] if line.note.count(" ") > 1 else ""
