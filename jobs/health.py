"""Is the work that is done later being done?"""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from jobs import relay, runner
from jobs.models import Job, JobState, Lease

LATE = timedelta(minutes=5)


def report():
    """Whether somebody runs the jobs, how many wait, and whether one that is waited for waits too long.

    A batch in the background may take its hours: it makes way for everything else.
    """
    now = timezone.now()
    waiting = Job.objects.filter(state__in=[JobState.QUEUED, JobState.HANDED], run_after__lte=now)
    return {
        "mode": settings.TASKS_MODE,
        "running": _is_somebody_there(now),
        "waiting": waiting.count(),
        "late": waiting.filter(run_after__lte=now - LATE, in_background=False).exists(),
        "failed": Job.objects.filter(state=JobState.FAILED, finished_at__gte=now - timedelta(days=1)).count(),
    }


def _is_somebody_there(now):
    """The lease is fresh, or its holder is in the middle of a job. In eager mode nobody is needed."""
    if settings.TASKS_MODE == "eager":
        return True
    duty = relay.DUTY if settings.TASKS_MODE == "celery" else runner.DUTY
    at_work = Job.objects.filter(state=JobState.RUNNING, claimed_until__gt=now).exists()
    return at_work or Lease.objects.filter(name=duty, until__gt=now).exists()
