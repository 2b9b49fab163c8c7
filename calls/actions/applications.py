"""From the first line of a draft to the ruling: what becomes of an application.

``submit`` is the accepting act: one transaction, decided by the database's clock under the lock of the
call, so that nothing is accepted after the deadline and nothing handed in before it is lost.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import acts, notices
from accounts.acts import ActNotPossible
from accounts.dates import exact, moment_in_words
from accounts.models import Membership, Notice, Role
from calls import changes, completeness, folios, snapshots, states, tasks
from calls.actions import answers, documents, endings, vault
from calls.contents import Contents
from calls.folding import fold
from calls.models import Application, Call, Submission
from calls.people import help_of, people_of, represents
from calls.states import ApplicationState
from documents import renderings
from jobs import idempotency, locks, queue


class CannotStart(Exception):
    """Why no application can be begun, in words the applicant can read."""


class AlreadyStarted(CannotStart):
    """The organization has an application to this call; it is carried along, to be gone on with."""

    def __init__(self, application):
        self.application = application
        super().__init__(
            _("Your organization already sent an application to this call: %(folio)s.")
            % {"folio": application.folio}
            if application.folio
            else _("Your organization already began an application to this call. Go on with that one.")
        )


class CannotSubmit(Exception):
    """Why it was not accepted, in words the applicant can read. ``missing`` lists what it lacks."""

    def __init__(self, message, missing=()):
        self.missing = list(missing)
        super().__init__(message)


class NotRepresentative(CannotSubmit):
    """Whoever presses does not bind the organization."""

    def __init__(self):
        super().__init__(_("Only the legal representative of the organization can send the application."))


class AlreadySubmitted(CannotSubmit):
    """It was sent before: the folio says which is the one received."""

    def __init__(self, application):
        self.application = application
        super().__init__(
            _("This application was already received with the folio %(folio)s, on %(when)s.")
            % {"folio": application.folio, "when": exact(application.submitted_at)}
        )


class CannotCorrect(Exception):
    """Why the correction was not accepted, in words the applicant can read."""


@transaction.atomic
def start(call, organization, *, by, at=None, modality=None, answered=None, key="", helped=False):
    """Begin an application of an organization to an open call: one for each call.

    ``answered``: yes or no to conditions of the Rules, by key, from the check made before; the draft begins
    with them. ``helped``: staff begin it because the organization asked (``assisting``). A retry
    with the same key gives the first. Raises AlreadyStarted, or CannotStart.
    """
    with idempotency.once(by, f"application.start:{call.folio}", key or idempotency.new_key()) as place:
        if place.answer:
            return Application.objects.get(public_id=place.answer)
        locks.share(Call.objects.filter(pk=call.pk))
        call.refresh_from_db(fields=["state", "opens_at", "closes_at"])
        at = acts.reception(at)
        if not (helped or people_of(organization).filter(pk=by.pk).exists()):
            raise CannotStart(_("Only the people of an organization can apply for it."))
        _refuse_start(call, organization, at=at)
        application = _create(call, organization, modality, by=by, at=at)
        acts.record("application.start", application, by=by, at=at)
        documents.begin_with_vault(application, by=by, at=at)
        if answered:
            answers.save_eligibility(application, answered, by=by, at=at)
        place.answer = application.public_id
    return application


def _refuse_start(call, organization, *, at):
    if not call.is_open(at=at):
        raise CannotStart(_("The call is not open: applications can be begun only while it is."))
    if existing := _existing(call, organization):
        raise AlreadyStarted(existing)


def _existing(call, organization):
    held = Application.objects.filter(call=call, organization=organization)
    return held.exclude(state=ApplicationState.WITHDRAWN).first()


def _create(call, organization, modality, *, by, at):
    try:
        with transaction.atomic():
            return Application.objects.create(
                call=call, organization=organization, modality=modality, started_at=at, started_by=by
            )
    except IntegrityError:
        raise AlreadyStarted(_existing(call, organization)) from None


def submit(application, *, by, at=None, key=""):
    """Hand the application in: folio, sealed snapshot, trail. From here on it is read and not edited.

    The time is that of the database, read under the lock of the call. A retry with the same key gives the
    first submission again. Raises CannotSubmit.
    """
    scope, key = f"application.submit:{application.public_id}", key or idempotency.new_key()
    accepted = None
    with idempotency.once(by, scope, key, durable=True, answer=application.public_id) as place:
        if place.is_first:
            accepted = _accept(application, by=by, at=at)
    if accepted is None:
        application.refresh_from_db(fields=[*RECEIVED, "submitted_by"])
        return application.submission
    for name in RECEIVED:
        setattr(application, name, getattr(accepted.application, name))
    application.submitted_by = by
    return accepted


RECEIVED = ("state", "folio", "submitted_at")


def _accept(application, *, by, at):
    locks.share_and_hold(
        Call.objects.filter(pk=application.call_id), Application.objects.filter(pk=application.pk)
    )
    held = _to_be_accepted(application, by).get()
    now = acts.arrival(held.arrived_at, at)
    contents = Contents(held, at=now)
    _refuse_submission(held, contents, by=by, now=now)
    received = snapshots.of(contents, received_at=now)
    folio = folios.application_folio(held.call)  # last: whoever asks for the next one waits for this commit
    text, sha256 = snapshots.sealed(received, folio)
    acts.perform(
        states.SUBMIT,
        held,
        by=by,
        at=now,
        note=sha256,
        is_held=True,
        folio=folio,
        submitted_at=now,
        submitted_by=by,
        folded=fold(f"{folio} {held.organization} {held.project_title}"),
    )
    submission = Submission.objects.create(application=held, received_at=now, snapshot=text, sha256=sha256)
    label = _("Receipt of %(folio)s") % {"folio": folio}
    since = _acknowledged_from(held.call, now)
    queue.enqueue(
        tasks.acknowledge, subject=folio, label=label, by=by, run_after=since, application=held.public_id
    )
    return submission


RUSH, AFTERWARDS = timedelta(minutes=2), timedelta(seconds=20)


def _acknowledged_from(call, now):
    """When the receipt in PDF and the notices are made: in the last two minutes of a call, after its close.

    What was received is said at once, with folio, time and hash; the machine is for those who still press.
    """
    afterwards = call.closes_at + AFTERWARDS if call.closes_at - now < RUSH else now
    return max(afterwards, timezone.now())  # also of an act that is played in the past


def _to_be_accepted(application, by):
    """The application, whether who sends it binds its organization, and the time: in one question."""
    seats = Membership.objects.filter(user=by, body=OuterRef("organization__body")).current()
    read = Application.objects.filter(pk=application.pk).select_related(*READ_WITH).only(*READ)
    return read.annotate(
        sent_by_representative=Exists(seats.with_role(Role.REPRESENTATIVE)), arrived_at=locks.Clock()
    )


READ_WITH = ("call__publication", "organization__body", "assistance")
# No more than is sealed or decides: to ask for every column of six tables takes a third of the whole
READ = (
    *("public_id", "state", "folio", "project_title", "requested_amount"),
    *("modality_id", "municipality_id"),
    *("call__folio", "call__state", "call__opens_at", "call__closes_at", "call__zone"),
    *("call__publication__sha256", "organization__rfc", "organization__cluni"),
    *("organization__municipality_id", "organization__body__name_es", "assistance"),
)


def _refuse_submission(held, contents, *, by, now):
    if held.state == ApplicationState.WITHDRAWN:
        raise CannotSubmit(_("This application was withdrawn, so it is not sent. You can begin another one."))
    if held.state != ApplicationState.DRAFT:
        raise AlreadySubmitted(held)
    if not (held.sent_by_representative or help_of(by, application=held).exists()):
        raise NotRepresentative
    if not held.sent_by_representative and held.assistance.declaration_id is None:
        raise CannotSubmit(_("Attach the declaration signed by the legal representative."))
    if not held.call.is_open(at=now):
        raise CannotSubmit(_closed(held.call, now))
    if missing := completeness.missing(contents):
        raise CannotSubmit(
            ngettext("%(count)d thing is missing.", "%(count)d things are missing.", len(missing))
            % {"count": len(missing)},
            missing,
        )


def _closed(call, now):
    """Why nothing is received now, with the second in which it came and the cut-off."""
    if call.is_ended:
        return f"{changes.ended_in_words(call)} {_('Your draft is kept.')}"
    if call.opens_at and now < call.opens_at:
        return _("The call opens on %(when)s. Your draft is kept.") % {"when": moment_in_words(call.opens_at)}
    if call.closes_at and now >= call.closes_at:
        return _(
            "Your application arrived on %(now)s and the reception ended before %(end)s, so it was "
            "not received. "
            "The draft is kept and can be read."
        ) % {"now": exact(now), "end": exact(call.closes_at)}
    return _("The call is not receiving applications. Your draft is kept.")


@transaction.atomic
def acknowledge(application):
    """Ask for the receipt in PDF, carry what other agencies accepted, and tell the organization's people.

    Done once, however often it is asked.
    """
    renderings.request(
        "receipt", application.public_id, by=application.submitted_by, at=application.submitted_at
    )
    vault.carry_acceptances(application, at=application.submitted_at)
    link = application.get_absolute_url()
    if Notice.objects.filter(kind="application.submitted", link=link).exists():
        return
    named = {"folio": application.folio, "call": application.call.title}
    notices.notify_all(
        people_of(application.organization),
        kind="application.submitted",
        subject=lambda: _("Application received: %(folio)s") % named,
        body=lambda: (
            _(
                "We received the application %(folio)s to “%(call)s” on %(when)s. "
                "The receipt, with the files and their SHA-256, is on its page."
            )
            % (named | {"when": exact(application.submitted_at)})
        ),
        link=link,
    )


def correct(application, *, by, at=None):
    """Send the correction back, in time, with something new for every defect. Raises CannotCorrect."""
    with transaction.atomic():
        endings.hold_going_on(application.call_id)
        (held,) = locks.exclusive(
            Application.objects.filter(pk=application.pk).select_related("organization")
        )
        now = acts.reception(at)
        _refuse_correction(held, by=by, now=now)
        acts.perform(states.CORRECT, held, by=by, at=now, note=_corrections_in_short(held))
        type(held.prevention).objects.filter(pk=held.prevention.pk).update(answered_at=now)
    application.refresh_from_db(fields=["state"])
    return application


def _refuse_correction(held, *, by, now):
    if held.state != ApplicationState.PREVENTED:
        raise ActNotPossible(held, states.CORRECT)
    if not (represents(by, held.organization) or help_of(by, application=held).exists()):
        raise CannotCorrect(_("Only the legal representative of the organization can send the correction."))
    if now >= held.prevention.due_at:
        raise CannotCorrect(
            _("Your correction arrived on %(now)s and the time ended before %(end)s, so it was not received.")
            % {"now": exact(now), "end": exact(held.prevention.due_at)}
        )
    if left := held.prevention.defects.filter(corrected_at=None).count():
        raise CannotCorrect(
            ngettext(
                "%(count)d marked point has no correction yet.",
                "%(count)d marked points have no correction yet.",
                left,
            )
            % {"count": left}
        )


def _corrections_in_short(held):
    """What was corrected, for the trail: the keys of answers, and documents with their SHA-256."""
    files = held.supplied.filter(replaced_at=None).select_related("document")
    current = {(one.requirement_id, one.question_id): one.document.sha256 for one in files}
    words = []
    for defect in held.prevention.defects.select_related("question", "requirement").order_by("pk"):
        sha256 = current.get((defect.requirement_id, defect.question_id), "")
        words.append(f"{(defect.requirement or defect.question).key} {sha256}".strip())
    return "; ".join(words)


def award(application, *, amount, by, at=None):
    """Settle an admitted application as awarded with an amount. Called inside the release of results."""
    return _award(states.AWARD, application, amount, by=by, at=at)


def promote(application, *, amount, by, at=None):
    """Award one of the reserve list with an amount. Called inside the promotion by the evaluation."""
    return _award(states.PROMOTE, application, amount, by=by, at=at)


def _award(act, application, amount, *, by, at):
    if amount <= 0 or amount > application.requested_amount:
        raise ValueError("an award is more than nothing and at most what was requested")
    return acts.perform(act, application, by=by, at=at, awarded_amount=amount)


def reserve(application, *, by, at=None):
    """Settle an admitted application as on the reserve list. Called inside the release of results."""
    return acts.perform(states.RESERVE, application, by=by, at=at)


def decline(application, *, by, at=None):
    """Settle an admitted application as not awarded. Called inside the release of results."""
    return acts.perform(states.DECLINE, application, by=by, at=at)
