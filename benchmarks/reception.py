"""Calls at size: one call with very many applications, and some thirty public calls beside it.

The first application is a real one, from its factory; the others are its copies, written by the database
itself. People, bodies and texts are invented.
"""

from django.db import connection

from accounts.models import Role
from calls.models import Application, Organization
from tests.factories.accounts import member
from tests.factories.applications import ApplicationFactory, OpenCallFactory

ORGANIZATIONS = 1000
PUBLIC_CALLS = 30

_BODIES = """
INSERT INTO accounts_body (public_id, kind, name_es, name_en, short_name, is_demo)
SELECT 'b' || n, 'organization', 'Colectiva de la medición ' || n, '', '', false FROM generate_series(1, %s) n
"""
_ORGANIZATIONS = """
INSERT INTO calls_organization (body_id, legal_form, rfc, cluni, clabe, purpose, address, postal_code, phone,
    email, website)
SELECT id, 'ac', 'MED' || lpad(substr(public_id, 2), 9, '0'), '', '', '', '', '', '', '', ''
FROM accounts_body WHERE public_id LIKE 'b%' AND kind = 'organization'
"""
_APPLICATIONS = """
INSERT INTO calls_application (public_id, call_id, organization_id, ordinal, folio, state, project_title,
    modality_id, municipality_id, requested_amount, started_at, started_by_id, submitted_at, submitted_by_id,
    folded, discard_reason)
SELECT 'a' || n, a.call_id, o.first + n %% %s, 2 + n / %s, 'SOL-MED-' || lpad(n::text, 6, '0'), 'submitted',
    'Talleres de oficios en la colonia ' || n, a.modality_id, a.municipality_id, a.requested_amount,
    a.started_at, a.started_by_id, a.started_at + n * interval '1 second', a.started_by_id,
    'sol-med-' || lpad(n::text, 6, '0') || ' colectiva de la medicion talleres de oficios', ''
FROM calls_application a, generate_series(%s::int, %s::int) n,
    (SELECT min(id) AS first FROM calls_organization WHERE rfc LIKE 'MED%%') o
WHERE a.id = %s
"""


class Reception:
    """A call that receives: its desk, one draft that lacks nothing, and as many applications as asked for."""

    def __init__(self):
        self.draft = ApplicationFactory(complete=True)
        self.call = self.draft.call
        self.operator = member(Role.OPERATOR, self.call.agency.body)
        self.received = 0
        _write(_BODIES, ORGANIZATIONS)
        _write(_ORGANIZATIONS)
        for _one in range(PUBLIC_CALLS):
            OpenCallFactory(edition=None, publication=self.call.publication, budget=1_000_000)

    def grow(self, count):
        """Until so many applications were handed in."""
        first, self.received = self.received, count
        _write(_APPLICATIONS, ORGANIZATIONS, ORGANIZATIONS, first, count - 1, self.draft.pk)
        _write("VACUUM ANALYZE")  # as the server does by itself
        assert Application.objects.filter(call=self.call).handed_in().count() == count  # noqa: S101 -- the measure's ground
        assert Organization.objects.count() > ORGANIZATIONS  # noqa: S101


def _write(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
