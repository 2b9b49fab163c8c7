import pytest

from programs.loading import load_reference
from programs.models import Assessment, Edition, Practice
from programs.states import EditionState

pytestmark = pytest.mark.django_db
NO_SOURCE = "queda vacío hasta que la haya"


@pytest.fixture(autouse=True)
def _reference():
    load_reference()


def page(client, code="GP-02", accept=200):
    answer = client.get(f"/armonizacion/practicas/{code}/")
    assert answer.status_code == accept
    return answer.text


def test_a_practice_says_what_it_is_and_who_follows_it_with_its_proof(client):
    shown = page(client)

    assert "Hay una etapa de retroalimentación" in shown
    assert "1 de 5 programas la adoptaron" in shown
    assert "/reglas/COECYTJAL-DD/2024/?practica=GP-02#practica" in shown


def test_a_text_without_a_source_stays_empty_and_says_so(client):
    assert page(client).count(NO_SOURCE) == 2

    Practice.objects.filter(code="GP-02").update(why_it_matters="Para mejorar la próxima solicitud.")

    assert page(client).count(NO_SOURCE) == 1
    assert "Para mejorar la próxima solicitud." in page(client)


def test_years_stand_newest_first_with_planning_s_word(client):
    edition = Edition.objects.get(code="SSAS-OSC-2024")
    Edition.objects.filter(pk=edition.pk).update(fiscal_year=2025)
    Assessment.objects.create(
        edition=edition, practice=Practice.objects.get(code="GP-02"), verdict="partial", review="contested",
        observation="Solo por escrito", review_note="No dice el plazo", assessed_at=edition.created_at,
    )  # fmt: skip

    shown = page(client)

    assert shown.index("2025: 0 de 5") < shown.index("2024: 1 de 5")
    assert "Solo por escrito" in shown
    assert "No dice el plazo" in shown


def test_what_a_draft_declares_is_not_shown(client):
    Edition.objects.filter(code="COECYTJAL-DD-2024").update(state=EditionState.DRAFT)

    assert "Nadie ha declarado aún esta práctica" in page(client)


def test_a_practice_nobody_declared_says_so(client):
    assert "Nadie ha declarado aún esta práctica" in page(client, "GP-12")


def test_an_unknown_practice_does_not_exist(client):
    page(client, "GP-99", accept=404)


def test_the_page_costs_the_same_for_one_program_as_for_three(client, django_assert_num_queries):
    with django_assert_num_queries(3):
        page(client, "GP-02")
    with django_assert_num_queries(3):
        page(client, "GP-01")


def test_the_page_is_complete_in_english(client):
    client.cookies["django_language"] = "en"

    shown = page(client)

    assert "1 of 5 programs adopted it" in shown
    assert "Hay una etapa" not in shown
