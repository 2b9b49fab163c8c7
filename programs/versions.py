"""The versions of published Rules: as first published and with each amendment, and when each is in force.

A version is in force from its day until the day of the next one, which is not included.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from programs import clauses
from programs.models import Publication


@dataclass(frozen=True)
class Version:
    """A publication and the days on which it is the text in force; ``until`` is not included."""

    publication: Publication
    until: date | None = None

    @property
    def number(self):
        return self.publication.number

    @property
    def amendment(self):
        return self.publication.amendment

    @property
    def begins(self):
        return self.publication.in_force_from

    @property
    def was_ever_in_force(self):
        return self.until is None or self.begins < self.until

    @property
    def last_day(self):
        """The last day on which it is in force."""
        return self.until and self.until - timedelta(days=1)

    def is_in_force_on(self, day):
        return self.begins <= day and (self.until is None or day < self.until)

    @property
    def is_in_force(self):
        return self.is_in_force_on(timezone.localdate())

    @property
    def is_to_come(self):
        return self.begins > timezone.localdate()


def versions_of(edition):
    """Every version of an edition, the first one first: one query, without the frozen texts."""
    found = edition.publications.select_related("amendment").defer("snapshot").order_by("number")
    published = list(found)
    ends = [following.in_force_from for following in published[1:]]
    return [Version(one, until) for one, until in zip(published, [*ends, None], strict=False)]


def holding(versions, assessment):
    """The number of the newest version in which the passage of an assessment stands; None where in none."""
    edition, slug = assessment.edition, assessment.clause.slug
    standing = (
        one.number
        for one in reversed(versions)
        if clauses.passage_stands(edition, slug, assessment.excerpt, publication=one.publication)
    )
    return next(standing, None)


def on(versions, day):
    """The version in force on a day; before the first came into force, the first."""
    return next((one for one in versions if one.is_in_force_on(day)), versions[0])
