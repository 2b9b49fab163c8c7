"""Telling people: a notice in the transaction of the act, its e-mail by a job that is tried again."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import emails
from accounts.models import Notice
from jobs import queue


def notify(user, *, kind, subject, body, link="", at=None):
    """Tell ``user`` something, here and by e-mail.

    ``subject`` and ``body`` may be texts, lazy translations or functions without arguments; the last two
    are said in the language of the person told, whatever the language of the one who acts. ``link`` is a
    path of the portal.
    """
    with translation.override(language_of(user)):
        notice = Notice.objects.create(
            to=user,
            kind=kind,
            subject=_said(subject)[:250],
            body=_said(body),
            link=link,
            at=at or timezone.now(),
        )
    label = _("E-mail of a notice")  # what it says is for whom it is sent to, not for who looks after jobs
    queue.enqueue("accounts.mail_notice", subject=notice.public_id, label=label, notice=notice.public_id)
    return notice


def notify_all(users, **what):
    """Tell each of ``users`` once, in the order given."""
    return [notify(user, **what) for user in dict.fromkeys(users)]


@transaction.atomic
def deliver(notice):
    """Send the e-mail of ``notice`` unless it went out already; two that try at once send one.

    The mark is taken first, in the same transaction: when sending fails, it is given back. The
    message has a fixed identifier, so that even a copy sent by a dying process is shown once.
    """
    if not Notice.objects.filter(pk=notice.pk, mailed_at=None).update(mailed_at=timezone.now()):
        return False
    if not notice.to.is_active:
        return False
    emails.send(
        "notice",
        to=notice.to.email,
        subject=notice.subject,
        context={"notice": notice, "link": settings.SITE_URL + notice.link if notice.link else ""},
        language=language_of(notice.to),
        identifier=notice.public_id,
    )
    return True


def language_of(user):
    return user.language or settings.LANGUAGE_CODE


def _said(text):
    return str(text() if callable(text) else text)
