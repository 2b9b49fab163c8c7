from datetime import date

import pytest
from django.db.models import Count

from accounts.models import TrailEntry
from programs.loading import load_reference
from programs.models import (
    Agency,
    Assessment,
    Component,
    Edition,
    GuideEdition,
    LoadedRow,
    Municipality,
    NonWorkingDay,
    Practice,
    Program,
    Topic,
)
from programs.states import EditionState

pytestmark = pytest.mark.django_db


def marks_by_program():
    rows = Assessment.objects.values_list("edition__program__code").order_by().annotate(marks=Count("pk"))
    return dict(rows)


def test_the_first_load_holds_what_the_report_states():
    load_reference()

    assert marks_by_program() == {
        "SSAS-OSC": 9, "SISEMH-API": 7, "SGG-PCD": 3, "COECYTJAL-DD": 2, "SICYT-ICDT": 1,
    }  # fmt: skip
    assert Agency.objects.filter(takes_part=True).count() == 7
    assert Program.objects.count() == 8
    assert Program.objects.filter(name_es="", agency=None).count() == 3
    assert Practice.objects.filter(is_core=True).count() == 11
    assert Component.objects.count() == 18
    assert Component.objects.filter(is_confirmed=True).count() == 2
    assert Municipality.objects.count() == 125
    assert Municipality.objects.values("region").distinct().count() == 12


def test_the_marks_of_2024_cite_the_report_and_stand_in_recorded_editions():
    load_reference()

    assert set(Edition.objects.values_list("state", "fiscal_year")) == {(EditionState.RECORDED, 2024)}
    assert Assessment.objects.exclude(review="report").count() == 0
    assert Assessment.objects.exclude(source__contains="End of Commitment Report").count() == 0
    assert TrailEntry.objects.filter(act="assessment.record").count() == 22


def test_the_days_of_rest_of_2027_are_those_of_the_federal_law():
    load_reference()

    days = NonWorkingDay.objects.filter(on__year=2027)
    assert [day.on for day in days] == [
        date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 15), date(2027, 5, 1), date(2027, 9, 16),
        date(2027, 11, 15), date(2027, 12, 25),
    ]  # fmt: skip
    assert {day.source for day in days} == {"Ley Federal del Trabajo, artículo 74"}


def test_a_second_load_changes_nothing():
    load_reference()
    trail = TrailEntry.objects.count()

    counts = load_reference()

    assert (counts["created"], counts["updated"], counts["kept"], counts["removed"]) == (0, 0, 0, 0)
    assert TrailEntry.objects.count() == trail


def test_a_row_that_people_edited_is_never_overwritten():
    load_reference()
    Practice.objects.filter(code="GP-02").update(topic=Topic.objects.get(code="T5"))
    Component.objects.filter(slug="population").update(title_es="Población objetivo", is_confirmed=True)

    counts = load_reference()

    assert counts["kept"] == 2
    assert Practice.objects.get(code="GP-02").topic.code == "T5"
    assert Component.objects.get(slug="population").title_es == "Población objetivo"


def test_a_row_that_nobody_edited_follows_the_data():
    load_reference()
    row = LoadedRow.objects.get(label="programs.guideedition")
    GuideEdition.objects.update(title="Guía vieja")
    row.values["title"] = "Guía vieja"
    row.save()

    counts = load_reference()

    assert counts["updated"] == 1
    assert GuideEdition.objects.get().title.startswith("Guía para la elaboración")


def test_a_row_that_people_removed_stays_removed():
    load_reference()
    NonWorkingDay.objects.get(on=date(2026, 5, 1)).delete()

    counts = load_reference()

    assert counts["removed"] == 1
    assert not NonWorkingDay.objects.filter(on=date(2026, 5, 1)).exists()


def test_a_row_that_people_added_before_the_loader_is_theirs():
    NonWorkingDay.objects.create(on=date(2026, 5, 1), name="Día del Trabajo", source="Acuerdo propio")

    load_reference()

    assert NonWorkingDay.objects.get(on=date(2026, 5, 1)).source == "Acuerdo propio"
