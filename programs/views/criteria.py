"""A criterion with its levels in one form, and the points of all criteria in sight."""

from django.core.exceptions import ValidationError

from programs import block_figures
from programs.actions import criteria
from programs.levelforms import Levels
from programs.models import CriterionLevel
from programs.views.blocks import RowForm


class CriterionForm(RowForm):
    """Add a criterion with its levels, or change it. A request without levels leaves them as they are."""

    template_name = "programs/drafting_criterion.html"

    @property
    def sends_levels(self):
        return f"{Levels.get_default_prefix()}-TOTAL_FORMS" in self.request.POST

    def get_levels(self):
        if self.request.method == "POST" and self.sends_levels:
            return Levels(self.request.POST)
        held = CriterionLevel.objects.of_draft(self.edition).order_by("points")
        rows = held.filter(criterion_key=self.row.key) if self.row else held.none()
        return Levels(initial=list(rows.values("key", "points", "label", "descriptor")))

    def form_valid(self, form):
        self.levels = self.get_levels()
        if self.sends_levels and not self.levels.is_valid():
            return self.form_invalid(form)
        return super().form_valid(form)

    def save(self, values):
        if not self.sends_levels:
            return super().save(values)
        try:
            return criteria.save(self.row, self.edition, self.levels.given, by=self.request.user, **values)
        except ValidationError as refusal:
            raise ValidationError(refusal.messages) from refusal

    def get_context_data(self, **kwargs):
        levels = getattr(self, "levels", None) or self.get_levels()
        figure = block_figures.points(self.contents)
        return super().get_context_data(**kwargs) | {"levels": levels, "figure": figure}


def row_form(request, **kwargs):
    """The editor that suits a block."""
    view = CriterionForm if kwargs["model"] == "criterion" else RowForm
    return view.as_view()(request, **kwargs)
