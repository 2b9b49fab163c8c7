"""Renouncing an award after the results: the organization gives it up, and its money is free again."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import acts, notices
from calls import changes, states
from calls.actions.applications import READ_WITH
from calls.models import Application, Call, Renunciation
from calls.people import people_of, represents, staff_of
from calls.states import CallState
from jobs import locks


class CannotRenounce(acts.Refused):
    """Why the award is not renounced; ``field`` says which entry of the form it is about."""


def why_not(application):
    """Why there is nothing to renounce; empty when there is."""
    if application.call.is_ended:
        return changes.ended_in_words(application.call)
    if not states.RENOUNCE.is_possible_for(application) or application.call.state != CallState.RELEASED:
        return _("It is %(state)s: what is renounced is an award, after its results.") % {
            "state": application.get_state_display().lower()
        }
    return ""


@transaction.atomic
def renounce(application, *, reason, by, at=None):
    """Give up the award of an application. It cannot be taken back; the money waits for the reserve list.

    Raises CannotRenounce: only the legal representative renounces, and says why.
    """
    at = acts.moment(at)
    locks.share(Call.objects.filter(pk=application.call_id))
    (held,) = locks.exclusive(Application.objects.filter(pk=application.pk).select_related(*READ_WITH))
    if not represents(by, held.organization):
        raise CannotRenounce(_("Only the legal representative of the organization can renounce the award."))
    if refusal := why_not(held):
        raise CannotRenounce(refusal)
    if not reason.strip():
        raise CannotRenounce(_("Say why: the agency reads it."), "reason")
    acts.perform(states.RENOUNCE, held, by=by, at=at)
    Renunciation.objects.create(application=held, reason=reason.strip(), at=at, by=by)
    _tell(held, at=at)
    application.refresh_from_db(fields=["state"])
    return application


def recipients(application):
    """Who is written to: the desk of the agency and the people of the organization."""
    return [*staff_of(application.call), *people_of(application.organization)]


def _tell(held, *, at):
    named = {"folio": held.folio, "call": held.call.title}
    notices.notify_all(
        recipients(held),
        kind="application.renounced",
        subject=lambda: _("Award renounced: %(folio)s") % named,
        body=lambda: (
            _(
                "The legal representative renounced the award of the application %(folio)s to “%(call)s”. "
                "Its money is free for the reserve list, and the results say so with the date."
            )
            % named
        ),
        link=held.get_absolute_url(),
        at=at,
    )
