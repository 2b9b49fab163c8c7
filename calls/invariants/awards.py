"""What must hold of the desk's decisions and of the money: corrections in time, awards, renunciations."""

from django.db.models import Exists, F, OuterRef, Q

from calls.invariants.applications import applications
from calls.models import Barred, Defect, Prevention, ReadingRight, Renunciation, RequirementCheck
from calls.states import GRANTED, ApplicationState
from jobs.soundness import invariant
from programs.models import Requirement

State = ApplicationState
ADMITTED = (State.ADMITTED, State.RESERVE, State.NOT_AWARDED, State.RENOUNCED, *GRANTED)


@invariant
def amounts_are_of_awards():
    """An application has an amount awarded if, and only if, it was awarded."""
    was_awarded = Q(state__in=(*GRANTED, State.RENOUNCED))
    has_amount = Q(awarded_amount__isnull=False)
    return applications().filter((was_awarded & ~has_amount) | (~was_awarded & has_amount))


@invariant
def awards_are_at_most_what_was_asked():
    """An award is more than nothing and at most what was requested."""
    return applications().filter(Q(awarded_amount__lte=0) | Q(awarded_amount__gt=F("requested_amount")))


@invariant
def renounced_awards_were_renounced():
    """An award is renounced if, and only if, somebody renounced it and said why."""
    renounced = Exists(Renunciation.objects.filter(application=OuterRef("pk")))
    is_renounced = Q(state=State.RENOUNCED)
    return applications().filter((is_renounced & ~Q(renounced)) | (~is_renounced & Q(renounced)))


@invariant
def renunciations_follow_the_results():
    """An award is renounced after the results of its call are public."""
    results = F("application__call__released_at")
    return Renunciation.objects.order_by().filter(Q(at__lt=results) | Q(application__call__released_at=None))


@invariant
def admitted_applications_have_their_requirements_met():
    """Every obligatory document of an admitted application was found met, for its modality."""
    met = RequirementCheck.objects.filter(
        application=OuterRef(OuterRef("pk")), requirement=OuterRef("pk"), outcome=RequirementCheck.Outcome.MET
    )
    for_it = Q(modality_key="") | Q(modality_key=OuterRef("modality__key"))
    lacking = Requirement.objects.filter(
        for_it, ~Exists(met),
        publication=OuterRef("call__publication"), stage=Requirement.Stage.APPLICATION, is_obligatory=True,
    )  # fmt: skip
    return applications().filter(Exists(lacking), state__in=ADMITTED)


@invariant
def prevented_applications_were_told_what_to_correct():
    """An application that is to be corrected, or was, was told its defects once."""
    told = Defect.objects.filter(prevention__application=OuterRef("pk"))
    return applications().filter(~Exists(told), state__in=(State.PREVENTED, State.CORRECTED))


@invariant
def corrections_arrive_in_time():
    """A correction arrived after it was asked for and before its term was over."""
    late = Q(answered_at__gte=F("due_at")) | Q(answered_at__lt=F("issued_at"))
    return applications().filter(pk__in=Prevention.objects.filter(late).values("application"))


@invariant
def corrections_are_whole():
    """What was sent back as corrected has something new for every defect, and waits no longer."""
    answered = Defect.objects.filter(
        prevention__application=OuterRef("pk"), prevention__answered_at__isnull=False
    )
    waiting = answered.filter(corrected_at=None)
    undone = Q(Exists(answered), state=State.PREVENTED)
    unanswered = Q(~Exists(answered), state=State.CORRECTED)
    return applications().filter(Q(Exists(waiting)) | undone | unanswered)


@invariant
def barred_people_read_nothing():
    """Whoever is barred from an application has no right to read it."""
    barred = Barred.objects.filter(user=OuterRef("user"), application=OuterRef("application"))
    return applications().filter(
        pk__in=ReadingRight.objects.filter(Exists(barred), until=None).values("application")
    )


@invariant
def reading_rights_end_after_they_begin():
    """A right to read ends no earlier than it began."""
    return ReadingRight.objects.filter(until__lt=F("since"))
