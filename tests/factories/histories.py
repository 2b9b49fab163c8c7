"""What was said of practices, and the days that were kept."""

from datetime import UTC, date, datetime, timedelta

import factory

from programs.models import AssessmentVersion, HarmonyDay, Verdict
from tests.factories.accounts import UserFactory
from tests.factories.programs import EditionFactory, ProgramFactory
from tests.factories.reference import PracticeFactory


class AssessmentVersionFactory(factory.django.DjangoModelFactory):
    """A declaration of the agency, with its public source."""

    class Meta:
        model = AssessmentVersion

    edition = factory.SubFactory(EditionFactory)
    practice = factory.SubFactory(PracticeFactory)
    number = factory.Sequence(lambda n: n + 1)
    kind = AssessmentVersion.Kind.DECLARED
    verdict = Verdict.ADOPTED
    source = "Portal del programa"
    body = factory.LazyAttribute(lambda one: one.edition.program.agency.body)
    by = factory.SubFactory(UserFactory)
    at = datetime(2026, 2, 2, 16, 0, tzinfo=UTC)


class HarmonyDayFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = HarmonyDay

    program = factory.SubFactory(ProgramFactory)
    fiscal_year = 2026
    on = factory.Sequence(lambda n: date(2026, 1, 1) + timedelta(days=n))
    adopted = 1
    cells = 11
    counts = factory.LazyFunction(lambda: {"adopted": 1, "no_data": 10})
    verdicts = factory.LazyFunction(lambda: {"GP-01": "adopted"})
