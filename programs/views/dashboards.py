"""The board of the Monitoring Committee, which anybody may read for what is public."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from accounts import held
from accounts.models import Role
from programs import dashboards, withholding
from programs.models import Agency, Edition, Program
from programs.views.harmonization import OfYear
from programs.withheld import BOARD

# Whose work the board is: they go on seeing it whole while it is withheld from the public.
AT_WORK = (Role.MONITORING, Role.AUDITOR, Role.OPERATOR, Role.HEAD, Role.ASSESSOR, Role.GUIDE_OWNER)


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
        blackout = self._blackout()
        panels = dashboards.panels_of(scope, self.request.user, with_publicity=blackout is None)
        return super().get_context_data(
            panels=panels,
            figures=[] if blackout else [figure for one in panels for figure in one.figures],
            blackout=blackout,
            agencies=[(acronym, acronym) for acronym in agencies],
            programs=[(code, f"{one.agency} · {one.name}") for code, one in programs.items()],
            chosen_agency=agency,
            chosen_program=program,
            **kwargs,
        )

    def _blackout(self):
        """The period for which achievements are withheld from who is not at work on them; None for who is."""
        if held.anywhere(self.request.user, *AT_WORK):
            return None
        return withholding.withheld_by(BOARD)

    def _one_of(self, known, name):
        wanted = self.request.GET.get(name, "")
        if wanted and wanted not in known:
            raise Http404
        return known.get(wanted)
