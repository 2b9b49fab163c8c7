"""Work of the accounts that is done later."""

from celery import shared_task

from accounts import notices
from accounts.models import Notice


@shared_task(name="accounts.mail_notice", ignore_result=True, acks_late=True)
def mail_notice(*, notice):
    """Send a notice by e-mail. Safe to run twice: the second time finds it sent."""
    notices.deliver(Notice.objects.select_related("to").get(public_id=notice))
