"""What must hold of applications: when they were received, from whom, and what was sealed of them."""

import hashlib

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Concat

from accounts.models import BodyKind, Membership, Role
from calls.models import (
    Answer,
    Application,
    Assistance,
    BudgetLine,
    EligibilityAnswer,
    FolioSeries,
    Organization,
    Submission,
    SuppliedDocument,
)
from jobs.soundness import CHUNK, invariant


def applications():
    return Application.objects.order_by()


def received():
    """Those that were handed in, withdrawn afterwards or not."""
    return applications().filter(folio__isnull=False)


@invariant
def folios_are_of_what_was_received():
    """An application has a folio if, and only if, it was received."""
    was_received = Q(submitted_at__isnull=False)
    return applications().filter((was_received & Q(folio=None)) | (~was_received & Q(folio__isnull=False)))


@invariant
def folios_are_of_their_call():
    """The folio of an application names its call."""
    return received().exclude(folio__startswith=Concat(Value("SOL-"), "call__folio", Value("-")))


@invariant
def folios_were_given_by_their_series():
    """The series of folios of a call has given at least as many as there are."""
    series = FolioSeries.objects.filter(series=Concat(Value("SOL-"), OuterRef("call__folio")))
    given = Coalesce(Subquery(series.values("last")), Value(0), output_field=IntegerField())
    counted = received().values("call__folio").annotate(there_are=Count("pk"), given=given)
    for one in counted.filter(there_are__gt=F("given")).iterator():
        yield f"calls.call {one['call__folio']}"


@invariant
def applications_are_received_in_their_window():
    """Every application was received while its call was open: from its opening on and before its close."""
    early, late = Q(submitted_at__lt=F("call__opens_at")), Q(submitted_at__gte=F("call__closes_at"))
    return received().filter(early | late)


@invariant
def applications_are_received_after_they_began():
    """No application was received before it was begun."""
    return received().filter(submitted_at__lt=F("started_at"))


@invariant
def received_applications_are_sealed():
    """What was received is kept as it was, with the very time at which it was received."""
    kept = Submission.objects.filter(application=OuterRef("pk"), received_at=OuterRef("submitted_at"))
    return received().filter(~Exists(kept))


@invariant
def sealed_applications_have_their_hash():
    """The hash of what was received is that of the text that was kept."""
    for submission in Submission.objects.select_related("application").iterator(CHUNK):
        if hashlib.sha256(submission.snapshot.encode()).hexdigest() != submission.sha256:
            yield submission.application


@invariant
def sealed_applications_are_their_own():
    """What was kept of an application when it was received names its folio."""
    names = Concat(Value('"folio":"'), "application__folio", Value('"'))
    return applications().filter(
        pk__in=Submission.objects.exclude(snapshot__contains=names).values("application")
    )


@invariant
def senders_bind_their_organization():
    """Who handed an application in represented its organization then, or helped it with its authorization."""
    seat = Membership.objects.filter(
        Q(until=None) | Q(until__gt=OuterRef("submitted_at")),
        user=OuterRef("submitted_by"),
        body=OuterRef("organization__body"),
        role=Role.REPRESENTATIVE,
        since__lte=OuterRef("submitted_at"),
    )
    helped = Assistance.objects.filter(
        application=OuterRef("pk"), helper=OuterRef("submitted_by"), declaration__isnull=False
    )
    return received().filter(~Exists(seat), ~Exists(helped))


@invariant
def applications_ask_within_their_modality():
    """What a received application asks for lies within what its modality gives."""
    asked = received().filter(modality__isnull=False)
    below = Q(requested_amount__lt=F("modality__minimum"))
    return asked.filter(below | Q(requested_amount__gt=F("modality__maximum")))


@invariant
def budgets_add_up_to_what_is_asked():
    """The lines of the budget of a received application ask the grant for the amount that it requests."""
    lines = BudgetLine.objects.order_by().filter(application=OuterRef("pk")).values("application")
    asked = Subquery(lines.annotate(total=Sum("from_grant")).values("total"))
    found = received().annotate(asked=asked).filter(asked__isnull=False)
    return found.exclude(asked=F("requested_amount"))


OF_THE_RULES = (
    (Answer, "question"),
    (EligibilityAnswer, "rule"),
    (BudgetLine, "rule"),
    (SuppliedDocument, "requirement"),
    (SuppliedDocument, "question"),
)


@invariant
def applications_answer_the_rules_of_their_call():
    """What an application answers, attaches or spends on is a row of the Rules of its call."""
    for model, name in OF_THE_RULES:
        rows = model.objects.order_by().filter(**{f"{name}__isnull": False})
        own = Q(**{f"{name}__publication": F("application__call__publication")})
        yield from rows.exclude(own).iterator(CHUNK)
    yield from (
        applications()
        .filter(modality__isnull=False)
        .exclude(modality__publication=F("call__publication"))
        .iterator(CHUNK)
    )


@invariant
def organizations_are_organizations():
    """The body of an organization is one of the kind *organization*."""
    return Organization.objects.order_by().exclude(body__kind=BodyKind.ORGANIZATION)


@invariant
def helpers_stop_once_help_is_over():
    """What staff entered was handed in while the organization still wanted their help."""
    after = Q(application__submitted_by=F("helper"), application__submitted_at__gte=F("ended_at"))
    return Assistance.objects.filter(after)
