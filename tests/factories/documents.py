"""Files kept and documents rendered."""

import hashlib
from datetime import timedelta

import factory
from django.utils import timezone

from documents.models import Document, Infection, Rendering, UploadInProgress
from tests.factories.accounts import UserFactory


class DocumentFactory(factory.django.DjangoModelFactory):
    """The row of a file; the bytes themselves are stored by ``documents.intake``."""

    class Meta:
        model = Document

    name = factory.Sequence(lambda n: f"archivo-{n}.pdf")
    sha256 = factory.LazyAttribute(lambda document: hashlib.sha256(document.name.encode()).hexdigest())
    storage_key = factory.LazyAttribute(lambda document: f"{document.sha256[:2]}/{document.sha256}")
    size = 1024
    media_type = "application/pdf"
    origin = Document.Origin.RECEIVED
    stored_by = factory.SubFactory(UserFactory)


class RenderingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Rendering

    code = factory.Sequence(lambda n: f"AAAA-{n:04d}-ZZ")
    kind = "test"
    subject_id = factory.Sequence(str)
    title = factory.Sequence(lambda n: f"Documento {n}")
    content_key = factory.LazyAttribute(lambda rendering: hashlib.sha256(rendering.code.encode()).hexdigest())
    issued_at = factory.LazyFunction(timezone.now)


class UploadInProgressFactory(factory.django.DjangoModelFactory):
    """The row of a file of which nothing has arrived; its bytes come by ``documents.uploads``."""

    class Meta:
        model = UploadInProgress

    owner = factory.SubFactory(UserFactory)
    purpose = "prueba"
    name = factory.Sequence(lambda n: f"archivo-{n}.pdf")
    size = 1024
    sha256 = factory.LazyAttribute(lambda upload: hashlib.sha256(upload.name.encode()).hexdigest())
    begun_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=1))


class InfectionFactory(factory.django.DjangoModelFactory):
    """Something that the antivirus found in a file that was refused."""

    class Meta:
        model = Infection

    find = "Eicar-Signature"
    name = factory.Sequence(lambda n: f"archivo-{n}.pdf")
    size = 1024
    sha256 = factory.LazyAttribute(lambda found: hashlib.sha256(found.name.encode()).hexdigest())
    found_at = factory.LazyFunction(timezone.now)
    by = factory.SubFactory(UserFactory)
