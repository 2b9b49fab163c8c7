"""What organizations ask after the ruling."""

import factory
from django.utils import timezone

from evaluations import standing
from evaluations.models import (
    ControlReport,
    FeedbackPoint,
    FeedbackRequest,
    RemedyFile,
    RemedyRequest,
    ReportFile,
)
from programs.models import Remedy
from tests.factories.accounts import UserFactory
from tests.factories.calls import CallFactory
from tests.factories.documents import DocumentFactory
from tests.factories.evaluations import ReceivedApplicationFactory


class FeedbackRequestFactory(factory.django.DjangoModelFactory):
    """A request that waits; ``answered`` one has its answer."""

    class Meta:
        model = FeedbackRequest

    class Params:
        answered = factory.Trait(
            state="answered",
            answer="Le faltó presentar datos.",
            main_reason="need",
            answered_at=factory.LazyFunction(timezone.now),
            answered_by=factory.SubFactory(UserFactory),
        )

    application = factory.SubFactory(ReceivedApplicationFactory)
    question = "¿Qué le faltó?"
    asked_at = factory.LazyFunction(timezone.now)
    asked_by = factory.SubFactory(UserFactory)
    due_on = factory.LazyFunction(timezone.localdate)


class FeedbackPointFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FeedbackPoint

    request = factory.SubFactory(FeedbackRequestFactory)
    criterion = factory.LazyAttribute(lambda o: standing.criteria_of(o.request.application.call)[0])
    question = "¿Por qué este nivel?"


class RemedyRequestFactory(factory.django.DjangoModelFactory):
    """A reconsideration that was received in time."""

    class Meta:
        model = RemedyRequest

    application = factory.SubFactory(ReceivedApplicationFactory)
    folio = factory.LazyAttribute(lambda o: f"REC-{o.application.folio}-01")
    remedy = factory.LazyAttribute(lambda o: remedy_of(o.application.call, "reconsideration"))
    kind = "reconsideration"
    text = "Pido que se revise el criterio de diagnóstico."
    sha256 = "0" * 64
    request_key = factory.Sequence(lambda n: f"llave-{n}")
    filed_at = factory.LazyFunction(timezone.now)
    filed_by = factory.SubFactory(UserFactory)
    in_time = True


class RemedyFileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RemedyFile

    request = factory.SubFactory(RemedyRequestFactory)
    number = 1
    document = factory.SubFactory(DocumentFactory)


class ControlReportFactory(factory.django.DjangoModelFactory):
    """A report without a name."""

    class Meta:
        model = ControlReport

    call = factory.SubFactory(CallFactory, sealed=True)
    folio = factory.Sequence(lambda n: f"OIC-2026-{n:04}")
    remedy = factory.LazyAttribute(lambda o: remedy_of(o.call, "internal_control"))
    text = "Se pidió dinero a cambio del apoyo."
    sha256 = "0" * 64
    request_key = factory.Sequence(lambda n: f"denuncia-{n}")
    is_anonymous = True
    filed_at = factory.LazyFunction(timezone.now)


class ReportFileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReportFile

    report = factory.SubFactory(ControlReportFactory)
    number = 1
    document = factory.SubFactory(DocumentFactory)


def remedy_of(call, kind):
    return Remedy.objects.of_publication(call.publication_id).get(kind=kind)
