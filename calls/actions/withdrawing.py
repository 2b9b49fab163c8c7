"""Withdrawing an application: the organization takes it back before it is admitted, and may begin another."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import acts, notices
from calls import changes, states
from calls.actions.applications import READ_WITH
from calls.models import Application, Call
from calls.people import people_of, represents, staff_of
from jobs import locks


class CannotWithdraw(Exception):
    """Why it is not withdrawn, in words the applicant can read."""


def why_not(application):
    """Why an application cannot be withdrawn any more; empty when it can."""
    if application.call.is_ended:
        return changes.ended_in_words(application.call)
    if not states.WITHDRAW.is_possible_for(application):
        return _("It is %(state)s: an application can be withdrawn until it is admitted.") % {
            "state": application.get_state_display().lower()
        }
    return ""


@transaction.atomic
def withdraw(application, *, by, reason="", at=None):
    """Take back a draft, or what was sent and is not admitted yet. It stays to be read, with its reason.

    Raises CannotWithdraw: only the legal representative withdraws, and only in time.
    """
    at = acts.moment(at)
    locks.share(Call.objects.filter(pk=application.call_id))
    (held,) = locks.exclusive(Application.objects.filter(pk=application.pk).select_related(*READ_WITH))
    if not represents(by, held.organization):
        raise CannotWithdraw(_("Only the legal representative of the organization can withdraw it."))
    if refusal := why_not(held):
        raise CannotWithdraw(refusal)
    acts.perform(states.WITHDRAW, held, by=by, at=at, note=reason.strip())
    if held.folio:
        _tell(held, reason.strip(), at=at)
    application.refresh_from_db(fields=["state"])
    return application


def recipients(application):
    """Who is written to when what was sent is withdrawn: the desk and the people of the organization."""
    return [*staff_of(application.call), *people_of(application.organization)] if application.folio else []


def _tell(held, reason, *, at):
    named = {"folio": held.folio, "call": held.call.title, "reason": reason}
    notices.notify_all(
        recipients(held),
        kind="application.withdrawn",
        subject=lambda: _("Application withdrawn: %(folio)s") % named,
        body=lambda: (
            _(
                "The legal representative withdrew the application %(folio)s to “%(call)s”. "
                "It is not evaluated."
            )
            % named
            + (f" {_('The reason:')} {reason}" if reason else "")
        ),
        link=held.call.get_absolute_url(),
        at=at,
    )
