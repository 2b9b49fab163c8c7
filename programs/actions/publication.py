"""Publication: gazette citation, frozen data and text, booklet and notices. It cannot be undone."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.acts import ActNotPossible, moment, perform, record
from accounts.models import Membership, User
from accounts.notices import notify
from documents import renderings
from jobs import locks
from programs import contents, draft_checks, gazette, signing, snapshots, states
from programs.actions.editions import copy_rows
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
    """Publish an approved edition: its data are frozen and its text sealed; from here on only amendments.

    ``citation`` holds the fields of a Citation. Raises CannotPublish.
    """
    at, cited = moment(at), Citation(**citation)
    if not by.has_perm("programs.publish_edition", edition):
        raise CannotPublish(_("Only the head of the agency, who did not send the draft, can publish it."))
    _check_citation(cited, in_force_from, on=timezone.localdate(at))
    edition = _held(edition)
    says = contents.read(edition)
    if findings := draft_checks.blocking(says):
        raise CannotPublish(
            _("The edition still lacks what it needs: see the open checks."), findings=findings
        )

    publication = _freeze(says, cited, in_force_from, by=by, at=at)
    record("edition.freeze", publication, by=by, at=at, note=publication.sha256, seals=SEALED)
    perform(states.PUBLISH, edition, by=by, at=at)
    renderings.request("booklet", edition.code, by=by, at=at)
    _tell(edition, at=at)
    return publication


def recipients(edition):
    """Who is written to when an edition is published: the agency's people and planning's, each once."""
    here = Q(body=edition.program.agency.body) | Q(pk__in=signing.planning())
    return list(User.objects.filter(memberships__in=Membership.objects.current().filter(here)).distinct())


def _tell(edition, *, at):
    """The agency's people and planning's hear that the Rules are published; operators, that they may call."""
    operators = set(signing.operators(edition).values_list("user", flat=True))
    for person in recipients(edition):
        notify(
            person,
            kind="edition.published",
            subject=lambda: _("Published: %(edition)s") % {"edition": edition},
            body=lambda may_call=person.pk in operators: _what_it_means(edition, may_call),
            link=edition.get_absolute_url(),
            at=at,
        )


def _what_it_means(edition, may_call):
    text = _("The Rules of Operation %(code)s are published and cannot be changed.") % {"code": edition.code}
    return f"{text} {_('You may now open the call.')}" if may_call else text


def _held(edition):
    """The edition as it stands, held: once it is published, the database takes no row of it any more."""
    locks.exclusive(Edition.objects.filter(pk=edition.pk))
    edition.refresh_from_db(fields=["state"])
    if not states.PUBLISH.is_possible_for(edition):
        raise ActNotPossible(edition, states.PUBLISH)
    return edition


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


def _freeze(says, cited, in_force_from, *, by, at):
    frozen = snapshots.snapshot(says, {**vars(cited), "in_force_from": in_force_from, "published_at": at})
    publication = Publication.objects.create(
        edition=says.edition,
        in_force_from=in_force_from,
        published_at=at,
        published_by=by,
        snapshot=frozen,
        sha256=snapshots.digest(frozen),
        **vars(cited),
    )
    for model, rows in says.rows_by_model.items():
        copy_rows(rows, model, edition=says.edition, publication=publication)
    return publication
