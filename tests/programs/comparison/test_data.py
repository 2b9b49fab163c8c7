"""The data of two editions: which row is which, and what changed in each, in words."""

import pytest
from django.utils import translation

from programs.comparison import compare, compare_data
from tests.programs.comparison.frozen import clause, document, row


def rows(before, after, name="requirement"):
    """The changes between two documents that hold the rows of one model."""
    return [
        one
        for block in compare_data(document(**{name: before}), document(**{name: after}))
        for one in block.rows
    ]


def said(change):
    return [(one.label, one.before, one.after) for one in change.fields]


def test_the_same_data_have_no_changes():
    same = document(requirement=[row("requirement", name="Acta")])

    assert compare_data(same, same) == []


def test_a_field_is_told_old_and_new_in_the_words_of_the_screen():
    before = row(
        "milestone", "ruling", code="ruling", side="committee", days=5, unit="business", after="call_closed"
    )

    [change] = rows([before], [before | {"days": 3}], "milestone")

    assert (change.kind, change.name, said(change)) == ("changed", "Dictaminación", [("Días", "5", "3")])


def test_values_are_read_as_amounts_dates_choices_and_names():
    modalities = [row("supportmodality", "a", name="Proyectos", maximum="100000.00", own_share="10.00")]
    before = document(
        supportmodality=modalities,
        requirement=[row("requirement", name="Acta", form="copy", is_obligatory=True, modality_key="")],
        disseminationaction=[row("disseminationaction", medium="Portal", on="2026-03-02")],
    )
    after = document(
        supportmodality=[modalities[0] | {"maximum": "90000.00", "own_share": "12.50"}],
        requirement=[row("requirement", name="Acta", form="original", is_obligatory=False, modality_key="a")],
        disseminationaction=[row("disseminationaction", medium="Portal", on="2026-03-03")],
    )

    found = {
        change.label: (change.before, change.after)
        for block in compare_data(before, after)
        for one in block.rows
        for change in one.fields
    }

    assert found == {
        "Monto máximo": ("$100,000.00", "$90,000.00"),
        "Aportación propia, % del costo total": ("10 %", "12.5 %"),
        "Original o copia": ("Copia", "Original"),
        "Obligatorio": ("Sí", "No"),
        "Solo para la modalidad": ("", "Proyectos"),
        "Fecha": ("2 de marzo de 2026", "3 de marzo de 2026"),
    }


def test_the_words_are_those_of_the_readers_language():
    with translation.override("en"):
        [change] = rows([row("requirement", form="copy")], [row("requirement", form="original")])

    assert said(change) == [("Original or copy", "Copy", "Original")]


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ({"key": "a", "name": "Acta"}, {"key": "a", "name": "Escritura"}, ["changed"]),
        (
            {"key": "a", "name": "Acta constitutiva", "hours": 1},
            {"key": "b", "name": "ACTA  constitutiva", "hours": 2},
            ["changed"],
        ),
        (
            {"key": "a", "name": "Constancia de situación fiscal"},
            {"key": "b", "name": "Constancia de la situación fiscal"},
            ["changed"],
        ),
        (
            {"key": "a", "name": "Constancia de situación fiscal"},
            {"key": "b", "name": "Constancia de la situación fiscal", "stage": "payment"},
            ["removed", "added"],
        ),
        ({"key": "a", "name": "Acta"}, {"key": "b", "name": "Plan"}, ["removed", "added"]),
    ],
    ids=["by key", "by name", "by likeness", "another stage", "nothing in common"],
)
def test_rows_find_their_counterparts(before, after, kinds):
    changes = rows(
        [row("requirement", **{"stage": "application"} | before)],
        [row("requirement", **{"stage": "application"} | after)],
    )

    assert sorted(one.kind for one in changes) == sorted(kinds)


def test_a_row_that_was_added_or_removed_tells_all_that_it_says():
    acta = row("requirement", name="Acta", stage="application", form="original", quantity=2)

    [added] = rows([], [acta])
    [removed] = rows([acta], [])

    stated = [
        ("Etapa", "Solicitud"),
        ("Obligatorio", "Sí"),
        ("Original o copia", "Original"),
        ("Cantidad", "2"),
    ]
    assert (added.kind, removed.kind) == ("added", "removed")
    assert [(label, after) for label, before, after in said(added)][: len(stated)] == stated
    assert [(label, before) for label, before, after in said(removed)][: len(stated)] == stated


def test_a_single_row_is_always_its_own_counterpart():
    [change] = rows(
        [row("scoringrule", "x", pass_mark=60)], [row("scoringrule", "y", pass_mark=70)], "scoringrule"
    )

    assert (change.kind, change.name) == ("changed", "Regla de calificación")


def test_a_level_is_called_with_its_criterion():
    levels = [row("criterionlevel", "c-5", criterion_key="c", points=5, label="Medio", descriptor="A.")]
    criteria = [row("criterion", "c", name="Diagnóstico", weight=10)]

    [block] = compare_data(
        document(criterion=criteria, criterionlevel=levels),
        document(criterion=criteria, criterionlevel=[levels[0] | {"descriptor": "B."}]),
    )

    assert [one.name for one in block.rows] == ["Diagnóstico: Medio"]


def test_what_an_older_document_could_not_say_is_no_change():
    old = row("requirement", name="Acta")
    del old["hours"]

    assert rows([old], [row("requirement", name="Acta", hours=4)]) == []


def test_the_window_to_apply_is_compared_though_no_field_holds_it():
    def schedule(closes):
        return [
            row("milestone", "call_issued", code="call_issued", side="agency", on="2026-03-02"),
            row("milestone", "call_closed", code="call_closed", side="cso", on=closes),
        ]

    window, dates = compare_data(
        document(milestone=schedule("2026-03-31")), document(milestone=schedule("2026-03-21"))
    )

    [change] = window.rows
    assert said(change) == [("Días para presentar solicitudes, ambas fechas incluidas", "30", "20")]
    assert [effect.direction for effect in change.every_effect] == ["more"]
    assert [one.name for one in dates.rows] == ["Cierre de la recepción de solicitudes"]


def test_a_comparison_counts_what_weighs_more_and_what_less():
    before = document(
        clause("a", "<p>Uno.</p>"), requirement=[row("requirement", name="Acta", quantity=1, hours=5)]
    )
    after = document(
        clause("a", "<p>Dos.</p>"), requirement=[row("requirement", name="Acta", quantity=2, hours=4)]
    )

    there, back = compare(before, after), compare(after, before)

    assert (there.more, there.less, len(there.changed_clauses)) == (1, 1, 1)
    assert (back.more, back.less) == (1, 1)
    assert compare(before, before).is_empty
