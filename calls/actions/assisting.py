"""Assisted digital: the agency's staff enter an application because its organization asked them to.

What makes it lawful is kept with it: who asked, how, and the signed authorization; at the end, the
declaration signed by the legal representative in place of the click. Everybody of the organization is told at
once, goes on with the application when they want, and ends the help when they want. Who entered it does not
check it.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import acts, notices, teams
from accounts.models import Role
from calls.actions import applications, organizations
from calls.actions.answers import hold
from calls.models import Assistance
from calls.people import people_of
from documents import intake

SIGNED = ("pdf", "jpg", "png")  # what is signed on paper is scanned or photographed


class CannotAssist(acts.Refused):
    """Why the application cannot be entered for the organization. ``field``: of what was typed, or empty."""


@transaction.atomic
def begin(
    call, organization, *, asked_by, channel, authorization, by, at=None, key="", newcomer=None, email=""
):
    """Begin an application for an organization that asked for help, with its signed authorization.

    ``authorization``: the upload. ``newcomer``: the data of an organization that nobody registered yet,
    instead of it; ``email``: of its representative, who is invited. A retry with the same key gives the
    first. Raises CannotAssist, CannotRegister, CannotStart, CannotInvite or FileRefused.
    """
    _refuse(call, by=by, asked_by=asked_by)
    if organization is None:
        organization = organizations.register_for(by=by, at=at, **newcomer)
    application = applications.start(call, organization, by=by, at=at, key=key, helped=True)
    if Assistance.objects.filter(application=application).exists():  # the same request came again
        return application
    at = application.started_at
    Assistance.objects.create(
        application=application,
        helper=by,
        asked_by=asked_by.strip(),
        channel=channel,
        authorization=intake.accept(authorization, allowed=SIGNED, by=by, at=at),
        since=at,
    )
    acts.record("application.assist", application, by=by, at=at, note=channel)
    if email:
        teams.offer_first(organization.body, email, Role.REPRESENTATIVE, by=by, at=at)
    _tell_begun(application, asked_by.strip(), at=at)
    return application


def _refuse(call, *, by, asked_by):
    if not by.has_perm("calls.assist_in_call", call):
        raise CannotAssist(_("Only the desk of the agency enters applications for organizations."))
    if not asked_by.strip():
        raise CannotAssist(_("Say who asked for the help."), "asked_by")


@transaction.atomic
def sign(application, upload, *, by, at=None):
    """Keep the declaration that the legal representative signed on paper: without it nothing is sent."""
    held, at = hold(application, at=at)
    document = intake.accept(upload, allowed=SIGNED, by=by, at=at)
    going_on = Assistance.objects.going_on().filter(application=held, helper=by)
    if not going_on.update(declaration=document):
        raise CannotAssist(_("The help with this application has ended."))
    acts.record("application.sign_for", held, by=by, at=at, note=document.sha256)


@transaction.atomic
def end(application, *, by, at=None):
    """The organization goes on alone. The application and what was signed stay. Done once."""
    at = acts.moment(at)
    if not by.has_perm("calls.end_assistance", application):
        raise CannotAssist(_("Only the legal representative of the organization ends the help."))
    help_given = (
        Assistance.objects.going_on().filter(application=application).select_related("helper").first()
    )
    if help_given is None:
        return
    Assistance.objects.filter(pk=help_given.pk).update(ended_at=at, ended_by=by)
    acts.record("application.end_assistance", application, by=by, at=at)
    _tell_ended(application, help_given.helper, at=at)


def of_call(call, user):
    """What a person entered for organizations in a call, the newest first."""
    mine = Assistance.objects.filter(helper=user, application__call=call)
    return mine.select_related("application__organization__body").order_by("-since", "-pk")


def _tell_begun(application, asked_by, *, at):
    named = {
        "agency": str(application.call.agency),
        "call": application.call.title,
        "organization": str(application.organization),
        "asked_by": asked_by,
    }
    notices.notify_all(
        people_of(application.organization),
        kind="application.assisted",
        subject=lambda: _("An application was begun for %(organization)s") % named,
        body=lambda: (
            _(
                "%(agency)s began an application to “%(call)s” for your organization, because %(asked_by)s "
                "asked for help. You can read it, go on with it yourselves, and end the help. If nobody of "
                "yours asked for it, end it and tell the agency."
            )
            % named
        ),
        link=application.get_absolute_url(),
        at=at,
    )


def _tell_ended(application, helper, *, at):
    named = {"call": application.call.title, "organization": str(application.organization)}
    notices.notify(
        helper,
        kind="application.assistance_ended",
        subject=lambda: _("%(organization)s goes on alone") % named,
        body=lambda: _("It ended your help with its application to “%(call)s”.") % named,
        link=application.call.get_absolute_url(),
        at=at,
    )
