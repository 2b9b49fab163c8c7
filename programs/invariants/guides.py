"""What must hold of Guides, of the agencies that stand under them, and of electoral blackouts."""

from django.db.models import F, Q

from accounts.models import BodyKind
from jobs.soundness import invariant
from programs.models import Agency, BlackoutException, BlackoutPeriod, Component, Edition, GuideEdition
from programs.states import BlackoutState, GuideState


@invariant
def agencies_are_agencies():
    """The body of an agency is one of the kind *agency*."""
    return Agency.objects.order_by().exclude(body__kind=BodyKind.AGENCY)


@invariant
def components_are_in_a_section_of_their_guide():
    """A component of a Guide is in a section of the same Guide."""
    return Component.objects.order_by().exclude(section__guide=F("guide"))


@invariant
def rules_stand_on_a_published_guide():
    """An edition of the Rules stands on a Guide that is published."""
    return Edition.objects.exclude(guide__state=GuideState.PUBLISHED)


@invariant
def guides_published_here_have_their_hash():
    """A Guide that was begun and published here has the hash of all that it said."""
    return GuideEdition.objects.filter(state=GuideState.PUBLISHED, begun_from__isnull=False, sha256="")


@invariant
def guides_begin_from_earlier_ones():
    """A Guide that was begun from another one is of a later year."""
    return GuideEdition.objects.filter(begun_from__year__gte=F("year"))


@invariant
def blackouts_end_early_before_their_end():
    """A blackout that was ended early was ended before its end."""
    return BlackoutPeriod.objects.filter(state=BlackoutState.ENDED, ended_at__gte=F("ends_at"))


@invariant
def exceptions_to_a_blackout_are_made_in_its_time():
    """What was let through in a blackout was let through once that was confirmed and before it ended."""
    before = Q(period__confirmed_at=None) | Q(at__lt=F("period__confirmed_at"))
    return BlackoutException.objects.filter(before | Q(at__gte=F("period__ends_at")))
