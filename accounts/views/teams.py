"""``/equipo/``: who acts for a body, who is invited, and who did."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import FormView, ListView

from accounts import teams
from accounts.forms import InviteForm, NewPersonForm
from accounts.models import Body, Invitation, Membership, User
from accounts.rules import grantable_roles
from jobs.idempotency import AnswersOnce


class Teams(ListView):
    """The bodies I act for; all of them for an administrator."""

    template_name = "accounts/team_list.html"
    context_object_name = "bodies"
    paginate_by = 50

    def get_queryset(self):
        bodies = Body.objects.visible_to(self.request.user).order_by("kind", "name_es")
        sought = self.request.GET.get("q", "").strip()
        return bodies.filter(name_es__icontains=sought) if sought else bodies

    def get_context_data(self, **kwargs):
        return super().get_context_data(sought=self.request.GET.get("q", ""), **kwargs)


class Team(AnswersOnce, FormView):
    """The people of a body; whoever manages it invites others here."""

    template_name = "accounts/team.html"
    form_class = InviteForm

    @cached_property
    def body(self):
        return get_object_or_404(Body.objects.visible_to(self.request.user), public_id=self.kwargs["body"])

    @cached_property
    def roles(self):
        return grantable_roles(self.request.user, self.body)

    def post(self, request, *args, **kwargs):
        if not self.roles:
            raise PermissionDenied(_("You may not invite anybody to this body."))
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"roles": self.roles}

    def get_context_data(self, **kwargs):
        people = self.body.memberships.told_to(self.request.user).select_related("user").order_by("-since")
        current = people.current()
        return super().get_context_data(
            body=self.body,
            may_manage=bool(self.roles),
            members=[{"row": m, "may_end": m.role in self.roles} for m in current],
            former=people.exclude(pk__in=current.values("pk"))[:50],
            invitations=self._open_invitations(),
            **kwargs,
        )

    def _open_invitations(self):
        if not self.roles:
            return []
        return list(self.body.invitations.pending().filter(role__in=self.roles).order_by("-sent_at"))

    def form_valid(self, form):
        try:
            teams.invite(
                self.body, form.cleaned_data["email"], form.cleaned_data["role"], by=self.request.user
            )
        except teams.CannotInvite as reason:
            form.add_error("email", str(reason))
            return self.form_invalid(form)
        messages.success(self.request, _("The invitation to %(email)s is on its way.") % form.cleaned_data)
        return redirect(self.body)


@require_POST
def end_membership(request, body, membership):
    """End a role, from now on."""
    place = get_object_or_404(Body.objects.visible_to(request.user), public_id=body)
    held = get_object_or_404(
        Membership.objects.select_related("body", "user"), body=place, public_id=membership
    )
    if held.role not in grantable_roles(request.user, place):
        raise PermissionDenied(_("You may not end that role in this body."))
    try:
        teams.end(held, by=request.user)
        messages.success(request, _("The role of %(person)s ended.") % {"person": held.user})
    except teams.CannotEnd as reason:
        messages.error(request, str(reason))
    still_visible = Body.objects.visible_to(request.user).filter(pk=place.pk).exists()
    return redirect(place) if still_visible else redirect("accounts:teams")


@require_POST
def withdraw_invitation(request, body, invitation):
    place = get_object_or_404(Body.objects.visible_to(request.user), public_id=body)
    offer = get_object_or_404(Invitation.objects.select_related("body"), body=place, public_id=invitation)
    try:
        teams.withdraw(offer, by=request.user)
    except teams.CannotInvite as reason:
        raise PermissionDenied(str(reason)) from reason
    messages.success(request, _("The invitation was withdrawn."))
    return redirect(place)


@method_decorator([login_not_required, never_cache], name="dispatch")
class AcceptInvitation(FormView):
    """The page behind the link: accept with the account there is, or open one."""

    template_name = "accounts/invitation.html"
    form_class = NewPersonForm

    def dispatch(self, request, *args, **kwargs):
        self.invitation = teams.open_invitation(kwargs["token"])
        if self.invitation is None:
            return render(request, "accounts/invitation_over.html", status=410)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def has_account(self):
        return User.objects.filter(email=self.invitation.email).exists()

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"email": self.invitation.email}

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(
            invitation=self.invitation,
            has_account=self.has_account,
            is_mine=user.is_authenticated and user.email == self.invitation.email,
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        if not request.user.is_authenticated and not self.has_account:
            return super().post(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return redirect_to_login(self.invitation.get_absolute_url())
        try:
            teams.accept(self.invitation, by=request.user)
        except teams.CannotAccept as reason:
            messages.error(request, str(reason))
            return self.render_to_response(self.get_context_data(form=None), status=409)
        return self._welcome()

    def form_valid(self, form):
        try:
            user = teams.accept_as_new_person(
                self.invitation, language=self.request.LANGUAGE_CODE, **form.cleaned_data
            )
        except teams.CannotAccept as reason:
            form.add_error(None, str(reason))
            return self.form_invalid(form)
        login(self.request, user, backend="django.contrib.auth.backends.ModelBackend")
        return self._welcome()

    def _welcome(self):
        messages.success(
            self.request,
            _("You act now for %(body)s as: %(role)s.")
            % {"body": self.invitation.body, "role": self.invitation.get_role_display()},
        )
        return redirect(settings.LOGIN_REDIRECT_URL)
