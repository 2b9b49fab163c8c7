"""The embedded runner: one thread of the web process runs what is due, one lease says which process.

``start()`` is called after the fork, ``wake()`` after each commit that asked for work, ``drain()`` by
commands before they exit and by tests.
"""

import atexit
import logging
import os
import threading

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from jobs import claims, running, schedule
from jobs.models import Job

log = logging.getLogger(__name__)

DUTY = "runner"
SECONDS_IDLE = 1.0
SECONDS_BETWEEN_CHECKS = 5.0

_awake = threading.Event()
_started: dict[int, "Runner"] = {}
_starting = threading.Lock()
_here = threading.local()


def start():
    """Start the runner of this process, once, when tasks are embedded. Call it after the fork."""
    with _starting:
        if settings.TASKS_MODE != "embedded" or os.getpid() in _started:
            return
        _started[os.getpid()] = runner = Runner()
        runner.thread.start()
        atexit.register(runner.stop)


def stop():
    if runner := _started.pop(os.getpid(), None):
        runner.stop()


def wake():
    """There may be work. Embedded: the runner looks at once; eager: it is done here and now."""
    if settings.TASKS_MODE == "eager" and not getattr(_here, "draining", False):
        drain()
    _awake.set()


def drain(*, limit=100_000):
    """Run every due job in this process, those asked for meanwhile included. Gives how many were run."""
    done, _here.draining = 0, True
    try:
        while done < limit and (job := next_due()) is not None:
            done += running.run(job)
    finally:
        _here.draining = False
    return done


def next_due():
    return Job.objects.due(at=timezone.now()).first()


class Runner:
    """The thread, with its lease and its clock."""

    def __init__(self):
        self.thread = threading.Thread(target=self.work, name="jobs", daemon=True)
        self.stopping = threading.Event()
        self.checked = 0.0

    def stop(self):
        """Let the job under way end, give the lease back. What is left stays in line."""
        self.stopping.set()
        _awake.set()
        if self.thread.is_alive():
            self.thread.join(timeout=10)

    def work(self):
        while not self.stopping.is_set():
            try:
                close_old_connections()
                busy = self.turn()
            except DatabaseError:
                log.warning("the runner could not reach the database; it tries again", exc_info=True)
                busy = False
            if not busy:
                _awake.wait(SECONDS_IDLE)
                _awake.clear()
        self.leave()

    def turn(self):
        """Hold the lease, look after the clock and the abandoned, run one job. True if there was one."""
        now = timezone.now().timestamp()
        if now - self.checked >= SECONDS_BETWEEN_CHECKS:
            if not claims.lease(DUTY):
                return False
            self.checked = now
            running.take_up_abandoned()
            schedule.ask_for_what_is_due()
        job = next_due()
        return job is not None and running.run(job)

    def leave(self):
        try:
            claims.release(DUTY)
        except DatabaseError:
            log.warning("the lease of the runner was not given back; it ends by itself")
        connection.close()
