"""Asking for work to be done later: a row in the transaction of the act, and nothing else."""

from django.db import transaction
from django.utils import timezone

from jobs.models import Job


def enqueue(task, *, subject="", label="", by=None, run_after=None, once_key=None, **arguments):
    """Ask for ``task`` (a ``@shared_task`` or its name) to be run once this transaction commits.

    ``subject`` names what it is about (a folio, a code); ``label`` says in words what it does. What
    nobody (``by``) asked for is done in the background, after what somebody waits for. With a
    ``once_key`` the same work is asked for once only, however often this is called: so the clock asks,
    and what is due by the clock (a reception to be sealed) does not wait behind a batch.
    """
    fields = {
        "task": getattr(task, "name", task),
        "arguments": arguments,
        "subject": subject,
        "label": str(label),
        "requested_by": by if getattr(by, "pk", None) else None,
        "in_background": not (getattr(by, "pk", None) or once_key),
        "run_after": run_after or timezone.now(),
    }
    job = _insert_once(once_key, fields) if once_key else Job.objects.create(**fields)
    transaction.on_commit(_wake)
    return job


def _insert_once(once_key, fields):
    """One statement to insert and one to read: whoever was first keeps the place, also in a race."""
    Job.objects.bulk_create([Job(once_key=once_key, **fields)], ignore_conflicts=True)
    return Job.objects.get(once_key=once_key)


def _wake():
    from jobs import runner  # noqa: PLC0415 -- the runner enqueues too, from the schedule

    runner.wake()
