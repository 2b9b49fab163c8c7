"""Recording how a call was made known, and withdrawing what was recorded, with its reason and in sight."""

from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import acts, notices
from accounts import dates as spoken
from calls import dissemination, states
from calls.models import Call, Evidence
from calls.models.dissemination import LONGEST_ACCOUNT, LONGEST_REASON, SCHEMES
from documents import intake
from jobs import locks
from programs.models import DisseminationAction

KINDS = ("pdf", "jpg", "png")
SEALED = ("action_id", "name", "on", "account", "url", "document_id", "reached")
FileRefused = intake.FileRefused


class CannotRecord(acts.Refused):
    """Why evidence is not recorded or withdrawn so; ``field`` says which entry of the form it is about."""


@transaction.atomic
def record(call, *, on, account, by, action="", name="", url="", file=None, reached=None, at=None):
    """Record that a call was made known: an action of its plan (its key), or one with a name of its own.

    It can be seen at a public address, in a file, or both; the address is never fetched. Raises
    CannotRecord or FileRefused.
    """
    check_may_record(call, by)
    locks.share(Call.objects.filter(pk=call.pk))
    held, now = Call.objects.select_related("publication").get(pk=call.pk), acts.reception(at)
    planned = _action(held, action) if action else None
    name, account, url = "" if planned else name.strip(), account.strip(), url.strip()
    if not (planned or name):
        raise CannotRecord(_("Say which action it was: one of the plan, or another one by its name."), "name")
    _check_day(held, on, now)
    _check_account(account)
    _check_seen(url, file)
    document = intake.accept(file, allowed=KINDS, by=by, at=now) if file else None
    evidence = Evidence.objects.create(
        call=held, action=planned, name=name, on=on, account=account, url=url, document=document,
        reached=reached, by=by, at=now,
    )  # fmt: skip
    note = f"{held.folio} {planned.key if planned else ''}".strip()
    acts.record("evidence.record", evidence, by=by, at=now, note=note, seals=SEALED)
    return evidence


def check_may_record(call, by):
    if not by.has_perm("calls.record_evidence", call):
        raise PermissionDenied(_("Only the agency's operators and its head say how its call was made known."))


def _action(call, key):
    """The planned action by its key, among the Rules that govern the call now."""
    found = DisseminationAction.objects.of_publication(call.dated_by_id).filter(key=key).first()
    if found is None:
        raise CannotRecord(_("The plan of this call has no such action: choose one of the list."), "action")
    return found


def _check_day(call, on, now):
    """Neither before there were Rules nor after today; of a call that ended, not after it did."""
    if call.is_draft:
        raise CannotRecord(_("The call is a draft: what makes it known is recorded once it is published."))
    first, last = call.publication.gazette_date, dissemination.today_of(call, now)
    if on > last and call.is_ended:
        ended = spoken.day_in_words(last)
        raise CannotRecord(
            _("The call ended on %(day)s: record what was done until then.") % {"day": ended}, "on"
        )
    if on > last:
        raise CannotRecord(_("That day has not come yet: record what has been done."), "on")
    if on < first:
        published = spoken.day_in_words(first)
        raise CannotRecord(
            _("That day is before the Rules were published (%(day)s): check the date.") % {"day": published},
            "on",
        )


def _check_account(account):
    if not account:
        raise CannotRecord(_("Say in few words what was done."), "account")
    if len(account) > LONGEST_ACCOUNT:
        raise CannotRecord(_too_long(LONGEST_ACCOUNT), "account")


def _too_long(limit):
    return _("Write it in at most %(limit)d characters.") % {"limit": limit}


def _check_seen(url, file):
    """Something can be looked at; an address is one of the web and carries no name or password."""
    if not (url or file):
        raise CannotRecord(_("Give the public address where it is seen, or attach a file."), "url")
    if not url:
        return
    try:
        URLValidator(schemes=SCHEMES)(url)
    except ValidationError:
        raise CannotRecord(_("Write a whole address that begins with https:// or http://."), "url") from None
    if "@" in urlsplit(url).netloc:
        raise CannotRecord(_("Write the address without a user name or password."), "url")


@transaction.atomic
def withdraw(evidence, *, reason, by, at=None):
    """Withdraw evidence, with its reason: it stays in sight, struck through, and counts no more.

    Whoever recorded it is told. Raises CannotRecord or ActNotPossible.
    """
    check_may_record(evidence.call, by)
    reason, at = reason.strip(), acts.moment(at)
    if not reason:
        raise CannotRecord(_("Say why it is withdrawn: it is published beside it."), "reason")
    if len(reason) > LONGEST_REASON:
        raise CannotRecord(_too_long(LONGEST_REASON), "reason")
    acts.perform(
        states.WITHDRAW_EVIDENCE, evidence, by=by, at=at, note=evidence.call.folio,
        withdrawn_at=at, withdrawn_by=by, withdrawn_reason=reason,
    )  # fmt: skip
    if evidence.by_id != by.pk:
        _tell(evidence, at=at)
    return evidence


def recipient_of_withdrawal(evidence, by):
    """Who will be written to: whoever recorded it, unless it is they who withdraw it."""
    return [] if evidence.by_id == by.pk else [str(evidence.by)]


def _tell(evidence, *, at):
    call, on = evidence.call, evidence.on
    named = {"call": call.title, "reason": evidence.withdrawn_reason}
    notices.notify(
        evidence.by,
        kind="evidence.withdrawn",
        subject=lambda: _("Evidence withdrawn: %(call)s") % named,
        body=lambda: (
            _("What you recorded of %(day)s about “%(call)s” was withdrawn. The reason: %(reason)s")
            % (named | {"day": spoken.day_in_words(on)})
        ),
        link=reverse("calls:desk_dissemination", args=[call.folio]),
        at=at,
    )
