"""The vault of an organization: what it keeps, kind by kind; only its own people open it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from calls import shelf
from calls.actions import vault
from calls.forms.vault import DaysForm, KeepForm
from calls.models import Organization, VaultDocument
from calls.views.pieces import vault_place
from documents import responses, uploads
from documents.receiving import ReceivesPieces


def vault_of(user, public_id):
    """The organization whose vault this person may open; for anybody else there is none."""
    found = get_object_or_404(Organization.objects.select_related("body"), body__public_id=public_id)
    if not user.has_perm("calls.keep_vault", found):
        raise Http404
    return found


def kind_of(value):
    try:
        return shelf.Kind(value)
    except ValueError:
        raise Http404 from None


class OpensVault:
    @cached_property
    def organization(self):
        return vault_of(self.request.user, self.kwargs["public_id"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(organization=self.organization, **kwargs)


class Vault(OpensVault, TemplateView):
    """Every kind of document: what is kept, until when it serves, who accepted it; and what is not kept."""

    template_name = "calls/vault.html"

    def get_context_data(self, **kwargs):
        held = shelf.of(self.organization)
        return super().get_context_data(
            kept=[one for one in held if one.current],
            lacking=[one for one in held if not one.current],
            **kwargs,
        )


class VaultKind(OpensVault, TemplateView):
    """One kind of document: keeping a newer one, its days, where it was used, those before it."""

    template_name = "calls/vault_kind.html"
    keep_form = None
    days_form = None

    @cached_property
    def kind(self):
        return kind_of(self.kwargs["kind"])

    @cached_property
    def kept(self):
        (found,) = shelf.of(self.organization, kinds=(self.kind,))
        return found

    @property
    def place(self):
        return vault_place(self.request, self.organization, self.kind, half=self.half)

    @cached_property
    def half(self):
        return uploads.half_way(self.request.user, f"vault:{self.organization.public_id}")

    def post(self, request, *args, **kwargs):
        acts = {"days": self._set_days, "take_out": self._take_out, "again": self._keep_again}
        wanted = next((name for name in acts if name in request.POST), None)
        refused = acts[wanted]() if wanted else self._keep()
        if refused:
            return self.render_to_response(self.get_context_data())
        return redirect("calls:vault_kind", self.organization.public_id, self.kind.value)

    def _keep(self):
        """Gives whether it was refused."""
        self.keep_form = form = KeepForm(self.request.POST, self.request.FILES, place=self.place)
        if not form.is_valid():
            return True
        given = dict(form.cleaned_data)
        try:
            vault.keep(self.organization, self.kind.value, given.pop("file"), by=self.request.user, **given)
        except vault.FileRefused as reason:
            form.add_error("file", str(reason))
        except vault.CannotKeep as reason:
            form.add_error(reason.field, str(reason))
        else:
            messages.success(self.request, _("Kept: %(name)s.") % {"name": self.kind.label})
        return bool(form.errors)

    def _set_days(self):
        current = self._current()
        self.days_form = form = DaysForm(self.request.POST, prefix="now")
        if not form.is_valid():
            return True
        try:
            vault.set_days(current, by=self.request.user, **form.cleaned_data)
        except vault.CannotKeep as reason:
            form.add_error(reason.field, str(reason))
        else:
            messages.success(self.request, _("The days were kept."))
        return bool(form.errors)

    def _take_out(self):
        vault.take_out(self._current(), by=self.request.user)
        messages.success(self.request, _("It was taken out. It is among the earlier ones, to keep it again."))

    def _keep_again(self):
        named = {"kind": self.kind, "document__public_id": self.request.POST["again"]}
        earlier = self.organization.vault.filter(**named).select_related("organization", "document").first()
        if earlier is None:
            raise Http404
        vault.keep_again(earlier, by=self.request.user)
        messages.success(self.request, _("Kept: %(name)s.") % {"name": self.kind.label})

    def _current(self):
        return get_object_or_404(
            VaultDocument.objects.current().select_related("organization"),
            organization=self.organization,
            kind=self.kind,
        )

    def get_context_data(self, **kwargs):
        current = self.kept.current
        days = {"issued_on": current.issued_on, "expires_on": current.expires_on} if current else {}
        return super().get_context_data(
            one=self.kept,
            keep_form=self.keep_form or KeepForm(place=self.place),
            days_form=self.days_form or DaysForm(initial=days, prefix="now"),
            **kwargs,
        )


class Pieces(OpensVault, ReceivesPieces):
    """A large document for the vault, in pieces."""

    @cached_property
    def place(self):
        return vault_place(self.request, self.organization, kind_of(self.kwargs["kind"]))

    def begin(self, **announced):
        return uploads.begin(self.place, **announced)

    def add(self, public_id, **piece):
        return uploads.add(self.place, public_id, **piece)


@require_safe
def download(request, public_id, kind, document):
    """A file of the vault, for the organization's own people."""
    organization = vault_of(request.user, public_id)
    kept = organization.vault.filter(kind=kind, document__public_id=document).select_related("document")
    found = kept.first()
    if found is None:
        raise Http404
    return responses.serve(found.document, reader=request.user, inline=True)
