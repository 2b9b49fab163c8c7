"""Publication of an edition or of an amendment to it: citation, frozen data and text, booklet and notices.

It cannot be undone: what is published is amended, and the amendment published in its turn.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.acts import ActNotPossible, moment, perform, record
from accounts.dates import day_in_words
from accounts.models import Membership, User
from accounts.notices import notify
from jobs import locks
from programs import contents, draft_checks, gazette, reaching, signing, snapshots, states
from programs.actions import booklets, commons
from programs.actions.editions import copy_rows, copy_texts
from programs.models import Edition, Publication

SEALED = ("sha256", "gazette_date", "gazette_volume", "gazette_number", "in_force_from", "published_by_id")


class CannotPublish(Exception):
    """Why the edition cannot be published: by field, and the checks that it does not pass."""

    def __init__(self, message, *, field="", findings=()):
        self.field, self.findings = field, list(findings)
        super().__init__(message)


@dataclass(frozen=True)
class Citation:
    """Where and when the official gazette carried the Rules."""

    gazette_date: date
    gazette_volume: str
    gazette_number: str
    gazette_section: str = ""
    gazette_page: str = ""
    is_special_edition: bool = False


@transaction.atomic
def publish(edition, *, in_force_from, by, at=None, **citation):
    """Publish an approved edition, or the approved amendment of a published one: its whole text, frozen.

    ``citation`` holds the fields of a Citation. Raises CannotPublish.
    """
    at, cited = moment(at), Citation(**citation)
    if not by.has_perm("programs.publish_edition", edition):
        raise CannotPublish(_("Only the head of the agency, who did not send the draft, can publish it."))
    _check_citation(cited, in_force_from, on=timezone.localdate(at))
    amendment = _held(edition)
    _check_order(edition, cited, in_force_from)
    says = contents.read(edition)
    if findings := draft_checks.blocking(says):
        raise CannotPublish(
            _("The edition still lacks what it needs: see the open checks."), findings=findings
        )

    publication = _freeze(says, amendment, cited, in_force_from, by=by, at=at)
    record("edition.freeze", publication, by=by, at=at, note=publication.sha256, seals=SEALED)
    if amendment:
        perform(states.PUBLISH_AMENDMENT, amendment, by=by, at=at)
        if amendment.reaches_calls:
            reaching.carry(publication, by=by, at=at)
    else:
        perform(states.PUBLISH, edition, by=by, at=at)
    commons.put_in_commons(publication)
    booklets.request(publication, by=by, at=at)
    _tell(publication, at=at)
    return publication


def recipients(edition):
    """Who is written to when an edition is published: the agency's people and planning's, each once."""
    here = Q(body=edition.program.agency.body) | Q(pk__in=signing.planning())
    return list(User.objects.filter(memberships__in=Membership.objects.current().filter(here)).distinct())


def _tell(publication, *, at):
    """The agency's people and planning's hear what is published; operators, what they may do now."""
    edition = publication.edition
    operators = set(signing.operators(edition).values_list("user", flat=True))
    for person in recipients(edition):
        notify(
            person,
            kind="edition.published",
            subject=lambda: subject(edition, publication.amendment),
            body=lambda may_call=person.pk in operators: _what_it_means(publication, may_call),
            link=edition.get_absolute_url(),
            at=at,
        )


def subject(edition, amendment=None):
    """What the notice of a publication is called."""
    if amendment is None:
        return _("Published: %(edition)s") % {"edition": edition}
    said = {"number": amendment.number, "edition": edition}
    return _("Published: amendment %(number)s to %(edition)s") % said


def _what_it_means(publication, may_call):
    edition = publication.edition
    if not publication.number:
        text = _("The Rules of Operation %(code)s are published and cannot be changed.")
        text = text % {"code": edition.code}
        return f"{text} {_('You may now open the call.')}" if may_call else text
    said = {
        "number": publication.number,
        "code": edition.code,
        "day": day_in_words(publication.in_force_from),
    }
    text = _("Amendment %(number)s to the Rules of Operation %(code)s is published, in force from %(day)s.")
    kept = _("Calls that were opened before keep the Rules that they were opened from.")
    if publication.amendment.reaches_calls:
        kept = _("It reaches the calls that receive applications now: their dates and contacts follow it.")
    return f"{text % said} {_('The reason:')} {publication.amendment.reason} {kept}"


def _held(edition):
    """The amendment that is published, or None for the edition itself, held until the transaction ends."""
    locks.exclusive(Edition.objects.filter(pk=edition.pk))
    edition.refresh_from_db(fields=["state"])
    amendment = edition.amendments.open().first()
    act, thing = (states.PUBLISH_AMENDMENT, amendment) if amendment else (states.PUBLISH, edition)
    if not act.is_possible_for(thing):
        raise ActNotPossible(thing, act)
    return amendment


def _check_order(edition, cited, in_force_from):
    """An amendment follows what it amends: in the gazette and in force."""
    before = edition.publications.order_by("number").last()
    if before is None:
        return
    if cited.gazette_date < before.gazette_date:
        raise CannotPublish(
            _("The gazette carried what this amends on %(day)s: an amendment cannot appear before.")
            % {"day": day_in_words(before.gazette_date)},
            field="gazette_date",
        )
    if in_force_from < before.in_force_from:
        raise CannotPublish(
            _("What this amends is in force from %(day)s: an amendment cannot be before.")
            % {"day": day_in_words(before.in_force_from)},
            field="in_force_from",
        )


def _check_citation(cited, in_force_from, *, on):
    if not (cited.gazette_volume.strip() and cited.gazette_number.strip()):
        raise CannotPublish(
            _("The citation needs the volume and the number of the gazette."), field="gazette_number"
        )
    if cited.gazette_date > on:
        raise CannotPublish(_("The gazette of that day has not appeared yet."), field="gazette_date")
    if not (cited.is_special_edition or gazette.appears_on(cited.gazette_date)):
        message = _(
            "The gazette appears on Tuesdays, Thursdays and Saturdays. Say if it was a special edition."
        )
        raise CannotPublish(message, field="gazette_date")
    if in_force_from < cited.gazette_date:
        raise CannotPublish(
            _("The Rules cannot be in force before they are published."), field="in_force_from"
        )


def _said_of(amendment):
    """What is frozen of an amendment; whether it reaches open calls, when it does."""
    said = {"number": amendment.number, "reason": amendment.reason}
    return said | ({"reaches_calls": amendment.reaching_reason} if amendment.reaches_calls else {})


def _freeze(says, amendment, cited, in_force_from, *, by, at):
    citation = {**vars(cited), "in_force_from": in_force_from, "published_at": at}
    if amendment:
        citation["amendment"] = _said_of(amendment)
    frozen = snapshots.snapshot(says, citation)
    publication = Publication.objects.create(
        edition=says.edition,
        number=amendment.number if amendment else 0,
        amendment=amendment,
        in_force_from=in_force_from,
        published_at=at,
        published_by=by,
        snapshot=frozen,
        sha256=snapshots.digest(frozen),
        **vars(cited),
    )
    copy_texts(says.texts, publication)
    for model, rows in says.rows_by_model.items():
        copy_rows(rows, model, edition=says.edition, publication=publication)
    return publication
