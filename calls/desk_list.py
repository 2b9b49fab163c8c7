"""The desk's list of a call: filters, search, and how complete each application is."""

from django.db.models import F, Func, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from calls.models import Application, RequirementCheck
from calls.states import ApplicationState
from programs.models import Requirement

TO_CHECK = (ApplicationState.SUBMITTED, ApplicationState.CORRECTED)


def counted(applications):
    """With ``required`` documents, how many were found ``met`` and how many ``observed``."""
    obligatory = Requirement.objects.filter(
        Q(modality_key="") | Q(modality_key=OuterRef("modality__key")),
        publication=OuterRef("call__publication"),
        stage=Requirement.Stage.APPLICATION,
        is_obligatory=True,
    )
    return applications.annotate(
        required=Coalesce(_count(obligatory), 0),
        met=Coalesce(_count(_checks("met")), 0),
        observed=Coalesce(_count(_checks("observed")), 0),
    )


def _checks(outcome):
    return RequirementCheck.objects.filter(
        application=OuterRef("pk"), outcome=outcome, requirement__is_obligatory=True
    )


def _count(rows):
    """How many rows, as a subquery of its own."""
    return Subquery(rows.order_by().annotate(n=Func(F("pk"), function="COUNT")).values("n"))


def filtered(applications, *, state="", words="", municipality="", completeness=""):
    """Applications that a person looks for."""
    if state in ApplicationState.values:
        applications = applications.filter(state=state)
    if words:
        applications = applications.about(words)
    if municipality:
        applications = applications.filter(municipality=municipality)
    return by_completeness(applications, completeness)


def by_completeness(applications, wanted):
    """Complete: every obligatory document found met. Observed: something was. Unchecked: neither."""
    applications = counted(applications) if wanted else applications
    if wanted == "complete":
        return applications.filter(met__gte=F("required"))
    if wanted == "observed":
        return applications.filter(observed__gt=0)
    if wanted == "unchecked":
        return applications.filter(met__lt=F("required"), observed=0)
    return applications


def of_call(call, user):
    """What the desk of a call lists, as this person may see it, in the order in which it was received."""
    return Application.objects.at_the_desk_of(call, user).order_by("submitted_at", "pk")


def as_listed(applications):
    """With what a row of the list says of each, and nothing else, its documents counted."""
    return counted(applications.select_related("organization__body", "municipality", "assistance")).only(
        *("public_id", "folio", "project_title", "requested_amount", "state", "submitted_at"),
        *("organization__body__name_es", "municipality__name", "assistance__application"),
    )


def with_names(applications):
    """With who asks, where and for what, its documents counted."""
    return counted(
        applications.select_related("organization__body", "municipality", "modality", "assistance")
    )
