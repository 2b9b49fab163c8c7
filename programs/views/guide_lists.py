"""The checklist and the rubric of a Guide, for everybody to read and its owner to write."""

from itertools import groupby

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from programs import guide_contents
from programs.actions import guide_lists
from programs.guide_editing_forms import CriterionForm, PracticeForm, RubricForm
from programs.models import Rubric, RubricCriterion
from programs.views.guide import ChangeOfGuide, OfGuide
from programs.views.guide_editing import DraftGuideForm, Removal, Writing, initial_of, without_seen
from programs.views.public import public


@public
class Practices(OfGuide, TemplateView):
    """The checklist that goes with a Guide."""

    template_name = "programs/guide_practices.html"

    def get_context_data(self, **kwargs):
        components = {one.slug: one for one in self.guide.components.all()}
        rows = [
            (one, [components[slug] for slug in one.components if slug in components])
            for one in guide_contents.practices_of(self.guide)
        ]
        return super().get_context_data(rows=rows, **kwargs)


class OfPractice:
    """The practice that the address names; None where one is added."""

    @cached_property
    def practice(self):
        code = self.kwargs.get("practice")
        return code and get_object_or_404(guide_contents.practices_of(self.guide), code=code)

    @property
    def back(self):
        return reverse("programs:guide_practices", args=[self.guide.year])

    def get_success_url(self):
        return self.back

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs | {"practice": self.practice})


class WritePractice(OfPractice, DraftGuideForm):
    """Add a practice to the checklist, or change one."""

    template_name = "programs/guide_practice.html"
    form_class = PracticeForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"guide": self.guide, "practice": self.practice}

    def get_initial(self):
        if not self.practice:
            return {"is_core": True}
        found = initial_of(self.practice, guide_contents.OF_PRACTICE)
        return found | {"topic": self.practice.topic_id, "dimension": self.practice.dimension_id}

    def save(self, form):
        if self.practice:
            guide_lists.change_practice(self.guide, self.practice, by=self.request.user, **form.said())
        else:
            guide_lists.add_practice(self.guide, by=self.request.user, **without_seen(form))


class RemovePractice(OfPractice, Removal):
    def remove(self):
        guide_lists.remove_practice(self.guide, self.practice, by=self.request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(what=f"{self.practice.code} · {self.practice.title}", **kwargs)


@public
class RubricPage(OfGuide, TemplateView):
    """The rubric by which planning rates the editions of a Guide, criterion by criterion."""

    template_name = "programs/guide_rubric.html"

    def get_context_data(self, **kwargs):
        found = RubricCriterion.objects.filter(rubric__guide=self.guide)
        criteria = list(found.select_related("component__section"))
        sections = groupby(criteria, key=lambda one: one.component.section)
        return super().get_context_data(
            rubric=Rubric.objects.filter(guide=self.guide).first(),
            sections=[(section, list(rows)) for section, rows in sections],
            points=sum(one.max_points for one in criteria),
            **kwargs,
        )


class OfRubric:
    """The criterion that the address names; None where one is added."""

    @cached_property
    def criterion(self):
        key = self.kwargs.get("criterion")
        found = RubricCriterion.objects.filter(rubric__guide=self.guide).select_related("component")
        return key and get_object_or_404(found, key=key)

    @property
    def back(self):
        return reverse("programs:guide_rubric", args=[self.guide.year])

    def get_success_url(self):
        return self.back

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs | {"criterion": self.criterion})


class WriteCriterion(OfRubric, DraftGuideForm):
    """Add a criterion to the rubric, or change one."""

    template_name = "programs/guide_criterion.html"
    form_class = CriterionForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"guide": self.guide, "criterion": self.criterion}

    def get_initial(self):
        return initial_of(self.criterion, guide_contents.OF_CRITERION)

    def save(self, form):
        if self.criterion:
            guide_lists.change_criterion(self.guide, self.criterion, by=self.request.user, **form.said())
        else:
            guide_lists.add_criterion(self.guide, by=self.request.user, **without_seen(form))


class RemoveCriterion(OfRubric, Removal):
    def remove(self):
        guide_lists.remove_criterion(self.guide, self.criterion, by=self.request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(what=self.criterion.statement, **kwargs)


class ConfirmRubric(ChangeOfGuide, Writing):
    """Planning says whether the rubric is the official one, with its source."""

    template_name = "programs/guide_rubric_confirm.html"
    form_class = RubricForm

    @cached_property
    def rubric(self):
        return get_object_or_404(Rubric.objects.select_related("guide"), guide=self.guide)

    def get_initial(self):
        return {name: getattr(self.rubric, name) for name in RubricForm.base_fields}

    def save(self, form):
        guide_lists.confirm_rubric(self.rubric, by=self.request.user, **form.cleaned_data)

    def get_success_url(self):
        return reverse("programs:guide_rubric", args=[self.guide.year])
