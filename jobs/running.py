"""Running one job: its task is called, its end is written, its failure is explained or tried again."""

import logging
import threading
from contextlib import contextmanager
from datetime import timedelta

from celery import current_app
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jobs import claims, progress
from jobs.models import Job, JobState

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 5
WAITS = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10))
RENEW_SECONDS = 10


class JobFailed(Exception):
    """Trying again would not help. The message says why, in words for whoever asked."""


def run(job):
    """Claim ``job`` and run it here. False when somebody else has it or it is finished already."""
    if not claims.claim(job):
        return False
    job.refresh_from_db()
    if job.attempts > MAX_ATTEMPTS:
        _fail(job, _died_too_often())
        return True
    try:
        with progress.of(job), _claim_kept_alive(job), translation.override(settings.LANGUAGE_CODE):
            task_named(job.task).run(**job.arguments)
    except progress.MakeWay:
        _back_in_line(job)
    except JobFailed as reason:
        _fail(job, str(reason))
    except Exception as error:
        log.exception("job %s (%s) stopped", job.public_id, job.task)
        _retry_or_fail(job, error)
    else:
        _finish(job, JobState.DONE)
    return True


def task_named(name):
    """The task of that name, from the ``tasks`` module of any app."""
    know_all_tasks()
    if name not in current_app.tasks:
        raise JobFailed(_("This version of the portal has no task called “%(name)s”.") % {"name": name})
    return current_app.tasks[name]


def know_all_tasks():
    """Import the ``tasks`` module of every app (once: Python remembers)."""
    current_app.loader.import_default_modules()


def take_up_abandoned():
    """Put back in line what a dead process left running. Gives how many."""
    now, taken = timezone.now(), 0
    for job in Job.objects.filter(state=JobState.RUNNING).only("pk", "claimed_by", "claimed_until"):
        if (job.claimed_until or now) <= now or claims.is_gone(job.claimed_by):
            left = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, claimed_by=job.claimed_by)
            taken += left.update(state=JobState.QUEUED, claimed_by="", claimed_until=None, run_after=now)
    return taken


def try_again(job):
    """A person asks for a failed job to be tried again, from the first attempt. False if it is not failed."""
    return bool(
        Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(
            state=JobState.QUEUED, attempts=0, reason="", finished_at=None, run_after=timezone.now()
        )
    )


def _finish(job, state, **changes):
    mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, claimed_by=claims.holder())
    mine.update(state=state, finished_at=timezone.now(), claimed_by="", claimed_until=None, **changes)


def _fail(job, reason):
    _finish(job, JobState.FAILED, reason=reason)


def _back_in_line(job):
    """It made way: behind those who wait, and without an attempt the less."""
    mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, claimed_by=claims.holder())
    mine.update(
        state=JobState.QUEUED,
        attempts=F("attempts") - 1,
        claimed_by="",
        claimed_until=None,
        run_after=timezone.now(),
    )


def _retry_or_fail(job, error):
    if job.attempts >= MAX_ATTEMPTS:
        _fail(job, explain(error))
        return
    mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, claimed_by=claims.holder())
    mine.update(
        state=JobState.QUEUED,
        claimed_by="",
        claimed_until=None,
        reason=explain(error),
        run_after=timezone.now() + WAITS[min(job.attempts, len(WAITS)) - 1],
    )


def explain(error):
    """Why a task stopped, in words: what happened and what the person can do."""
    if isinstance(error, DatabaseError):
        return _("The database did not answer. The task can be tried again; nothing was left half done.")
    if isinstance(error, OSError):
        return _("A file or a server could not be reached (%(error)s). Try again in a few minutes.") % {
            "error": error.strerror or type(error).__name__
        }
    return _(
        "The task stopped at “%(kind)s: %(error)s”. Try again; if it stops again, tell the administrator."
    ) % {
        "kind": type(error).__name__,
        "error": str(error)[:300],
    }


def _died_too_often():
    return _(
        "The process that ran this task ended before finishing it, %(times)d times. "
        "The administrator has to look at it before it is tried again."
    ) % {"times": MAX_ATTEMPTS}


@contextmanager
def _claim_kept_alive(job):
    """While the task runs, say so now and then; whoever stops saying it is taken for dead."""
    stop = threading.Event()
    thread = threading.Thread(
        target=_keep_renewing, args=(job, stop), name=f"claim {job.public_id}", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _keep_renewing(job, stop):
    touched = False
    while not stop.wait(RENEW_SECONDS):
        touched = True
        try:
            close_old_connections()
            claims.renew(job)
        except DatabaseError:
            log.warning("the claim on job %s could not be renewed", job.public_id)
    if touched:
        connection.close()
