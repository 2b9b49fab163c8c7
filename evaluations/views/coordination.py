"""The coordination of an evaluation: committee, declarations, files given out, progress, ranking."""

from collections import Counter

from django.db.models import Count, Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.models import Role
from calls.states import BEFORE_RESULTS, CallState
from evaluations import beside, diverging, drawing, register, standing
from evaluations.actions import committees, distributing, reviews, sessions
from evaluations.forms import (
    AppointmentForm,
    AssignmentForm,
    EvaluatorForm,
    ReasonForm,
    ReplacementForm,
)
from evaluations.models import Assignment, CommitteeMember, Draw, Review, Ruling
from evaluations.states import RulingState
from evaluations.views.ofcall import ActPage, OfCall, status_url, tried
from programs.models import CommitteeSeat


class Coordination(OfCall, TemplateView):
    """Where the evaluation of a call stands, and what comes next."""

    permission_required = "evaluations.coordinate_evaluation"
    template_name = "evaluations/coordination.html"

    def get_context_data(self, **kwargs):
        call, held = self.call, self.powers_in(self.call)
        applications = list(_shown(call, self.request.user))
        drawn = list(Draw.objects.of_call(call))
        committed = next((draw for draw in drawn if not draw.is_drawn), None)
        job = distributing.job_of(committed)
        declared, recused = declarations_of(call)
        people = people_of(call, declared)
        return super().get_context_data(
            may_appoint=held["appoint_committee"] and not committees.why_closed(call),
            may_give_out=call.state == CallState.SEALED,
            may_convene=held["run_session"] and not sessions.why_closed(call),
            may_reopen=held["reopen_review"],
            may_release=held["release_results"],
            seats=seats_of(call),
            evaluators=[one for one in people if one["scores"]],
            pending_declarations=[one["person"] for one in people if not one["declared"]],
            progress={"given": sum(a.given for a in applications), "done": sum(a.done for a in applications)},
            wanted=standing.evaluators_wanted(call),
            applications=applications,
            waiting_at_desk=standing.at_the_desk(call).count(),
            recusals=register.by_capacity(recused),
            draws=drawn,
            may_commit=call.state in BEFORE_RESULTS and not committed,
            may_draw=call.state == CallState.SEALED and committed and not distributing.is_going_on(job),
            draw_job=job,
            draw_status=status_url(job, self.request.user),
            sessions=register.sessions_of(call),
            assign_form=kwargs.pop("assign_form", None) or _assignment_form(applications, people),
            **kwargs,
        )


def _shown(call, user):
    """The applications in play with how many evaluators each has; none that the person is barred from."""
    return standing.readers(call).exclude(barred__user=user).order_by("folio")


def _assignment_form(applications, people, data=None):
    ready = [one["person"] for one in people if one["scores"] and one["declared"]]
    return AssignmentForm(data, applications=applications, evaluators=ready)


def seats_of(call):
    """Every seat of the Rules with its holder and substitute of today."""
    held = {}
    if committee := getattr(call, "committee", None):
        current = CommitteeMember.objects.current().filter(committee=committee)
        for member in current.select_related("user", "seat"):
            held.setdefault(member.seat_id, {})[member.is_substitute] = member
    return [
        {
            "seat": seat,
            "holder": held.get(seat.pk, {}).get(False),
            "substitute": held.get(seat.pk, {}).get(True),
        }
        for seat in CommitteeSeat.objects.of_publication(call.publication_id)
    ]


def declarations_of(call):
    """Who declared, and how many recusals there are by capacity: in one query."""
    told = list(call.conflict_declarations.values_list("user", "capacity", "organization"))
    declared = {user for user, _capacity, organization in told if organization is None}
    return declared, Counter(capacity for _user, capacity, organization in told if organization)


def people_of(call, declared=None):
    """Who takes part, each once: whether they score, how much they have, whether they declared."""
    committee = getattr(call, "committee", None)
    if committee is None:
        return []
    mine = Q(user__assignments__application__call=call, user__assignments__withdrawn_at=None)
    held = committee.body.memberships.current().annotate(
        load=Count("user__assignments", filter=mine),
        done=Count("user__assignments", filter=mine & Q(user__assignments__review__state="handed_in")),
    )
    declared = declarations_of(call)[0] if declared is None else declared
    found = {}
    for one in held.select_related("user").order_by("user__name", "pk"):
        person = found.setdefault(
            one.user_id,
            {"person": one.user, "load": one.load, "done": one.done, "scores": False,
             "declared": one.user_id in declared},
        )  # fmt: skip
        person["scores"] = person["scores"] or one.role == Role.EVALUATOR
    return list(found.values())


class OfPeople(ActPage):
    """An act on who takes part in the evaluation of a call."""

    permission_required = "evaluations.appoint_committee"
    refusals, blames = committees.CannotAppoint, "person"

    def why_not(self):
        return committees.why_closed(self.call)


class Appoint(OfPeople):
    """Fill a seat of the Rules."""

    form_class = AppointmentForm
    done = gettext_lazy("Appointed. The person was told.")
    extra_context = {
        "title": gettext_lazy("Fill a seat of the committee"),
        "intro": gettext_lazy(
            "The seats are those of the published Rules. Name and way of choosing are published."
        ),
        "button": gettext_lazy("Appoint"),
    }

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "seats": CommitteeSeat.objects.of_publication(self.call.publication_id)
        }

    def get_initial(self):
        return {"seat": self.request.GET.get("puesto", "")}

    def act(self, given):
        seats = CommitteeSeat.objects.of_publication(self.call.publication_id)
        committees.appoint(
            self.call, seats.get(key=given["seat"]), given["person"], by=self.request.user,
            how_chosen=given["how_chosen"], substitute=given["substitute"],
        )  # fmt: skip


class Replace(OfPeople):
    """Give a seat to another person, saying why."""

    form_class = ReplacementForm
    done = gettext_lazy("Replaced. The new person was told.")
    extra_context = {
        "title": gettext_lazy("Replace a member of the committee"),
        "intro": gettext_lazy(
            "The former member keeps what they signed; the change and its reason stay in the record."
        ),
        "button": gettext_lazy("Replace"),
    }

    @property
    def member(self):
        return get_object_or_404(
            CommitteeMember.objects.current().select_related("seat", "user", "committee__call"),
            committee__call=self.call, seat__key=self.kwargs["seat"],
            is_substitute="suplente" in self.request.GET,
        )  # fmt: skip

    def get_context_data(self, **kwargs):
        return super().get_context_data(member=self.member, **kwargs)

    def act(self, given):
        committees.replace(
            self.member, given["person"], by=self.request.user,
            how_chosen=given["how_chosen"], reason=given["reason"],
        )  # fmt: skip


class AddEvaluator(OfPeople):
    """Bring a person into the pool of evaluators."""

    form_class = EvaluatorForm
    done = gettext_lazy("The evaluator was added and told.")
    extra_context = {
        "title": gettext_lazy("Add an evaluator"),
        "intro": gettext_lazy(
            "They score without knowing whose project it is. Nobody of the desk or of an applicant may score."
        ),
        "button": gettext_lazy("Add"),
    }

    def act(self, given):
        committees.add_evaluator(self.call, given["person"], by=self.request.user)


class RemoveEvaluator(OfPeople):
    """End a person's part in the pool, saying why and what becomes of their files."""

    form_class = ReasonForm
    blames = "reason"
    done = gettext_lazy("The person is no longer in the pool.")
    extra_context = {
        "title": gettext_lazy("Take a person out of the pool"),
        "intro": gettext_lazy(
            "From now on they read no file of this call. What they handed in stays and counts."
        ),
        "button": gettext_lazy("Take out of the pool"),
    }

    @cached_property
    def removed(self):
        """The person with their files, as the table of the pool shows them."""
        for one in people_of(self.call):
            if one["scores"] and one["person"].public_id == self.kwargs["person"]:
                return one
        raise Http404

    def get_context_data(self, **kwargs):
        one = self.removed
        return super().get_context_data(removed=one, unfinished=one["load"] - one["done"], **kwargs)

    def act(self, given):
        committees.remove_evaluator(
            self.call, self.removed["person"], by=self.request.user, reason=given["reason"]
        )


class Assign(Coordination):
    """Give one application to one evaluator."""

    http_method_names = ["post"]

    def post(self, request, folio):
        form = _assignment_form(_shown(self.call, request.user), people_of(self.call), request.POST)
        if form.is_valid() and tried(form, reviews.CannotAssign, lambda: self._assign(form), "evaluator"):
            return self.go("evaluations:coordination", _("The file was given out."))
        return self.render_to_response(self.get_context_data(assign_form=form), status=422)

    def _assign(self, form):
        application = standing.in_play(self.call).get(folio=form.cleaned_data["application"])
        people = {e.public_id: e for e in drawing.ready_evaluators(self.call).values()}
        reviews.assign(application, people[form.cleaned_data["evaluator"]], by=self.request.user)


class Ranking(OfCall, TemplateView):
    """The ranking, only once every review is in; what follows from pass mark and budget beside it."""

    permission_required = "evaluations.coordinate_evaluation"
    template_name = "evaluations/ranking.html"

    def get_context_data(self, **kwargs):
        call = self.call
        lacking = standing.lacking(call)
        places = [] if lacking else standing.places(call)
        adjusted = beside.adjusted_of(places)
        rows = [] if lacking else ranking_rows(call, self.request.user, places, adjusted)
        return super().get_context_data(
            why_undefined=beside.why_undefined(adjusted),
            formula=beside.formula(),
            decides_nothing=beside.decides_nothing(),
            complete=bool(rows),
            rows=rows,
            lacking=lacking,
            rule=standing.scoring_rule(call),
            budget=standing.budget_of(call),
            **kwargs,
        )


def ranking_rows(call, user, places, adjusted):
    """Places with application, proposal, tie and adjusted score; what the person is barred from left out."""
    applications = {
        a.pk: a
        for a in standing.in_play(call).exclude(barred__user=user).select_related("organization__body")
    }
    names, third = {c.key: c.name for c in standing.criteria_of(call)}, diverging.in_words(call)
    labels = {"award": _("Awarded"), "reserve": _("On the reserve list"), "not_awarded": _("Not awarded")}
    return [
        {
            "place": proposal.place,
            "application": applications[key],
            "proposal": proposal,
            "words": labels[proposal.outcome],
            "third": third.get(key, ""),
            "tie": standing.tie_in_words(proposal.place, names),
            "adjusted": adjusted.scores.get(key),
            "adjusted_place": adjusted.places.get(key),
        }
        for key, proposal in standing.proposals(call, places).items()
        if key in applications
    ]


class Reviews(OfCall, TemplateView):
    """The reviews of the call by alias, for the chair who may reopen one: without names of either side."""

    permission_required = "evaluations.reopen_review"
    template_name = "evaluations/reviews.html"

    def get_context_data(self, **kwargs):
        listed = (
            Review.objects.of_call(self.call)
            .filter(assignment__withdrawn_at=None)
            .exclude(assignment__application__barred__user=self.request.user)
        )
        ruled = Ruling.objects.filter(application=OuterRef("assignment__application"))
        listed = listed.annotate(is_ruled_on=Exists(ruled.exclude(state=RulingState.DRAFTED)))
        return super().get_context_data(
            reviews=listed.select_related("assignment").order_by("state", "assignment__alias"), **kwargs
        )


class Reopen(ActPage):
    """Give a review back to its evaluator, with the reason."""

    permission_required = "evaluations.reopen_review"
    form_class = ReasonForm
    refusals, blames = reviews.CannotReopen, "reason"
    goes_to, done = "evaluations:reviews", gettext_lazy("The review was reopened and its evaluator told.")
    extra_context = {
        "title": gettext_lazy("Reopen a review"),
        "intro": gettext_lazy(
            "Its evaluator can change it and hand it in again. The reason stays in the record."
        ),
        "button": gettext_lazy("Reopen"),
    }

    @cached_property
    def review(self):
        mine = (
            Assignment.objects.active()
            .of_call(self.call)
            .exclude(application__barred__user=self.request.user)
        )
        return get_object_or_404(mine.select_related("review"), alias=self.kwargs["alias"]).review

    def why_not(self):
        return reviews.why_not_reopened(self.review)

    def get_context_data(self, **kwargs):
        return super().get_context_data(review=self.review, **kwargs)

    def act(self, given):
        reviews.reopen(self.review, by=self.request.user, reason=given["reason"])
