"""What the loader of reference data last wrote, so that it can tell its own rows from edited ones."""

from django.db import models


class LoadedRow(models.Model):
    """The values that the loader last gave to one row. A row that no longer holds them belongs to people."""

    label = models.CharField(max_length=80)
    key = models.CharField(max_length=120)
    object_id = models.CharField(max_length=40)
    values = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["label", "key"], name="loaded_row_once")]

    def __str__(self):
        return f"{self.label} {self.key}"
