"""The small editor of a row: days counted as they are typed, one more, a copy, taken out and put back."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import TrailEntry
from programs.actions import blocks, removals
from programs.actions.blocks import CannotChange
from programs.models import (
    Criterion,
    CriterionLevel,
    Milestone,
    PlannedPayment,
    RemovedRow,
    Requirement,
    SupportModality,
)
from tests.factories.programs import EditionFactory, people_of, send
from tests.factories.reference import NonWorkingDayFactory

pytestmark = pytest.mark.django_db
RULE = {"code": "results_published", "side": "agency", "way": "rule", "after": "call_closed"}


@pytest.fixture
def edition():
    return EditionFactory(complete=True)


@pytest.fixture
def ana(edition):
    return people_of(edition).editor


@pytest.fixture
def as_editor(client, ana):
    client.force_login(ana)
    return client


def address(name, edition, *args):
    return reverse(f"programs:{name}", args=[edition.code, *args])


# The days


def test_a_term_is_counted_while_it_is_typed_and_nothing_is_kept(as_editor, edition):
    NonWorkingDayFactory(on=date(2026, 5, 1), name="Día del Trabajo", source="Ley, artículo 74")

    said = as_editor.get(
        address("row_term", edition, "milestone"), RULE | {"days": "30", "unit": "business"}
    ).json()

    assert said == {
        "text": "30 días hábiles contados desde el 31 de marzo de 2026: miércoles 13 de mayo de 2026; "
        "no cuentan: 1 may, Día del Trabajo (Ley, artículo 74)",
        "warnings": [],
    }
    assert Milestone.objects.get(key="results_published").days == 30
    assert Milestone.objects.get(key="results_published").unit == "calendar"


def test_a_conflict_is_told_while_it_is_typed(as_editor, edition):
    said = as_editor.get(
        address("row_term", edition, "milestone"), RULE | {"days": "20", "unit": "calendar"}
    ).json()

    assert said["warnings"] == [
        "Cae antes de «Dictaminación» (24 de abril de 2026), que va primero en el proceso."
    ]


@pytest.mark.parametrize("typed", [{}, {"days": "x"}, {"way": "rule", "days": "9999999"}, {"code": "nada"}])
def test_what_is_not_whole_yet_says_nothing(as_editor, edition, typed):
    assert as_editor.get(address("row_term", edition, "milestone"), typed).json() == {
        "text": "",
        "warnings": [],
    }


def test_an_instalment_is_counted_too(as_editor, edition):
    typed = {"name": "Otra", "share": "1", "days": "5", "unit": "business", "after": "agreements_signed"}

    said = as_editor.get(address("row_term", edition, "plannedpayment"), typed).json()

    assert said["text"].endswith("jueves 21 de mayo de 2026")


@pytest.mark.parametrize("model", ["requirement", "nada", "edition"])
def test_a_block_without_terms_counts_nothing(as_editor, edition, model):
    assert as_editor.get(address("row_term", edition, model)).status_code == 404


def test_without_scripts_the_button_calculates_and_keeps_nothing(as_editor, edition):
    typed = RULE | {"days": "10", "unit": "business", "calculate": "1"}

    page = as_editor.post(address("row_change", edition, "milestone", "results_published"), typed)

    assert page.status_code == 200
    assert "martes 14 de abril de 2026" in page.text
    assert Milestone.objects.get(key="results_published").days == 30


def test_the_page_of_a_row_says_its_day_from_the_start(as_editor, edition):
    page = as_editor.get(address("row_change", edition, "milestone", "results_published"))

    assert "jueves 30 de abril de 2026" in page.text


# One more, a copy


def test_saving_may_go_on_to_one_more_of_the_same(as_editor, edition):
    typed = {"stage": "application", "name": "Nuevo", "identifies": "on", "another": "1"}

    response = as_editor.post(address("row_add", edition, "requirement"), typed)

    assert response.url == address("row_add", edition, "requirement")
    assert Requirement.objects.filter(name="Nuevo").count() == 1


def test_one_more_level_is_of_the_same_criterion(as_editor, edition):
    typed = {"label": "Bueno", "points": "30", "descriptor": "Bien.", "another": "1"}
    page = address("row_add", edition, "criterionlevel") + "?criterion=diagnostico"

    assert as_editor.post(page, typed).url == page


def test_a_form_sent_twice_adds_one_row(as_editor, edition):
    typed = {"stage": "application", "name": "Nuevo", "idempotency_key": "la-misma"}

    answers = [as_editor.post(address("row_add", edition, "requirement"), typed) for _ in range(2)]

    assert answers[0].url == answers[1].url
    assert Requirement.objects.filter(name="Nuevo").count() == 1


def test_a_copy_is_opened_to_be_changed(as_editor, edition):
    response = as_editor.post(address("row_copy", edition, "requirement", "acta"))

    copy = Requirement.objects.get(name="Acta constitutiva (copia)")
    assert response.url == address("row_change", edition, "requirement", copy.key)
    assert (copy.stage, copy.file_format, copy.key) == ("application", "PDF", "acta-constitutiva-copia")


def test_the_copy_of_a_criterion_brings_its_levels(as_editor, edition):
    as_editor.post(address("row_copy", edition, "criterion", "diagnostico"))

    copy = Criterion.objects.get(name="Diagnostico (copia)")
    levels = CriterionLevel.objects.filter(criterion_key=copy.key)
    assert sorted(levels.values_list("points", flat=True)) == [0, 20, 40]


def test_a_copy_that_makes_no_sense_is_refused_in_words(as_editor, edition):
    response = as_editor.post(address("row_copy", edition, "plannedpayment", "primera"), follow=True)

    assert "No pueden pasar de 100." in response.text
    assert PlannedPayment.objects.count() == 2


@pytest.mark.parametrize(
    ("model", "key"), [("milestone", "ruling"), ("budget", "budget"), ("coveragearea", "state")]
)
def test_what_is_there_once_is_not_copied(as_editor, edition, model, key):
    assert as_editor.post(address("row_copy", edition, model, key)).status_code == 404


# Order


def test_after_a_move_the_page_comes_back_at_the_row(as_editor, edition):
    response = as_editor.post(address("row_move", edition, "requirement", "plan"), {"direction": "up"})

    assert response.url.endswith("#row-requirement-plan")


# Taken out, and put back


def test_a_row_put_back_is_the_same_under_the_same_key(as_editor, edition):
    before = SupportModality.objects.filter(key="proyectos").values().get()
    as_editor.post(address("row_remove", edition, "supportmodality", "proyectos"))
    page = as_editor.get(reverse("programs:draft_component", args=[edition.code, "benefits"]))
    assert address("row_restore", edition, "supportmodality", "proyectos") in page.text
    assert not SupportModality.objects.exists()

    as_editor.post(address("row_restore", edition, "supportmodality", "proyectos"))

    after = SupportModality.objects.values().get()
    assert {**after, "id": 0} == {**before, "id": 0}
    assert not RemovedRow.objects.exists()
    assert TrailEntry.objects.about(edition).last().act == "edition.restore_row"


def test_a_criterion_comes_back_with_its_levels(edition, ana):
    before = list(CriterionLevel.objects.order_by("key").values_list("key", "points", "descriptor"))
    removals.remove(Criterion.objects.get(key="diagnostico"), by=ana)
    assert CriterionLevel.objects.filter(criterion_key="diagnostico").count() == 0

    removals.restore(RemovedRow.objects.get(), Criterion, by=ana)

    assert list(CriterionLevel.objects.order_by("key").values_list("key", "points", "descriptor")) == before


def test_a_row_comes_back_to_its_place(edition, ana):
    order = list(Requirement.objects.values_list("key", flat=True))
    removals.remove(Requirement.objects.get(key="plan"), by=ana)

    removals.restore(RemovedRow.objects.get(), Requirement, by=ana)

    assert list(Requirement.objects.values_list("key", flat=True)) == order


def test_a_row_that_no_longer_fits_is_not_put_back(edition, ana):
    removals.remove(PlannedPayment.objects.get(key="segunda"), by=ana)
    blocks.change(PlannedPayment.objects.get(key="primera"), by=ana, share=Decimal("100"))

    with pytest.raises(CannotChange, match="100"):
        removals.restore(RemovedRow.objects.get(), PlannedPayment, by=ana)

    assert RemovedRow.objects.count() == 1
    assert PlannedPayment.objects.count() == 1


def test_a_key_taken_meanwhile_is_not_taken_twice(edition, ana):
    removals.remove(Requirement.objects.get(key="plan"), by=ana)
    blocks.add(Requirement, edition, by=ana, key="plan", stage="application", name="Otro plan")

    with pytest.raises(CannotChange):
        removals.restore(RemovedRow.objects.get(), Requirement, by=ana)

    assert Requirement.objects.get(key="plan").name == "Otro plan"


def test_a_row_taken_out_twice_is_kept_as_it_was_last(edition, ana):
    removals.remove(Requirement.objects.get(key="plan"), by=ana)
    again = blocks.add(Requirement, edition, by=ana, key="plan", stage="application", name="Otro plan")
    removals.remove(again, by=ana)

    assert RemovedRow.objects.get().label == "Otro plan"


@pytest.mark.parametrize("role", ["legal", "operator", "head"])
def test_only_an_editor_puts_a_row_back(client, edition, ana, role):
    removals.remove(Requirement.objects.get(key="plan"), by=ana)
    client.force_login(getattr(people_of(edition), role))

    assert client.post(address("row_restore", edition, "requirement", "plan")).status_code == 403
    with pytest.raises(CannotChange):
        removals.restore(RemovedRow.objects.get(), Requirement, by=getattr(people_of(edition), role))


def test_nothing_is_put_back_in_a_draft_that_was_sent(edition, ana):
    removals.remove(Requirement.objects.get(key="plan"), by=ana)
    send(edition)

    with pytest.raises(CannotChange):
        removals.restore(RemovedRow.objects.get(), Requirement, by=ana)


def test_an_invalid_row_is_not_added_by_putting_it_back(edition, ana):
    removals.remove(SupportModality.objects.get(), by=ana)
    kept = RemovedRow.objects.get()
    kept.values["minimum"] = "999999999"

    with pytest.raises(ValidationError):
        blocks.put_back(SupportModality, edition, kept.values, key="proyectos", position=1, by=ana)
