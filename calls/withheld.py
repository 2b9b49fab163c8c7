"""What calls show that is publicity, so that an electoral blackout withholds it. Procedures are not here."""

from django.utils.translation import gettext_lazy as _

from calls.models import Call, Evidence
from programs import withholding

POSTER, EVIDENCE, INVITATION = "poster", "evidence", "invitation"


@withholding.publicity(POSTER, label=_("The poster of a call"))
def poster(reference):
    return _title_of(reference)


@withholding.publicity(EVIDENCE, label=_("Evidence of how a call was made known: account, address and file"))
def evidence(reference):
    found = Evidence.objects.public().standing().filter(public_id=reference).select_related("action").first()
    return str(found.action or found.name) if found else ""


@withholding.publicity(INVITATION, label=_("The e-mail that invites subscribers to apply in the last week"))
def invitation(reference):
    return _title_of(reference)


def _title_of(folio):
    return Call.objects.public().filter(folio=folio).values_list("title", flat=True).first() or ""
