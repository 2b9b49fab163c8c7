"""Writing and sending an e-mail: text of ``templates/emails/``, in the language of the person written to."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation


def send(template, *, to, subject, context, language="", identifier=""):
    """Send ``emails/<template>.txt`` to one address. Called by jobs, never inside a request.

    With an ``identifier`` the message keeps the same Message-ID however often it is sent.
    """
    with translation.override(language or settings.LANGUAGE_CODE):
        body = render_to_string(f"emails/{template}.txt", context | {"site_url": settings.SITE_URL})
    send_written(to=to, subject=subject, body=body, identifier=identifier)


def send_written(*, to, subject, body, identifier=""):
    """Send a text that is written already."""
    headers = {"Message-ID": f"<{identifier}@{urlsplit(settings.SITE_URL).hostname}>"} if identifier else {}
    headers["Auto-Submitted"] = "auto-generated"
    EmailMessage(_one_line(subject), body, to=[to], headers=headers).send()


def _one_line(text):
    return " ".join(str(text).split())
