"""Guides that are written, their rubric, drafts moved to them and ratings by it."""

import factory
from django.utils import timezone

from programs.actions import guide_editions
from programs.models import (
    GuideMove,
    MovedPart,
    Rating,
    RatingLevel,
    RatingMark,
    Rubric,
    RubricCriterion,
)
from tests.factories.accounts import UserFactory
from tests.factories.programs import EditionFactory, GuideEditionFactory, people_of


def guide_owner(guide):
    """The person who owns the Guide in the planning secretariat; made when first asked for."""
    return people_of(EditionFactory(guide=guide)).guide_owner


def begin_guide(year=2027, earlier=None, by=None, **given):
    """A draft Guide, begun by the act on the one of 2024."""
    earlier = earlier or GuideEditionFactory()
    by = by or guide_owner(earlier)
    return guide_editions.begin(earlier, year, by=by, **({"title": f"Guía {year}"} | given))


class RubricFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Rubric
        django_get_or_create = ("guide",)

    guide = factory.SubFactory(GuideEditionFactory)


class RubricCriterionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RubricCriterion

    rubric = factory.SubFactory(RubricFactory)
    component = factory.LazyAttribute(lambda o: o.rubric.guide.components.get(slug="process"))
    key = factory.Sequence(lambda n: f"criterio-{n}")
    axis = "operation"
    statement_es = "Dice cada paso, quién lo da y en qué plazo."
    complete = "Todos los pasos."
    partial = "Faltan plazos."


class RatingFactory(factory.django.DjangoModelFactory):
    """A rating under way."""

    class Meta:
        model = Rating

    edition = factory.SubFactory(EditionFactory)
    rubric = factory.LazyAttribute(lambda o: RubricFactory(guide=o.edition.guide))
    number = 1
    begun_at = factory.LazyFunction(timezone.now)
    begun_by = factory.SubFactory(UserFactory)


class RatingMarkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RatingMark

    rating = factory.SubFactory(RatingFactory)
    criterion = factory.LazyAttribute(lambda o: RubricCriterionFactory(rubric=o.rating.rubric))
    level = RatingLevel.COMPLETE
    points = 2
    marked_at = factory.LazyFunction(timezone.now)
    marked_by = factory.SubFactory(UserFactory)


class GuideMoveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GuideMove

    edition = factory.SubFactory(EditionFactory)
    from_guide = factory.SelfAttribute("edition.guide")
    to_guide = factory.LazyAttribute(lambda o: GuideEditionFactory(year=2030, title="Guía 2030"))
    moved_at = factory.LazyFunction(timezone.now)
    moved_by = factory.SubFactory(UserFactory)


class MovedPartFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MovedPart

    move = factory.SubFactory(GuideMoveFactory)
    kind = MovedPart.Kind.TEXT
    key = "process"
