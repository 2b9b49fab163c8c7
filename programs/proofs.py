"""How what is declared of a practice is said in few words, and where its proof and its history stand."""

from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.dates import short_day
from programs.models import Assessment, Verdict, standing_word


def in_short(assessment):
    """The proof or the reason of a verdict in a few words."""
    if assessment.clause_id:
        return _("component %(number)d") % {"number": assessment.clause.number}
    short = {
        Verdict.PLANNED: lambda: _("edition of %(year)d") % {"year": assessment.planned_year},
        Verdict.LIMITED: lambda: limit_in_short(assessment),
    }.get(assessment.verdict)
    if short:
        return short()
    if assessment.review == Assessment.Review.REPORT:
        return _("stated by the report")
    return _("public source") if assessment.source else assessment.observation


def limit_in_short(assessment):
    """The norm with its article, and until when."""
    if assessment.last_day is None:
        return assessment.citation
    said = {"norm": assessment.citation, "day": short_day(assessment.last_day)}
    return _("%(norm)s; until %(day)s") % said


@lru_cache(maxsize=64)
def word(standing, language):
    """The word of a verdict as it stands, found once for the thousands of cells that say it."""
    return str(standing_word(standing)) if standing else _("No data")


def history_url(edition, practice):
    """Where everything that was said of a practice in an edition stands, both sides beside each other."""
    address = [edition.program.code, edition.fiscal_year, practice.code]
    return reverse("programs:assessment", args=address)


def clause_url(edition, practice):
    """Where the clause stands highlighted, in the published text."""
    return f"{edition.get_absolute_url()}?practica={practice.code}#practica"
