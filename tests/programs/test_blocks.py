"""The rows of a draft: stable keys, order, and refusal of what a draft is not."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from accounts.models import TrailEntry
from programs.actions import blocks
from programs.actions.blocks import CannotChange
from programs.models import Budget, Criterion, CriterionLevel, Milestone, SupportModality
from tests.factories.programs import EditionFactory, people_of, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return EditionFactory()


@pytest.fixture
def ana(edition):
    return people_of(edition).editor


def modality(edition, by, **values):
    amounts = {"minimum": Decimal("1"), "maximum": Decimal("2")}
    return blocks.add(SupportModality, edition, by=by, **({"name": "Coinversión social"} | amounts | values))


def test_a_row_gets_a_key_from_its_name_and_its_place_at_the_end(edition, ana):
    one, two = modality(edition, ana), modality(edition, ana)

    assert [(row.key, row.position) for row in (one, two)] == [
        ("coinversion-social", 1),
        ("coinversion-social-2", 2),
    ]
    entry = TrailEntry.objects.about(edition).first()
    assert (entry.act, entry.note, entry.by) == ("edition.add_row", "supportmodality coinversion-social", ana)


def test_the_key_stays_when_the_name_changes(edition, ana):
    row = modality(edition, ana)

    blocks.change(row, by=ana, name="Otro nombre", maximum=Decimal("3"))

    kept = SupportModality.objects.get()
    assert (kept.key, kept.name, kept.maximum) == ("coinversion-social", "Otro nombre", Decimal("3.00"))


def test_what_makes_no_sense_is_refused_in_words(edition, ana):
    with pytest.raises(ValidationError) as refusal:
        modality(edition, ana, minimum=Decimal("3"))

    assert refusal.value.messages == [gettext("The minimum amount cannot exceed the maximum amount.")]
    assert not SupportModality.objects.exists()


def test_a_milestone_is_there_once_and_its_key_is_its_code(edition, ana):
    when = {"code": "call_issued", "side": "agency", "on": date(2026, 3, 2)}
    row = blocks.add(Milestone, edition, by=ana, **when)

    with pytest.raises(ValidationError) as refusal:
        blocks.add(Milestone, edition, by=ana, **when)

    assert row.key == "call_issued"
    assert list(refusal.value.message_dict) == ["code"]


def test_a_milestone_is_a_date_or_a_rule(edition, ana):
    with pytest.raises(ValidationError):
        blocks.add(Milestone, edition, by=ana, code="ruling", side="agency")


def test_there_is_one_budget(edition, ana):
    blocks.add(Budget, edition, by=ana, authorized=Decimal("10"))

    with pytest.raises(CannotChange):
        blocks.add(Budget, edition, by=ana, authorized=Decimal("20"))


def test_rows_move_one_place_and_stop_at_the_ends(edition, ana):
    rows = [modality(edition, ana, name=name) for name in ("A", "B", "C")]

    blocks.move(rows[2], up=True, by=ana)
    blocks.move(rows[0], up=True, by=ana)
    blocks.move(rows[1], up=False, by=ana)

    assert list(SupportModality.objects.of_draft(edition).values_list("name", flat=True)) == ["A", "C", "B"]


def test_a_level_moves_among_those_of_its_criterion():
    edition = EditionFactory(complete=True)
    ana, row = people_of(edition).editor, CriterionLevel.objects.get(key="diagnostico-0")

    blocks.move(row, up=False, by=ana)

    levels = CriterionLevel.objects.of_draft(edition).order_by("position")
    by_criterion = {
        key: [row.points for row in levels if row.criterion_key == key]
        for key in ("diagnostico", "desigualdad")
    }
    assert by_criterion == {"diagnostico": [20, 0, 40], "desigualdad": [0, 30, 60]}


def test_a_criterion_takes_its_levels_with_it():
    edition = EditionFactory(complete=True)

    blocks.remove(Criterion.objects.get(key="diagnostico"), by=people_of(edition).editor)

    assert set(CriterionLevel.objects.values_list("criterion_key", flat=True)) == {"desigualdad"}
    assert TrailEntry.objects.about(edition).last().note == "criterion diagnostico"


@pytest.mark.parametrize("role", ["legal", "operator", "verifier", "head", "budget", "auditor", "assessor"])
def test_only_an_editor_changes_data(edition, role):
    with pytest.raises(CannotChange):
        modality(edition, getattr(people_of(edition), role))


@pytest.mark.parametrize("act", ["add", "change", "move", "remove"])
@pytest.mark.parametrize("state", ["sent", "approved", "published"])
def test_data_of_what_was_sent_do_not_change(act, state):
    edition = EditionFactory(**{state: True})
    ana, row = people_of(edition).editor, SupportModality.objects.of_draft(edition).get()

    with pytest.raises(CannotChange):
        {
            "add": lambda: modality(edition, ana),
            "change": lambda: blocks.change(row, by=ana, name="Otro"),
            "move": lambda: blocks.move(row, up=True, by=ana),
            "remove": lambda: blocks.remove(row, by=ana),
        }[act]()

    assert SupportModality.objects.of_draft(edition).get().name == "Proyectos"


def test_published_rows_are_not_for_editing():
    published = publish(EditionFactory(complete=True))
    row = SupportModality.objects.of_publication(published).get()
    row.edition = EditionFactory(program=published.edition.program, fiscal_year=2027)

    with pytest.raises(CannotChange):
        blocks.change(row, by=people_of(published.edition).editor, name="Otro")
