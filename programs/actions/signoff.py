"""The way of a draft to its approval: legal, budget, comptroller, planning, one after the other."""

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.acts import moment, perform, record
from accounts.notices import notify_all
from jobs import locks
from programs import contents, draft_checks, snapshots, states
from programs.actions import readings
from programs.models import Edition, SignOff
from programs.signing import heads, next_step, signers


class CannotSend(Exception):
    """Why a draft cannot be sent: ``findings`` says what it still lacks."""

    def __init__(self, message, findings=()):
        self.findings = list(findings)
        super().__init__(message)


class CannotSign(Exception):
    """Why this person cannot sign (or refuse) now."""


@transaction.atomic
def send(edition, *, by, at=None):
    """Send a draft to sign-off. What blocks its publication is put right before anybody is asked to sign."""
    at = moment(at)
    if not by.has_perm("programs.send_edition", edition):
        raise CannotSend(_("Only a Rules editor of the agency can send a draft to sign-off."))
    locks.exclusive(Edition.objects.filter(pk=edition.pk))
    says = contents.read(edition)
    if findings := draft_checks.blocking(says):
        message = _("The draft still lacks what it needs: see the open checks.")
        raise CannotSend(message, findings)
    _refuse_unchanged(edition, says)
    _move(states.SEND, edition, by=by, at=at, round=edition.round + 1, sent_by=by, sent_at=at)
    _tell_next(edition, at=at)
    return edition


@transaction.atomic
def sign(edition, *, by, at=None):
    """Sign the step that the edition waits for. The last signature approves it."""
    at = moment(at)
    step = _step_of(edition, by)
    readings.keep(edition, by=by, at=at)
    _write(edition, step, accepted=True, reason="", by=by, at=at)
    if next_step(edition) is None:
        _move(states.APPROVE, edition, by=by, at=at, note=step)
        _tell_heads(edition, at=at)
    else:
        record("edition.sign", edition, by=by, at=at, note=step)
        _tell_next(edition, at=at)
    return edition


@transaction.atomic
def refuse(edition, *, reason, by, at=None):
    """Refuse to sign, with the reason: the edition is a draft again."""
    at = moment(at)
    if not reason.strip():
        raise CannotSign(_("Say why: the agency needs the reason to put it right."))
    step = _step_of(edition, by)
    readings.keep(edition, by=by, at=at)
    _write(edition, step, accepted=False, reason=reason.strip(), by=by, at=at)
    _move(states.RETURN, edition, by=by, at=at, note=step)
    _tell_sender(edition, step, reason.strip(), at=at)
    return edition


@transaction.atomic
def reopen(edition, *, reason, by, at=None):
    """Take an approved edition back to draft, with the reason. Every signature is asked for again."""
    if not by.has_perm("programs.send_edition", edition):
        raise CannotSend(_("Only a Rules editor of the agency can take the edition back to draft."))
    if not reason.strip():
        raise CannotSend(_("Say why the approved edition is opened again."))
    return _move(states.REOPEN, edition, by=by, at=at, note=reason.strip())


OF_AMENDMENT = {
    states.SEND: states.SEND_AMENDMENT,
    states.RETURN: states.RETURN_AMENDMENT,
    states.APPROVE: states.APPROVE_AMENDMENT,
    states.REOPEN: states.REOPEN_AMENDMENT,
}


def _move(act, edition, *, by, at, note="", **sent):
    """Move what is being written of an edition: itself, or its open amendment by the same name of act.

    Rounds of signatures, and who sent the last, are counted by the edition through all its amendments.
    """
    amendment = edition.open_amendment()
    if amendment is None:
        return perform(act, edition, by=by, at=at, note=note, **sent)
    perform(OF_AMENDMENT[act], amendment, by=by, at=at, note=note)
    if sent:
        Edition.objects.filter(pk=edition.pk).update(**sent)
        edition.refresh_from_db(fields=list(sent))
    return edition


def _refuse_unchanged(edition, says):
    """An amendment that changes nothing is not sent."""
    if not edition.open_amendment():
        return
    last = edition.publications.order_by("number").last()
    document = snapshots.draft(says)
    if snapshots.says_the_same(document, snapshots.read(last)):
        raise CannotSend(_("The amendment changes nothing yet: change a text or a row first."))


def _step_of(edition, by):
    """The step that waits, when this person may sign it."""
    step = next_step(edition)
    if step is None:
        raise CannotSign(
            _("The edition is not waiting for a signature. Reload the page to see where it stands.")
        )
    if edition.sent_by_id == by.pk:
        raise CannotSign(_("Whoever sent the draft cannot sign it."))
    if not by.has_perm("programs.sign_edition", edition):
        waits = _("The edition waits for: %(step)s. You do not hold that role.") % {"step": step.label}
        raise CannotSign(waits)
    return step


def _write(edition, step, **signature):
    try:
        with transaction.atomic():
            SignOff.objects.create(edition=edition, round=edition.round, step=step, **signature)
    except IntegrityError as error:
        raise CannotSign(_("Somebody signed this step already. Reload the page.")) from error


def _tell_next(edition, *, at):
    """Whoever may sign the step that waits hears that it is their turn."""
    step = next_step(edition)
    people = [held.user for held in signers(edition, step).select_related("user")]
    notify_all(
        [person for person in people if person.pk != edition.sent_by_id],
        kind="edition.to_sign",
        subject=lambda: _("To be signed: %(edition)s") % {"edition": edition},
        body=lambda: (
            _("The draft %(code)s waits for your signature: %(step)s.")
            % {"code": edition.code, "step": step.label}
        ),
        link=_page(edition),
        at=at,
    )


def _tell_heads(edition, *, at):
    notify_all(
        [held.user for held in heads(edition).select_related("user")],
        kind="edition.approved",
        subject=lambda: _("Approved: %(edition)s") % {"edition": edition},
        body=lambda: (
            _("The draft %(code)s has its four signatures. You may publish it.") % {"code": edition.code}
        ),
        link=_page(edition),
        at=at,
    )


def _tell_sender(edition, step, reason, *, at):
    notify_all(
        [edition.sent_by],
        kind="edition.refused",
        subject=lambda: _("Returned: %(edition)s") % {"edition": edition},
        body=lambda: (
            _("The draft %(code)s was returned by: %(step)s. The reason: %(reason)s")
            % {"code": edition.code, "step": step.label, "reason": reason}
        ),
        link=_page(edition),
        at=at,
    )


def _page(edition):
    return reverse("programs:draft_signoff", args=[edition.code])
