"""What the page of an edition offers of calls: those made from it, and opening one to who may."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from calls.models import Call
from programs.clauses import publication_of
from programs.offers import Offer, offer


@offer
def calls_of_the_rules(edition, viewer):
    """The calls that the viewer may see; to an operator of the agency, opening another."""
    publication = publication_of(edition)
    for call in Call.objects.visible_to(viewer).filter(publication__edition=edition).order_by("pk"):
        yield Offer(_("Call %(folio)s") % {"folio": call.folio}, call.get_absolute_url())
    if edition.fiscal_year >= timezone.localdate().year and viewer.has_perm("calls.open_call", publication):
        yield Offer(_("Open a call"), reverse("calls:open", args=[edition.code]), is_main=True)
