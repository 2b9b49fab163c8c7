from django.db import models


class FolioSeries(models.Model):
    """The last number given in a series of folios (one a call, one an agency and year). Never reused."""

    series = models.CharField(max_length=80, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.series} {self.last}"
