"""Blocks of data of an edition: one row each, with what its table insists on."""

from decimal import Decimal

import factory

from programs.models import (
    Annex,
    ApplicationQuestion,
    Budget,
    BudgetRule,
    CommitteeSeat,
    Contact,
    CoverageArea,
    Criterion,
    CriterionLevel,
    DisseminationAction,
    EligibilityRule,
    FeedbackWindow,
    Indicator,
    LegalReference,
    Milestone,
    ParticipationMechanism,
    PlannedPayment,
    PlannedReport,
    Remedy,
    Requirement,
    ScoringRule,
    SupportModality,
    TrainingSession,
    VerificationRule,
)
from tests.factories.programs import EditionFactory


class BlockFactory(factory.django.DjangoModelFactory):
    """A row of a draft. ``publication`` makes it a row of what was published."""

    class Meta:
        abstract = True

    edition = factory.SubFactory(EditionFactory)
    key = factory.Sequence(lambda n: f"fila-{n}")
    position = factory.Sequence(lambda n: n % 1000)


class BudgetFactory(BlockFactory):
    class Meta:
        model = Budget

    authorized = Decimal("1000000")
    operating = Decimal("100000")


class SupportModalityFactory(BlockFactory):
    class Meta:
        model = SupportModality

    name = factory.Sequence(lambda n: f"Modalidad {n}")
    minimum = Decimal("50000")
    maximum = Decimal("100000")


class EligibilityRuleFactory(BlockFactory):
    class Meta:
        model = EligibilityRule

    statement = "No tener fines de lucro."
    question = "¿Su organización no tiene fines de lucro?"


class ApplicationQuestionFactory(BlockFactory):
    class Meta:
        model = ApplicationQuestion

    section = "Proyecto"
    label = factory.Sequence(lambda n: f"¿Pregunta {n}?")
    kind = ApplicationQuestion.Kind.LONG


class BudgetRuleFactory(BlockFactory):
    class Meta:
        model = BudgetRule

    concept = factory.Sequence(lambda n: f"Concepto {n}")


class RequirementFactory(BlockFactory):
    class Meta:
        model = Requirement

    stage = Requirement.Stage.APPLICATION
    name = factory.Sequence(lambda n: f"Documento {n}")


class CriterionFactory(BlockFactory):
    class Meta:
        model = Criterion

    name = factory.Sequence(lambda n: f"Criterio {n}")
    weight = 20


class CriterionLevelFactory(BlockFactory):
    class Meta:
        model = CriterionLevel

    criterion_key = "criterio"
    points = 10
    label = "Parcial"
    descriptor = "Lo muestra en parte."


class ScoringRuleFactory(BlockFactory):
    class Meta:
        model = ScoringRule

    pass_mark = 70


class CommitteeSeatFactory(BlockFactory):
    class Meta:
        model = CommitteeSeat

    kind = CommitteeSeat.Kind.MEMBER
    name = "Academia"


class MilestoneFactory(BlockFactory):
    """By default a rule: thirty calendar days after the reception closes."""

    class Meta:
        model = Milestone

    code = "results_published"
    side = "agency"
    days = 30
    unit = "calendar"
    after = "call_closed"


class FeedbackWindowFactory(BlockFactory):
    class Meta:
        model = FeedbackWindow

    after = "results_published"
    days = 10
    unit = "business"
    answer_days = 5
    answer_unit = "business"


class RemedyFactory(BlockFactory):
    class Meta:
        model = Remedy

    kind = "clarification"
    name = "Aclaración"
    authority = "Unidad responsable"


class TrainingSessionFactory(BlockFactory):
    class Meta:
        model = TrainingSession

    name = "Comprobación del gasto"
    need = "Preguntas del formulario"


class ContactFactory(BlockFactory):
    class Meta:
        model = Contact

    purpose = "advice"
    channel = "email"
    value = "asesoria@demo.example"


class DisseminationActionFactory(BlockFactory):
    class Meta:
        model = DisseminationAction

    medium = "Portal"


class ParticipationMechanismFactory(BlockFactory):
    class Meta:
        model = ParticipationMechanism

    kind = "consultation"
    name = "Taller anual"


class LegalReferenceFactory(BlockFactory):
    class Meta:
        model = LegalReference

    kind = LegalReference.Kind.LAW
    norm = factory.Sequence(lambda n: f"Ley {n}")
    article = "Artículo 1"


class CoverageAreaFactory(BlockFactory):
    class Meta:
        model = CoverageArea

    level = CoverageArea.Level.REGION
    region = name = factory.Sequence(lambda n: f"Región {n}")


class PlannedPaymentFactory(BlockFactory):
    class Meta:
        model = PlannedPayment

    name = factory.Sequence(lambda n: f"Ministración {n}")
    share = Decimal("100")


class PlannedReportFactory(BlockFactory):
    class Meta:
        model = PlannedReport

    kind = PlannedReport.Kind.FINAL
    name = factory.Sequence(lambda n: f"Informe {n}")


class VerificationRuleFactory(BlockFactory):
    class Meta:
        model = VerificationRule

    concept = factory.Sequence(lambda n: f"Concepto {n}")


class IndicatorFactory(BlockFactory):
    class Meta:
        model = Indicator

    level = Indicator.Level.PURPOSE
    name = factory.Sequence(lambda n: f"Indicador {n}")


class AnnexFactory(BlockFactory):
    class Meta:
        model = Annex

    kind = Annex.Kind.FORM
    name = factory.Sequence(lambda n: f"Anexo {n}")
