"""Agencies, programs, the Guide and editions of the Rules, from an empty draft to a published text."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from django.utils import timezone

from accounts.models import BodyKind, Role
from programs.actions import amendments, publication, signoff
from programs.actions.drafting import version_of
from programs.models import (
    Agency,
    AgencyDuty,
    Annex,
    ApplicationQuestion,
    Budget,
    BudgetRule,
    CheckSetting,
    Comment,
    CommitteeSeat,
    Component,
    ComponentText,
    Contact,
    CoverageArea,
    Criterion,
    CriterionLevel,
    DisseminationAction,
    Edition,
    EligibilityRule,
    FeedbackWindow,
    GuideEdition,
    GuideSection,
    Indicator,
    LegalReference,
    Milestone,
    ParticipationMechanism,
    PlannedPayment,
    PlannedReport,
    Presence,
    Program,
    Remedy,
    Requirement,
    ScoringRule,
    SupportModality,
    TextVersion,
    TrainingSession,
    VerificationRule,
)
from programs.signing import ROUTE, SIGNERS
from programs.states import EditionState
from tests.factories.accounts import BodyFactory, MembershipFactory, UserFactory
from tests.harness.taped import TapedFactory

AMENDED_AT = datetime(2026, 5, 8, 16, 0, tzinfo=UTC)
GAZETTE_DAY = date(2026, 1, 8)  # a Thursday
PUBLISHED_AT = datetime(2026, 1, 9, 16, 0, tzinfo=UTC)

# Slug, section, blocks of data: the shape of the real Guide, with few components.
COMPONENTS = [
    ("legal-basis", "I", ["legal_references"]),
    ("basic-info", "I", ["budget", "coverage"]),
    ("benefits", "III", ["support_modalities", "payments", "reports", "verification_rules"]),
    (
        "beneficiaries",
        "III",
        ["eligibility_rules", "requirements", "application_questions", "budget_rules", "criteria", "annexes"],
    ),
    ("process", "III", ["schedule", "committee_seats", "feedback_window", "remedies", "training"]),
    ("dissemination", "V", ["contacts", "dissemination"]),
    ("complaints", "V", ["contacts"]),
    ("control-participation", "V", ["participation", "indicators"]),
]


class AgencyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Agency

    body = factory.SubFactory(BodyFactory, kind=BodyKind.AGENCY)
    acronym = factory.Sequence(lambda n: f"DEP{n}")


class AgencyDutyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgencyDuty

    agency = factory.SubFactory(AgencyFactory)
    kind = AgencyDuty.Kind.OPERATES


class ProgramFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Program

    class Params:
        unidentified = factory.Trait(agency=None, name_es="", name_en="")

    code = factory.Sequence(lambda n: f"PROG-{n}")
    agency = factory.SubFactory(AgencyFactory)
    name_es = factory.Sequence(lambda n: f"Programa {n}")
    name_en = factory.Sequence(lambda n: f"Program {n}")


class GuideEditionFactory(factory.django.DjangoModelFactory):
    """A Guide with the components of the list above."""

    class Meta:
        model = GuideEdition
        django_get_or_create = ("year",)
        skip_postgeneration_save = True

    year = 2024
    title = "Guía 2024"

    @factory.post_generation
    def components(self, create, extracted, **kwargs):
        if self.components.exists():
            return
        sections = {numeral: _section(self, numeral) for numeral in dict.fromkeys(c[1] for c in COMPONENTS)}
        Component.objects.bulk_create(
            Component(
                guide=self, section=sections[numeral], slug=slug, number=number, title_es=slug, blocks=blocks
            )
            for number, (slug, numeral, blocks) in enumerate(COMPONENTS, start=1)
        )


def _section(guide, numeral):
    position = guide.sections.count()
    return GuideSection.objects.create(guide=guide, numeral=numeral, title_es=numeral, position=position)


class CheckSettingFactory(factory.django.DjangoModelFactory):
    """A check that planning made blocking in the Guide."""

    class Meta:
        model = CheckSetting

    guide = factory.SubFactory(GuideEditionFactory)
    code = "budget-key"
    level = "blocking"
    set_by = factory.SubFactory(UserFactory)
    set_at = factory.LazyFunction(timezone.now)


class EditionFactory(TapedFactory):
    """An empty draft; ``complete``, ``sent``, ``approved`` and ``published`` take it further.

    Each goes through the actions, with the people of ``people_of(edition)``.
    """

    class Meta:
        model = Edition
        skip_postgeneration_save = True

    program = factory.SubFactory(ProgramFactory)
    fiscal_year = 2026
    guide = factory.SubFactory(GuideEditionFactory)
    code = factory.LazyAttributeSequence(
        lambda o, n: f"ROP-{o.program.agency.acronym}-{o.fiscal_year}-{n:02}"
    )
    created_at = factory.LazyFunction(timezone.now)

    class Params:
        draft = factory.Trait(state=EditionState.DRAFT)

    @factory.post_generation
    def texts(self, create, extracted, **kwargs):
        ComponentText.objects.bulk_create(
            ComponentText(edition=self, component=component) for component in self.guide.components.all()
        )

    @factory.post_generation
    def complete(self, create, extracted, **kwargs):
        if extracted:
            fill(self)

    @factory.post_generation
    def sent(self, create, extracted, **kwargs):
        if extracted:
            send(self)

    @factory.post_generation
    def approved(self, create, extracted, **kwargs):
        if extracted:
            approve(self)

    @factory.post_generation
    def published(self, create, extracted, **kwargs):
        if extracted:
            publish(self)


class People:
    """One person for each role that an edition passes through, by role; made when first asked for."""

    def __init__(self, edition):
        self._agency = edition.program.agency

    def __getattr__(self, role):
        if role not in Role.values:
            raise AttributeError(role)
        duty = DUTIES.get(role)
        person = _person(Role(role), (_agency_of(duty) if duty else self._agency).body)
        setattr(self, role, person)
        return person

    def everyone(self):
        return [getattr(self, role) for role in (*OWN, *DUTIES)]


OWN = [role.value for role in (Role.EDITOR, Role.LEGAL, Role.OPERATOR, Role.VERIFIER, Role.HEAD)]
DUTIES = {role.value: duty for role, duty in SIGNERS.values() if duty} | {
    Role.GUIDE_OWNER.value: AgencyDuty.Kind.GUIDES
}


def people_of(edition):
    return People(edition)


def _agency_of(duty):
    found = AgencyDuty.objects.current().of_kind(duty).select_related("agency__body").first()
    return found.agency if found else AgencyDutyFactory(kind=duty).agency


def _person(role, body):
    found = body.memberships.current().with_role(role).select_related("user").first()
    return found.user if found else MembershipFactory(role=role, body=body, user=UserFactory()).user


def send(edition):
    if not edition.texts.exclude(text="").exists():
        fill(edition)
    people = people_of(edition)
    people.everyone()
    return signoff.send(edition, by=people.editor)


def approve(edition):
    send(edition)
    people = people_of(edition)
    for step in ROUTE:
        signoff.sign(edition, by=getattr(people, SIGNERS[step][0].value))
    return edition


def publish(edition, **citation):
    if edition.is_editable():
        approve(edition)
    return publication.publish(
        edition, by=people_of(edition).head, **({"at": PUBLISHED_AT} | CITATION | citation)
    )


def begin_amendment(edition, *, reason="Cambió el presupuesto.", at=AMENDED_AT, **kwargs):
    """An amendment begun by an editor of the agency; what it changes is left to the test."""
    return amendments.start(edition, reason=reason, by=people_of(edition).editor, at=at, **kwargs)


def publish_amendment(edition, **citation):
    """Send, sign and publish what the open amendment changed."""
    edition = Edition.objects.get(pk=edition.pk)
    return publish(edition, **({"at": AMENDED_AT} | AMENDING | citation))


CITATION = {
    "gazette_date": GAZETTE_DAY,
    "gazette_volume": "CDX",
    "gazette_number": "12",
    "gazette_section": "III",
    "in_force_from": date(2026, 1, 9),
}
AMENDING = {
    "gazette_date": date(2026, 5, 7),  # a Thursday
    "gazette_volume": "CDXI",
    "gazette_number": "30",
    "gazette_section": "II",
    "in_force_from": date(2026, 5, 20),
}


class TextVersionFactory(factory.django.DjangoModelFactory):
    """What a component says now, kept."""

    class Meta:
        model = TextVersion

    text = factory.LazyAttribute(lambda _: EditionFactory().texts.first())
    number = factory.LazyAttribute(lambda o: o.text.version)
    html = factory.LazyAttribute(lambda o: o.text.text)
    sitting = factory.SelfAttribute("number")
    saved_at = factory.LazyFunction(timezone.now)


class PresenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Presence

    text = factory.LazyAttribute(lambda _: EditionFactory().texts.first())
    user = factory.SubFactory(UserFactory)
    page = factory.Sequence(lambda n: f"{n:024x}")
    is_writing = True
    seen_at = factory.LazyFunction(timezone.now)


class CommentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Comment

    text = factory.LazyAttribute(lambda _: EditionFactory().texts.first())
    author = factory.SubFactory(UserFactory)
    body = "¿Y las organizaciones nuevas?"
    at = factory.LazyFunction(timezone.now)


LEGEND = (
    "<p>Este programa es público, ajeno a cualquier partido político. "
    "El aviso de privacidad está en demo.example.</p>"
)


def write_texts(edition, html="<p>Texto del componente.</p>"):
    """Give every component without a text its first one, with its version."""
    texts = list(edition.texts.filter(text="").select_related("component"))
    for text in texts:
        said = LEGEND if text.component.slug == "dissemination" else html
        text.text, text.version, text.sitting, text.saved_at = said, 1, 1, timezone.now()
    ComponentText.objects.bulk_update(texts, ["text", "version", "sitting", "saved_at"])
    TextVersion.objects.bulk_create(version_of(text) for text in texts)


# A small edition with everything that the blocking checks ask for


def fill(edition, *, opens=None, closes=None):
    """Give a draft texts and rows such that no check, blocking or advisory, finds anything."""
    write_texts(edition)
    year = edition.fiscal_year
    rows = [
        Budget(
            key="budget",
            authorized=Decimal("1000000"),
            operating=Decimal("100000"),
            budget_key="00 DEMO 001",
        ),
        SupportModality(
            key="proyectos",
            name="Proyectos",
            minimum=Decimal("50000"),
            maximum=Decimal("100000"),
            ceiling=Decimal("900000"),
            own_share=Decimal("10"),
        ),
        EligibilityRule(
            key="sin-fines-de-lucro",
            statement="No tener fines de lucro.",
            question="¿Su organización no tiene fines de lucro?",
            right_answer=True,
        ),
        *_requirements(),
        *_questions(),
        BudgetRule(key="honorarios", concept="Honorarios", maximum_share=Decimal("50")),
        BudgetRule(key="materiales", concept="Materiales"),
        BudgetRule(key="sueldos", concept="Sueldos directivos", is_allowed=False),
        *_criteria(),
        ScoringRule(key="scoringrule", pass_mark=70, evaluators=2, quorum=2),
        *_milestones(opens or date(year, 3, 2), closes or date(year, 3, 31)),
        *_seats(),
        FeedbackWindow(
            key="feedbackwindow",
            after="results_published",
            days=10,
            unit="business",
            answer_days=5,
            answer_unit="business",
        ),
        Remedy(
            key="aclaracion",
            kind="clarification",
            name="Aclaración",
            authority="Unidad",
            days=5,
            unit="business",
        ),
        Remedy(
            key="reconsideracion",
            kind="reconsideration",
            name="Reconsideración",
            authority="Titular",
            days=10,
            unit="business",
            answer_days=10,
            answer_unit="business",
            legal_basis="Componente 10",
        ),
        Remedy(
            key="denuncia",
            kind="internal_control",
            name="Denuncia",
            authority="Contraloría",
            allows_anonymous=True,
        ),
        Remedy(key="recurso", kind="appeal", name="Recurso de inconformidad", authority="Tribunal"),
        TrainingSession(
            key="comprobacion",
            name="Comprobación del gasto",
            need="Preguntas del formulario",
            on=date(year, 5, 4),
        ),
        *_contacts(),
        DisseminationAction(
            key="portal",
            medium="Portal",
            on=date(year, 3, 2),
            place="En línea",
            audience="Organizaciones",
            language_or_format="Español",
        ),
        ParticipationMechanism(key="consulta", kind="consultation", name="Taller anual"),
        ParticipationMechanism(key="contraloria", kind="social_control", name="Contraloría social"),
        LegalReference(
            key="ley",
            kind="law",
            norm="Ley de demostración",
            article="Artículo 1",
            is_confirmed=True,
            consulted_on=date(2026, 1, 5),
        ),
        CoverageArea(key="state", level="state", name="Jalisco"),
        *_spending(),
        *_indicators(),
        Annex(key="formato", kind="form", name="Formato de proyecto", link="https://demo.example/formato"),
    ]
    for position, row in enumerate(rows, start=1):
        row.edition, row.position = edition, position
        row.save()
    return edition


def _spending():
    yield PlannedPayment(
        key="primera",
        name="Primera ministración",
        share=Decimal("60"),
        days=10,
        unit="business",
        after="agreements_signed",
        paid_by="Hacienda",
    )
    yield PlannedPayment(
        key="segunda",
        name="Segunda ministración",
        share=Decimal("40"),
        report_key="parcial",
        days=60,
        unit="calendar",
        after="project_operation",
        paid_by="Hacienda",
    )
    received = {"received_by": "Dirección de seguimiento"}
    yield PlannedReport(
        key="parcial",
        kind="partial",
        name="Informe parcial",
        days=45,
        unit="calendar",
        payment_key="primera",
        **received,
    )
    yield PlannedReport(
        key="final",
        kind="final",
        name="Informe final",
        days=0,
        unit="calendar",
        after="reports_delivered",
        **received,
    )
    yield VerificationRule(
        key="honorarios",
        concept="Honorarios",
        proof="CFDI y transferencia",
        days=15,
        unit="business",
        after="reports_delivered",
        refund_days=10,
        refund_unit="business",
        **received,
    )
    yield VerificationRule(key="sueldos", concept="Sueldos directivos", is_eligible=False)


def _indicators():
    for level in ("end", "purpose", "component", "activity"):
        yield Indicator(
            key=level,
            level=level,
            name=f"Indicador de {level}",
            formula="A / B × 100",
            measure="Porcentaje",
            frequency="yearly",
            goal=Decimal("80"),
            means="Registro del programa",
        )


def _requirements():
    common = {
        "delivery": "electronic",
        "form": "copy",
        "signature": "none",
        "deadline": "Antes del cierre",
        "file_format": "PDF",
        "quantity": 1,
        "received_by": "Oficialía",
        "legal_basis": "Ley de demostración, artículo 1",
    }
    return [
        Requirement(key="acta", stage="application", name="Acta constitutiva", **common),
        Requirement(key="plan", stage="application", name="Plan de trabajo", identifies=False, **common),
        Requirement(key="cuenta", stage="payment", name="Estado de cuenta", **common),
        Requirement(key="informe", stage="verification", name="Informe final", **common),
    ]


def _questions():
    return [
        ApplicationQuestion(
            key="problema", section="Proyecto", label="¿Qué problema atiende?", kind="long", word_limit=200
        ),
        ApplicationQuestion(
            key="personas", section="Proyecto", label="¿A cuántas personas atiende?", kind="number"
        ),
        ApplicationQuestion(
            key="experiencia",
            section="Organización",
            label="¿Qué experiencia tiene?",
            kind="short",
            identifies=True,
            is_obligatory=False,
        ),
    ]


def _criteria():
    weights = {"diagnostico": 40, "desigualdad": 60}
    for place, (key, weight) in enumerate(weights.items(), start=1):
        yield Criterion(
            key=key,
            name=key.capitalize(),
            weight=weight,
            favours_priority_groups=key == "desigualdad",
            tie_break=3 - place,
        )
        for points, label in ((0, "Ausente"), (weight // 2, "Parcial"), (weight, "Completo")):
            yield CriterionLevel(
                key=f"{key}-{points}", criterion_key=key, points=points, label=label, descriptor=f"{label}."
            )


TERMS = [
    ("documents_delivered", "cso", 10, "business", "call_closed"),
    ("ruling", "committee", 24, "calendar", "call_closed"),
    ("results_published", "agency", 30, "calendar", "call_closed"),
    ("agreements_signed", "both", 10, "business", "results_published"),
    ("benefit_delivered", "agency", 10, "business", "agreements_signed"),
    ("project_operation", "cso", 5, "business", "benefit_delivered"),
    ("reports_delivered", "cso", 120, "calendar", "project_operation"),
    ("verification_closed", "agency", 30, "calendar", "reports_delivered"),
]


def _milestones(opens, closes):
    yield Milestone(key="call_issued", code="call_issued", side="agency", on=opens)
    yield Milestone(key="call_closed", code="call_closed", side="agency", on=closes)
    for code, side, days, unit, after in TERMS:
        yield Milestone(key=code, code=code, side=side, days=days, unit=unit, after=after)


def _seats():
    common = {"chosen_by": "Por su cargo", "powers": "Delibera."}
    return [
        CommitteeSeat(key="presidencia", kind="chair", name="Titular", **common),
        CommitteeSeat(
            key="secretaria", kind="secretary", name="Secretaría técnica", has_vote=False, **common
        ),
        CommitteeSeat(key="academia", kind="member", name="Academia", **common),
        CommitteeSeat(key="sociedad", kind="member", name="Sociedad civil", **common),
    ]


def _contacts():
    channels = {
        "phone": "33 0000 0000",
        "email": "asesoria@demo.example",
        "address": "Calle Uno 1, Guadalajara",
    }
    for channel, value in channels.items():
        yield Contact(key=f"advice-{channel}", purpose="advice", channel=channel, value=value)
    yield Contact(
        key="internal_control-email",
        purpose="internal_control",
        channel="email",
        value="oic@demo.example",
        name="OIC",
    )
