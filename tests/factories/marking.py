"""How files are scored: versions of what was handed in, calibration, divergence."""

import factory

from evaluations.models import (
    Calibration,
    Divergence,
    EvaluationSettings,
    HandedIn,
    HandedInScore,
    Reopening,
    SampleReview,
    SampleScore,
)
from tests.factories.accounts import UserFactory
from tests.factories.calls import CallFactory
from tests.factories.evaluations import AFTER, ReceivedApplicationFactory, ReviewFactory, ScoreFactory


class HandedInFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = HandedIn

    review = factory.SubFactory(ReviewFactory)
    number = 1
    total = 50
    handed_in_at = AFTER
    scores_sha256 = "0" * 64


class HandedInScoreFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = HandedInScore

    version = factory.SubFactory(HandedInFactory)
    criterion = factory.LazyAttribute(lambda o: ScoreFactory(review=o.version.review).criterion)
    level = factory.LazyAttribute(lambda o: _levels(o.version.review, o.criterion)[-1])
    points = factory.SelfAttribute("level.points")
    justification = "Bien fundado."


def _levels(review, criterion):
    from evaluations import standing

    return standing.levels_of(review.assignment.application.call)[criterion.key]


class ReopeningFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Reopening

    version = factory.SubFactory(HandedInFactory)
    reason = "El total no corresponde a lo escrito."
    reopened_at = AFTER
    reopened_by = factory.SubFactory(UserFactory)


class CalibrationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Calibration

    call = factory.SubFactory(CallFactory, sealed=True)
    kind = "synthetic"
    title = "Proyecto de muestra"
    text = "Talleres en dos municipios."
    chosen_at = AFTER
    chosen_by = factory.SubFactory(UserFactory)


class SampleReviewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SampleReview

    calibration = factory.SubFactory(CalibrationFactory)
    evaluator = factory.SubFactory(UserFactory)


class SampleScoreFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SampleScore

    review = factory.SubFactory(SampleReviewFactory)
    criterion = factory.LazyAttribute(lambda o: _criteria(o.review.calibration.call)[0])


def _criteria(call):
    from evaluations import standing

    return standing.criteria_of(call)


class EvaluationSettingsFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EvaluationSettings

    call = factory.SubFactory(CallFactory, sealed=True)
    divergence = 20
    set_at = AFTER
    set_by = factory.SubFactory(UserFactory)


class DivergenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Divergence

    application = factory.SubFactory(ReceivedApplicationFactory)
    called_at = AFTER
