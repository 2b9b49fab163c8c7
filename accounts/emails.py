"""Writing and sending an e-mail: text of ``templates/emails/``, in the language of the person written to."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation


def send(template, *, to, subject, context, language="", identifier="", headers=None, connection=None):
    """Send ``emails/<template>.txt`` to one address. Called by jobs, never inside a request.

    With an ``identifier`` the message keeps the same Message-ID however often it is sent. Many messages
    share one ``connection`` to the mail server.
    """
    with translation.override(language or settings.LANGUAGE_CODE):
        body = render_to_string(f"emails/{template}.txt", context | {"site_url": settings.SITE_URL})
    send_written(
        to=to, subject=subject, body=body, identifier=identifier, headers=headers, connection=connection
    )


def send_written(*, to, subject, body, identifier="", headers=None, connection=None):
    """Send a text that is written already."""
    headers = {"Auto-Submitted": "auto-generated", **(headers or {})}
    if identifier:
        headers["Message-ID"] = f"<{identifier}@{urlsplit(settings.SITE_URL).hostname}>"
    EmailMessage(_one_line(subject), body, to=[to], headers=headers, connection=connection).send()


def _one_line(text):
    return " ".join(str(text).split())
