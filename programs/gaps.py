"""What would raise the index most at least cost: the practices not adopted, the cheapest to adopt first.

Every gap closed raises the index by the same one cell, so they are ordered by what they still need: what the
data already show, what is partial, what is planned, what nobody has declared, what a norm limited until its
day was over, what a norm limits. Of equal ones, first those that most programs follow already, because their
clauses can be taken as an example. What is not applicable or not viable has a reason that no writing removes,
and is no gap.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from programs.models import EXPIRED, Practice, Program, Verdict

EASE = (Verdict.PARTIAL, Verdict.PLANNED, "", EXPIRED, Verdict.LIMITED)


@dataclass(frozen=True)
class Gap:
    """A practice that a program has not adopted, and how many programs of the year have."""

    program: Program
    practice: Practice
    verdict: str
    followers: int
    is_shown_by_the_data: bool = False

    @property
    def order(self):
        return (
            not self.is_shown_by_the_data, EASE.index(self.verdict), -self.followers, self.practice.code,
            self.program.code,
        )  # fmt: skip

    @property
    def step(self):
        """What is to be done, in words."""
        if self.is_shown_by_the_data:
            return _("The data already show it: declare it with its clause.")
        words = {
            Verdict.PARTIAL.value: _("Complete what is partial."),
            Verdict.PLANNED.value: _("Adopt it in this edition instead of a later one."),
            EXPIRED: _("The limitation expired: declare the practice again."),
            Verdict.LIMITED.value: _("Review with the legal area whether the norm still limits it."),
        }
        return words.get(self.verdict) or _("Declare it; if it is missing, write its clause.")


def gaps_of(matrix, program=None):
    """The gaps of a program in the public matrix, or those of all, the cheapest first."""
    followers = {practice.pk: _followers(matrix, practice) for practice in matrix.practices}
    verdicts = (
        (one, practice, matrix.cell(practice, one).standing)
        for one in ([program] if program else matrix.programs)
        for practice in matrix.practices
    )
    return _ordered(
        Gap(one, practice, verdict, followers[practice.pk])
        for one, practice, verdict in verdicts
        if practice.is_core and verdict in EASE
    )


def _followers(matrix, practice):
    return sum(matrix.cell(practice, program).is_adopted for program in matrix.programs)


def gaps_of_edition(edition, rows):
    """The gaps of an edition that may still be a draft; ``rows`` bring what its data show."""
    return _ordered(
        Gap(edition.program, row.practice, row.standing, row.practice.followers, _is_shown(row))
        for row in rows
        if row.practice.is_core and row.standing in EASE
    )


def _is_shown(row):
    return bool(row.finding and row.finding.is_met)


def _ordered(gaps):
    return sorted(gaps, key=lambda gap: gap.order)
