"""Rating an edition by the rubric of its Guide, criterion by criterion; handed in, the agency replies."""

import hashlib
import json
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.acts import moment, perform, record
from accounts.notices import notify_all
from jobs import locks
from programs import rating_results, signing, states
from programs.models import Rating, RatingLevel, RatingMark, Rubric
from programs.states import RatingState

MARK = ("level", "points", "comment")


class CannotRate(Exception):
    """Why an edition cannot be rated so, in words for the person who tried."""


class CannotReply(Exception):
    """Why the agency cannot reply, in words for the person who tried."""


@dataclass(frozen=True)
class Said:
    """What an assessor says of one criterion; without a level, nothing yet."""

    criterion: object
    level: str
    comment: str = ""


@transaction.atomic
def begin(edition, *, by, at=None):
    """Begin to rate an edition in sign-off or published. One rating at a time. Raises CannotRate."""
    at = moment(at)
    _require_assessor(edition, by)
    rubric = Rubric.objects.filter(guide=edition.guide_id).exclude(criteria=None).first()
    if rubric is None:
        raise CannotRate(_("The Guide of this edition has no rubric yet."))
    number = 1 + max(edition.ratings.values_list("number", flat=True), default=0)
    try:
        with transaction.atomic():
            rating = Rating.objects.create(
                edition=edition, rubric=rubric, number=number, begun_by=by, begun_at=at,
                publication=edition.publications.order_by("-number").first(),
            )  # fmt: skip
    except IntegrityError as error:
        raise CannotRate(_("This edition is being rated already.")) from error
    record("rating.begin", rating, by=by, at=at)
    return rating


@transaction.atomic
def mark(rating, said, *, by, at=None):
    """Keep what the assessor says of some criteria. What is short of complete says why. Raises CannotRate."""
    at = moment(at)
    _require_open(rating, by)
    held = {one.criterion_id: one for one in RatingMark.objects.filter(rating=rating)}
    for one in said:
        _require_reason(one)
        if one.level and _differs(held.get(one.criterion.pk), one):
            _write(rating, one, by=by, at=at)
    return rating


def _require_reason(said):
    if said.level and said.level not in RatingLevel.values:
        raise CannotRate(_("There is no such level."))
    if said.level not in ("", RatingLevel.COMPLETE) and not said.comment.strip():
        name = {"component": said.criterion.component}
        raise CannotRate(_("%(component)s: say in a comment what is missing.") % name)


def _differs(held, said):
    return held is None or (held.level, held.comment) != (said.level, said.comment.strip())


def _write(rating, said, *, by, at):
    criterion = said.criterion
    values = {"level": said.level, "points": criterion.points_of(said.level), "comment": said.comment.strip()}
    values |= {"marked_by": by, "marked_at": at}
    written, _new = RatingMark.objects.update_or_create(rating=rating, criterion=criterion, defaults=values)
    record("rating.mark", written, by=by, at=at, note=f"{rating.code} {criterion.key}", seals=MARK)


@transaction.atomic
def hand_in(rating, *, by, at=None):
    """Hand a rating in: from here on it is fixed, and the agency is told. Raises CannotRate."""
    at = moment(at)
    _require_open(rating, by)
    result = rating_results.read(rating)
    if result.missing:
        names = ", ".join(str(one.component) for one in result.missing)
        raise CannotRate(_("Still to be rated: %(names)s.") % {"names": names})
    total = result.total
    perform(
        states.HAND_IN_RATING, rating, by=by, at=at, handed_in_at=at, handed_in_by=by,
        points=total.points, out_of=total.out_of, marks_sha256=digest(result),
    )  # fmt: skip
    _tell_the_agency(rating, at)
    return rating


def digest(result):
    """The SHA-256 of every mark of a rating, in one canonical form."""
    marks = [[one.key, mark.level, mark.points, mark.comment] for mark, one in result.rows]
    return hashlib.sha256(json.dumps(marks, ensure_ascii=False).encode()).hexdigest()


def _require_assessor(edition, by):
    if not by.has_perm("programs.rate_edition", edition):
        raise CannotRate(_("Only planning's assessor rates an edition, once it is in sign-off or published."))


def _require_open(rating, by):
    """Hold the rating, so that nobody hands it in while it is written."""
    locks.exclusive(Rating.objects.filter(pk=rating.pk))
    rating.refresh_from_db(fields=["state"])
    _require_assessor(rating.edition, by)
    if rating.state != RatingState.DRAFT:
        raise CannotRate(_("This rating was handed in: it does not change any more."))


def _tell_the_agency(rating, at):
    edition = rating.edition
    notify_all(
        signing.answering(edition),
        kind="rating.handed_in",
        subject=lambda: _("Planning rated %(edition)s by the rubric") % {"edition": edition},
        body=lambda: _("Read what it got, criterion by criterion. The agency can reply to each."),
        link=reverse("programs:draft_rating", args=[edition.code]),
        at=at,
    )


@transaction.atomic
def reply(mark, *, text, by, at=None):
    """The agency answers what a criterion got; it is shown beside it. Raises CannotReply."""
    at = moment(at)
    edition = mark.rating.edition
    if mark.rating.state != RatingState.HANDED_IN or not by.has_perm("programs.reply_rating", edition):
        raise CannotReply(_("Only the editor or the head of the agency replies to a rating."))
    mark.reply, mark.replied_by, mark.replied_at = text.strip(), by, at
    mark.save(update_fields=["reply", "replied_by", "replied_at"])
    note = f"{mark.rating.code} {mark.criterion.key}"
    record("rating.reply", mark, by=by, at=at, note=note, seals=("reply",))
    return mark
