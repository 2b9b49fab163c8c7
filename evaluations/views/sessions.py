"""Sessions of the committee: the list, one session, one file at a time."""

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, TemplateView, View

from accounts.acts import ActNotPossible
from documents import renderings
from documents.models import Rendering
from evaluations import register, standing
from evaluations.actions import rulings, sessions
from evaluations.forms import AttendanceForm, ClosingForm, ConvocationForm
from evaluations.models import CommitteeMember, Outcome, Session, Vote
from evaluations.rules import powers
from evaluations.views import attending
from evaluations.views.ofcall import ActPage, tried

REFUSALS = (sessions.CannotOpen, sessions.CannotVote, sessions.CannotClose, rulings.CannotRule)


class Sessions(ListView):
    """The sessions that a person may see, the latest first."""

    template_name = "evaluations/session_list.html"
    context_object_name = "sessions"
    paginate_by = 50

    def get_queryset(self):
        return Session.objects.visible_to(self.request.user).select_related("committee__call")


class Convene(ActPage):
    """Call the committee to a session."""

    permission_required = "evaluations.run_session"
    form_class = ConvocationForm
    extra_context = {
        "title": gettext_lazy("Convene a session"),
        "intro": gettext_lazy("Every member of the committee is told. The agenda follows the ranking."),
        "button": gettext_lazy("Convene"),
    }

    def why_not(self):
        return sessions.why_closed(self.call)

    def form_valid(self, form):
        made = []

        def act():
            made.append(sessions.convene(self.call, by=self.request.user, **form.cleaned_data))

        if not tried(form, sessions.CannotConvene, act):
            return self.form_invalid(form)
        messages.success(self.request, _("The session was convened and its members told."))
        return redirect(made[0])


class OfSession(View):
    """A page of one session. Whoever may not see it finds nothing."""

    @cached_property
    def session(self):
        found = Session.objects.visible_to(self.request.user).select_related(
            "committee__body", "committee__call__publication__edition__program__agency__body"
        )
        session = found.filter(folio=self.kwargs["folio"]).first()
        if session is None:
            raise Http404
        return session

    @property
    def call(self):
        return self.session.committee.call

    @cached_property
    def powers(self):
        """What this person may do here."""
        held, goes_on = powers(self.request.user, self.call), not self.call.is_ended
        return {
            "runs": goes_on and held["run_session"],
            "drafts": goes_on and held["draft_ruling"],
            "issues": goes_on and held["issue_ruling"],
            "sees_rulings": held["see_pending"],
            "sees_reopenings": self.request.user.has_perm("evaluations.see_reopenings", self.call),
        }

    def demand(self):
        """Refuse, before any form is read, whoever sees the session but may not do this; say why."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and request.method == "POST":
            self.demand()
        return super().dispatch(request, *args, **kwargs)

    def agenda(self):
        """The files of the session but those that this person is recused from."""
        return self.session.agenda.exclude(application__barred__user=self.request.user)

    def said(self, act, done):
        """Do ``act`` and say how it went."""
        try:
            act()
        except (*REFUSALS, ActNotPossible) as refusal:
            messages.error(self.request, str(refusal))
        else:
            messages.success(self.request, done)
        return redirect(self.session)


class SessionPage(OfSession, TemplateView):
    """Roster, powers, recusals, quorum; then the agenda with votes, budget and rulings."""

    template_name = "evaluations/session.html"

    def get_context_data(self, **kwargs):
        session, call = self.session, self.call
        members = _members(session)
        return super().get_context_data(
            session=session,
            call=call,
            powers=self.powers,
            votes=not call.is_ended
            and any(m.user_id == self.request.user.pk and m.seat.has_vote for m in members),
            members=members,
            recusals=register.recusals(call),
            rows=self.rows() if self.session.opened_at and self.powers["sees_rulings"] else [],
            files=self.session.agenda.count() if not session.opened_at else 0,
            budget=self.budget(),
            attendance_form=kwargs.pop("attendance_form", None) or AttendanceForm(members=members),
            closing_form=kwargs.pop("closing_form", None) or ClosingForm(),
            minutes=_minutes_of(session, self.request.user),
            **attending.of(
                session, members, runs=self.powers["runs"], arrival_form=kwargs.pop("arrival_form", None)
            ),
            **kwargs,
        )

    def budget(self):
        """None for whoever is recused from a file that was awarded: what is left would tell how much."""
        if not self.powers["sees_rulings"]:
            return None
        spent = standing.committed_in_sight(self.call, self.request.user)
        return None if spent is None else budget_line(self.call, spent)

    def rows(self):
        """The agenda with what follows for each file, its ruling and whether one voted: in two readings."""
        proposals = standing.proposals(self.call)
        mine = Vote.objects.filter(item=OuterRef("pk"), member__user=self.request.user)
        items = self.agenda().select_related("application__organization__body", "application__ruling")
        return [
            {
                "item": item,
                "place": proposals[item.application_id].place,
                "words": Outcome(proposals[item.application_id].outcome).label,
                "ruling": getattr(item.application, "ruling", None),
                "voted": item.voted,
            }
            for item in items.annotate(voted=Exists(mine))
        ]


def _members(session):
    current = CommitteeMember.objects.current().filter(committee=session.committee)
    if session.state != "convened":
        current = CommitteeMember.objects.filter(attendance__session=session)
    return list(current.select_related("seat", "user").in_order())


def _minutes_of(session, reader):
    """The minutes on paper, once the session is closed, for whoever may read them now."""
    if not session.closed_at:
        return None
    paper = Rendering.objects.of("session_minutes", session.folio).current().first()
    return paper if paper and renderings.visible_to(paper, reader) else None


def budget_line(call, spent):
    total = standing.budget_of(call)
    return {"total": total, "spent": spent, "left": total - spent}


class OpenSession(SessionPage):
    """Begin with those present."""

    http_method_names = ["post"]

    def demand(self):
        sessions.demand_running(self.request.user, self.call)

    def post(self, request, folio):
        form = AttendanceForm(request.POST, members=_members(self.session))
        if form.is_valid() and tried(form, sessions.CannotOpen, lambda: self._open(form), "present"):
            messages.success(request, _("The session is open."))
            return redirect(self.session)
        return self.render_to_response(self.get_context_data(attendance_form=form), status=422)

    def _open(self, form):
        sessions.open(self.session, by=self.request.user, present=form.chosen())


class VoteAll(OfSession):
    """Vote on all that is left as ranking, pass mark and budget propose."""

    http_method_names = ["post"]

    def post(self, request, folio):
        return self.said(
            lambda: sessions.vote_as_proposed(self.session, by=request.user), _("Your votes were taken.")
        )


class ProposeAll(OfSession):
    """Draft the rulings that are left."""

    http_method_names = ["post"]

    def post(self, request, folio):
        return self.said(
            lambda: rulings.propose_all(self.session, by=request.user), _("The rulings were drafted.")
        )


class IssueAll(OfSession):
    """Sign every ruling drafted."""

    http_method_names = ["post"]

    def post(self, request, folio):
        return self.said(
            lambda: rulings.issue_all(self.session, by=request.user),
            _("The rulings were issued and sealed. They stay secret until results are released."),
        )


class CloseSession(OfSession):
    """End the session with its minutes."""

    http_method_names = ["post"]

    def post(self, request, folio):
        minutes = request.POST.get("minutes", "")
        return self.said(
            lambda: sessions.close(self.session, by=request.user, minutes=minutes),
            _("The session was closed."),
        )
