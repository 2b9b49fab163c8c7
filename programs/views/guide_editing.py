"""Writing a Guide: begun, its sections and components changed, what changed shown, published."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from accounts.acts import ActNotPossible
from programs import guide_changes, guide_contents, guide_places
from programs.actions import guide_editions, guide_parts
from programs.actions.guide import CannotChangeGuide
from programs.guide_editing_forms import (
    BeginForm,
    ComponentDraftForm,
    PublishGuideForm,
    SectionForm,
    TitleForm,
)
from programs.views.guide import OfGuide
from programs.views.public import public


class Writing(FormView):
    """A form of the owner of the Guide: what is refused is said beside it, and what was typed stays."""

    refused = (CannotChangeGuide, ActNotPossible)
    done = ""

    def form_valid(self, form):
        try:
            self.save(form)
        except self.refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, self.done or _("It is kept."))
        return redirect(self.get_success_url())


class BeginGuide(Writing):
    """Begin the Guide of a year on an earlier one."""

    template_name = "programs/guide_begin.html"
    form_class = BeginForm

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.has_perm("programs.begin_guide"):
            raise PermissionDenied(
                _("Only the owner of the Guide in the planning secretariat can change it.")
            )
        return super().dispatch(request, *args, **kwargs)

    def save(self, form):
        self.guide = guide_editions.begin(by=self.request.user, **form.cleaned_data)

    def get_success_url(self):
        return self.guide.get_absolute_url()


class OfDraftGuide(OfGuide):
    """A page of a Guide that is being written, for its owner alone."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            self.require_draft()
        return super().dispatch(request, *args, **kwargs)

    def require_draft(self):
        if not self.guide.is_draft:
            raise PermissionDenied(
                _("This Guide is published: only its help, its confirmations and its checks change.")
            )
        if not self.may_change:
            raise PermissionDenied(
                _("Only the owner of the Guide in the planning secretariat can change it.")
            )


class DraftGuideForm(OfDraftGuide, Writing):
    """A form about a Guide that is being written; by itself it leads back to the page of the Guide."""

    anchor = ""

    def get_success_url(self):
        return self.guide.get_absolute_url() + self.anchor


class Entitle(DraftGuideForm):
    """The title of the Guide and its note."""

    template_name = "programs/guide_title.html"
    form_class = TitleForm

    def get_initial(self):
        return {"title": self.guide.title, "note": self.guide.note}

    def save(self, form):
        guide_editions.describe_guide(self.guide, by=self.request.user, **form.cleaned_data)


class OfSection:
    """The section that the address names; None where one is added."""

    @cached_property
    def section(self):
        numeral = self.kwargs.get("numeral")
        return numeral and get_object_or_404(self.guide.sections.select_related("guide"), numeral=numeral)

    def get_context_data(self, **kwargs):
        return super().get_context_data(section=self.section, **kwargs)


class Section(OfSection, DraftGuideForm):
    """Add a section, or change one."""

    template_name = "programs/guide_section.html"
    form_class = SectionForm

    def get_initial(self):
        return initial_of(self.section, guide_parts.OF_SECTION)

    def save(self, form):
        if self.section:
            guide_parts.change_section(self.section, by=self.request.user, **form.said())
        else:
            guide_parts.add_section(self.guide, by=self.request.user, **without_seen(form))


def initial_of(thing, names):
    """What a form begins with: what stands, and the mark of what was seen."""
    if not thing:
        return {}
    return {name: getattr(thing, name) for name in names} | {"seen": guide_contents.fingerprint(thing, names)}


def without_seen(form):
    return {name: value for name, value in form.cleaned_data.items() if name != "seen"}


class Removal(OfDraftGuide, TemplateView):
    """Asked before something leaves the Guide; what cannot leave is said where it stands."""

    template_name = "programs/guide_remove.html"

    def post(self, request, *args, **kwargs):
        try:
            self.remove()
        except CannotChangeGuide as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("It was taken out of this Guide."))
        return redirect(self.back)

    @property
    def back(self):
        return self.guide.get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(back=self.back, **kwargs)


class RemoveSection(OfSection, Removal):
    def remove(self):
        guide_parts.remove_section(self.section, by=self.request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(what=str(self.section), **kwargs)


class OfComponent:
    """The component that the address names; None where one is added."""

    @cached_property
    def component(self):
        slug = self.kwargs.get("component")
        found = self.guide.components.select_related("guide", "section")
        return slug and get_object_or_404(found, slug=slug)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs | {"component": self.component})


class WriteComponent(OfComponent, DraftGuideForm):
    """Add a component, or change one and its place."""

    template_name = "programs/guide_component_draft.html"
    form_class = ComponentDraftForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"guide": self.guide, "component": self.component}

    def get_initial(self):
        if not self.component:
            return {"lock_level": "free", "place": guide_places.choices(self.guide)[-1][0]}
        found = initial_of(self.component, guide_contents.OF_COMPONENT)
        return found | {"place": guide_places.of(self.component)}

    def save(self, form):
        if self.component:
            saved = guide_parts.change_component(self.component, by=self.request.user, **form.said())
        else:
            saved = guide_parts.add_component(self.guide, by=self.request.user, **without_seen(form))
        self.anchor = f"#{saved.slug}"


class RemoveComponent(OfComponent, Removal):
    def remove(self):
        guide_parts.remove_component(self.component, by=self.request.user)

    def get_context_data(self, **kwargs):
        gone = guide_parts.goes_with(self.component)
        return super().get_context_data(what=str(self.component), gone=gone, **kwargs)


@public
class GuideChanges(OfGuide, TemplateView):
    """What a Guide changes of the one that it began from."""

    template_name = "programs/guide_changes.html"

    def get_context_data(self, **kwargs):
        earlier = self.guide.begun_from
        found = changes_between(earlier, self.guide) if earlier else []
        return super().get_context_data(earlier=earlier, groups=guide_changes.by_kind(found), **kwargs)


def changes_between(earlier, guide):
    return guide_changes.changes(*guide_contents.read_all(earlier, guide))


class PublishGuide(DraftGuideForm):
    """The last look before a Guide is published: what changes, who will be told."""

    template_name = "programs/guide_publish.html"
    form_class = PublishGuideForm

    @property
    def done(self):
        return _("The Guide is published. Drafts can be moved to it.")

    def save(self, form):
        guide_editions.publish(self.guide, by=self.request.user)

    def get_context_data(self, **kwargs):
        earlier, contents = guide_contents.read_all(self.guide.begun_from, self.guide)
        found = guide_changes.changes(earlier, contents)
        return super().get_context_data(
            groups=guide_changes.by_kind(found),
            lacks=guide_editions.lacks(contents),
            recipients=guide_editions.recipients(self.guide),
            subject=guide_editions.subject(self.guide),
            **kwargs,
        )
