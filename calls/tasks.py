"""What is done later for calls and applications."""

from celery import shared_task
from django.utils.translation import gettext_lazy as _

from calls.actions import applications, calls, vault
from calls.models import Application
from jobs import schedule


@schedule.every(minutes=1, label=_("Close the calls whose time is over"))
@shared_task(name="calls.seal_what_is_over")
def seal_what_is_over():
    """Close the reception of every call whose time is over. What is sealed stays sealed."""
    calls.seal_what_is_over()


@schedule.daily(8, 0, label=_("Tell organizations which of their documents end"))
@shared_task(name="calls.remind_of_documents")
def remind_of_documents():
    """Tell each organization, at 60, 30 and 7 days, which documents of its vault end. Never twice."""
    vault.remind()


@shared_task(name="calls.acknowledge", ignore_result=True, acks_late=True)
def acknowledge(*, application):
    """The receipt in PDF and the notices of an application just received. Done twice, it is done once."""
    with_names = Application.objects.select_related("call", "organization__body", "submitted_by")
    applications.acknowledge(with_names.get(public_id=application))
