"""How far a running task has got, told by the task itself so that whoever waits can see it."""

import time
from contextlib import contextmanager
from contextvars import ContextVar

from jobs.models import Job

SECONDS_BETWEEN_REPORTS = 0.5
SECONDS_OF_A_TURN = 5.0


class MakeWay(Exception):
    """A long task stops where it can go on later, because somebody waits for something else."""


_running: ContextVar[dict | None] = ContextVar("the job that this thread is running", default=None)


@contextmanager
def of(job):
    """Say that what runs inside is ``job``."""
    so_far = (job.done_units, job.total_units)
    token = _running.set({"pk": job.pk, "told": 0.0, "began": time.monotonic(), "so_far": so_far})
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


def reached(total):
    """How many of ``total`` units an earlier turn of this task finished: where this one may go on."""
    done, of_how_many = (_running.get() or {}).get("so_far", (0, 0))
    return done if of_how_many == total else 0


def make_way():
    """A long batch calls this where it can stop: after its turn those who wait are let pass.

    The task is called again and goes on from what it ``reached``. Outside a job it does nothing.
    """
    running = _running.get()
    if running is None or time.monotonic() - running["began"] < SECONDS_OF_A_TURN:
        return
    if Job.objects.waited_for().exists():
        raise MakeWay
