"""Where an application is, whose turn it is and until when: for the organization and for the desk."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from calls.states import ApplicationState, CallState
from programs.models import MilestoneCode


@dataclass(frozen=True)
class Turn:
    """Whose turn it is (the organization's own, or of whom), for what, and until when (not included)."""

    what: str = ""
    who: str = ""
    yours: bool = False
    cutoff: datetime | None = None
    tone: str = ""
    note: str = ""


def turn_of(application, *, now, prevention=None):
    """The turn line of an application, as its organization reads it."""
    if application.call.is_ended:
        return _turn_of_ended(application.call)
    agency = str(application.call.publication.edition.program.agency)
    match ApplicationState(application.state):
        case ApplicationState.DRAFT:
            return _turn_of_draft(application.call, now)
        case ApplicationState.PREVENTED:
            return _turn_of_prevented(prevention, agency, now)
        case ApplicationState.SUBMITTED | ApplicationState.CORRECTED:
            return Turn(_("check the documents"), who=agency)
    return _turn_later(application)


def _turn_of_ended(call):
    if call.state == CallState.CANCELLED:
        return Turn(_("The call was cancelled: the application does not go on"), tone="wrong")
    return Turn(_("The call was declared void: the application does not go on"), tone="wrong")


def _turn_of_draft(call, now):
    if call.is_open(at=now):
        return Turn(_("finish the application and send it"), yours=True, cutoff=call.closes_at)
    return Turn(_("The reception ended and this draft was not sent"), tone="wrong")


def _turn_of_prevented(prevention, agency, now):
    if prevention and now < prevention.due_at:
        return Turn(_("correct what was marked"), yours=True, cutoff=prevention.due_at, tone="watch")
    return Turn(_("decide on the application that was not corrected in time"), who=agency)


def _turn_later(application):
    match ApplicationState(application.state):
        case ApplicationState.ADMITTED:
            return Turn(_("evaluate the applications"), who=_("the committee"))
        case ApplicationState.WITHDRAWN:
            return Turn(_("The organization withdrew the application"), tone="wrong")
        case ApplicationState.DISCARDED:
            return Turn(_("The application was discarded"), tone="wrong")
        case ApplicationState.AWARDED:
            return Turn(_("sign the agreement"), who=_("the agency and the organization"), tone="done")
        case ApplicationState.RENOUNCED:
            return Turn(_("The organization renounced the award"), tone="wrong")
    return Turn(application.get_state_display())


def act_in_words(name):
    """What happened, as people say it; nothing for acts that are not told to the organization."""
    words = {
        "application.start": _("Application begun"),
        "application.submit": _("Application received"),
        "application.prevent": _("Corrections asked for"),
        "application.correct": _("Correction received"),
        "application.admit": _("Application admitted"),
        "application.discard": _("Application discarded"),
        "application.withdraw": _("Application withdrawn"),
        "application.award": _("Awarded"),
        "application.reserve": _("On the reserve list"),
        "application.decline": _("Not awarded"),
        "application.renounce": _("Award renounced"),
        "application.promote": _("Awarded from the reserve list"),
    }
    return words.get(name, "")


TOLD = (
    "application.start", "application.submit", "application.prevent", "application.correct",
    "application.admit", "application.discard", "application.withdraw", "application.award",
    "application.reserve",
    "application.decline", "application.renounce", "application.promote",
)  # fmt: skip

TO_COME = (MilestoneCode.RULING, MilestoneCode.RESULTS_PUBLISHED, MilestoneCode.AGREEMENTS_SIGNED)
