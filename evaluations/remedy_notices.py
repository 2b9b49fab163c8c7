"""What both sides are told of a remedy, and what is told of a report to the internal control body."""

from django.utils.translation import gettext as _

from accounts.models import Membership, Role, User
from accounts.notices import notify, notify_all
from calls.people import people_of
from evaluations.feedback_notices import desk_of


def deciders_of(request):
    """The people to whom a remedy goes: those who may decide it."""
    roles = (Role.HEAD,) if request.is_reconsideration else ()
    desk = desk_of(request.application, *roles)
    return [person for person in desk if person.has_perm("evaluations.decide_remedy", request)]


def filed(request, at):
    """The authority learns that it came; the organization has its receipt."""
    _tell(
        deciders_of(request), request, at, "remedy.file",
        lambda: _("Remedy filed: %(folio)s") % {"folio": request.folio},
        lambda: _("“%(name)s” was filed against the result %(application)s.") % _named(request),
    )  # fmt: skip
    _tell(
        people_of(request.application.organization), request, at, "remedy.receipt",
        lambda: _("Your remedy was received: %(folio)s") % {"folio": request.folio},
        lambda: (
            _("“%(name)s” was received. Its receipt with verification code is in the portal.")
            % _named(request)
        ),
    )  # fmt: skip


def moved(request, at):
    """Where a remedy stands now, told to both sides."""
    people = [*people_of(request.application.organization), *deciders_of(request)]
    _tell(
        people, request, at, "remedy.moved",
        lambda: _("Remedy %(folio)s: %(state)s") % _named(request),
        lambda: (
            _("“%(name)s” against the result %(application)s. What was decided and why is in the portal.")
            % _named(request)
        ),
    )  # fmt: skip


def _named(request):
    return {
        "name": request.remedy.name,
        "application": request.application.folio,
        "folio": request.folio,
        "state": request.get_state_display(),
    }


def _tell(people, request, at, kind, subject, body):
    notify_all(people, kind=kind, subject=subject, body=body, link=request.get_absolute_url(), at=at)


def report_filed(report, at):
    """Only the comptroller is told."""
    held = Membership.objects.current().with_role(Role.AUDITOR)
    people = User.objects.filter(is_active=True, pk__in=held.values("user"))
    notify_all(
        people.exclude(barred_from__application=report.application_id).order_by("pk"),
        kind="report.file",
        subject=lambda: _("Report to the internal control body: %(folio)s") % {"folio": report.folio},
        body=lambda: _("A report was received. Only the comptroller reads it."),
        link=report.get_absolute_url(),
        at=at,
    )


def report_concluded(report, at):
    """Whoever gave their name learns how it ended."""
    if report.filed_by:
        notify(
            report.filed_by,
            kind="report.conclude",
            subject=lambda: _("Your report %(folio)s was concluded") % {"folio": report.folio},
            body=lambda: _("The comptroller concluded it. Read the conclusion in the portal."),
            link=report.get_absolute_url(),
            at=at,
        )
