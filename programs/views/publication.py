"""Publishing: what becomes public, who will be written to, the citation; afterwards, hash and booklet."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from accounts.acts import ActNotPossible
from documents import renderings
from programs import comparing, reaching, tables
from programs.actions import publication
from programs.draftforms import PublishForm
from programs.models import BLOCK_MODELS
from programs.pdfs.booklet import booklet_of
from programs.views.studio import DraftView


class Publish(DraftView, FormView):
    """The head of the agency publishes. What was typed stays when something is refused."""

    template_name = "programs/drafting_publish.html"
    form_class = PublishForm

    @cached_property
    def may_publish(self):
        return self.request.user.has_perm("programs.publish_edition", self.edition)

    @cached_property
    def publication(self):
        """What was published last, when nothing else is on its way to publication."""
        return None if self.amendment else self.last_published

    def post(self, request, *args, **kwargs):
        if not self.may_publish:
            raise PermissionDenied(
                _("Only the head of the agency, who did not send the draft, can publish it.")
            )
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        citation = {name: value for name, value in form.cleaned_data.items() if name != "understood"}
        try:
            publication.publish(self.edition, by=self.request.user, **citation)
        except publication.CannotPublish as refusal:
            form.add_error(refusal.field or None, str(refusal))
            return self.form_invalid(form)
        except ActNotPossible as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The Rules are published. The booklet is being made."))
        return redirect("programs:draft_publish", self.edition.code)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "may_publish": self.may_publish,
            "publication": self.publication,
            "findings": [one for one in self.findings if one.finding.is_blocking],
            "figures": self._figures(),
            "recipients": [] if self.publication else publication.recipients(self.edition),
            "subject": publication.subject(self.edition, self.amendment),
            "components": self.contents.texts,
            "comparison": self._comparison(),
            "reached": self._reached(),
            **self._booklet(),
        }

    def _comparison(self):
        """What an amendment changes of what was published last."""
        if self.amendment is None:
            return None
        before = comparing.of_version(self.last_published)
        return comparing.compared(before, comparing.of_contents(self.contents))

    def _reached(self):
        """What else an amendment that says so will reach."""
        if self.amendment is None or not self.amendment.reaches_calls:
            return []
        return reaching.preview(self.edition, self.contents)

    def _figures(self):
        """What becomes public, in numbers."""
        counts = [
            (tables.capital(m._meta.verbose_name_plural), len(self.contents.rows(m))) for m in BLOCK_MODELS
        ]
        return [{"label": label, "count": count} for label, count in counts if count]

    def _booklet(self):
        rendering = booklet_of(self.publication) if self.publication else None
        return {"booklet": rendering, "job": renderings.job_of(rendering) if rendering else None}
