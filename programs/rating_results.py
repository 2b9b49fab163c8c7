"""What ratings by the rubric say: by section, by axis and in all; and the editions of a program compared."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import F

from programs.models import Axis, Rating, RatingMark, RubricCriterion


@dataclass(frozen=True)
class Score:
    """Points of how many, and the same as a percentage."""

    points: int
    out_of: int

    @classmethod
    def of(cls, pairs):
        """The sum of pairs of a mark (or None) and its criterion."""
        pairs = list(pairs)
        points = sum(mark.points for mark, _criterion in pairs if mark)
        return cls(points, sum(criterion.max_points for _mark, criterion in pairs))

    @property
    def percent(self):
        """With one decimal; None where nothing was asked."""
        if not self.out_of:
            return None
        return (Decimal(100 * self.points) / self.out_of).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Result:
    """A rating read whole: each criterion with its mark, section by section."""

    rating: Rating
    rows: list

    @property
    def total(self):
        return Score.of(self.rows)

    @property
    def marked(self):
        return sum(mark is not None for mark, _criterion in self.rows)

    @property
    def missing(self):
        return [criterion for mark, criterion in self.rows if mark is None]

    @property
    def sections(self):
        """Each section with its rows and its score, in the order of the Guide."""
        grouped: dict[object, list] = {}
        for row in self.rows:
            grouped.setdefault(row[1].component.section, []).append(row)
        return [(section, rows, Score.of(rows)) for section, rows in grouped.items()]

    @property
    def axes(self):
        """The score of each axis that some criterion has."""
        scores = [(axis, Score.of(row for row in self.rows if row[1].axis == axis)) for axis in Axis]
        return [(axis, score) for axis, score in scores if score.out_of]

    def rows_of(self, numeral):
        return [row for row in self.rows if row[1].component.section.numeral == numeral]


def read(rating):
    """A rating with its criteria and marks, in two queries."""
    criteria = RubricCriterion.objects.filter(rubric=rating.rubric_id).select_related("component__section")
    marks = RatingMark.objects.filter(rating=rating).select_related("marked_by", "replied_by")
    by_criterion = {mark.criterion_id: mark for mark in marks}
    return Result(rating, [(by_criterion.get(one.pk), one) for one in criteria])


def last_of(edition, user):
    """The last rating of an edition that was handed in, where the person may read it; or None."""
    found = Rating.objects.visible_to(user).filter(edition=edition).order_by("-number")
    return found.select_related("rubric__guide", "edition__program", "handed_in_by", "publication").first()


def under_way(edition):
    """The rating that planning has not handed in yet, or None."""
    return edition.ratings.filter(state="draft").select_related("rubric__guide", "edition").first()


@dataclass(frozen=True)
class Comparison:
    """The last ratings of a program, oldest first, and what each component got in each."""

    ratings: list
    rows: list
    totals: list


def compare(program):
    """The public editions of a program year by year, criteria matched by the slug of their component.

    Two queries, whatever the years.
    """
    ratings = _last_of_each(program)
    points: dict[tuple[int, str], list] = {}
    titles: dict[str, str] = {}
    marks = RatingMark.objects.filter(rating__in=ratings).select_related("criterion__component")
    for mark in marks.order_by("rating__edition__fiscal_year", "criterion__component__number"):
        component = mark.criterion.component
        titles.pop(component.slug, None)
        titles[component.slug] = component.title
        points.setdefault((mark.rating_id, component.slug), []).append((mark, mark.criterion))
    rows = [
        (slug, title, [_score(points, rating, slug) for rating in ratings]) for slug, title in titles.items()
    ]
    return Comparison(ratings, rows, [Score(one.points, one.out_of) for one in ratings])


def _score(points, rating, slug):
    found = points.get((rating.pk, slug))
    return Score.of(found) if found else None


def _last_of_each(program):
    """The newest rating handed in of each public edition, by year."""
    found = Rating.objects.public().last_of_each().filter(edition__program=program)
    found = found.select_related("edition__program", "rubric").annotate(year=F("edition__fiscal_year"))
    return list(found.order_by("year"))
