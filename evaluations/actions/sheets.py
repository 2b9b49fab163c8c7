"""The offline sheet comes back: each row is saved as if it were typed on the page; nothing is handed in."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.acts import ActNotPossible
from evaluations import offline, standing
from evaluations.actions import reviews
from evaluations.models import Assignment, Review
from evaluations.offline import Line
from evaluations.rules import NotYours, demand
from jobs import locks


class CannotRead(Exception):
    """Why a file is not the sheet that was downloaded, in words for whoever sent it."""


class Fate(StrEnum):
    TAKEN = "taken"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True)
class Told:
    """What became of a row, and why it was refused."""

    line: Line
    fate: Fate
    reason: str = ""


def lines_of(rows):
    """The rows of a sheet after its header. Raises CannotRead for a sheet that is another one."""
    names = rows[0][1] if rows else []
    if not any(names[: len(header)] == header for header in offline.headers()):
        raise CannotRead(
            _("This is not the sheet of scores: its first row or columns were changed. Download it again.")
        )
    return [offline.line(number, cells) for number, cells in rows[1:]]


def take(call, lines, *, by, at=None):
    """Save every row that can be saved, file by file. Gives what became of each, in their order."""
    demand(by, "evaluations.work_in_pool", call, _("Files are scored by the evaluators of the call."))
    told = {}
    for alias, files in _by_alias(lines).items():
        for one in _take_file(call, alias, files, by, at):
            told[one.line.number] = one
    return [told[line.number] for line in lines]


def _by_alias(lines):
    found = {}
    for line in lines:
        found.setdefault(line.alias, []).append(line)
    return found


def _take_file(call, alias, lines, by, at):
    """The rows of one file: what they hold is compared and saved while nobody else saves it."""
    mine = Assignment.objects.of_call(call).filter(alias=alias, evaluator=by).select_related("review").first()
    if reason := _why_not(mine, by):
        return _all_refused(lines, reason)
    try:
        with transaction.atomic():
            return _saved(mine.review, call, lines, by, at)
    except (reviews.CannotSave, ActNotPossible) as refusal:
        return _all_refused(lines, str(refusal))
    except NotYours:
        return _all_refused(lines, _gone())


def _why_not(assignment, by):
    if assignment is None:
        return _("This alias is not in your queue of this call.")
    if not Assignment.objects.visible_to(by).filter(pk=assignment.pk).exists():
        return _gone()
    if not assignment.review.is_editable:
        return _("This review was handed in: it can no longer be changed.")
    return ""


def _gone():
    return _("This file is not yours any more.")


def _all_refused(lines, reason):
    return [Told(line, Fate.REFUSED, reason) for line in lines]


def _saved(review, call, lines, by, at):
    locks.exclusive(Review.objects.filter(pk=review.pk))
    kept = {score.criterion.key: score for score in review.scores.select_related("criterion", "level")}
    told, entries = [], {}
    for line in lines:
        one = _judged(line, call, kept.get(line.criterion), taken=line.criterion in entries)
        told.append(one)
        if one.fate is Fate.TAKEN:
            entries[line.criterion] = _entry(line, call)
    if entries:
        reviews.save(review, entries, by=by, at=at)
    return told


def _judged(line, call, kept, *, taken):
    if reason := _unreadable(line, call) or (taken and _("This criterion of this file is there twice.")):
        return Told(line, Fate.REFUSED, reason)
    if _is_as_kept(line, kept):
        return Told(line, Fate.SAME)
    if kept and line.saved != offline.version(kept):
        return Told(
            line, Fate.REFUSED,
            _("It was saved in the portal after this sheet was downloaded: what is there was left as it is."),
        )  # fmt: skip
    return Told(line, Fate.TAKEN)


def _unreadable(line, call):
    """What is wrong with the row by itself."""
    if not line.is_plain:
        return _("It holds a formula. Write the words or the points themselves.")
    if line.criterion not in {criterion.key for criterion in standing.criteria_of(call)}:
        return _("That criterion is not one of the Rules of this call.")
    levels = standing.levels_of(call).get(line.criterion, [])
    if line.level and _level(line, levels) is None:
        return _("That level is not one of the criterion. Its levels: %(points)s.") % {
            "points": ", ".join(str(level.points) for level in levels)
        }
    return ""


def _level(line, levels):
    return next((level for level in levels if str(level.points) == line.level), None)


def _is_as_kept(line, kept):
    if kept is None:
        return not (line.level or line.justification or line.private_note)
    points = "" if kept.points is None else str(kept.points)
    words = offline.plain(kept.justification), offline.plain(kept.private_note)
    return (line.level, offline.plain(line.justification), offline.plain(line.private_note)) == (
        points,
        *words,
    )


def _entry(line, call):
    level = _level(line, standing.levels_of(call).get(line.criterion, []))
    return {
        "level": level.key if level else "",
        "justification": offline.plain(line.justification),
        "private_note": offline.plain(line.private_note),
    }
