"""Documents of an application: handing them in, taking them out of a draft, reading them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView

from calls import completeness, file_archive, formats
from calls.actions import answers, vault
from calls.actions import documents as actions
from calls.forms.applications import UploadForm
from calls.models import SuppliedDocument
from calls.views import pieces
from calls.views.reading import ReadsApplication, next_after, page_of, requirement_of, visible_application
from documents import archive, responses
from documents.forms import accepted_in_words


def hint_for(requirement):
    """How the file must be, in words, from the record of the requirement."""
    words = accepted_in_words(formats.accepted(requirement.file_format))
    return f"{requirement.detail} {words}".strip()


def newer_in_vault(requirement, given, in_vault):
    """What the vault keeps for a requirement, unless it is that one which is handed in."""
    kept = in_vault.get(requirement.pk)
    return kept if kept and (given is None or given.document_id != kept.document_id) else None


class Documents(ReadsApplication, TemplateView):
    """Each document asked for, with its file. A refused file is answered beside it."""

    permission = "calls.change_application"
    template_name = "calls/application_documents.html"
    bad = None

    def post(self, request, *args, **kwargs):
        requirement = requirement_of(self.contents, kwargs.get("key", ""))
        if "remove" in request.POST:
            return self._remove(requirement)
        if "from_vault" in request.POST:
            return self._from_vault(requirement)
        form = self._form(requirement, request.POST, request.FILES)
        if form.is_valid():
            try:
                actions.supply(self.application, requirement, by=request.user, **form.supplied())
            except vault.CannotKeep as reason:
                form.add_error(reason.field, str(reason))
            except (actions.FileRefused, answers.CannotSave) as reason:
                form.add_error("file", str(reason))
            else:
                messages.success(request, _("Kept: %(name)s.") % {"name": requirement.name})
                return redirect(self.place_of(requirement))
        self.bad = (requirement, form)
        return self.render_to_response(self.get_context_data())

    def _form(self, requirement, *given):
        place = pieces.place_of(self.request, self.application, requirement, half=self.half)
        return UploadForm(*given, requirement=requirement, place=place, hint=hint_for(requirement))

    @cached_property
    def half(self):
        return pieces.half_way(self.request, self.application)

    def _remove(self, requirement):
        try:
            actions.remove(self.application, requirement, by=self.request.user)
        except answers.CannotSave as reason:
            messages.error(self.request, str(reason))
        return redirect(self.place_of(requirement))

    def _from_vault(self, requirement):
        try:
            actions.supply_from_vault(self.application, requirement, by=self.request.user)
        except answers.CannotSave as reason:
            messages.error(self.request, str(reason))
        else:
            messages.success(self.request, _("Kept: %(name)s.") % {"name": requirement.name})
        return redirect(self.place_of(requirement))

    def place_of(self, requirement):
        return f"{page_of(self.application, completeness.DOCUMENTS)}#{requirement.key}"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            rows=[self._row(requirement) for requirement in self.contents.requirements],
            bad_form=self.bad[1] if self.bad else None,
            next_page=next_after(self.contents, completeness.DOCUMENTS),
            **kwargs,
        )

    def _row(self, requirement):
        if self.bad and self.bad[0].pk == requirement.pk:
            form = self.bad[1]
        else:
            form = self._form(requirement)
        return {
            "requirement": requirement,
            "supplied": requirement.given,
            "kept": newer_in_vault(requirement, requirement.given, self.in_vault),
            "is_out_of_date": requirement.given
            and completeness.is_out_of_date(requirement, requirement.given, self.contents.day),
            "form": form,
            "on_paper": requirement.delivery == requirement.Delivery.PHYSICAL,
        }

    @cached_property
    def in_vault(self):
        return vault.serving(self.application, self.contents.requirements, at=timezone.now())


@require_safe
def download(request, public_id, document):
    """A file of an application, for whoever may read it; what a draft put aside is its writers' alone."""
    application = visible_application(request.user, public_id)
    there = SuppliedDocument.objects.filter(application=application, document__public_id=document)
    if not request.user.has_perm("calls.write_for_applicant", application):
        there = there.handed_in()
    supplied = there.select_related("document").first()
    if supplied is None:
        raise Http404
    return responses.serve(supplied.document, reader=request.user, inline=True)


@require_POST
def whole_file(request, public_id):
    """The whole file as a ZIP, for whoever may read the application. That it was taken away is recorded."""
    application = visible_application(request.user, public_id)
    if not application.folio:
        raise PermissionDenied(_("There is no file to download until the application is sent."))
    actions.take_away(application, by=request.user)
    entries = file_archive.entries(application, reader=request.user)
    return archive.as_zip(entries, filename=file_archive.filename(application))
