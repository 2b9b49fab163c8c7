"""The evaluator's screens: a queue of aliases, one blind file at a time, hand-in, recusal."""

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, ListView, View

from accounts.acts import ActNotPossible
from accounts.dates import local_clock
from accounts.models import Role
from calls.actions.endings import CallEnded
from calls.models import Call
from documents import responses
from evaluations import scoring, standing, versions
from evaluations.actions import conflicts, reviews
from evaluations.blind import BlindCopy
from evaluations.forms import RecusalForm
from evaluations.models import Assignment, HandedIn, Score, sample_owed
from evaluations.rules import NotYours
from programs.models import MilestoneCode


class Board(ListView):
    """My files, each under an alias of my own, and the calls where I have something to declare or to run."""

    template_name = "evaluations/board.html"
    context_object_name = "assignments"
    paginate_by = 50

    def get_queryset(self):
        mine = Assignment.objects.visible_to(self.request.user).select_related("review", "application__call")
        return mine.order_by("review__state", "alias")

    def get_context_data(self, **kwargs):
        user = self.request.user
        seats = user.memberships.current().filter(body__committee__isnull=False)
        calls = {
            held.body.committee.call: []
            for held in seats.select_related("body__committee__call__calibration")
        }
        for held in seats:
            calls[held.body.committee.call].append(held.role)
        declared = set(
            Call.objects.filter(
                conflict_declarations__user=user, conflict_declarations__organization=None
            ).values_list("pk", flat=True)
        )
        return super().get_context_data(
            calls=[_involvement(call, roles, call.pk in declared) for call, roles in calls.items()], **kwargs
        )


def _involvement(call, roles, declared):
    return {
        "call": call,
        "roles": [Role(role).label for role in roles],
        "declared": declared,
        "can_declare": call.state == "sealed",
        "scores": Role.EVALUATOR in roles,
        "has_sample": hasattr(call, "calibration"),
        "runs": any(role in (Role.CHAIR, Role.SECRETARY) for role in roles),
    }


class OfAssignment(View):
    """A page about one file of the queue. Whoever does not have that file finds nothing."""

    @cached_property
    def assignment(self):
        found = Assignment.objects.visible_to(self.request.user).select_related(
            "review",
            "application__modality",
            "application__call__publication__edition__program__agency__body",
        )
        former = HandedIn.objects.reopened().filter(review=OuterRef("review"))
        found = found.annotate(owes_sample=sample_owed(), was_reopened=Exists(former))
        assignment = found.filter(alias=self.kwargs["alias"]).first()
        if assignment is None or not self._may_score(assignment.application.call):
            raise Http404
        return assignment

    def _may_score(self, call):
        """With the file in one's queue, this is what “evaluations.score” still asks."""
        return self.request.user.has_perm("evaluations.may_score_call", call)

    @property
    def review(self):
        return self.assignment.review

    def dispatch(self, request, *args, **kwargs):
        asked = request.method.lower() in self.http_method_names and hasattr(self, request.method.lower())
        if asked and request.user.is_authenticated and self.assignment.owes_sample:
            return self.sample_first()
        return super().dispatch(request, *args, **kwargs)

    def sample_first(self):
        """Whoever owes the sample of the call opens no file of it before."""
        messages.info(self.request, str(reviews.SampleOwed()))
        return redirect("evaluations:sample", folio=self.assignment.application.call.folio)


@method_decorator(never_cache, name="dispatch")
class Scoring(OfAssignment):
    """Left, what the project says; right, the criteria with their levels, the reason and the private note."""

    def get(self, request, alias):
        return self.page()

    def post(self, request, alias):
        try:
            reviews.save(self.review, typed_scores(request.POST), by=request.user)
        except (reviews.CannotSave, ActNotPossible) as refusal:
            messages.error(request, str(refusal))
            return redirect(self.assignment)
        if "hand_in" in request.POST:
            return redirect("evaluations:hand_in", alias=alias)
        messages.success(request, _("Saved. You can go on whenever you want."))
        return redirect(self.assignment)

    def page(self, missing=None, status=200):
        call = self.assignment.application.call
        may_write = self.review.is_editable and not call.is_ended
        return render(
            self.request,
            "evaluations/scoring.html",
            {
                "assignment": self.assignment,
                "review": self.review,
                "call": call,
                "may_write": may_write,
                "file": BlindCopy(self.assignment.application),
                "criteria": scored_criteria(self.review, missing or {}),
                "errors": [{"text": text, "target": f"level-{key}"} for key, text in (missing or {}).items()],
                "due": due_on(call) if may_write else None,
                "reopened": versions.former(self.review) if self.assignment.was_reopened else [],
            },
            status=status,
        )


def typed_scores(posted):
    """What was typed, by criterion: the level, the reason and the private note that came with the form."""
    entries = {}
    for name, value in posted.items():
        part, _dash, key = name.partition("-")
        field = {"level": "level", "reason": "justification", "private": "private_note"}.get(part)
        if field and key:
            entries.setdefault(key, {})[field] = value
    return entries


def scored_criteria(review, missing):
    """The criteria with their levels and what this evaluator has so far."""
    return with_levels(review.assignment.application.call, review.scores.select_related("level"), missing)


def with_levels(call, scores, missing):
    """The criteria of a call with their levels and the scores that there are of them."""
    levels = standing.levels_of(call)
    found = {score.criterion_id: score for score in scores}
    return [
        {
            "criterion": criterion,
            "levels": [
                {"value": lev.key, "points": lev.points, "label": lev.label, "descriptor": lev.descriptor}
                for lev in levels.get(criterion.key, [])
            ],
            "score": found.get(criterion.pk, Score(criterion=criterion)),
            "level": score.level.key if (score := found.get(criterion.pk)) and score.level else "",
            "error": missing.get(criterion.key, ""),
        }
        for criterion in standing.criteria_of(call)
    ]


def due_on(call):
    """The day of the ruling that the call promises: until then the scores are needed."""
    return (
        call.planned_dates.in_force()
        .filter(milestone=MilestoneCode.RULING)
        .values_list("on", flat=True)
        .first()
    )


class Autosave(OfAssignment):
    """Keeps what is typed, in any state. Answers the time, or why it was not kept."""

    http_method_names = ["post"]

    def _may_score(self, call):
        """The action asks it, under its lock."""
        return True

    def sample_first(self):
        return JsonResponse({"message": str(reviews.SampleOwed())}, status=409)

    def post(self, request, alias):
        try:
            reviews.save(self.review, typed_scores(request.POST), by=request.user)
        except (reviews.CannotSave, ActNotPossible) as refusal:
            return JsonResponse({"message": str(refusal)}, status=409)
        except NotYours:
            raise Http404 from None
        return JsonResponse({"saved_at": local_clock(timezone.now())})


class HandIn(Scoring):
    """The last look before the review is sealed."""

    def get(self, request, alias):
        if not self.review.is_editable or self.assignment.application.call.is_ended:
            return redirect(self.assignment)
        try:
            reviews.check_complete(self.review)
        except reviews.CannotHandIn as refusal:
            return self.page(refusal.missing, status=422)
        criteria = scored_criteria(self.review, {})
        return render(
            request,
            "evaluations/hand_in.html",
            {
                "assignment": self.assignment,
                "criteria": criteria,
                "total": scoring.total(row["score"].points for row in criteria),
            },
        )

    def post(self, request, alias):
        try:
            reviews.hand_in(self.review, by=request.user)
        except reviews.CannotHandIn as refusal:
            return self.page(refusal.missing, status=422)
        except CallEnded as refusal:
            messages.error(request, str(refusal))
        except ActNotPossible:
            messages.info(request, _("This review was already handed in."))
        else:
            messages.success(request, _("Handed in and sealed. Thank you."))
        return redirect("evaluations:board")


class Recuse(OfAssignment, FormView):
    """“I recognise this organization”: the file leaves the queue and stops existing for the evaluator."""

    form_class = RecusalForm
    template_name = "evaluations/recuse.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(assignment=self.assignment, **kwargs)

    def form_valid(self, form):
        try:
            conflicts.recuse(self.assignment, by=self.request.user, **form.cleaned_data)
        except conflicts.CannotDeclare as refusal:
            form.add_error("kind", str(refusal))
            return self.form_invalid(form)
        messages.success(
            self.request, _("You were recused. That file is no longer yours and you will not see it again.")
        )
        return redirect("evaluations:board")


class BlindDocument(OfAssignment):
    """A document of the blind copy under its neutral name; what identifies does not exist here."""

    http_method_names = ["get", "head"]

    def get(self, request, alias, key):
        shown = BlindCopy(self.assignment.application).document(key)
        if shown is None:
            raise Http404
        shown.document.name = shown.name
        return responses.serve(shown.document, reader=request.user, inline="descargar" not in request.GET)
