"""The relay: hands waiting jobs to Celery, and hands them again when they got lost on the way.

The row is the truth, the message only a nudge: a broker that is wiped loses nothing, because a job handed
over and not begun in time goes back in line; nothing is done twice, because the worker claims the row.
A broker's line knows no precedence: of what nobody waits for little is handed over at a time, so that what
somebody waits for is never behind much of it.
"""

import logging
from datetime import timedelta

from celery import current_app
from django.conf import settings
from django.utils import timezone
from kombu.exceptions import OperationalError

from jobs import claims, running, schedule
from jobs.models import Job, JobState

log = logging.getLogger(__name__)

DUTY = "relay"
IN_FLIGHT = 200
BACKGROUND_IN_FLIGHT = 4
TASK = "jobs.run_job"


def turn():
    """One round: look at the clock, take back what was lost, hand over what is due. Gives how many."""
    if not claims.lease(DUTY):
        return 0
    running.take_up_abandoned()
    take_back_lost()
    schedule.ask_for_what_is_due()
    return hand_over()


def take_back_lost():
    """A job handed over that no worker began: its message got lost."""
    long_ago = timezone.now() - timedelta(seconds=settings.JOBS_REHAND_SECONDS)
    lost = Job.objects.filter(state=JobState.HANDED, handed_at__lte=long_ago)
    return lost.update(state=JobState.QUEUED, handed_at=None)


def hand_over():
    """Hand due jobs to the broker, no more than workers can begin soon. Gives how many."""
    handed = 0
    for job in _next_ones():
        if not _mark_handed(job):
            continue
        if not _send(job):
            break
        handed += 1
    return handed


def _next_ones():
    due, on_the_way = Job.objects.due(at=timezone.now()), Job.objects.filter(state=JobState.HANDED)
    waited_for = due.filter(in_background=False)[: max(IN_FLIGHT - on_the_way.count(), 0)]
    room = BACKGROUND_IN_FLIGHT - on_the_way.filter(in_background=True).count()
    return [*waited_for, *due.filter(in_background=True)[: max(room, 0)]]


def _mark_handed(job):
    """Marked before it is sent: the worker may be quicker than this line."""
    waiting = Job.objects.filter(pk=job.pk, state=JobState.QUEUED)
    return bool(waiting.update(state=JobState.HANDED, handed_at=timezone.now()))


def _send(job):
    try:
        current_app.send_task(TASK, kwargs={"job": job.public_id}, retry=False)
    except (OperationalError, OSError):
        log.warning("the broker could not be reached; job %s stays in line", job.public_id)
        Job.objects.filter(pk=job.pk, state=JobState.HANDED).update(state=JobState.QUEUED, handed_at=None)
        return False
    return True
