"""What is drawn above a block: the schedule with its counted days, sums that must be whole, the money."""

from datetime import date
from decimal import Decimal

import pytest

from programs import block_figures, contents, counting, reconciliation
from programs.models import Budget, Criterion, Milestone, PlannedPayment, SupportModality
from tests.factories.programs import EditionFactory, publish
from tests.factories.reference import NonWorkingDayFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return EditionFactory(complete=True)


def figure(edition, model):
    return block_figures.figure_of(model, contents.read(edition))


def rows(model, edition, **which):
    return model.objects.of_draft(edition).filter(**which)


# The days of the schedule


def explained(edition, code):
    says = contents.read(edition)
    return counting.explain(next(row for row in says.rows(Milestone) if row.code == code), says)


def test_a_term_says_its_day_and_the_days_it_skips_with_their_source(edition):
    NonWorkingDayFactory(on=date(2026, 5, 1), name="Día del Trabajo", source="Ley, artículo 74")
    NonWorkingDayFactory(on=date(2026, 5, 2), name="Un sábado", source="Ley")

    said = explained(edition, "agreements_signed")

    assert said.sentence == (
        "10 días hábiles contados desde el 30 de abril de 2026: viernes 15 de mayo de 2026"
    )
    assert said.skipped == ["1 may, Día del Trabajo (Ley, artículo 74)"]
    assert said.warnings == []


def test_calendar_days_skip_nothing(edition):
    NonWorkingDayFactory(on=date(2026, 4, 10))

    assert explained(edition, "ruling").skipped == []


def test_a_day_that_is_not_worked_is_told(edition):
    rows(Milestone, edition, code="call_issued").update(on=date(2026, 3, 1))

    assert explained(edition, "call_issued").warnings == ["No es día hábil."]


def test_both_milestones_of_a_conflict_are_told(edition):
    rows(Milestone, edition, code="ruling").update(days=40)

    later, earlier = explained(edition, "results_published"), explained(edition, "ruling")

    assert [text.partition(" (")[0] for text in later.warnings] == ["Cae antes de «Dictaminación»"]
    assert [text.partition(" (")[0] for text in earlier.warnings[-1:]] == [
        "Cae después de «Publicación de resultados»"
    ]


def test_a_rule_that_counts_from_nothing_says_so(edition):
    rows(Milestone, edition, code="call_closed").delete()

    assert explained(edition, "ruling").sentence == "Aquello desde lo que se cuenta todavía no tiene fecha."


def test_every_milestone_is_drawn_in_its_place_with_the_shape_of_its_side(edition):
    drawn = figure(edition, Milestone)["rows"]

    assert [row["shape"] for row in drawn] == [
        "agency", "agency", "cso", "committee", "agency", "both", "agency", "cso", "cso", "agency",
    ]  # fmt: skip
    assert [row["x"] for row in drawn] == sorted(row["x"] for row in drawn)
    assert all(block_figures.LEFT <= row["x"] <= block_figures.LEFT + block_figures.WIDTH for row in drawn)
    assert [row["y"] for row in drawn] == sorted({row["y"] for row in drawn})


def test_a_conflict_is_marked_in_the_drawing(edition):
    rows(Milestone, edition, code="ruling").update(days=40)

    wrong = [row["label"] for row in figure(edition, Milestone)["rows"] if row["is_wrong"]]

    assert wrong == ["Publicación de resultados"]


def test_a_range_is_drawn_until_its_latest_day(edition):
    rows(Milestone, edition, code="call_issued").update(latest=date(2026, 3, 12))

    first = figure(edition, Milestone)["rows"][0]

    assert first["until_x"] > first["x"]


def test_nothing_is_drawn_of_a_block_without_rows():
    empty = EditionFactory()

    assert [figure(empty, model) for model in (Milestone, Criterion, PlannedPayment, Budget)] == [None] * 4


# Sums


@pytest.mark.parametrize(
    ("weight", "says"),
    [
        (60, "Suman 100."),
        (50, "Suman 90 de 100: faltan 10."),
        (70, "Suman 110 de 100: sobran 10."),
    ],
)
def test_the_sum_of_the_criteria_is_in_sight(edition, weight, says):
    rows(Criterion, edition, key="desigualdad").update(weight=weight)

    (bar,) = figure(edition, Criterion)["bars"]

    assert (bar["says"], bar["is_whole"]) == (says, weight == 60)
    last = bar["pieces"][-1]
    assert round(last["x"] + last["width"]) == round(block_figures.BAR * min(1, (40 + weight) / 100))


def test_instalments_are_summed_for_each_modality_that_has_its_own(edition):
    rows(PlannedPayment, edition, key="segunda").update(modality_key="proyectos", share=Decimal("30.5"))

    (bar,) = figure(edition, PlannedPayment)["bars"]

    assert (bar["name"], bar["says"]) == ("Proyectos", "Suman 90.5 de 100: faltan 9.5.")


# Money


def test_the_budget_is_reconciled_with_the_ceilings(edition):
    drawn = figure(edition, Budget)

    assert (drawn["says"], drawn["tone"]) == ("Suma el presupuesto autorizado.", "done")
    assert (drawn["total"], drawn["authorized"]) == ("$1,000,000.00", "$1,000,000.00")


def test_without_a_ceiling_the_maximum_counts_for_each_support_expected(edition):
    rows(SupportModality, edition).update(ceiling=None, expected=9)

    assert reconciliation.of(contents.read(edition)).is_exact


@pytest.mark.parametrize(
    ("ceiling", "says", "tone"),
    [
        ("898000", "$2,000.00 de diferencia: puede ser redondeo.", "watch"),
        ("897999.99", "$2,000.01 del presupuesto quedan sin destino.", "wrong"),
        ("902000.01", "Rebasa el presupuesto por $2,000.01.", "wrong"),
    ],
)
def test_a_difference_is_shown_and_told_from_rounding(edition, ceiling, says, tone):
    rows(SupportModality, edition).update(ceiling=Decimal(ceiling))

    drawn = figure(edition, Budget)

    assert (drawn["says"], drawn["tone"]) == (says, tone)


def test_more_supports_than_the_ceiling_holds_are_told(edition):
    rows(SupportModality, edition).update(expected=10)

    (said,) = figure(edition, Budget)["over"]

    assert "10 apoyos con el monto máximo costarían $1,000,000.00" in said


def test_nothing_is_reconciled_while_a_figure_is_missing(edition):
    rows(SupportModality, edition).update(ceiling=None, expected=None)

    assert figure(edition, Budget) is None


def test_readers_see_the_money_once(edition):
    publication = publish(edition)
    draft, published = contents.read(edition), contents.read(edition, publication)

    assert block_figures.figure_of(SupportModality, published) is None
    assert block_figures.figure_of(SupportModality, draft) == block_figures.figure_of(Budget, draft)
    assert block_figures.figure_of(Budget, published) == block_figures.figure_of(Budget, draft)
