"""The agency's desk: requirements checked, defects told once, applications admitted or discarded."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import acts, notices
from accounts.dates import moment_in_words
from calls import changes, ledger, states
from calls.actions import endings
from calls.models import Application, Assistance, Defect, Prevention, RequirementCheck
from calls.people import people_of, scores_in
from calls.rules import decides_at_its_desk
from calls.states import ApplicationState
from jobs import locks
from programs import workdays
from programs.models import ApplicationQuestion, Requirement

USUAL_DAYS, MOST_DAYS = 5, 20
TO_CHECK = (ApplicationState.SUBMITTED, ApplicationState.CORRECTED)


class CannotPrevent(Exception):
    """Why the notice of defects cannot be issued."""


class CannotAdmit(Exception):
    """Why the application cannot be admitted yet."""


class CannotDiscard(Exception):
    """Why the application cannot be discarded."""


class MustNotDecide(Exception):
    """Whoever scores a call decides nothing at its desk."""

    def __init__(self):
        super().__init__(self.why())

    def why(self):
        return _("You score applications of this call, so you cannot decide on their reception.")


class EnteredIt(MustNotDecide):
    """Nor does whoever entered the application for its organization."""

    def why(self):
        return _("You entered this application for its organization: somebody else of the agency checks it.")


@dataclass(frozen=True)
class DefectFound:
    """One defect to be told: of which document or question, of which kind, and what to do."""

    kind: str
    comment: str
    requirement: Requirement | None = None
    question: ApplicationQuestion | None = None


def entered_by(user, application):
    """Whether a person entered the application for its organization, whoever goes on with it now."""
    return Assistance.objects.filter(application=application, helper=user).exists()


@transaction.atomic
def check(application, requirement, *, outcome, by, at=None, note=""):
    """Write down what the desk found of one requirement. An observation says what was found."""
    at = acts.moment(at)
    held = _held(application, by=by)
    if held.state not in TO_CHECK:
        raise acts.ActNotPossible(held, states.ADMIT)
    found, _new = RequirementCheck.objects.update_or_create(
        application=held,
        requirement=requirement,
        defaults={"outcome": outcome, "note": note.strip(), "by": by, "comes_from": None, "at": at},
    )
    acts.record("application.check", held, by=by, at=at, note=f"{requirement.key}: {outcome}")
    return found


def due_of(at, days, *, zone="America/Mexico_City"):
    """The end of the last of so many business days after the day of ``at``: midnight, not included."""
    issued = at.astimezone(ZoneInfo(zone)).date()
    last = workdays.add_days(issued, days, business=True, holidays=ledger.non_working_days())
    return datetime.combine(last + timedelta(days=1), time.min, ZoneInfo(zone))


@transaction.atomic
def prevent(application, defects, *, by, at=None, days=USUAL_DAYS, note=""):
    """Issue the one notice with every defect, and start its clock in business days. Raises CannotPrevent."""
    at = acts.moment(at)
    held = _held(application, by=by)
    _refuse_prevention(held, defects, days)
    prevention = Prevention.objects.create(
        application=held,
        note=note,
        days=days,
        issued_at=at,
        issued_by=by,
        due_at=due_of(at, days, zone=held.call.zone),
    )
    Defect.objects.bulk_create(
        Defect(
            prevention=prevention,
            requirement=d.requirement,
            question=d.question,
            kind=d.kind,
            comment=d.comment,
        )
        for d in defects
    )
    acts.perform(states.PREVENT, held, by=by, at=at)
    application.refresh_from_db(fields=["state"])
    _tell_prevented(held, prevention, len(defects), at=at)
    return prevention


def _refuse_prevention(held, defects, days):
    if held.state != ApplicationState.SUBMITTED:
        if Prevention.objects.filter(application=held).exists():
            raise CannotPrevent(
                _("The organization was already asked to correct once; a second notice is not allowed.")
            )
        raise acts.ActNotPossible(held, states.PREVENT)
    if not defects:
        raise CannotPrevent(_("Mark at least one document or answer to be corrected."))
    if not all(defect.comment.strip() for defect in defects):
        raise CannotPrevent(_("Say for each defect what the organization has to do."))
    if not 1 <= days <= MOST_DAYS:
        raise CannotPrevent(_("Give between 1 and %(most)d business days.") % {"most": MOST_DAYS})


def _tell_prevented(held, prevention, count, *, at):
    until = prevention.due_at - timedelta(minutes=1)

    def said():
        return ngettext(
            "The agency marked %(count)d point of the application %(folio)s to be corrected, "
            "until %(until)s. "
            "If it is not corrected in time, the application may be discarded.",
            "The agency marked %(count)d points of the application %(folio)s to be corrected, "
            "until %(until)s. "
            "If they are not corrected in time, the application may be discarded.",
            count,
        ) % {"count": count, "folio": held.folio, "until": moment_in_words(until)}

    notices.notify_all(
        people_of(held.organization),
        kind="application.prevented",
        subject=lambda: _("To be corrected: %(folio)s") % {"folio": held.folio},
        body=said,
        link=held.get_absolute_url(),
        at=at,
    )


def why_decided(application):
    """Why an application is neither admitted nor discarded now; nothing while it can be."""
    if application.call.is_ended:
        return changes.ended_in_words(application.call)
    if states.DISCARD.is_possible_for(application):
        return ""
    return _("This application is not under documentary review: its state is “%(state)s”.") % {
        "state": application.get_state_display()
    }


@transaction.atomic
def admit(application, *, by, at=None):
    """Admit: every obligatory requirement was found met. Raises CannotAdmit."""
    at = acts.moment(at)
    held = _held(application, by=by)
    if lacking := unmet(held):
        names = ", ".join(requirement.name for requirement in lacking)
        raise CannotAdmit(_("Not yet found met: %(names)s.") % {"names": names})
    acts.perform(states.ADMIT, held, by=by, at=at)
    application.refresh_from_db(fields=["state"])
    _tell_admitted(held, at=at)
    return application


def admit_complete(applications, *, by, at=None):
    """Admit those that can be admitted; each is its own act. Gives the admitted and the refused with why."""
    admitted, refused = [], []
    for application in applications:
        try:
            admitted.append(admit(application, by=by, at=at))
        except (CannotAdmit, MustNotDecide, acts.ActNotPossible) as reason:
            refused.append((application, str(reason)))
    return admitted, refused


def required(application):
    """The obligatory documents of an application, for its modality, in order."""
    modality = application.modality.key if application.modality_id else ""
    found = Requirement.objects.filter(
        publication=application.call.publication_id,
        stage=Requirement.Stage.APPLICATION,
        is_obligatory=True,
        modality_key__in=["", modality],
    )
    return list(found.order_by("position", "pk"))


def unmet(application):
    """The obligatory requirements not found met yet."""
    met = set(
        RequirementCheck.objects.filter(
            application=application, outcome=RequirementCheck.Outcome.MET
        ).values_list("requirement", flat=True)
    )
    return [requirement for requirement in required(application) if requirement.pk not in met]


def _tell_admitted(held, *, at):
    notices.notify_all(
        people_of(held.organization),
        kind="application.admitted",
        subject=lambda: _("Admitted: %(folio)s") % {"folio": held.folio},
        body=lambda: (
            _("The application %(folio)s is complete and goes on to evaluation.") % {"folio": held.folio}
        ),
        link=held.get_absolute_url(),
        at=at,
    )


@transaction.atomic
def discard(application, *, reason, by, at=None, curable=True):
    """Discard, saying why. A curable defect is told first: nothing is discarded for it without a prevention.

    ``curable=False`` is for what nothing can mend (an applicant that may not apply). Raises CannotDiscard.
    """
    at = acts.moment(at)
    held = _held(application, by=by)
    _refuse_discard(held, reason, curable=curable, at=at)
    acts.perform(states.DISCARD, held, by=by, at=at, discard_reason=reason.strip())
    application.refresh_from_db(fields=["state", "discard_reason"])
    _tell_discarded(held, at=at)
    return application


def _refuse_discard(held, reason, *, curable, at):
    if not reason.strip():
        raise CannotDiscard(_("Write why it is discarded: the organization will read it."))
    if held.state == ApplicationState.SUBMITTED and curable:
        raise CannotDiscard(_("The organization can correct this. Ask it to correct before discarding."))
    if held.state == ApplicationState.PREVENTED and at < held.prevention.due_at:
        raise CannotDiscard(
            _("The organization still has time to correct, until %(until)s.")
            % {"until": moment_in_words(held.prevention.due_at - timedelta(minutes=1))}
        )


def _tell_discarded(held, *, at):
    notices.notify_all(
        people_of(held.organization),
        kind="application.discarded",
        subject=lambda: _("Discarded: %(folio)s") % {"folio": held.folio},
        body=lambda: (
            _("The application %(folio)s was discarded. Reason: %(reason)s")
            % {"folio": held.folio, "reason": held.discard_reason}
        ),
        link=held.get_absolute_url(),
        at=at,
    )


def _held(application, *, by):
    """The application, held alone and read as it is now. Refuses whoever does not decide at its desk."""
    endings.hold_going_on(application.call_id)
    (held,) = locks.exclusive(Application.objects.filter(pk=application.pk).select_related(*HELD_WITH))
    if decides_at_its_desk(by, held):
        return held
    if scores_in(by, held.call):
        raise MustNotDecide
    if entered_by(by, held):
        raise EnteredIt
    raise PermissionDenied(
        _("Only the operator or the head of the agency decides on the reception of applications.")
    )


HELD_WITH = ("call__publication__edition__program__agency", "modality", "organization")
