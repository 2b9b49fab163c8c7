"""How far a running task has got, told by the task itself so that whoever waits can see it."""

import time
from contextlib import contextmanager
from contextvars import ContextVar

from jobs.models import Job

SECONDS_BETWEEN_REPORTS = 0.5

_running: ContextVar[dict | None] = ContextVar("the job that this thread is running", default=None)


@contextmanager
def of(job):
    """Say that what runs inside is ``job``."""
    token = _running.set({"pk": job.pk, "told": 0.0})
    try:
        yield
    finally:
        _running.reset(token)


def report(done, total):
    """Tell that ``done`` of ``total`` units are finished. Outside a job it does nothing.

    Reports that come too close together are dropped, the last one never is.
    """
    running = _running.get()
    if running is None:
        return
    now = time.monotonic()
    if done < total and now - running["told"] < SECONDS_BETWEEN_REPORTS:
        return
    running["told"] = now
    Job.objects.filter(pk=running["pk"]).update(done_units=min(done, total), total_units=total)
