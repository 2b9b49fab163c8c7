"""One file before the committee: its place, its budget line, the vote, and the ruling with its reasons."""

from decimal import Decimal

from django.contrib import messages
from django.db.models import Exists, OuterRef, Subquery, Sum
from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from evaluations import beside, standing
from evaluations.actions import rulings, sessions
from evaluations.forms import RulingForm, VoteForm
from evaluations.models import Ruling, Vote
from evaluations.scorecards import scorecard
from evaluations.views.ofcall import tried
from evaluations.views.sessions import OfSession, budget_line


class FilePage(OfSession, TemplateView):
    """One file: its place, criteria, spread and budget line; the vote and the ruling with its reasons.

    What hangs from the file is read with it: the page asks few questions.
    """

    template_name = "evaluations/session_file.html"

    @cached_property
    def item(self):
        found = self.agenda().select_related(
            "application__organization__body", "application__ruling__decided_by"
        )
        found = found.annotate(
            following=_following(self.agenda()), committed=_committed(), hides=_hides(self.request.user)
        )
        item = found.filter(position=self.kwargs["position"]).first()
        if item is None or not (self.session.opened_at and self.powers["sees_rulings"]):
            raise Http404
        item.application.call = self.call
        return item

    def demand_sight(self):
        """For whom the file is not on the agenda, there is none to decide."""
        self.item  # noqa: B018 -- raises Http404

    @property
    def application(self):
        return self.item.application

    @cached_property
    def ruling(self):
        return getattr(self.application, "ruling", None)

    def get_context_data(self, **kwargs):
        places = standing.places(self.call)
        proposal = standing.proposals(self.call, places).get(self.application.pk)
        adjusted = beside.adjusted_of(places)
        entitled = self.entitled()
        mine = next((m for m in entitled if m.user_id == self.request.user.pk), None)
        return super().get_context_data(
            session=self.session,
            call=self.call,
            item=self.item,
            application=self.application,
            ruling=self.ruling,
            proposal=proposal,
            tie=standing.tie_in_words(proposal.place, _names(self.call)) if proposal else "",
            adjusted=adjusted.scores.get(self.application.pk),
            adjusted_place=adjusted.places.get(self.application.pk),
            why_undefined=beside.why_undefined(adjusted),
            formula=beside.formula(),
            decides_nothing=beside.decides_nothing(),
            rows=scorecard(self.application),
            budget=None if self.item.hides else budget_line(self.call, self.item.committed or Decimal(0)),
            powers=self.powers,
            voters=entitled,
            quorum=len(entitled) >= self.session.quorum,
            may_vote=mine is not None
            and not self.call.is_ended
            and self.session.is_open
            and _is_open(self.ruling),
            may_rule=self.powers["drafts"] and self.session.is_open and _is_open(self.ruling),
            vote_form=kwargs.pop("vote_form", None) or VoteForm(initial=_my_vote(mine)),
            ruling_form=kwargs.pop("ruling_form", None) or RulingForm(initial=self.initial(proposal)),
            following=self.item.following,
            **kwargs,
        )

    def entitled(self):
        """Who may vote on the file; how each one did, once they did."""
        votes = Vote.objects.filter(item=self.item, member=OuterRef("pk")).values("choice")
        here = sessions.present_for(self.session, self.application).annotate(cast=Subquery(votes[:1]))
        members = sessions.voters(self.session, self.application, here=here, recused=())
        for member in members:
            member.cast_words = Vote.Choice(member.cast).label if member.cast else ""
        return members

    def initial(self, proposal):
        if self.ruling:
            return {name: getattr(self.ruling, name) for name in rulings.WRITTEN}
        return {
            "outcome": proposal.outcome if proposal else "",
            "amount": self.application.requested_amount,
            "legal_basis": rulings.legal_basis_of(self.call),
        }


def _following(agenda):
    """The place of the next file of the agenda that this person may see."""
    later = agenda.filter(session=OuterRef("session"), position__gt=OuterRef("position"))
    return Subquery(later.order_by("position").values("position")[:1])


def _committed():
    """What the sealed rulings of the call award already."""
    sealed = Ruling.objects.filter(call=OuterRef("session__committee__call")).exclude(state="drafted")
    return Subquery(sealed.order_by().values("call").annotate(total=Sum("amount")).values("total"))


def _hides(reader):
    """Whether a ruling that counts in it is of a file that does not exist for the reader."""
    sealed = Ruling.objects.filter(call=OuterRef("session__committee__call")).exclude(state="drafted")
    return Exists(sealed.filter(application__barred__user=reader))


def _names(call):
    return {criterion.key: criterion.name for criterion in standing.criteria_of(call)}


def _is_open(ruling):
    return ruling is None or ruling.state == "drafted"


def _my_vote(member):
    return {"choice": member.cast} if member and member.cast else {}


class CastVote(FilePage):
    """One's own vote on the file."""

    http_method_names = ["post"]

    def demand(self):
        self.demand_sight()
        sessions.demand_vote(self.request.user, self.session)

    def post(self, request, folio, position):
        form = VoteForm(request.POST)
        if form.is_valid() and tried(form, sessions.CannotVote, lambda: self._vote(form), "choice"):
            messages.success(request, _("Your vote was taken."))
            return redirect("evaluations:session_file", folio=folio, position=position)
        return self.render_to_response(self.get_context_data(vote_form=form), status=422)

    def _vote(self, form):
        sessions.vote(self.session, self.application, form.cleaned_data["choice"], by=self.request.user)


class Rule(FilePage):
    """Keep the draft of the ruling, or issue it. What was typed stays where something is missing."""

    http_method_names = ["post"]

    def demand(self):
        self.demand_sight()
        rulings.demand_drafting(self.request.user, self.call)
        if "issue" in self.request.POST:
            rulings.demand_issuing(self.request.user, self.call)

    def post(self, request, folio, position):
        form, issuing = RulingForm(request.POST), "issue" in request.POST
        drafted = form.is_valid() and tried(form, rulings.CannotRule, lambda: self._draft(form), "outcome")
        if drafted and (not issuing or tried(form, rulings.CannotRule, self._issue)):
            messages.success(request, _("The ruling was issued.") if issuing else _("Draft kept."))
            return redirect("evaluations:session_file", folio=folio, position=position)
        return self.render_to_response(self.get_context_data(ruling_form=form), status=422)

    def _draft(self, form):
        self.ruling = rulings.draft(
            self.session, self.application, by=self.request.user,
            outcome=form.cleaned_data["outcome"], **form.entries(),
        )  # fmt: skip

    def _issue(self):
        rulings.issue(self.ruling, by=self.request.user)
