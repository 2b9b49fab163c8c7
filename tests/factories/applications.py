"""Organizations and their applications, from an empty draft to an admitted file, through the actions."""

import io
from datetime import timedelta
from decimal import Decimal

import factory
import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import BodyKind, Role
from calls import identifiers
from calls.actions import answers, applications, desk, documents
from calls.contents import Contents
from calls.models import Application, Call, Organization, RequirementCheck
from calls.states import CallState
from tests.factories.accounts import BodyFactory, MembershipFactory, UserFactory
from tests.factories.programs import EditionFactory, people_of
from tests.harness.taped import TapedFactory

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def rfc_number(n):
    """A valid RFC of a legal person, another one for each number."""
    body = f"{LETTERS[n // 676 % 26]}{LETTERS[n // 26 % 26]}{LETTERS[n % 26]}2001{1 + n % 28:02}A{n % 10}"
    return body + identifiers.rfc_check_digit(body)


class OpenCallFactory(TapedFactory):
    """A published call that receives applications now; ``edition`` says of which Rules."""

    class Meta:
        model = Call
        exclude = ["edition"]

    class Params:
        closed = factory.Trait(
            opens_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=40)),
            closes_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=5)),
        )

    edition = factory.SubFactory(EditionFactory, published=True)
    publication = factory.LazyAttribute(lambda o: o.edition.publications.get())
    folio = factory.Sequence(lambda n: f"CONV-DEP-2026-{n:02}")
    title = "Asociaciones por la Igualdad 2026"
    summary = "Apoya proyectos de organizaciones."
    opens_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=10))
    closes_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=20))
    state = CallState.PUBLISHED
    created_at = factory.LazyFunction(timezone.now)
    published_at = factory.LazyFunction(timezone.now)
    created_by = factory.SubFactory(UserFactory)


class OrganizationFactory(factory.django.DjangoModelFactory):
    """An organization with its legal representative; ``drafter=True`` adds somebody who drafts."""

    class Meta:
        model = Organization
        skip_postgeneration_save = True

    body = factory.SubFactory(
        BodyFactory, kind=BodyKind.ORGANIZATION, name_es=factory.Sequence(lambda n: f"Colectiva {n} A.C.")
    )
    legal_form = Organization.LegalForm.AC
    rfc = factory.Sequence(rfc_number)
    clabe = "032180000118359719"

    @factory.post_generation
    def representative(self, create, extracted, **kwargs):
        person = extracted or UserFactory(name="Ana Ruiz")
        MembershipFactory(user=person, body=self.body, role=Role.REPRESENTATIVE)

    @factory.post_generation
    def drafter(self, create, extracted, **kwargs):
        if extracted:
            MembershipFactory(user=UserFactory(name="Beto Díaz"), body=self.body, role=Role.DRAFTER)


def representative_of(organization):
    return person_of(organization, Role.REPRESENTATIVE)


def drafter_of(organization):
    return person_of(organization, Role.DRAFTER)


def person_of(organization, role):
    return organization.body.memberships.current().with_role(role).order_by("pk").first().user


def operator_of(call):
    return people_of(call.publication.edition).operator


class ApplicationFactory(TapedFactory):
    """An empty draft; ``complete``, ``submitted``, ``prevented``, ``admitted`` take it further."""

    class Meta:
        model = Application
        skip_postgeneration_save = True

    call = factory.SubFactory(OpenCallFactory)
    organization = factory.SubFactory(OrganizationFactory, drafter=True)

    @classmethod
    def _create(cls, model_class, *args, call, organization, **fields):
        person = representative_of(organization)
        application = applications.start(call, organization, by=person)
        if fields:
            Application.objects.filter(pk=application.pk).update(**fields)
            application.refresh_from_db()
        return application

    @factory.post_generation
    def complete(self, create, extracted, **kwargs):
        if extracted:
            fill(self)

    @factory.post_generation
    def submitted(self, create, extracted, **kwargs):
        if extracted:
            submit(self)

    @factory.post_generation
    def prevented(self, create, extracted, **kwargs):
        if extracted:
            prevent(self)

    @factory.post_generation
    def admitted(self, create, extracted, **kwargs):
        if extracted:
            admit(self)


ANSWERS = {
    "problema": "Muchas mujeres del municipio no tienen trabajo.",
    "personas": "120",
    "experiencia": "Diez años.",
}


def fill(application, *, by=None, at=None):
    """Answer everything that the factory's Rules ask for."""
    by = by or representative_of(application.organization)
    contents = Contents(application)
    answers.save_eligibility(
        application, {rule.key: rule.right_answer for rule in contents.eligibility_rules}, by=by, at=at
    )
    answers.save_project(
        application,
        {
            "project_title": answers.Typed("Talleres de oficios"),
            "modality": answers.Typed(contents.modalities[0].key),
            "municipality": answers.Typed(municipality().pk),
            "requested_amount": answers.Typed("80000.00"),
        },
        by=by,
        at=at,
    )
    contents = Contents(application)
    written = [question for question in contents.questions if not question.is_file]
    said = {q.key: answers.Typed(ANSWERS.get(q.key, "Texto")) for q in written}
    answers.save_answers(application, said, by=by, at=at)
    for question in [question for question in contents.questions if question.is_file]:
        documents.supply_answer(application, question, pdf_file(f"{question.key}.pdf"), by=by, at=at)
    answers.save_budget(application, budget_lines(contents), by=by, at=at)
    for requirement in contents.requirements:
        documents.supply(application, requirement, pdf_file(f"{requirement.key}.pdf"), by=by, at=at)
    return application


def budget_lines(contents):
    """A budget of 80,000 of the grant within every ceiling of the factory's Rules."""
    rule = next(rule for rule in contents.budget_rules if rule.key == "materiales")
    amounts = {"from_grant": Decimal(80000), "own_money": Decimal(5000), "own_kind": Decimal(5000)}
    return [{"rule": rule, "description": "Telas e hilos", **amounts}]


def municipality():
    from programs.models import Municipality

    found, _new = Municipality.objects.get_or_create(
        pk="14039",
        defaults={
            "name": "Guadalajara", "region": "Centro", "postal_min": "44009", "postal_max": "44990",
            "tile_column": 5, "tile_row": 5,
        },
    )  # fmt: skip
    return found


def pdf_bytes(words="", pages=1):
    """A small PDF; different words make different bytes."""
    pdf = pikepdf.new()
    for _page in range(pages):
        pdf.add_blank_page(page_size=(612, 792))
    pdf.docinfo["/Title"] = words
    kept = io.BytesIO()
    pdf.save(kept, deterministic_id=True)
    return kept.getvalue()


def pdf_file(name="documento.pdf", words=""):
    return SimpleUploadedFile(name, pdf_bytes(words or name), content_type="application/pdf")


def submit(application, *, at=None, key=""):
    if application.requested_amount is None:
        fill(application)
    applications.submit(application, by=representative_of(application.organization), at=at, key=key)
    return application


def check_all(application, *, by=None):
    by = by or operator_of(application.call)
    for requirement in desk.required(application):
        desk.check(application, requirement, outcome=RequirementCheck.Outcome.MET, by=by)
    return application


def prevent(application, *, days=5, at=None):
    """Ask for one document and one answer to be corrected."""
    submit(application)
    contents = Contents(application)
    defects = [
        desk.DefectFound("outdated", "Suba el acta vigente.", requirement=contents.requirements[0]),
        desk.DefectFound("incomplete", "Diga cuántas.", question=contents.questions[0]),
    ]
    desk.prevent(application, defects, by=operator_of(application.call), days=days, at=at)
    return application


def admit(application):
    if application.state == "draft":
        submit(application)
    check_all(application)
    return desk.admit(application, by=operator_of(application.call))
