"""Organizations: registered by a verified person, read by members, changed by the representative."""

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import FormView, TemplateView

from calls import banks, identifiers
from calls.actions import organizations
from calls.forms.organizations import OrganizationForm
from calls.models import Application, Organization
from jobs.idempotency import AnswersOnce, new_key


@require_safe
def mine(request):
    """My organization; a list when there are several; how to begin when there is none."""
    found = list(Organization.objects.of_user(request.user).select_related("body"))
    if len(found) == 1:
        return redirect(found[0])
    return render(request, "calls/organization_mine.html", {"organizations": found})


class New(AnswersOnce, FormView):
    """Register an organization; whoever registers it represents it."""

    template_name = "calls/organization_form.html"
    form_class = OrganizationForm

    def dispatch(self, request, *args, **kwargs):
        if not EmailAddress.objects.filter(user=request.user, verified=True).exists():
            raise PermissionDenied(_("Confirm your e-mail address first: we sent you a message with a link."))
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            organization = organizations.register(by=self.request.user, **form.given())
        except organizations.CannotRegister as reason:
            form.add_error("rfc", str(reason))
            return self.form_invalid(form)
        messages.success(
            self.request, _("Your organization was registered. You are its legal representative.")
        )
        return redirect(organization)

    def get_context_data(self, **kwargs):
        return super().get_context_data(key=new_key(), **kwargs)


class ReadsOrganization:
    permission = "calls.view_organization"

    @cached_property
    def organization(self):
        with_names = Organization.objects.select_related("body", "municipality")
        found = get_object_or_404(with_names, body__public_id=self.kwargs["public_id"])
        if not self.request.user.has_perm("calls.view_organization", found):
            raise Http404
        return found

    def get_context_data(self, **kwargs):
        return super().get_context_data(organization=self.organization, **kwargs)


class Profile(ReadsOrganization, TemplateView):
    """The data of an organization. The account shows its last four digits, to whoever may know them."""

    template_name = "calls/organization_profile.html"

    def get_context_data(self, **kwargs):
        one, user = self.organization, self.request.user
        sees_account = user.has_perm("calls.view_end_of_account", one)
        clabe = one.clabe if sees_account else ""
        return super().get_context_data(
            may_change=user.has_perm("calls.change_organization", one),
            keeps_vault=user.has_perm("calls.keep_vault", one),
            sees_account=sees_account,
            account=self.kwargs.get("account") or identifiers.masked(clabe),
            shown=bool(self.kwargs.get("account")),
            bank=banks.name_of(clabe),
            members=list(
                one.body.memberships.current().select_related("user").order_by("role", "user__name")
            ),
            applications=list(
                Application.objects.visible_to(user).filter(organization=one).select_related("call")[:10]
            ),
            **kwargs,
        )


class Edit(ReadsOrganization, FormView):
    template_name = "calls/organization_form.html"
    form_class = OrganizationForm

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm("calls.change_organization", self.organization):
            raise PermissionDenied(
                _("Only the legal representative can change the data of the organization.")
            )
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        fresh = Organization.objects.select_related("body").get(pk=self.organization.pk)
        return super().get_form_kwargs() | {"instance": fresh}

    def form_valid(self, form):
        kept = Organization.objects.select_related("body").get(pk=self.organization.pk)
        organizations.update(kept, by=self.request.user, **form.given())
        messages.success(self.request, _("The data were kept."))
        return redirect(kept)


@require_POST
@never_cache
def account(request, public_id):
    """Show the whole CLABE once, to the representative; the look is written in the trail."""
    view = Profile()
    view.setup(request, public_id=public_id)
    if not request.user.has_perm("calls.reveal_account", view.organization):
        raise PermissionDenied(_("Only the legal representative sees the whole account."))
    view.kwargs["account"] = organizations.reveal_account(view.organization, by=request.user)
    return view.render_to_response(view.get_context_data())
