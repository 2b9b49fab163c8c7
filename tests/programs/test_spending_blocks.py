"""Payments, reports, verification, indicators, coverage, norms, annexes: what they refuse and show."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext

from documents.models import Document
from programs import contents, references, snapshots, tables
from programs.actions import annexes, blocks
from programs.models import (
    Annex,
    CoverageArea,
    CriterionLevel,
    Indicator,
    PlannedPayment,
    PlannedReport,
    SupportModality,
    VerificationRule,
)
from rop_portal.demo.papers import paper
from tests.factories.programs import EditionFactory, people_of, publish
from tests.factories.reference import MunicipalityFactory, NonWorkingDayFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return EditionFactory()


@pytest.fixture
def add(edition):
    ana = people_of(edition).editor
    return lambda model, **values: blocks.add(model, edition, by=ana, **values)


def refusal(add, model, **values):
    """The fields that are refused; the row is not kept."""
    before = model.objects.count()
    with pytest.raises(ValidationError) as refused:
        add(model, **values)
    assert model.objects.count() == before
    return refused.value.message_dict


# Payments


def test_instalments_never_exceed_the_whole_support(add):
    add(PlannedPayment, name="Primera", share=Decimal("60"))

    assert list(refusal(add, PlannedPayment, name="Segunda", share=Decimal("40.01"))) == ["share"]
    assert add(PlannedPayment, name="Segunda", share=Decimal("40")).share == 40


def test_the_sum_is_that_of_what_one_modality_receives(add):
    add(SupportModality, name="A", minimum=1, maximum=2)
    add(SupportModality, name="B", minimum=1, maximum=2)
    add(PlannedPayment, name="De A", share=Decimal("70"), modality_key="a")
    add(PlannedPayment, name="De B", share=Decimal("100"), modality_key="b")

    assert list(refusal(add, PlannedPayment, name="De todas", share=Decimal("30"))) == ["share"]
    assert add(PlannedPayment, name="Otra de A", share=Decimal("30"), modality_key="a").pk


def test_changing_a_share_counts_the_row_once(add, edition):
    row = add(PlannedPayment, name="Única", share=Decimal("60"))

    blocks.change(row, by=people_of(edition).editor, share=Decimal("100"))

    assert PlannedPayment.objects.get().share == 100


@pytest.mark.parametrize("share", [Decimal("0"), Decimal("100.01"), Decimal("-5")])
def test_a_share_is_a_percentage(add, share):
    assert "share" in refusal(add, PlannedPayment, name="Única", share=share)


@pytest.mark.parametrize(
    "half",
    [
        {"days": 10},
        {"days": 10, "unit": "business"},
        {"days": 10, "after": "ruling"},
        {"after": "ruling", "unit": "business"},
        {"on": date(2026, 6, 1), "days": 1, "unit": "business", "after": "ruling"},
    ],
)
@pytest.mark.parametrize("model", [PlannedPayment, PlannedReport, VerificationRule])
def test_a_term_is_whole_or_left_for_later(add, model, half):
    named = {
        PlannedPayment: {"name": "P", "share": Decimal("100")},
        PlannedReport: {"name": "I", "kind": "final"},
        VerificationRule: {"concept": "C"},
    }[model]
    if model is VerificationRule and "on" in half:
        half = {"after": "ruling"}

    refusal(add, model, **named, **half)

    assert add(model, **named).pk


def test_a_report_counts_from_a_milestone_or_from_an_instalment_not_from_both(add):
    rule = {"days": 30, "unit": "calendar"}

    refusal(add, PlannedReport, kind="final", name="I", after="ruling", payment_key="primera", **rule)

    assert add(PlannedReport, kind="final", name="I", payment_key="primera", **rule).pk


def test_refund_days_say_their_unit(add):
    refusal(add, VerificationRule, concept="C", refund_days=10)

    assert add(VerificationRule, concept="C", refund_days=10, refund_unit="business").pk


def test_a_due_date_is_counted_through_the_instalment():
    edition = EditionFactory(complete=True)
    NonWorkingDayFactory(on=date(2026, 5, 18))

    says = contents.read(edition)
    shown = {row.key: says.due(row) for model in (PlannedPayment, PlannedReport) for row in says.rows(model)}

    # Results 30 April; agreements 10 business days later, 14 May; the first instalment skips 18 May
    assert says.dates["agreements_signed"] == date(2026, 5, 14)
    assert shown["primera"] == date(2026, 5, 29)
    assert shown["parcial"] == date(2026, 7, 13)


# Levels


def test_two_levels_of_a_criterion_do_not_give_the_same_points():
    edition = EditionFactory(complete=True)
    ana = people_of(edition).editor
    level = {"label": "Otro", "descriptor": "Otro."}

    with pytest.raises(ValidationError) as refused:
        blocks.add(CriterionLevel, edition, by=ana, criterion_key="diagnostico", points=20, **level)

    assert list(refused.value.message_dict) == ["points"]
    assert blocks.add(CriterionLevel, edition, by=ana, criterion_key="desigualdad", points=20, **level).pk


# Coverage


def test_a_place_takes_its_name_and_region_from_the_list(add):
    MunicipalityFactory(key="14039", name="Guadalajara", region="Centro")

    region = add(CoverageArea, level="region", region="Centro", municipality_key="14039")
    place = add(CoverageArea, level="municipality", municipality_key="14039")

    assert (region.name, region.municipality_key) == ("Centro", "")
    assert (place.name, place.region) == ("Guadalajara", "Centro")


def test_a_place_is_covered_once_and_exists(add):
    MunicipalityFactory(key="14039", name="Guadalajara", region="Centro")
    add(CoverageArea, level="region", region="Centro")

    assert "__all__" in refusal(add, CoverageArea, level="region", region="Centro")
    assert list(refusal(add, CoverageArea, level="region", region="Atlántida")) == ["region"]
    assert list(refusal(add, CoverageArea, level="municipality", municipality_key="1")) == [
        "municipality_key"
    ]


def test_the_whole_state_is_not_covered_with_its_parts(add):
    MunicipalityFactory(key="14039", region="Centro")
    region = add(CoverageArea, level="region", region="Centro")

    assert list(refusal(add, CoverageArea, level="state")) == ["level"]
    region.delete()
    add(CoverageArea, level="state")
    assert list(refusal(add, CoverageArea, level="region", region="Centro")) == ["level"]


# Annexes


def test_the_file_of_an_annex_is_kept_under_its_hash_and_served(add, edition, client):
    ana = people_of(edition).editor
    row = add(Annex, kind="form", name="Formato", **annexes.keep(paper("Formato"), by=ana))

    client.force_login(ana)
    answer = client.get(reverse("programs:draft_annex", args=[edition.code, row.key]))

    document = Document.objects.get()
    assert (row.file_name, row.file_sha256) == (document.name, document.sha256)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_a_published_annex_is_everybodys_and_its_hash_is_in_the_snapshot(client):
    edition = EditionFactory(complete=True)
    ana = people_of(edition).editor
    row = Annex.objects.get(key="formato")
    blocks.change(row, by=ana, **annexes.keep(paper("Formato"), by=ana))

    publication = publish(edition)

    frozen = snapshots.read(publication)["blocks"]["annexes"]["annex"][0]
    address = reverse("programs:annex", args=[edition.program.code, edition.fiscal_year, "formato"])
    assert frozen["file_sha256"] == Document.objects.get(name="documento.pdf").sha256
    assert "document" not in frozen
    assert b"".join(client.get(address).streaming_content).startswith(b"%PDF")
    assert client.get(address.replace("formato", "nada")).status_code == 404
    page = client.get(edition.get_absolute_url())
    assert f'href="{address}"' in page.text


def test_the_file_of_a_draft_is_not_for_strangers(add, edition, client):
    ana = people_of(edition).editor
    row = add(Annex, kind="form", name="Formato", **annexes.keep(paper("Formato"), by=ana))
    address = reverse("programs:draft_annex", args=[edition.code, row.key])

    assert client.get(address).status_code == 302
    client.force_login(people_of(EditionFactory()).editor)
    assert client.get(address).status_code == 404
    public = reverse("programs:annex", args=[edition.program.code, edition.fiscal_year, row.key])
    assert client.get(public).status_code == 404


def test_a_file_that_is_not_what_it_says_is_refused_beside_its_field(edition, client):
    client.force_login(people_of(edition).editor)
    upload = paper("Formato")
    upload.name = "formato.docx"

    answer = client.post(
        reverse("programs:row_add", args=[edition.code, "annex"]),
        {"kind": "form", "name": "Formato", "file": upload},
    )

    assert list(answer.context["form"].errors) == ["file"]
    assert not Annex.objects.exists()


def test_an_annex_is_added_with_its_file_on_the_screen(edition, client):
    client.force_login(people_of(edition).editor)

    answer = client.post(
        reverse("programs:row_add", args=[edition.code, "annex"]),
        {"kind": "form", "name": "Formato", "file": paper("Formato")},
    )

    assert answer.status_code == 302
    assert Annex.objects.get().document.media_type == "application/pdf"


# What people read


def test_numbers_of_an_indicator_are_not_money(edition):
    row = Indicator(level="end", name="I", goal=Decimal("1250.50"), edition=edition)
    says = contents.read(edition)

    assert tables.value_in_words(row, Indicator._meta.get_field("goal"), says) == "1,250.5"


@pytest.mark.parametrize(
    ("token", "shown"),
    [
        ("fundamento.lista", ["Ley de demostración, Artículo 1"]),
        ("cobertura.lista", ["todo el estado"]),
        ("comprobacion.permitidos", ["Honorarios: CFDI y transferencia"]),
        ("comprobacion.prohibidos", ["Sueldos directivos"]),
        ("anexos.lista", ["Formato de proyecto"]),
    ],
)
def test_lists_of_the_new_blocks_are_shown_by_reference(token, shown):
    says = contents.read(EditionFactory(complete=True))

    assert references.available(says)[token].value(says) == shown


def test_terms_are_shown_with_the_day_they_count_to():
    says = contents.read(EditionFactory(complete=True))

    payments = references.available(says)["ministraciones.lista"].value(says)
    reports = references.available(says)["informes.lista"].value(says)

    assert payments[0] == (
        "Primera ministración: 60 % del apoyo; "
        "28 de mayo de 2026 (10 días hábiles después de: firma de convenios)"
    )
    assert reports[0] == (
        "Informe parcial; 12 de julio de 2026 (45 días naturales después de: primera ministración); "
        "lo recibe: Dirección de seguimiento"
    )
    assert reports[1].startswith("Informe final; 2 de octubre de 2026 (el mismo día que: entrega de")


def test_the_refused_sum_is_said_in_words(add):
    add(PlannedPayment, name="Primera", share=Decimal("60"))

    said = refusal(add, PlannedPayment, name="Segunda", share=Decimal("50"))["share"]

    message = gettext("With this share the instalments add up to %(sum)s %%. They cannot exceed 100.")
    assert said == [message % {"sum": "110"}]
