"""The Guide's parts, the checklist, assessments, signatures, publications, municipalities, holidays."""

from datetime import UTC, date, datetime, timedelta

import factory
from django.utils import timezone

from programs.models import (
    Amendment,
    Assessment,
    ChecklistEdition,
    Component,
    ComponentText,
    Dimension,
    GuideSection,
    LoadedRow,
    Municipality,
    NonWorkingDay,
    Practice,
    Publication,
    PublishedText,
    Reading,
    RemovedRow,
    SignOff,
    Topic,
    Verdict,
)
from tests.factories.accounts import UserFactory
from tests.factories.programs import EditionFactory, GuideEditionFactory, begin_amendment, publish


class GuideSectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GuideSection

    guide = factory.SubFactory(GuideEditionFactory)
    numeral = factory.Sequence(lambda n: f"X{n}")
    title_es = factory.Sequence(lambda n: f"Sección {n}")
    position = factory.Sequence(lambda n: 10 + n % 1000)


class ComponentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Component

    section = factory.SubFactory(GuideSectionFactory)
    guide = factory.SelfAttribute("section.guide")
    slug = factory.Sequence(lambda n: f"componente-{n}")
    number = factory.Sequence(lambda n: 50 + n % 1000)
    title_es = factory.Sequence(lambda n: f"Componente {n}")


class ComponentTextFactory(factory.django.DjangoModelFactory):
    """The text of a component that the edition did not have yet."""

    class Meta:
        model = ComponentText

    edition = factory.SubFactory(EditionFactory)
    component = factory.LazyAttribute(lambda text: ComponentFactory(section__guide=text.edition.guide))
    text = "<p>Texto del componente.</p>"
    saved_at = factory.LazyFunction(timezone.now)
    saved_by = factory.SubFactory(UserFactory)


class SignOffFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SignOff

    edition = factory.SubFactory(EditionFactory)
    round = 1
    step = SignOff.Step.LEGAL
    accepted = True
    by = factory.SubFactory(UserFactory)
    at = factory.LazyFunction(timezone.now)


class PublicationFactory(factory.django.DjangoModelFactory):
    """A small edition, published by the head of its agency as any other."""

    class Meta:
        model = Publication

    edition = factory.SubFactory(EditionFactory)

    @classmethod
    def _create(cls, model_class, *args, edition, **citation):
        return publish(edition, **citation)


class ChecklistEditionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ChecklistEdition
        django_get_or_create = ("year",)

    year = 2023
    title_es = "Lista de buenas prácticas"


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic

    code = factory.Sequence(lambda n: f"TX{n}")
    name_es = factory.Sequence(lambda n: f"Tema {n}")


class DimensionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Dimension

    code = factory.Sequence(lambda n: f"DX{n}")
    name_es = factory.Sequence(lambda n: f"Dimensión {n}")


class PracticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Practice

    checklist = factory.SubFactory(ChecklistEditionFactory)
    code = factory.Sequence(lambda n: f"GPX-{n}")
    topic = factory.SubFactory(TopicFactory)
    statement_es = "Publica el calendario completo."


class AssessmentFactory(factory.django.DjangoModelFactory):
    """Partly followed, declared by somebody of the agency, not yet answered by planning."""

    class Meta:
        model = Assessment

    edition = factory.SubFactory(EditionFactory)
    practice = factory.SubFactory(PracticeFactory)
    verdict = Verdict.PARTIAL
    observation = "Falta publicar las fechas de pago."
    assessed_by = factory.SubFactory(UserFactory)
    assessed_at = datetime(2026, 2, 2, 16, 0, tzinfo=UTC)


class LoadedRowFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LoadedRow

    label = "programs.topic"
    key = factory.Sequence(lambda n: f"T{n}")
    object_id = factory.Sequence(str)
    values = factory.LazyFunction(dict)


class MunicipalityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Municipality
        django_get_or_create = ("key",)

    key = "14039"
    name = "Guadalajara"
    region = "Centro"
    postal_min = "44100"
    postal_max = "44990"
    tile_column = 5
    tile_row = 5


class NonWorkingDayFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NonWorkingDay

    on = factory.Sequence(lambda n: date(2026, 1, 1) + timedelta(days=n))
    name = "Inhábil"
    source = "Acuerdo publicado en el periódico oficial"


class AmendmentFactory(factory.django.DjangoModelFactory):
    """An amendment under way to published Rules, begun by the act."""

    class Meta:
        model = Amendment

    edition = factory.SubFactory(EditionFactory, published=True)
    reason = "Cambió el presupuesto autorizado."

    @classmethod
    def _create(cls, model_class, edition, reason, **kwargs):
        return begin_amendment(edition, reason=reason, **kwargs)


class PublishedTextFactory(factory.django.DjangoModelFactory):
    """A text of a publication; the database takes it from publishing and from nothing else."""

    class Meta:
        model = PublishedText

    publication = factory.LazyFunction(lambda: publish(EditionFactory()))

    @classmethod
    def _create(cls, model_class, publication, **kwargs):
        return publication.texts.first()


class RemovedRowFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RemovedRow

    edition = factory.SubFactory(EditionFactory)
    model = "trainingsession"
    key = factory.Sequence(lambda n: f"fila-{n}")
    label = "Fila"
    position = 1
    values = factory.LazyFunction(lambda: {"name": "Fila", "need": "Preguntas"})
    removed_at = factory.LazyFunction(timezone.now)
    removed_by = factory.SubFactory(UserFactory)


class ReadingFactory(factory.django.DjangoModelFactory):
    """What a person read of a draft."""

    class Meta:
        model = Reading

    edition = factory.SubFactory(EditionFactory)
    document = "{}"
    sha256 = "0" * 64
    by = factory.SubFactory(UserFactory)
    at = factory.LazyFunction(timezone.now)
