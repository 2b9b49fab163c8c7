"""The draw of the evaluators asked for: it may take minutes, so that a job does it, once."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from calls.models import Call
from evaluations import notices, tasks
from evaluations.actions import reviews
from evaluations.actions.reviews import CannotAssign
from jobs import locks, queue
from jobs.models import Job
from jobs.running import JobFailed


@transaction.atomic
def ask(call, *, by):
    """Ask for the committed draw to be done. What can be refused at once is; what is being drawn, too."""
    (call,) = locks.exclusive(Call.objects.filter(pk=call.pk))
    draw, _applications, _evaluators = reviews.to_be_drawn(call, by)
    if is_going_on(job_of(draw)):
        raise CannotAssign(_("It is being drawn already: the page of the coordination says how it goes."))
    return queue.enqueue(
        tasks.draw_evaluators,
        subject=draw.code,
        label=_("Draw of the evaluators of %(call)s") % {"call": call.folio},
        by=by,
        draw=draw.pk,
        asked_by=by.pk,
    )


def job_of(draw):
    """The last job that was asked to do a draw, or None."""
    return draw and Job.objects.filter(subject=draw.code, task=tasks.draw_evaluators.name).first()


def is_going_on(job):
    return job is not None and not job.is_finished


def do(draw, *, by):
    """Do a draw that was asked for. Done twice, it is done once. Raises JobFailed with what the act says."""
    if draw.is_drawn:
        return
    try:
        reviews.distribute(draw.call, by=by)
    except (CannotAssign, PermissionDenied) as refusal:
        notices.not_drawn(by, draw.call, str(refusal))
        raise JobFailed(str(refusal)) from refusal
