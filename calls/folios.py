"""The next folio of a series, in the transaction of the act. A number is never given twice."""

from django.db import connection
from django.db.models import F

from calls.models.folios import FolioSeries
from jobs import locks


def next_number(series):
    """The next number of ``series``. Whoever asks at the same time waits for this transaction."""
    if not connection.in_atomic_block:
        raise locks.NoTransaction
    FolioSeries.objects.get_or_create(series=series)
    FolioSeries.objects.filter(series=series).update(last=F("last") + 1)
    return FolioSeries.objects.values_list("last", flat=True).get(series=series)


def call_folio(edition):
    """``CONV-{AGENCY}-{YYYY}-{NN}``: one series for each agency and fiscal year."""
    series = f"CONV-{edition.program.agency.acronym}-{edition.fiscal_year}"
    return f"{series}-{next_number(series):02d}"


def application_folio(call):
    """``SOL-{CALL}-{NNNN}``: one series for each call."""
    series = f"SOL-{call.folio}"
    return f"{series}-{next_number(series):04d}"
