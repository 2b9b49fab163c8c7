"""What a Celery worker runs: any job, by its row. And what keeps the tables small."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs import running, schedule
from jobs.models import IdempotencyKey, Job, JobState

KEEP_JOBS = timedelta(days=90)
KEEP_SCHEDULED = timedelta(days=2)
KEEP_KEYS = timedelta(days=30)


@shared_task(name="jobs.run_job", ignore_result=True, acks_late=True)
def run_job(*, job):
    """Run the job of that name. A message that comes twice finds it claimed or finished."""
    if found := Job.objects.filter(public_id=job).first():
        running.run(found)


@schedule.daily(4, 10, label=_("Forget what is old"))
@shared_task(name="jobs.forget_old", ignore_result=True)
def forget_old():
    """Finished jobs and answered keys are forgotten after a while; failed jobs stay until somebody looks."""
    now = timezone.now()
    done = Job.objects.filter(state=JobState.DONE)
    done.filter(finished_at__lt=now - KEEP_JOBS).delete()
    done.exclude(once_key=None).filter(finished_at__lt=now - KEEP_SCHEDULED).delete()
    IdempotencyKey.objects.filter(created_at__lt=now - KEEP_KEYS).delete()
