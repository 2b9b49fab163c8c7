"""PDFs of a remedy: the receipt of what came, and the resolution with its reasons."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.dates import day_in_words, exact
from documents import renderings
from evaluations.models import RemedyRequest


class OfRemedy(renderings.Kind):
    """A document about a remedy, for those who see its application."""

    @cached_property
    def request(self):
        return RemedyRequest.objects.with_application().get(folio=self.subject_id)

    @property
    def folio(self):
        return self.request.folio

    @property
    def is_demo(self):
        return self.request.application.call.is_demo

    def visible_to(self, user):
        return RemedyRequest.objects.visible_to(user).filter(pk=self.request.pk).exists()

    def facts(self):
        request, application = self.request, self.request.application
        program = application.call.publication.edition.program
        return {
            "folio": request.folio,
            "remedy": request.remedy.name,
            "authority": request.remedy.authority,
            "basis": request.remedy.legal_basis,
            "agency": program.agency.name,
            "program": str(program),
            "call": application.call.folio,
            "application": application.folio,
            "project": application.project_title,
            "organization": str(application.organization),
            "filed_in_words": exact(request.filed_at),
            "in_time": request.in_time,
            "last_day": day_in_words(request.last_day) if request.last_day else "",
            "due_on": day_in_words(request.due_on) if request.due_on else "",
            "sha256": request.sha256,
        }


@renderings.kind("remedy_receipt", template="pdf/remedy_receipt.html", version=1)
class RemedyReceipt(OfRemedy):
    name = gettext_lazy("Receipt of a remedy")

    @property
    def title(self):
        return _("Receipt of the remedy %(folio)s") % {"folio": self.folio}

    @property
    def filename(self):
        return f"acuse-{self.folio}.pdf"

    def context(self):
        files = self.request.files.select_related("document")
        return {
            "remedy": self.facts(),
            "text": self.request.text,
            "files": [{"name": f.document.name, "sha256": f.document.sha256} for f in files],
        }


@renderings.kind("remedy_resolution", template="pdf/remedy_resolution.html", version=1)
class RemedyResolution(OfRemedy):
    name = gettext_lazy("Resolution of a remedy")

    @property
    def title(self):
        return _("Resolution of the remedy %(folio)s") % {"folio": self.folio}

    @property
    def filename(self):
        return f"resolucion-{self.folio}.pdf"

    def context(self):
        request = self.request
        decided = request.get_dismissal_display() or request.get_outcome_display()
        return {
            "remedy": self.facts(),
            "state": request.get_state_display(),
            "decided": decided,
            "new_outcome": request.get_new_outcome_display(),
            "effect": request.effect,
            "reasons": request.reasons,
            "legal_basis": request.legal_basis,
            "settled_at": request.settled_at,
            "role": request.get_studied_as_display(),
        }
