"""What is done later for calls and applications."""

from celery import shared_task
from django.utils.translation import gettext_lazy as _

from calls.actions import applications, calls, question_notices
from calls.models import Application
from jobs import schedule


@schedule.every(minutes=1, label=_("Close the calls whose time is over"))
@shared_task(name="calls.seal_what_is_over")
def seal_what_is_over():
    """Close the reception of every call whose time is over. What is sealed stays sealed."""
    calls.seal_what_is_over()


@shared_task(name="calls.acknowledge", ignore_result=True, acks_late=True)
def acknowledge(*, application):
    """The receipt in PDF and the notices of an application just received. Done twice, it is done once."""
    with_names = Application.objects.select_related("call", "organization__body", "submitted_by")
    applications.acknowledge(with_names.get(public_id=application))


@schedule.daily(8, label=_("Tell those who are applying what was answered"))
@shared_task(name="calls.tell_of_new_answers", ignore_result=True, acks_late=True)
def tell_of_new_answers():
    """The digest of new public answers. Done twice, it is sent once."""
    question_notices.tell_of_new_answers()


@schedule.daily(9, label=_("Remind the desks of the questions that are late"))
@shared_task(name="calls.remind_of_late_answers", ignore_result=True, acks_late=True)
def remind_of_late_answers():
    """Each late question is reminded of once."""
    question_notices.remind_of_late_answers()
