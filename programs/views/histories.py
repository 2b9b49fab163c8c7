"""What was said of one practice in one edition: the agency's word beside planning's, and all before."""

from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from programs import harmony
from programs.models import Assessment, AssessmentVersion
from programs.views.public import EditionOfYear, public


@public
class AssessmentPage(EditionOfYear, TemplateView):
    """A cell of the matrix in full. Bodies speak here; who typed it is told only inside the agency."""

    template_name = "programs/assessment_public.html"

    def get_context_data(self, **kwargs):
        self.object = edition = self.get_object()
        practice = get_object_or_404(harmony.practices_for(edition.guide.year), code=self.kwargs["practice"])
        declared = Assessment.objects.filter(edition=edition, practice__code=practice.code).select_related(
            "clause"
        )
        cell = harmony.Cell(practice, edition.program, edition, declared.first())
        kwargs |= {
            "edition": edition,
            "practice": practice,
            "cell": cell,
            "assessment": cell.assessment,
            "history": AssessmentVersion.objects.of(edition, practice),
            "others": self._other_years(edition, practice),
        }
        return super().get_context_data(**kwargs)

    def _other_years(self, edition, practice):
        """The same practice in the other public editions of the program, newest first."""
        found = Assessment.objects.public().filter(
            edition__program=edition.program, practice__code=practice.code
        )
        found = found.exclude(edition=edition).select_related("edition__program", "clause")
        return [
            harmony.Cell(practice, edition.program, one.edition, one)
            for one in found.order_by("-edition__fiscal_year")
        ]
