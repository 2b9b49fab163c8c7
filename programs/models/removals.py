"""Rows taken out of a draft, kept so that they can be put back."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class RemovedRow(models.Model):
    """A row of a block as it stood when it was taken out, with the rows that went with it.

    It lasts while its edition is a draft; putting it back gives the same key and takes this away.
    """

    edition = models.ForeignKey("programs.Edition", on_delete=models.CASCADE, related_name="removed_rows")
    model = models.CharField(max_length=40)
    key = models.SlugField(max_length=60)
    label = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField()
    values = models.JSONField(encoder=DjangoJSONEncoder)
    levels = models.JSONField(encoder=DjangoJSONEncoder, default=list, blank=True)
    removed_at = models.DateTimeField()
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-removed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "model", "key"], name="removed_row_once_by_key")
        ]

    def __str__(self):
        return self.label
