from django.db import models
from django.utils import timezone

from accounts.identifiers import public_id


class Letter(models.Model):
    """An e-mail kept instead of sent: the mailbox on screen of the embedded mode."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    to = models.EmailField()
    subject = models.CharField(max_length=250)
    text = models.TextField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self):
        return self.subject
