"""Waiting for a PDF, taking it, and asking whether a PDF is the portal's."""

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import FormView, ListView, TemplateView

from documents import antivirus, codes, limits, renderings, responses, scanning, storage
from documents.models import Infection, Rendering
from jobs import running
from jobs.models import JobState


def visible_rendering(request, code):
    """The rendering of that code, if this person may know of it; otherwise there is none."""
    rendering = get_object_or_404(
        Rendering.objects.select_related("document", "superseded_by", "requested_by"), code=code
    )
    if not renderings.visible_to(rendering, request.user):
        raise Http404
    return rendering


@method_decorator([login_not_required, never_cache], name="dispatch")
class RenderingPage(TemplateView):
    """A PDF that is being made, or is ready, or could not be made and why."""

    template_name = "documents/rendering_detail.html"

    def get_context_data(self, **kwargs):
        rendering = visible_rendering(self.request, self.kwargs["code"])
        job = renderings.job_of(rendering)
        return super().get_context_data(
            rendering=rendering,
            document=rendering.document,
            job=job,
            may_retry=_may_retry(self.request.user, rendering, job),
            **kwargs,
        )


@require_safe
@never_cache
@login_not_required
def progress(request, code):
    """How far the PDF got, for the page that waits for it."""
    from jobs.views import as_json  # noqa: PLC0415 -- leaf

    job = renderings.job_of(visible_rendering(request, code))
    if job is None:
        raise Http404
    return JsonResponse(as_json(job))


@require_safe
@never_cache
@login_not_required
def download(request, code):
    """The PDF itself, once it is ready."""
    rendering = visible_rendering(request, code)
    if not rendering.is_ready:
        return redirect(rendering)
    if reason := renderings.why_withheld(rendering, request.user):
        raise PermissionDenied(reason)
    return responses.serve(rendering.document, reader=request.user, inline="descargar" not in request.GET)


@require_POST
def try_again(request, code):
    """Ask again for a PDF that could not be made."""
    rendering = visible_rendering(request, code)
    job = renderings.job_of(rendering)
    if not _may_retry(request.user, rendering, job):
        raise PermissionDenied(_("This PDF did not fail, so there is nothing to try again."))
    running.try_again(job)
    return redirect(rendering)


def _may_retry(user, rendering, job):
    """Whoever may read it may ask for it again when it failed."""
    return bool(user.is_authenticated and job and job.state == JobState.FAILED and not rendering.is_ready)


class AntivirusPage(PermissionRequiredMixin, ListView):
    """Whether the antivirus answers, how many files wait for it, and what it found; for administrators."""

    permission_required = "documents.view_antivirus"
    raise_exception = True
    permission_denied_message = gettext_lazy("Only an administrator of the portal sees this.")
    template_name = "documents/antivirus.html"
    queryset = Infection.objects.select_related("by", "document__stored_by")
    context_object_name = "found"
    paginate_by = 30

    def get_context_data(self, **kwargs):
        asked = antivirus.is_asked()
        return super().get_context_data(
            is_asked=asked,
            answers=asked and antivirus.answers(),
            waiting=scanning.waiting() if asked else 0,
            **kwargs,
        )


class VerifyForm(forms.Form):
    """The code printed on a document, or the document itself."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("It stands beside the QR at the foot of the document, as in ABCD-2345-WXYZ."),
    )
    file = forms.FileField(
        label=gettext_lazy("Or the PDF file"),
        required=False,
        help_text=gettext_lazy("Only its digital fingerprint is computed. The file is not kept."),
    )

    def clean_code(self):
        typed = self.cleaned_data["code"].strip()
        code = codes.as_typed(typed)
        if typed and not code:
            raise forms.ValidationError(
                _("A code has twelve letters and digits in three groups. Copy it as it is printed.")
            )
        return code

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > settings.MAX_FILE_BYTES * 5:
            raise forms.ValidationError(_("No document of this portal is that large."))
        return file

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not (cleaned.get("code") or cleaned.get("file")):
            raise forms.ValidationError(_("Write the code of the document or choose its file."))
        return cleaned


@method_decorator([login_not_required, never_cache], name="dispatch")
class Verify(FormView):
    """Ask whether a document is the portal's, by its code or by its file."""

    template_name = "documents/verify_form.html"
    form_class = VerifyForm

    def post(self, request, *args, **kwargs):
        if not limits.allows(request, "verify"):
            return render(request, "documents/verify_wait.html", status=429)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        if file := form.cleaned_data["file"]:
            return self._by_file(form, file)
        return redirect("documents:verification", form.cleaned_data["code"])

    def _by_file(self, form, file):
        digest, _size = storage.measure(file)
        found = Rendering.objects.filter(document__sha256=digest).first()
        if found:
            return redirect("documents:verification", found.code)
        context = self.get_context_data(form=form, unknown_sha256=digest)
        return self.render_to_response(context)


@require_safe
@never_cache
@login_not_required
def verification(request, code):
    """What the portal says of a code: valid, superseded, in preparation, or unknown. Nothing personal."""
    if not limits.allows(request, "verify"):
        return render(request, "documents/verify_wait.html", status=429)
    typed = codes.as_typed(code)
    if typed and typed != code:
        return redirect("documents:verification", typed)
    rendering = (
        Rendering.objects.select_related("document", "superseded_by").filter(code=typed).first()
        if typed
        else None
    )
    context = {"code": code, "rendering": rendering, "answer": answer_about(rendering)}
    return render(request, "documents/verification.html", context, status=200 if rendering else 404)


def answer_about(rendering):
    """One of ``valid``, ``superseded``, ``pending``, ``unknown``."""
    if rendering is None:
        return "unknown"
    if not rendering.is_ready:
        return "pending"
    return "superseded" if rendering.is_superseded else "valid"
