from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A person reads their own notices and nobody else's."""
        return self.filter(to=user) if user.is_authenticated else self.none()

    def unread(self):
        return self.filter(read_at=None)


class Notice(models.Model):
    """Something the portal told a person, written in the transaction of the act that caused it.

    The text is kept in both languages as it was sent; delivery by e-mail is a job.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    subject = models.CharField(_("subject"), max_length=250)
    body = models.TextField(_("text"))
    link = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.subject
