"""The agency's desk: the applications of a call, one file, and what is decided on it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import FormView, ListView, TemplateView

from accounts.acts import ActNotPossible
from accounts.models import TrailEntry
from calls import desk_list, other_grants, people, tracking
from calls.actions import desk as actions
from calls.forms.desk import ChecksForm, DiscardForm
from calls.paging import KeysFirst
from calls.rules import desks_of
from calls.states import BEFORE_RESULTS, ApplicationState
from calls.views.applicant import read_over
from calls.views.reading import ReadsApplication, visible_application
from documents import sheets
from programs.models import Municipality

COMPLETENESS = ("complete", "observed", "unchecked")


def desk_of(user, folio):
    """The call whose desk this is. For whoever does not work there, there is none."""
    return get_object_or_404(desks_of(user).with_program(), folio=folio)


def completeness_words():
    return [
        ("complete", _("Every document met")),
        ("observed", _("With observations")),
        ("unchecked", _("To be checked")),
    ]


class Calls(ListView):
    """The calls of one's agency, with what waits at the desk of each."""

    template_name = "calls/desk_calls.html"
    context_object_name = "calls"
    paginate_by = 20

    def get_queryset(self):
        to_check = Q(applications__state__in=desk_list.TO_CHECK)
        received = ~Q(applications__state__in=[ApplicationState.DRAFT, ApplicationState.WITHDRAWN])
        return (
            desks_of(self.request.user)
            .select_related("publication__edition__program__agency__body")
            .annotate(
                received=Count("applications", filter=received & Q(applications__isnull=False)),
                to_check=Count("applications", filter=to_check),
            )
            .order_by("-opens_at", "-pk")
        )


class DeskPages(KeysFirst):
    of_rows = staticmethod(desk_list.as_listed)


class Desk(ListView):
    """What was handed in to a call. A filter is a link that can be shared."""

    template_name = "calls/desk_list.html"
    context_object_name = "applications"
    paginate_by = 50
    paginator_class = DeskPages

    @cached_property
    def call(self):
        return desk_of(self.request.user, self.kwargs["folio"])

    def get_queryset(self):
        return chosen(self.request, self.call)

    def get_context_data(self, **kwargs):
        query = self.request.GET
        return super().get_context_data(
            call=self.call,
            words=query.get("q", ""),
            municipality=query.get("municipio", ""),
            state=query.get("estado", ""),
            completeness=query.get("cumple", ""),
            states=[(s.value, s.label) for s in ApplicationState if s not in ("draft", "withdrawn")],
            completeness_options=completeness_words(),
            may_decide=self.call.state in BEFORE_RESULTS
            and self.request.user.has_perm("calls.decide_at_desk", self.call),
            may_assist=self.request.user.has_perm("calls.assist_in_call", self.call),
            municipalities=list(
                Municipality.objects.filter(
                    pk__in=desk_list.of_call(self.call, self.request.user).order_by().values("municipality")
                )
            ),
            query=query.urlencode(),
            **kwargs,
        )


def chosen(request, call):
    """The list of the desk as the address asks for it."""
    query = request.GET
    return desk_list.filtered(
        desk_list.of_call(call, request.user),
        state=query.get("estado", ""),
        words=query.get("q", ""),
        municipality=query.get("municipio", ""),
        completeness=query.get("cumple", ""),
    )


@require_safe
def export(request, folio):
    """The list as it is filtered, for a spreadsheet."""
    call = desk_of(request.user, folio)
    rows = (
        (
            one.folio,
            one.organization.body.name_es,
            one.organization.rfc,
            one.project_title,
            one.modality.name if one.modality else "",
            one.municipality.name if one.municipality else "",
            one.requested_amount,
            one.get_state_display(),
            one.submitted_at,
            one.met,
            one.required,
            one.entered_for is not None,
        )
        for one in desk_list.with_names(chosen(request, call))
    )
    header = [
        _("Folio"), _("Organization"), _("RFC"), _("Project"), _("Modality"), _("Municipality"),
        _("Amount requested"), _("State"), _("Received"), _("Documents met"), _("Documents asked for"),
        _("Entered by the agency"),
    ]  # fmt: skip
    return sheets.as_csv(header, rows, filename=f"solicitudes-{call.folio}.csv")


class AdmitMany(TemplateView):
    """Admit, after a confirmation that says which ones, every application with all its documents met."""

    template_name = "calls/desk_admit.html"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm("calls.decide_at_desk", self.call):
            raise PermissionDenied(only_the_desk())
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def call(self):
        return desk_of(self.request.user, self.kwargs["folio"])

    @cached_property
    def ready(self):
        waiting = desk_list.of_call(self.call, self.request.user).filter(state__in=desk_list.TO_CHECK)
        return [
            one
            for one in desk_list.with_names(desk_list.by_completeness(waiting, "complete"))
            if self.request.user.has_perm("calls.check_application", one)
        ]

    def post(self, request, *args, **kwargs):
        marked = set(request.POST.getlist("application"))
        wanted = [one for one in self.ready if one.public_id in marked]
        admitted, refused = actions.admit_complete(wanted, by=request.user)
        if admitted:
            messages.success(request, _("Admitted: %(count)d.") % {"count": len(admitted)})
        for application, reason in refused:
            messages.error(request, f"{application.folio}: {reason}")
        return redirect("calls:desk_call", self.call.folio)

    def get_context_data(self, **kwargs):
        return super().get_context_data(call=self.call, ready=self.ready, **kwargs)


class AtTheDesk(ReadsApplication):
    """A page about one application for those who decide at its desk, and the comptroller, who only reads."""

    def dispatch(self, request, *args, **kwargs):
        if not (self.may or request.user.has_perm("calls.view_desk", self.application.call)):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def may(self):
        """Whether this person decides here."""
        return self.request.user.has_perm("calls.check_application", self.application)


class OtherGrants(AtTheDesk, TemplateView):
    """What may be paid twice: other applications of the organization, and of others with its account."""

    template_name = "calls/desk_others.html"

    def get_context_data(self, **kwargs):
        others = other_grants.of(self.application, reader=self.request.user)
        return super().get_context_data(others=others, **kwargs)


class File(AtTheDesk, TemplateView):
    """One application at the desk: what was said, each document met or observed, what can be decided."""

    template_name = "calls/desk_application.html"
    checks_form = None

    def get_context_data(self, **kwargs):
        checks = {
            check.requirement_id: check for check in self.application.checks.select_related("by", FOUND_AT)
        }
        form = self.checks_form or ChecksForm(self.contents.requirements, checks)
        lacking = [r for r in self.contents.requirements if r.is_obligatory and not is_met(checks.get(r.pk))]
        return super().get_context_data(
            said=read_over(self.contents),
            rows=[(r, r.given, checks.get(r.pk), form.fields_of(r.key)) for r in self.contents.requirements],
            checks_form=form,
            lacking=lacking,
            happened=self._happened(),
            **self._decisions(lacking),
            **kwargs,
        )

    def _decisions(self, lacking):
        """What this person can do with the application in its state."""
        state, now = self.application.state, timezone.now()
        prevention = getattr(self.application, "prevention", None)
        may = self.may and not self.application.call.is_ended
        waits = bool(prevention) and state == ApplicationState.PREVENTED and now < prevention.due_at
        return {
            "prevention": prevention,
            "may_check": may and state in desk_list.TO_CHECK,
            "may_prevent": may and state == ApplicationState.SUBMITTED,
            "may_admit": may and state in desk_list.TO_CHECK and not lacking,
            "may_discard": may and (state in desk_list.TO_CHECK or state == "prevented") and not waits,
            "waits": waits,
        }

    def _happened(self):
        told = TrailEntry.objects.about(self.application).filter(act__in=tracking.TOLD).select_related("by")
        return [
            {"title": tracking.act_in_words(e.act), "at": e.at, "by": str(e.by or "")}
            for e in told.order_by("at", "pk")
        ]


FOUND_AT = "comes_from__application__call__publication__edition__program__agency__body"


def is_met(check):
    return check is not None and check.outcome == check.Outcome.MET


@require_POST
def check(request, public_id):
    """Keep what was found of the documents."""
    application = may_decide(request.user, public_id)
    view = File()
    view.setup(request, public_id=public_id)
    form = ChecksForm(view.contents.requirements, {}, request.POST)
    if not form.is_valid():
        view.checks_form = form
        return view.render_to_response(view.get_context_data())
    known = {c.requirement_id: (c.outcome, c.note) for c in application.checks.all()}
    try:
        for requirement, outcome, note in form.found():
            if known.get(requirement.pk) != (outcome, note.strip()):
                actions.check(application, requirement, outcome=outcome, note=note, by=request.user)
    except (ActNotPossible, actions.MustNotDecide) as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("The check was kept."))
    return redirect("calls:desk_application", application.public_id)


def may_decide(user, public_id):
    application = visible_application(user, public_id)
    if not user.has_perm("calls.check_application", application):
        raise PermissionDenied(refusal_for(user, application))
    return application


def refusal_for(user, application):
    """Why this person decides nothing on this application."""
    if people.scores_in(user, application.call):
        return str(actions.MustNotDecide())
    if actions.entered_by(user, application):
        return str(actions.EnteredIt())
    return only_the_desk()


def only_the_desk():
    return _("Only the operator or the head of the agency decides on the reception of applications.")


class Decision(ReadsApplication):
    """A decision on one application, with a confirmation that says who will be written to."""

    permission = "calls.check_application"

    def refusal(self):
        return refusal_for(self.request.user, self.application)

    def get_context_data(self, **kwargs):
        told = people.people_of(self.application.organization)
        return super().get_context_data(recipients=[str(person) for person in told], **kwargs)

    def turned_away(self):
        """The page says why, and offers nothing, when the decision was taken already."""
        if refusal := actions.why_decided(self.application):
            return self.render_to_response(self.get_context_data(refusal=refusal), status=409)
        return None


class Admit(Decision, TemplateView):
    template_name = "calls/desk_admit_one.html"

    def post(self, request, *args, **kwargs):
        try:
            actions.admit(self.application, by=request.user)
        except (actions.CannotAdmit, actions.MustNotDecide, ActNotPossible) as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _("The application was admitted."))
        return redirect("calls:desk_application", self.application.public_id)

    def get_context_data(self, **kwargs):
        return super().get_context_data(lacking=actions.unmet(self.application), **kwargs)


class Discard(Decision, FormView):
    template_name = "calls/desk_discard.html"
    form_class = DiscardForm

    def form_valid(self, form):
        try:
            actions.discard(self.application, by=self.request.user, **form.discard())
        except (actions.CannotDiscard, actions.MustNotDecide, ActNotPossible) as reason:
            form.add_error(None, str(reason))
            return self.form_invalid(form)
        messages.success(self.request, _("The application was discarded."))
        return redirect("calls:desk_application", self.application.public_id)
