"""What must hold of work that is done later."""

from datetime import timedelta

from celery import current_app
from django.db.models import F, Q
from django.utils import timezone

from jobs import constraints, running
from jobs.models import Job, JobState
from jobs.soundness import invariant

constraints.watch("jobs")

TAKEN_UP_WITHIN = timedelta(hours=1)
CLOCKS_APART = timedelta(minutes=5)


@invariant
def jobs_are_claimed_only_while_they_run():
    """A job is claimed by a process while it runs and at no other time."""
    claimed = ~Q(claimed_by="") | Q(claimed_until__isnull=False)
    return Job.objects.exclude(state=JobState.RUNNING).filter(claimed)


@invariant
def jobs_end_after_they_begin():
    """A job begins after it was asked for and ends after it began, clocks of other machines allowed for."""
    before_asked = Q(started_at__lt=F("created_at") - CLOCKS_APART)
    return Job.objects.filter(before_asked | Q(finished_at__lt=F("started_at") - CLOCKS_APART))


@invariant
def jobs_that_wait_have_not_ended():
    """A job that waits or runs has no end yet."""
    return Job.objects.unfinished().filter(finished_at__isnull=False)


@invariant
def jobs_are_tried_a_few_times():
    """No job is tried more often than the limit, and once more to see that it is reached."""
    return Job.objects.filter(attempts__gt=running.MAX_ATTEMPTS + 1)


@invariant
def jobs_name_tasks_that_exist():
    """Every job that waits or runs names a task that the portal has."""
    running.know_all_tasks()
    waiting = Job.objects.unfinished()
    names = set(waiting.order_by().values_list("task", flat=True).distinct())
    return waiting.filter(task__in=names - set(current_app.tasks))


@invariant
def jobs_of_dead_processes_are_taken_up():
    """No job is left for an hour to a process that no longer says that it runs it."""
    return Job.objects.abandoned(at=timezone.now() - TAKEN_UP_WITHIN)
