"""Amendments: a numbered change to published Rules, drafted, signed and published as the Rules were.

The published text is never edited: while an amendment is open, the texts and rows of the edition that belong
to no publication are its working copy. It is sent and signed by ``signoff``, published by ``publication``.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.acts import ActNotPossible, Refused, moment, perform, record
from jobs import locks
from programs import states
from programs.actions.drafting import KEPT, version_of
from programs.actions.editions import copy_rows
from programs.models import BLOCK_MODELS, Amendment, Edition, TextVersion
from programs.states import EditionState


class CannotAmend(Refused):
    """Why the Rules cannot be amended now; ``field`` says which entry of the form it is about."""


@transaction.atomic
def start(edition, *, reason, by, at=None):
    """Begin an amendment to published Rules, with its reason, from the text as it was last published."""
    at = moment(at)
    _check(edition, by)
    _check_reason(reason)
    edition = _held(edition)
    if edition.open_amendment():
        raise CannotAmend(_("An amendment to these Rules is under way: finish it or withdraw it first."))
    last = edition.publications.order_by("number").last()
    amendment = Amendment.objects.create(
        edition=edition, number=last.number + 1, reason=reason.strip(), started_at=at, started_by=by
    )
    _begin_from(last, by=by, at=at)
    record("amendment.start", amendment, by=by, at=at)
    return amendment


@transaction.atomic
def explain(amendment, *, reason, by, at=None):
    """Write the reason of an amendment again, while it is a draft."""
    _check(amendment.edition, by)
    _check_reason(reason)
    amendment = _draft(amendment)
    amendment.reason = reason.strip()
    amendment.save(update_fields=["reason"])
    record("amendment.explain", amendment, by=by, at=moment(at))
    return amendment


@transaction.atomic
def set_reach(amendment, *, reaches, by, reason="", at=None):
    """Say whether an amendment reaches the calls that are open when it is published, and why; in a draft.

    Unless it says so, open calls go on under the Rules that they were opened from.
    """
    _check(amendment.edition, by)
    if reaches and not reason.strip():
        raise CannotAmend(
            _("Say why it reaches open calls: the reason is published and sent to whoever applied."),
            "reaching_reason",
        )
    amendment = _draft(amendment)
    amendment.reaches_calls, amendment.reaching_reason = reaches, reason.strip() if reaches else ""
    amendment.save(update_fields=["reaches_calls", "reaching_reason"])
    record(
        "amendment.set_reach",
        amendment,
        by=by,
        at=moment(at),
        note="reaches" if reaches else "does not reach",
    )
    return amendment


@transaction.atomic
def withdraw(amendment, *, reason, by, at=None):
    """Give an amendment up, with the reason: its working copy says again what is published."""
    at = moment(at)
    _check(amendment.edition, by)
    if not reason.strip():
        raise CannotAmend(_("Say why the amendment is withdrawn."), "reason")
    amendment = _draft(amendment)
    _begin_from(amendment.edition.publications.order_by("number").last(), by=by, at=at)
    return perform(states.WITHDRAW_AMENDMENT, amendment, by=by, at=at, note=reason.strip())


def _check(edition, by):
    if not by.has_perm("programs.amend_edition", edition):
        raise CannotAmend(_("Only a Rules editor of the agency can amend its published Rules."))


def _check_reason(reason):
    if not reason.strip():
        raise CannotAmend(_("Say why the Rules are amended: the reason is published with it."), "reason")


def _held(edition):
    """The edition as it stands now, held: nobody writes its working copy meanwhile."""
    (held,) = locks.exclusive(Edition.objects.filter(pk=edition.pk))
    if held.state != EditionState.PUBLISHED:
        raise CannotAmend(_("Only published Rules are amended."))
    return held


def _draft(amendment):
    """The amendment as it stands now, still a draft."""
    _held(amendment.edition)
    amendment = Amendment.objects.select_related("edition").get(pk=amendment.pk)
    if not states.WITHDRAW_AMENDMENT.is_possible_for(amendment):
        raise ActNotPossible(amendment, states.WITHDRAW_AMENDMENT)
    return amendment


def _begin_from(publication, *, by, at):
    """Let the working copy say what a publication says."""
    edition = publication.edition
    published = {text.component_id: text for text in publication.texts.all()}
    for text in edition.texts.all():
        if text.said() != published[text.component_id].said():
            _restore(text, published[text.component_id], by=by, at=at)
    edition.removed_rows.all().delete()
    for model in BLOCK_MODELS:
        model.objects.of_draft(edition).delete()
        copy_rows(model.objects.of_publication(publication), model, edition=edition, publication=None)


def _restore(text, published, *, by, at):
    text.say(published.said())
    text.version = text.sitting = text.version + 1
    text.saved_at, text.saved_by = at, by
    text.save(update_fields=KEPT)
    restored = version_of(text, origin=TextVersion.Origin.RESTORED, restored_from=published.version)
    restored.save(force_insert=True)
