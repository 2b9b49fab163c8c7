"""What the evaluation offers to whoever reads a draft of Rules: to try its criteria before they bind."""

from django.urls import reverse
from django.utils.translation import gettext as _

from programs.offers import Offer, drafting_offer


@drafting_offer
def simulator(edition):
    yield Offer(_("Simulator"), reverse("evaluations:draft_simulator", args=[edition.code]))
