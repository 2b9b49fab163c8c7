"""Work of the accounts that is done later."""

from celery import shared_task
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import emails, notices, sequencing
from accounts.models import Invitation, Notice
from jobs import schedule


@shared_task(name="accounts.mail_notice", ignore_result=True, acks_late=True)
def mail_notice(*, notice):
    """Send a notice by e-mail. Safe to run twice: the second time finds it sent."""
    notices.deliver(Notice.objects.select_related("to").get(public_id=notice))


@shared_task(name="accounts.mail_invitation", ignore_result=True, acks_late=True)
def mail_invitation(*, invitation):
    """Send an invitation, unless it was accepted or withdrawn meanwhile."""
    offer = (
        Invitation.objects.pending().select_related("body", "sent_by").filter(public_id=invitation).first()
    )
    if offer is None:
        return
    with translation.override(offer.language):
        subject = _("Invitation to %(body)s in Armoniza") % {"body": offer.body}
    emails.send(
        "invitation",
        to=offer.email,
        subject=subject,
        context={"invitation": offer, "link": settings.SITE_URL + offer.get_absolute_url()},
        language=offer.language,
        identifier=offer.public_id,
    )


@shared_task(name="accounts.mail", ignore_result=True, acks_late=True)
def mail(*, to, title, body, identifier):
    """Send what the sign-in pages wrote: confirmations, new passwords."""
    emails.send_written(to=to, subject=title, body=body, identifier=identifier)


@schedule.every(minutes=1, label=gettext_lazy("Seal what the trail gained"))
@shared_task(name="accounts.seal_trail", ignore_result=True, acks_late=True)
def seal_trail():
    """Give the new entries of the trail their place in the log, and sign where it stands."""
    sequencing.run()
