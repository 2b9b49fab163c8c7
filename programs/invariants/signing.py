"""What must hold of the way to publication: who sent, who signed, who published."""

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from jobs.soundness import invariant
from programs.invariants.publications import PUBLISHED, publications
from programs.models import Edition, Publication, SignOff
from programs.states import EditionState

NOBODY = 0


@invariant
def published_rules_were_signed_by_all():
    """Rules that are approved or published have every signature of their last round."""
    accepted = SignOff.objects.order_by().filter(
        edition=OuterRef("pk"), round=OuterRef("round"), accepted=True
    )
    count = Coalesce(Subquery(accepted.values("edition").annotate(n=Count("pk")).values("n")), NOBODY)
    signed = Edition.objects.annotate(signatures=count).filter(signatures__lt=len(SignOff.Step))
    return signed.filter(Q(state=EditionState.APPROVED) | Q(state__in=PUBLISHED, amendments=None))


@invariant
def refused_rules_are_not_approved():
    """Rules of whose last round somebody refused to sign are a draft again."""
    refused = SignOff.objects.filter(accepted=False, round=F("edition__round"))
    waiting = (EditionState.SIGNOFF, EditionState.APPROVED)
    return Edition.objects.filter(pk__in=refused.values("edition"), state__in=waiting)


@invariant
def senders_sign_nothing_of_what_they_sent():
    """Whoever sends Rules to sign-off signs none of that round."""
    this_round = SignOff.objects.order_by().filter(round=F("edition__round"))
    return this_round.filter(by=F("edition__sent_by"))


@invariant
def signatures_are_of_a_round_that_was_sent():
    """A signature belongs to a round in which the Rules were sent."""
    return SignOff.objects.order_by().filter(Q(round=0) | Q(round__gt=F("edition__round")))


@invariant
def senders_do_not_publish_what_they_sent():
    """Whoever sent Rules to sign-off last does not publish them."""
    later = Publication.objects.filter(edition=OuterRef("edition"), number__gt=OuterRef("number"))
    sent_for_it = publications().filter(~Exists(later), edition__sent_at__lte=F("published_at"))
    return sent_for_it.filter(published_by=F("edition__sent_by"))


@invariant
def rules_in_sign_off_are_in_a_round():
    """Rules that are being signed or are approved are in a round of signatures."""
    return Edition.objects.filter(state__in=(EditionState.SIGNOFF, EditionState.APPROVED), round=0)
