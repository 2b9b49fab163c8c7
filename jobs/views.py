"""``/trabajos/``: the work that the portal does later, shown to whoever asked for it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import DetailView, ListView

from jobs import running
from jobs.models import Job, JobState


def visible_jobs(user):
    return Job.objects.visible_to(user).select_related("requested_by")


class JobList(ListView):
    """My jobs, the latest first; an administrator sees everybody's."""

    template_name = "jobs/job_list.html"
    context_object_name = "jobs"
    paginate_by = 30

    def get_queryset(self):
        state = self.request.GET.get("estado", "")
        jobs = visible_jobs(self.request.user).told().order_by("-pk")
        return jobs.filter(state=state) if state in JobState.values else jobs

    def get_context_data(self, **kwargs):
        everybody = self.request.user.has_perm("jobs.view_all_jobs")
        return super().get_context_data(states=JobState.choices, everybody=everybody, **kwargs)


class JobPage(DetailView):
    template_name = "jobs/job_detail.html"
    context_object_name = "job"
    slug_field = slug_url_kwarg = "public_id"

    def get_queryset(self):
        return visible_jobs(self.request.user)

    def get_context_data(self, **kwargs):
        may_retry = self.request.user.has_perm("jobs.retry_job", self.object)
        return super().get_context_data(may_retry=may_retry, **kwargs)


@require_safe
@never_cache
def progress(request, public_id):
    """How far it got, for a page that asks again and again."""
    return JsonResponse(as_json(get_object_or_404(visible_jobs(request.user), public_id=public_id)))


def as_json(job):
    """What a waiting page needs to know of a job."""
    words = _("%(done)d of %(total)d") % {"done": job.done_units, "total": job.total_units}
    return {
        "state": job.state,
        "state_words": job.get_state_display(),
        "done_units": job.done_units,
        "total_units": job.total_units,
        "words": words if job.total_units else "",
        "reason": job.reason if job.state == JobState.FAILED else "",
    }


@require_POST
def try_again(request, public_id):
    """Put a failed job back in line: whoever asked for it may, and an administrator."""
    job = get_object_or_404(visible_jobs(request.user), public_id=public_id)
    if not request.user.has_perm("jobs.retry_job", job):
        raise PermissionDenied(_("This job did not fail, so there is nothing to try again."))
    if running.try_again(job):
        messages.success(request, _("The job is in line again."))
    return redirect(job)
