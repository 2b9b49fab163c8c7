"""Remedies against a result: filed by the organization, decided by its authority, each step with its reasons.

What comes after the term is received too, and marked so by the clock of the database: it can only be
dismissed as late. A resolution never changes the ruling: what it changes is read beside it.
"""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import acts, held
from accounts.models import Role
from calls import folios
from calls.actions import endings
from calls.models import Call
from documents import renderings
from evaluations import deadlines, remedy_notices, sealing, states
from evaluations.models import Dismissal, Outcome, RemedyFile, RemedyOutcome, RemedyRequest, Ruling
from evaluations.models.remedies import RECEIVED_HERE
from evaluations.rules import demand
from evaluations.sealing import CannotFile
from jobs import locks

FILED = ("text", "sha256", "filed_at", "filed_by_id", "in_time", "due_on")
CHANGING = (RemedyOutcome.MODIFIED, RemedyOutcome.REPLACED)


class CannotDecide(CannotFile):
    """Why the remedy is not decided so."""


# Filing -----------------------------------------------------------------------------------------------


@transaction.atomic
def file(application, remedy, text, *, by, key, files=(), at=None):
    """File a remedy of the Rules against the result. In time or late, the clock of the database says.

    A retry with the same ``key`` gives the first. Raises CannotFile or FileRefused.
    """
    demand(
        by, "evaluations.file_remedy", application,
        _("Remedies are filed by the legal representative of the organization."),
    )  # fmt: skip
    locks.share(Call.objects.filter(pk=application.call_id))
    call = application.call = Call.objects.with_program().get(pk=application.call_id)
    if existing := _existing(application, remedy, key):
        return existing
    endings.refuse_if_ended(call)
    _refuse_filing(application, remedy)
    now, text = acts.reception(at), sealing.tidy(text)
    documents = sealing.keep(files, by=by, at=now)
    filed = _create(application, remedy, text, documents, by=by, key=key, at=now)
    if filed is None:
        return _existing(application, remedy, key) or _refuse_used_key()
    acts.record("remedy.file", filed, by=by, at=now, seals=FILED)
    renderings.request("remedy_receipt", filed.folio, by=by, at=now)
    remedy_notices.filed(filed, at=now)
    return filed


def _existing(application, remedy, key):
    """What was filed before: the same one again when it is a retry; another one of its kind is refused."""
    found = RemedyRequest.objects.filter(application=application, kind=remedy.kind).first()
    if found and found.request_key != key:
        raise CannotFile(
            _("This remedy was filed already, with the folio %(folio)s.") % {"folio": found.folio}
        )
    return found


def _refuse_used_key():
    raise CannotFile(_("This form was sent already: open the page again and fill it in anew."))


def _refuse_filing(application, remedy):
    call = application.call
    if remedy.publication_id != call.publication_id or remedy.kind not in RECEIVED_HERE:
        raise CannotFile(_("The portal does not receive this remedy: file it with its authority."))
    if not Ruling.objects.released().filter(application=application).exists():
        raise CannotFile(_("Remedies are filed once the result is released."))


def _create(application, remedy, text, documents, *, by, key, at):
    """The remedy with its files; None where somebody filed it at the same moment."""
    call = application.call
    term = deadlines.remedy_term(call, remedy)
    try:
        with transaction.atomic():
            filed = RemedyRequest.objects.create(
                folio=_folio(application), application=application, remedy=remedy, kind=remedy.kind,
                text=text, sha256=sealing.fingerprint(text, documents), request_key=key, filed_at=at,
                filed_by=by, last_day=term and term.last_day, in_time=term is None or term.is_open(at),
                due_on=deadlines.decision_due_on(call, remedy, at),
            )  # fmt: skip
    except IntegrityError:
        return None
    RemedyFile.objects.bulk_create(
        RemedyFile(request=filed, number=number, document=document)
        for number, document in enumerate(documents, start=1)
    )
    return filed


def _folio(application):
    """``REC-{application}-{NN}``: one series for each application."""
    series = f"REC-{application.folio}"
    return f"{series}-{folios.next_number(series):02d}"


# Deciding ---------------------------------------------------------------------------------------------


@transaction.atomic
def admit(request, *, by, at=None):
    """Admit a remedy that came in time. Both sides are told."""
    held_one, now = _hold(request, by), acts.moment(at)
    if not held_one.in_time:
        raise CannotDecide(_("It came after its term: it can only be dismissed as late."))
    acts.perform(states.ADMIT_REMEDY, held_one, by=by, at=now)
    remedy_notices.moved(held_one, at=now)
    return held_one


@transaction.atomic
def dismiss(request, *, by, dismissal, reasons, legal_basis, at=None):
    """Dismiss a remedy as late or unfounded, with reasons and legal basis; its resolution goes to PDF."""
    held_one, now = _hold(request, by), acts.moment(at)
    if dismissal not in Dismissal.values:
        raise CannotDecide(_("Choose why it is dismissed."), "dismissal")
    if dismissal == Dismissal.LATE and held_one.in_time:
        raise CannotDecide(_("The portal received it within its term: it is not late."), "dismissal")
    reasons, legal_basis = _owed(reasons, legal_basis)
    acts.perform(
        states.DISMISS_REMEDY, held_one, by=by, at=now, dismissal=dismissal, reasons=reasons,
        legal_basis=legal_basis, settled_at=now, settled_by=by,
    )  # fmt: skip
    return _settled(held_one, by=by, at=now)


@transaction.atomic
def study(request, *, by, at=None):
    """Take an admitted remedy to study: the role in which it is done is named, never the person."""
    held_one, now = _hold(request, by), acts.moment(at)
    acts.perform(states.STUDY_REMEDY, held_one, by=by, at=now, studied_by=by, studied_as=_role(held_one, by))
    remedy_notices.moved(held_one, at=now)
    return held_one


def _role(request, by):
    agency = request.application.call.publication.edition.program.agency.body_id
    return Role.HEAD if held.in_body(by, agency, Role.HEAD) else Role.OPERATOR


@transaction.atomic
def resolve(request, *, by, outcome, reasons, legal_basis, effect="", new_outcome="", at=None):
    """Decide a remedy: the result is confirmed, modified or replaced. The ruling stays as it was signed."""
    held_one, now = _hold(request, by), acts.moment(at)
    reasons, legal_basis = _owed(reasons, legal_basis)
    effect = _effect(held_one, outcome, effect.strip(), new_outcome)
    acts.perform(
        states.RESOLVE_REMEDY, held_one, by=by, at=now, outcome=outcome, reasons=reasons, effect=effect,
        legal_basis=legal_basis, settled_at=now, settled_by=by,
        new_outcome=new_outcome if outcome == RemedyOutcome.REPLACED else "",
    )  # fmt: skip
    return _settled(held_one, by=by, at=now)


def _owed(reasons, legal_basis):
    """Both are owed, each at its own field."""
    reasons, legal_basis = reasons.strip(), legal_basis.strip()
    if not reasons:
        raise CannotDecide(_("Write the reasons: the organization will read them."), "reasons")
    if not legal_basis:
        raise CannotDecide(_("Write the legal basis of the decision."), "legal_basis")
    return reasons, legal_basis


def _effect(request, outcome, effect, new_outcome):
    """What changes, in words; nothing where the result is confirmed."""
    if outcome not in RemedyOutcome.values:
        raise CannotDecide(_("Choose what was decided."), "outcome")
    if outcome == RemedyOutcome.CONFIRMED:
        return ""
    if not effect:
        raise CannotDecide(
            _("Say what changes, and with what money if any: it is published with the results."), "effect"
        )
    if outcome == RemedyOutcome.REPLACED:
        _refuse_new_outcome(request, new_outcome)
    return effect


def _refuse_new_outcome(request, new_outcome):
    if not request.is_reconsideration:
        only = _("A clarification explains or corrects: only a reconsideration replaces.")
        raise CannotDecide(only, "outcome")
    if new_outcome not in Outcome.values:
        raise CannotDecide(_("Choose the new result."), "new_outcome")
    if Ruling.objects.filter(application=request.application_id, outcome=new_outcome).exists():
        raise CannotDecide(_("That is the result that stands: choose another, or confirm it."), "new_outcome")


def _hold(request, by):
    """The remedy, held alone while somebody who may decide it does."""
    (found,) = locks.exclusive(RemedyRequest.objects.filter(pk=request.pk).with_application())
    demand(by, "evaluations.decide_remedy", found, why_not_theirs(found))
    return found


def why_not_theirs(request):
    if request.is_reconsideration:
        return _(
            "A reconsideration is decided by the head of the agency, and by nobody who scored the file, "
            "voted on it or signed its ruling."
        )
    return _("A clarification is decided by the desk of the agency.")


def _settled(request, *, by, at):
    renderings.request("remedy_resolution", request.folio, by=by, at=at)
    if request.effect:  # the list of results anew, with what changed
        renderings.request("results_list", request.application.call.folio, by=by, at=at)
    remedy_notices.moved(request, at=at)
    return request
