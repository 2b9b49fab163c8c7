"""Prose shows the data: what was written once cannot contradict itself."""

from datetime import date
from decimal import Decimal

import pytest

from programs import contents, references
from programs.models import Criterion, Milestone, SupportModality
from tests.factories.programs import EditionFactory, publish

pytestmark = pytest.mark.django_db


def shown(text, edition, publication=None):
    return references.resolved(text, contents.read(edition, publication))


@pytest.fixture(scope="module")
def says(django_db_setup, django_db_blocker):
    """The contents of a complete edition; read once, the tests below only read it."""
    with django_db_blocker.unblock():
        from django.db import transaction

        with transaction.atomic():
            found = contents.read(EditionFactory(complete=True))
            _ = found.dates
            yield found
            transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("token", "value"),
    [
        ("edicion.ejercicio", "2026"),
        ("calendario.convocatoria", "2 de marzo de 2026"),
        ("calendario.cierre", "31 de marzo de 2026"),
        ("calendario.ventana", "30"),
        ("presupuesto.autorizado", "$1,000,000.00 (un millón de pesos 00/100 M.N.)"),
        ("apoyos.minimo", "$50,000.00 (cincuenta mil pesos 00/100 M.N.)"),
        ("apoyos.proyectos.maximo", "$100,000.00 (cien mil pesos 00/100 M.N.)"),
        ("apoyos.lista", ["Proyectos: de $50,000.00 a $100,000.00"]),
        ("criterios.total", "100"),
        ("criterios.minimo", "70"),
        ("criterios.desempate", "Desigualdad"),
        ("criterios.lista", ["Diagnostico: 40 puntos", "Desigualdad: 60 puntos"]),
        ("criterios.desigualdad.puntos", "60"),
        ("requisitos.solicitud", ["Acta constitutiva", "Plan de trabajo"]),
        ("comite.quorum", "2"),
        ("medios.lista", ["Aclaración", "Reconsideración", "Denuncia", "Recurso de inconformidad"]),
        ("elegibilidad.lista", ["No tener fines de lucro."]),
    ],
)
def test_each_token_shows_its_data(says, token, value):
    assert references.available(says)[token].value(says) == value


def test_every_token_of_the_table_shows_something_of_a_complete_edition(says):
    empty = {token for token, one in references.available(says).items() if not one.value(says)}

    assert empty == {"programa.unidad", "contacto.datos"}


def test_a_milestone_by_rule_says_the_rule_and_the_day_it_falls_on(says):
    value = references.available(says)["calendario.resultados"].value(says)

    assert value.startswith("30 ")
    assert value.endswith("(30 de abril de 2026)")


def test_a_token_in_a_sentence_becomes_a_marked_value():
    edition = EditionFactory(complete=True)

    assert shown("<p>Cierra el [[ Calendario.Cierre ]].</p>", edition) == (
        '<p>Cierra el <span class="ref">31 de marzo de 2026</span>.</p>'
    )


def test_a_list_alone_in_its_paragraph_becomes_a_list():
    edition = EditionFactory(complete=True)

    assert shown("<p>Se pide:</p><p>[[requisitos.pago]]</p>", edition) == (
        '<p>Se pide:</p><ul class="ref-list"><li>Estado de cuenta</li></ul>'
    )


def test_a_list_in_a_sentence_is_read_in_a_row():
    edition = EditionFactory(complete=True)

    assert shown("<p>Se pide [[requisitos.solicitud]].</p>", edition) == (
        '<p>Se pide <span class="ref">Acta constitutiva; Plan de trabajo</span>.</p>'
    )


def test_data_are_escaped():
    edition = EditionFactory(complete=True)
    Criterion.objects.of_draft(edition).filter(key="desigualdad").update(name="<script>x</script>")

    assert shown("<p>[[criterios.desempate]]</p>", edition) == (
        '<p><span class="ref">&lt;script&gt;x&lt;/script&gt;</span></p>'
    )


def test_when_the_data_change_so_does_the_text():
    edition = EditionFactory(complete=True)
    Milestone.objects.of_draft(edition).filter(code="call_closed").update(on=date(2026, 4, 6))

    assert "6 de abril de 2026" in shown("<p>[[calendario.cierre]]</p>", edition)
    assert "36" in shown("<p>[[calendario.ventana]]</p>", edition)


def test_a_publication_shows_what_it_froze():
    edition = EditionFactory(complete=True)
    publication = publish(edition)
    SupportModality.objects.of_draft(edition).update(maximum=Decimal("70000"))

    assert "$100,000.00" in shown("<p>[[apoyos.maximo]]</p>", edition, publication)
    assert "$70,000.00" in shown("<p>[[apoyos.maximo]]</p>", edition)


def test_what_names_nothing_and_what_is_empty_are_told_apart():
    says = contents.read(EditionFactory())

    unknown, empty = references.broken(
        "<p>[[criterios.lista]] [[nada.de.nada]] [[edicion.ejercicio]]</p>", says
    )

    assert (unknown, empty) == (["nada.de.nada"], ["criterios.lista"])


def test_a_broken_reference_stays_in_sight():
    assert shown("<p>Son [[nada]].</p>", EditionFactory()) == (
        '<p>Son <span class="ref ref--missing">[[nada]]</span>.</p>'
    )


def test_the_menu_offers_token_label_and_value(says):
    offered = references.menu(says)["presupuesto"][0]

    assert (offered["token"], offered["value"]) == (
        "[[presupuesto.autorizado]]",
        "$1,000,000.00 (un millón de pesos 00/100 M.N.)",
    )


# Reading an edition


@pytest.mark.parametrize("filled", [False, True])
def test_an_edition_is_read_in_three_queries_whatever_it_holds(filled, django_assert_num_queries):
    edition = EditionFactory(complete=filled)

    with django_assert_num_queries(3):
        contents.read(edition)


def test_what_is_read_at_once_equals_what_is_read_row_by_row():
    edition = EditionFactory(complete=True)

    says = contents.read(edition)

    for model, rows in says.rows_by_model.items():
        kept = list(model.objects.of_draft(edition))
        assert [row.pk for row in rows] == [row.pk for row in kept]
        for field in model.data_fields():
            assert [getattr(row, field.attname) for row in rows] == [
                getattr(row, field.attname) for row in kept
            ]
