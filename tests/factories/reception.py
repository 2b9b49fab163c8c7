"""What an application holds and what the desk finds of it, row by row; its life is in ``applications``."""

import hashlib
from datetime import timedelta

import factory
from django.utils import timezone

from calls.models import (
    Answer,
    Assistance,
    Barred,
    BudgetLine,
    Defect,
    EligibilityAnswer,
    Prevention,
    ReadingRight,
    RequirementCheck,
    SetAside,
    Submission,
    SuppliedDocument,
    VaultDocument,
    VaultReminder,
)
from programs.models import ApplicationQuestion, BudgetRule, EligibilityRule, Requirement
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory, OrganizationFactory
from tests.factories.documents import DocumentFactory


class AssistanceFactory(factory.django.DjangoModelFactory):
    """Staff enter the application, because its organization asked at the agency."""

    class Meta:
        model = Assistance

    application = factory.SubFactory(ApplicationFactory)
    helper = factory.SubFactory(UserFactory)
    asked_by = "Rosa Peña, presidenta"
    channel = Assistance.Channel.IN_PERSON
    authorization = factory.SubFactory(DocumentFactory)
    since = factory.LazyFunction(timezone.now)


def first_of(model, **filters):
    """The first row of a block in the Rules under which the application stands."""

    def find(row):
        application = getattr(row, "application", None) or row.prevention.application
        rows = model.objects.of_publication(application.call.publication_id).filter(**filters)
        return rows.order_by("position", "pk").first()

    return factory.LazyAttribute(find)


class OfApplication(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    application = factory.SubFactory(ApplicationFactory)


class AnswerFactory(OfApplication):
    class Meta:
        model = Answer

    question = first_of(ApplicationQuestion)
    text = "Muchas mujeres del municipio no tienen trabajo."
    saved_at = factory.LazyFunction(timezone.now)
    saved_by = factory.SubFactory(UserFactory)


class EligibilityAnswerFactory(OfApplication):
    class Meta:
        model = EligibilityAnswer

    rule = first_of(EligibilityRule)
    answer = True
    saved_at = factory.LazyFunction(timezone.now)


class SuppliedDocumentFactory(OfApplication):
    class Meta:
        model = SuppliedDocument

    requirement = first_of(Requirement, stage=Requirement.Stage.APPLICATION)
    document = factory.SubFactory(DocumentFactory)
    supplied_at = factory.LazyFunction(timezone.now)
    supplied_by = factory.SubFactory(UserFactory)


class BudgetLineFactory(OfApplication):
    class Meta:
        model = BudgetLine

    rule = first_of(BudgetRule, is_allowed=True)
    description = "Talleres"
    from_grant = 50000


class SetAsideFactory(OfApplication):
    class Meta:
        model = SetAside

    field = "project_title"
    text = "Otro título"
    by = factory.SubFactory(UserFactory)
    at = factory.LazyFunction(timezone.now)


class SubmissionFactory(OfApplication):
    """The sealed text of a submission, not the act: for that, ``ApplicationFactory(submitted=True)``."""

    class Meta:
        model = Submission

    received_at = factory.LazyFunction(timezone.now)
    snapshot = factory.LazyAttribute(lambda one: f'{{"application":"{one.application.public_id}"}}')
    sha256 = factory.LazyAttribute(lambda one: hashlib.sha256(one.snapshot.encode()).hexdigest())


class RequirementCheckFactory(OfApplication):
    class Meta:
        model = RequirementCheck

    requirement = first_of(Requirement, stage=Requirement.Stage.APPLICATION)
    outcome = RequirementCheck.Outcome.MET
    by = factory.SubFactory(UserFactory)
    at = factory.LazyFunction(timezone.now)


class PreventionFactory(OfApplication):
    class Meta:
        model = Prevention

    days = 5
    issued_at = factory.LazyFunction(timezone.now)
    issued_by = factory.SubFactory(UserFactory)
    due_at = factory.LazyAttribute(lambda one: one.issued_at + timedelta(days=7))


class DefectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Defect

    prevention = factory.SubFactory(PreventionFactory)
    requirement = first_of(Requirement, stage=Requirement.Stage.APPLICATION)
    kind = Defect.Kind.OUTDATED
    comment = "Suba el acta vigente."


class ReadingRightFactory(OfApplication):
    class Meta:
        model = ReadingRight

    user = factory.SubFactory(UserFactory)
    kind = ReadingRight.Kind.COMMITTEE
    since = factory.LazyFunction(timezone.now)


class BarredFactory(OfApplication):
    class Meta:
        model = Barred

    user = factory.SubFactory(UserFactory)
    since = factory.LazyFunction(timezone.now)


class VaultDocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = VaultDocument
        exclude = ["application"]

    application = None
    organization = factory.LazyAttribute(
        lambda row: row.application.organization if row.application else OrganizationFactory()
    )
    kind = Requirement.DocumentKind.ARTICLES
    document = factory.SubFactory(DocumentFactory)
    added_at = factory.LazyFunction(timezone.now)
    added_by = factory.SubFactory(UserFactory)


class VaultReminderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = VaultReminder
        exclude = ["application"]

    application = None
    vaulted = factory.SubFactory(
        VaultDocumentFactory, application=factory.SelfAttribute("..application"), kind="power"
    )
    days = 60
    at = factory.LazyFunction(timezone.now)
