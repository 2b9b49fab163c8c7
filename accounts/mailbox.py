"""The e-mail backend of the embedded mode: letters are kept, to be read at ``/correo/``."""

from django.core.mail.backends.base import BaseEmailBackend


class MailboxBackend(BaseEmailBackend):
    def send_messages(self, messages):
        from accounts.models import Letter  # noqa: PLC0415 -- loaded before the apps are ready

        letters = [
            Letter(to=to, subject=message.subject[:250], text=message.body)
            for message in messages
            for to in message.recipients()
        ]
        Letter.objects.bulk_create(letters)
        return len(messages)
