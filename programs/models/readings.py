"""What each person who signs has read of a draft, so that the next time only the differences are shown."""

from django.conf import settings
from django.db import models

from programs.models.editions import Edition


class Reading(models.Model):
    """One reading of a draft by one person: text and data as they stood, and their hash. Never rewritten."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="readings")
    document = models.TextField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["edition", "by"], name="reading_of_a_person")]

    def __str__(self):
        return f"{self.edition} · {self.by}"
