"""What people are told of feedback: the desk that it was asked for, the organization that it was answered."""

from django.utils.translation import gettext as _

from accounts.dates import day_in_words
from accounts.notices import notify_all
from calls.people import people_of, staff_of


def desk_of(application, *roles):
    """The people of the agency's desk in those roles, without who is barred from the application."""
    return list(staff_of(application.call, *roles).exclude(barred_from__application=application))


def asked(request, at):
    application, due_on = request.application, request.due_on
    notify_all(
        desk_of(application),
        kind="feedback.ask",
        subject=lambda: _("Feedback asked for: %(folio)s") % {"folio": application.folio},
        body=lambda: (
            _("The organization asks for the reasons of its result. The answer is due on %(day)s.")
            % {"day": day_in_words(due_on)}
        ),
        link=request.get_absolute_url(),
        at=at,
    )


def answered(request, at):
    application = request.application
    notify_all(
        people_of(application.organization),
        kind="feedback.answer",
        subject=lambda: _("Feedback on your result: %(folio)s") % {"folio": application.folio},
        body=lambda: _("The agency answered what you asked about your result. Read it in the portal."),
        link=request.get_absolute_url(),
        at=at,
    )
