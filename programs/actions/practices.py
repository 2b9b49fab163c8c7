"""Assessing the practices of an edition, and planning's answer. Every change stays in the trail."""

from dataclasses import dataclass, replace
from datetime import date

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import notices
from accounts.acts import moment, record
from accounts.dates import day_in_words, local_date
from programs import clauses, findings, signing
from programs.actions import histories
from programs.models import Assessment, AssessmentVersion, Component, Verdict
from programs.practice_checks import Result

SEALED = (
    "verdict", "clause_id", "excerpt", "source", "observation", "norm", "article", "last_day",
    "planned_year", "assessed_by_id",
)  # fmt: skip
LONGEST = 1  # fiscal years after its own edition's through which a limitation may last
NEEDS_REASON = (Verdict.PARTIAL, Verdict.NOT_APPLICABLE, Verdict.NOT_VIABLE)


class CannotAssess(Exception):
    """Why an assessment is refused: ``errors`` holds the words for each field."""

    def __init__(self, errors):
        self.errors = errors
        super().__init__(" ".join(errors.values()))


class CannotReview(Exception):
    """Why planning cannot take a stance, in words for the person who tried."""


@dataclass(frozen=True)
class Declared:
    """What a person declares of one practice: a verdict and what holds it up."""

    verdict: str
    clause: Component | None = None
    excerpt: str = ""
    source: str = ""
    observation: str = ""
    norm: str = ""
    article: str = ""
    last_day: date | None = None
    planned_year: int | None = None

    def without_what_is_of_a_limitation(self):
        """Only a limitation cites a norm and ends on a day."""
        return self if self.verdict == Verdict.LIMITED else replace(self, norm="", article="", last_day=None)


def usual_last_day(edition):
    """Until when a limitation lasts unless another day is chosen: the end of the fiscal year."""
    return date(edition.fiscal_year, 12, 31)


def latest_last_day(edition):
    """A limitation never lasts longer than this without being declared again."""
    return date(edition.fiscal_year + LONGEST, 12, 31)


@transaction.atomic
def assess(edition, practice, verdict, *, by, at=None, **declared):
    """Declare what an edition does about a practice, with its proof or reason. Planning answers afterwards.

    A change puts planning's answer back to *not yet reviewed*. Raises CannotAssess.
    """
    at, said = moment(at), Declared(verdict, **declared).without_what_is_of_a_limitation()
    if not by.has_perm("programs.assess_edition", edition):
        raise CannotAssess({"": _("Only the editor or the head of the agency can assess this edition now.")})
    if errors := _errors(edition, practice, said, on=local_date(at)):
        raise CannotAssess(errors)

    values = vars(said) | {"assessed_by": by, "assessed_at": at} | _NOT_REVIEWED
    assessment = _write(edition, practice, values)
    note = f"{practice.code} {verdict}"
    record("assessment.assess", assessment, by=by, at=at, note=note, seals=SEALED)
    histories.keep(assessment, AssessmentVersion.Kind.DECLARED, by=by, at=at)
    return assessment


_NOT_REVIEWED = {
    "review": Assessment.Review.PENDING, "review_note": "", "reviewed_by": None, "reviewed_at": None,
    "warned_at": None, "expired_at": None,
}  # fmt: skip


def _write(edition, practice, values):
    try:
        with transaction.atomic():
            return Assessment.objects.update_or_create(edition=edition, practice=practice, defaults=values)[0]
    except IntegrityError as error:
        raise CannotAssess({"": _("The verdict lacks the proof or the reason that it needs.")}) from error


def _errors(edition, practice, said, *, on):
    """What is missing or wrong, by field, in words that say what to do."""
    errors = dict(_missing(edition, said))
    if said.verdict == Verdict.LIMITED:
        errors |= dict(_wrong_limitation(edition, said, on))
    if "clause" not in errors and "excerpt" not in errors:
        errors |= dict(_wrong_clause(edition, said))
    if said.verdict == Verdict.ADOPTED and not said.observation.strip():
        found = findings.finding_of(edition, practice)
        if found and found.result == Result.NOT_MET:
            errors["observation"] = _(
                "The data of the edition do not show this practice (%(found)s) "
                "Say in an observation why it is adopted all the same."
            ) % {"found": found.words}
    return errors


def _missing(edition, said):
    if said.verdict not in Verdict.values:
        yield "verdict", _("Choose a verdict.")
    if said.verdict == Verdict.ADOPTED and not (said.clause or said.source.strip()):
        yield (
            "clause",
            _("Adopted needs its proof: choose the clause that shows it, or cite a public source."),
        )
    if said.clause and not said.excerpt.strip():
        yield "excerpt", _("Copy here the words of the clause that prove it.")
    if said.verdict == Verdict.PLANNED and (said.planned_year or 0) <= edition.fiscal_year:
        yield (
            "planned_year",
            _("Say in which later edition it will be adopted (after %(year)s).")
            % {"year": edition.fiscal_year},
        )
    if said.verdict in NEEDS_REASON and not said.observation.strip():
        yield "observation", _("Say why, in an observation.")


def _wrong_limitation(edition, said, on):
    """A limitation cites its norm and article, and ends: on a day that is not past, nor too far."""
    if not said.norm.strip():
        yield "norm", _("Name the norm that limits it.")
    if not said.article.strip():
        yield "article", _("Say which article of the norm limits it.")
    if said.last_day is None:
        yield "last_day", _("Say the last day on which the limitation holds; then it is reviewed again.")
    elif said.last_day < on:
        yield "last_day", _("That day is past. Say until when the norm still limits the practice.")
    elif said.last_day > (latest := latest_last_day(edition)):
        yield (
            "last_day",
            _("A limitation lasts until %(day)s at most; it can be declared again then.")
            % {"day": day_in_words(latest)},
        )


def _wrong_clause(edition, said):
    if said.clause is None:
        return
    if said.clause.guide_id != edition.guide_id:
        yield "clause", _("That clause belongs to another edition of the Guide.")
    elif not clauses.passage_stands(edition, said.clause.slug, said.excerpt):
        said_where = {"clause": said.clause}
        yield "excerpt", _("These words do not stand in “%(clause)s”. Copy them exactly.") % said_where


def confirm(assessment, *, by, at=None, note=""):
    """Planning agrees with what the agency declared. Raises CannotReview.

    Of a limitation it says in its note where it read the norm; one that expired has to be declared again.
    """
    if assessment.verdict == Verdict.LIMITED:
        _may_confirm_limitation(assessment, note, local_date(moment(at)))
    return _review(assessment, Assessment.Review.CONFIRMED, by=by, at=at, note=note.strip())


def _may_confirm_limitation(assessment, note, on):
    if not note.strip():
        raise CannotReview(
            _("Say in the note where you read the norm: a limitation is confirmed with its source.")
        )
    if assessment.is_expired_on(on):
        raise CannotReview(_("The limitation expired: the agency has to declare the practice again."))


@transaction.atomic
def contest(assessment, *, note, by, at=None):
    """Planning does not agree and says why; both stances stay in sight. Raises CannotReview."""
    if not note.strip():
        raise CannotReview(_("Say why the verdict is contested: the agency and the public will read it."))
    contested = _review(assessment, Assessment.Review.CONTESTED, by=by, at=at, note=note.strip())
    _tell_the_agency(contested, at)
    return contested


def _tell_the_agency(assessment, at):
    """Those who answer for the Rules learn why planning objects, and where they can answer."""
    edition = assessment.edition
    said = {"practice": assessment.practice.code, "edition": edition}
    notices.notify_all(
        signing.answering(edition),
        kind="assessment.contested",
        subject=lambda: _("Planning objects to %(practice)s in %(edition)s") % said,
        body=assessment.review_note,
        link=reverse("programs:assess", args=[edition.code, assessment.practice.code]),
        at=moment(at),
    )


@transaction.atomic
def _review(assessment, stance, *, by, at, note):
    """Answer the assessment that was seen: if the agency changed it meanwhile, nothing is written."""
    at = moment(at)
    if not by.has_perm("programs.review_assessment", assessment):
        raise CannotReview(_("Only planning's assessor or the owner of the Guide can answer an assessment."))
    seen = Assessment.objects.filter(pk=assessment.pk, assessed_at=assessment.assessed_at)
    values = {"review": stance, "review_note": note, "reviewed_by": by, "reviewed_at": at}
    if not seen.exclude(review=Assessment.Review.REPORT).update(**values):
        raise CannotReview(_("The agency changed this assessment meanwhile. Read it again before answering."))
    assessment.refresh_from_db()
    told = f"{assessment.practice.code} {note}".strip()
    record(_ACTS[stance], assessment, by=by, at=at, note=told, seals=("review", "review_note"))
    histories.keep(assessment, _KINDS[stance], by=by, at=at)
    return assessment


_ACTS = {
    Assessment.Review.CONFIRMED: "assessment.confirm",
    Assessment.Review.CONTESTED: "assessment.contest",
}
_KINDS = {
    Assessment.Review.CONFIRMED: AssessmentVersion.Kind.CONFIRMED,
    Assessment.Review.CONTESTED: AssessmentVersion.Kind.CONTESTED,
}
