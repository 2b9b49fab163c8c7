"""What the sign-in pages do in this portal: their letters are jobs, and they lead back to our own screens."""

import secrets

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.middleware import chosen_language
from jobs import queue


class Adapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix, email, context):
        """Write the letter now, send it by a job: a mail server that is down keeps nobody waiting."""
        language = chosen_language(self.request) if self.request else settings.LANGUAGE_CODE
        with translation.override(language):
            message = self.render_mail(template_prefix, email, {"email": email, **context})
            label = _("E-mail of the account")
        queue.enqueue(
            "accounts.mail",
            label=label,
            to=email,
            title=message.subject,
            body=message.body,
            identifier=secrets.token_hex(12),
        )

    def format_email_subject(self, subject):
        return " ".join(str(subject).split())

    def save_user(self, request, user, form, commit=True):
        """Addresses are kept in lower case, and a new person keeps the language of the page."""
        user = super().save_user(request, user, form, commit=False)
        user.email = user.email.lower()
        user.name = form.cleaned_data.get("name", "")
        user.language = chosen_language(request)
        if commit:
            user.save()
        return user
