"""The next folio of a series, in the transaction of the act. A number is never given twice."""

from django.db import connection

from jobs import locks

# The first number of a series, or the one after the last: in one statement, which both databases know
_NEXT = (
    "INSERT INTO calls_folioseries (series, last) VALUES (%s, 1) "
    "ON CONFLICT (series) DO UPDATE SET last = calls_folioseries.last + 1 RETURNING last"
)


def next_number(series):
    """The next number of ``series``. Whoever asks at the same time waits for this transaction."""
    if not connection.in_atomic_block:
        raise locks.NoTransaction
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [series])
        return cursor.fetchone()[0]


def call_folio(edition):
    """``CONV-{AGENCY}-{YYYY}-{NN}``: one series for each agency and fiscal year."""
    series = f"CONV-{edition.program.agency.acronym}-{edition.fiscal_year}"
    return f"{series}-{next_number(series):02d}"


def application_folio(call):
    """``SOL-{CALL}-{NNNN}``: one series for each call."""
    series = f"SOL-{call.folio}"
    return f"{series}-{next_number(series):04d}"
