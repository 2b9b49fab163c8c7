"""The simulator: the same files under other rules. It reads, stores nothing and changes nothing."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from documents import sheets
from evaluations import scenarios, simulation, standing
from evaluations.models import Outcome
from evaluations.simulation_forms import ScenarioForm, SourceForm
from evaluations.views.ofcall import OfCall
from programs.rules import drafts_visible_to
from programs.states import EditionState

ON_A_PAGE = 50


class Simulation(View):
    """A scenario read from the address, and what it changes."""

    @cached_property
    def ground(self):
        """The files and the rules that it begins with."""
        raise NotImplementedError

    @cached_property
    def form(self):
        return ScenarioForm(self.request.GET, criteria=self.ground.criteria, rules=self.ground.rules)

    @cached_property
    def comparison(self):
        """None while the scenario is not whole: nothing is counted with half of it."""
        if not self.ground.files or (self.form.is_bound and not self.form.is_valid()):
            return None
        return simulation.compare(self.ground.files, self.ground.rules, self.form.scenario())


class SimulationPage(Simulation, TemplateView):
    """The form, who flips, what remains, and every file by pages."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            form=self.form, criteria_rows=self.form.rows(), comparison=self.comparison,
            files=len(self.ground.files), query=self.request.GET.urlencode(),
            all_url=self._asked(only=False), only_url=self._asked(only=True), **self._shown(), **kwargs,
        )  # fmt: skip

    def _asked(self, *, only):
        """The same scenario, of every file or of those alone whose outcome changes."""
        asked = self.request.GET.copy()
        asked.pop("page", None)
        asked.pop("cambian", None)
        if only:
            asked["cambian"] = "1"
        return f"?{asked.urlencode()}"

    def _shown(self):
        if self.comparison is None:
            return {"page": None, "only": False}
        only = "cambian" in self.request.GET
        lines = self.comparison.flips if only else self.comparison.lines
        page = Paginator(lines, ON_A_PAGE).get_page(self.request.GET.get("page"))
        return {"page": page, "only": only, "rows": [_worded(line) for line in page]}

    def render_to_response(self, context, **kwargs):
        invalid = self.form.is_bound and not self.form.is_valid()
        return super().render_to_response(context, status=422 if invalid else 200, **kwargs)


def _worded(line):
    return {"line": line, "before": _outcome(line.before), "after": _outcome(line.after)}


def _outcome(proposal):
    return Outcome(proposal.outcome).label


class SimulationCsv(Simulation):
    """Every file of the scenario as a sheet."""

    columns = (
        "folio", "place_before", "place_after", "mean_before", "mean_after", "requested",
        "outcome_before", "outcome_after", "amount_after", "reserve_after", "changes",
    )  # fmt: skip

    def get(self, request, **kwargs):
        if self.comparison is None:
            raise Http404
        rows = (_cells(line) for line in self.comparison.lines)
        return sheets.as_csv(self.columns, rows, filename=f"simulacion-{self.named}.csv")


def _cells(line):
    before, after = line.before, line.after
    return (
        line.file.folio, before.place.rank, after.place.rank, before.place.mean, after.place.mean,
        line.file.requested, before.outcome, after.outcome, after.amount, after.reserve_order, line.flips,
    )  # fmt: skip


# Of a call under evaluation ---------------------------------------------------------------------------


class OfScoredCall(OfCall):
    """For who coordinates and may read every file: what remains of the budget tells of each of them."""

    permission_required = "evaluations.coordinate_evaluation"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not scenarios.may_see_all(request.user, self.call):
            raise PermissionDenied(_("The simulator is for those who may read every file of the call."))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def is_complete(self):
        return standing.all_handed_in(self.call)

    @cached_property
    def ground(self):
        """Nothing while a review is missing: it would influence those who still score."""
        if self.is_complete:
            return scenarios.of_call(self.call)
        return scenarios.Ground(standing.criteria_of(self.call), [], scenarios.rules_of_call(self.call))

    @property
    def named(self):
        return self.call.folio


class CallSimulator(OfScoredCall, SimulationPage):
    """Before the ruling, on the scores handed in."""

    template_name = "evaluations/simulator_call.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(csv_url=reverse("evaluations:simulator_csv", args=[self.call.folio]))


class CallSimulatorCsv(OfScoredCall, SimulationCsv):
    """The same as a sheet."""


# Of Rules that are being written ----------------------------------------------------------------------


class OfDraft:
    """On the released files of a past call of the program, or on files made up from a seed."""

    @cached_property
    def edition(self):
        readable = drafts_visible_to(self.request.user).exclude(state=EditionState.RECORDED)
        return get_object_or_404(readable.for_listing(), code=self.kwargs["code"])

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            self.edition  # noqa: B018 -- raises Http404 before anything is read
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def calls(self):
        return list(scenarios.past_calls(self.edition.program))

    @cached_property
    def source(self):
        return SourceForm(self.request.GET, calls=self.calls)

    @cached_property
    def past(self):
        """The past call chosen, if any."""
        folio, _seed, _count = self.source.chosen()
        return next((call for call in self.calls if call.folio == folio), None)

    @cached_property
    def ground(self):
        if self.past:
            return scenarios.of_call(self.past)
        _folio, seed, count = self.source.chosen()
        return scenarios.of_draft(self.edition, seed=seed, count=count)

    @property
    def named(self):
        return self.edition.code


class DraftSimulator(OfDraft, SimulationPage):
    """Before the Rules are published."""

    template_name = "evaluations/simulator_draft.html"

    def get_context_data(self, **kwargs):
        folio, seed, count = self.source.chosen()
        return super().get_context_data(
            edition=self.edition, source=self.source, past=self.past,
            carried=[("de", folio), ("semilla", seed), ("cuantas", count)],
            weights_of_draft=self._weights_of_draft(),
            csv_url=reverse("evaluations:draft_simulator_csv", args=[self.edition.code]),
        )  # fmt: skip

    def _weights_of_draft(self):
        """The draft's points for the criteria of the past call, where it has the same ones."""
        if self.past is None:
            return []
        weights, asked = scenarios.weights_of_draft(self.edition), self.ground.rules.weights
        if set(weights) != set(asked) or weights == asked:
            return []
        return [
            (criterion.name, asked[criterion.key], weights[criterion.key])
            for criterion in self.ground.criteria
        ]


class DraftSimulatorCsv(OfDraft, SimulationCsv):
    """The same as a sheet."""
