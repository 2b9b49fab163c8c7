"""The board of the Monitoring Committee, which anybody may read for what is public."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from programs import dashboards
from programs.models import Agency, Edition, Program
from programs.views.harmonization import OfYear


@method_decorator(login_not_required, name="dispatch")
class Board(OfYear, TemplateView):
    """Figures first, then the panels of every app, for a year, an agency or a program."""

    template_name = "programs/dashboard_board.html"

    def get_context_data(self, **kwargs):
        agencies = {one.acronym: one for one in Agency.objects.filter(programs__isnull=False).distinct()}
        programs = {one.code: one for one in Program.objects.select_related("agency") if one.is_identified}
        agency, program = self._one_of(agencies, "dependencia"), self._one_of(programs, "programa")
        scope = Edition.objects.public().of_year(self.year or 0).select_related("program__agency__body")
        if agency:
            scope = scope.of_agency(agency)
        if program:
            scope = scope.filter(program=program)
        panels = dashboards.panels_of(scope, self.request.user)
        return super().get_context_data(
            panels=panels,
            figures=[figure for one in panels for figure in one.figures],
            agencies=[(acronym, acronym) for acronym in agencies],
            programs=[(code, f"{one.agency} · {one.name}") for code, one in programs.items()],
            chosen_agency=agency,
            chosen_program=program,
            **kwargs,
        )

    def _one_of(self, known, name):
        wanted = self.request.GET.get(name, "")
        if wanted and wanted not in known:
            raise Http404
        return known.get(wanted)
