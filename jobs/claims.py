"""Who is running what: claims on jobs and leases on duties, each held by one process until a moment.

A claim is a compare-and-swap UPDATE, so of two processes one gets it. Its holder renews it while it
lives; a claim that was not renewed, or whose process is seen to be gone, may be taken by another.
"""

import os
import secrets
import socket
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from jobs.models import Job, JobState, Lease

CLAIM = timedelta(seconds=45)
LEASE = timedelta(seconds=15)

_token = secrets.token_hex(4)


def holder():
    """This process, by name: machine, process number, and a token that another with that number lacks."""
    return f"{socket.gethostname()[:50]}:{os.getpid()}:{_token}"


def is_gone(name):
    """Is the process of that name seen to be dead? Only for a process of this machine can that be known."""
    host, _, rest = name.rpartition(":")[0].rpartition(":")
    if host != socket.gethostname()[:50] or not rest.isdigit():
        return False
    if int(rest) == os.getpid():
        return name != holder()
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def claim(job):
    """Take ``job`` to run it. Only one claimant succeeds; the others get False."""
    now = timezone.now()
    waiting = [JobState.QUEUED, JobState.HANDED]
    return bool(
        Job.objects.filter(pk=job.pk, state__in=waiting).update(
            state=JobState.RUNNING,
            attempts=F("attempts") + 1,
            claimed_by=holder(),
            claimed_until=now + CLAIM,
            started_at=now,
        )
    )


def renew(job):
    Job.objects.filter(pk=job.pk, state=JobState.RUNNING, claimed_by=holder()).update(
        claimed_until=timezone.now() + CLAIM
    )


def lease(name, *, length=LEASE):
    """Take or renew the duty ``name`` for a while. False when another living process has it."""
    now, me = timezone.now(), holder()
    if Lease.objects.filter(name=name, holder=me).update(until=now + length):
        return True
    current = Lease.objects.filter(name=name).first()
    if current is None:
        return _first_lease(name, me, now + length)
    if current.until > now and not is_gone(current.holder):
        return False
    taken = Lease.objects.filter(name=name, holder=current.holder, until=current.until)
    return bool(taken.update(holder=me, until=now + length))


def release(name):
    Lease.objects.filter(name=name, holder=holder()).delete()


def _first_lease(name, me, until):
    try:
        with transaction.atomic():
            Lease.objects.create(name=name, holder=me, until=until)
    except IntegrityError:
        return False
    return True
