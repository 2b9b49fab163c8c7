"""With Celery on Redis: the broker is wiped, a worker is killed, and nothing is lost or doubled."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit, urlunsplit

import pytest
import redis
from django.conf import settings
from django.db import connection

from accounts import notices
from accounts.models import Letter, Notice
from documents import renderings
from documents.models import Document, Rendering
from jobs import queue
from jobs.models import Job, JobState
from tests.factories.accounts import UserFactory
from tests.kinds import ISSUED

pytestmark = [pytest.mark.celery, pytest.mark.django_db(transaction=True)]

NOTICES, PDFS = 300, 20


def environment(folder):
    """That of a real portal on the database of this test."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "rop_portal.settings",
        "ARMONIZA_VAR": str(folder),
        "DATABASE_URL": urlunsplit(database),
        "REDIS_URL": settings.REDIS_URL,
        "TASKS_MODE": "celery",
        "MAILBOX_ON_SCREEN": "1",
        "JOBS_REHAND_SECONDS": "3",
    }


@contextmanager
def process(*command, folder):
    child = subprocess.Popen(
        [sys.executable, *command],
        env=environment(folder),
        cwd=settings.BASE_DIR,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield child
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGTERM)
            try:
                child.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()


def relay(folder):
    return process("manage.py", "relay", "--every", "0.2", folder=folder)


def worker(folder):
    return process(
        "-m", "celery", "-A", "rop_portal", "worker", "-c", "2", "-I", "tests.kinds", folder=folder
    )


def wait_until(condition, seconds=150):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.2)
    return False


def finished():
    return not Job.objects.exclude(state=JobState.DONE).filter(once_key=None).exists()


def test_a_wiped_broker_and_a_killed_worker_lose_nothing_and_double_nothing(tmp_path):
    broker = redis.from_url(settings.REDIS_URL)
    broker.flushall()
    ana = UserFactory(email="ana@demo.example")
    for n in range(NOTICES):
        notices.notify(ana, kind="test", subject=f"Aviso {n}", body="Texto")
    for n in range(PDFS):
        renderings.request("test_plain", f"c{n}", at=ISSUED)

    with ExitStack() as processes:
        processes.enter_context(relay(tmp_path))
        first = processes.enter_context(worker(tmp_path))
        assert wait_until(lambda: Letter.objects.count() > 20)
        broker.flushall()
        os.killpg(first.pid, signal.SIGKILL)
        processes.enter_context(worker(tmp_path))
        broker.flushall()
        ended = wait_until(finished)

    states = Counter(Job.objects.filter(once_key=None).values_list("state", flat=True))
    assert ended, states
    letters = Counter(Letter.objects.values_list("subject", flat=True))
    assert (len(letters), set(letters.values())) == (NOTICES, {1})
    assert Notice.objects.exclude(mailed_at=None).count() == NOTICES
    assert Rendering.objects.exclude(document=None).count() == PDFS
    assert Document.objects.count() == PDFS


def test_without_the_relay_nothing_runs_and_nothing_is_lost(tmp_path):
    """The positive control: it is the relay that hands over, not the act."""
    redis.from_url(settings.REDIS_URL).flushall()
    job = queue.enqueue("jobs.forget_old")

    with worker(tmp_path):
        time.sleep(4)

    job.refresh_from_db()
    assert job.state == JobState.QUEUED
