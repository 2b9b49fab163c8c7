"""An edition begun on an earlier one: its dates move to the new year and are to be reviewed."""

from datetime import date

import pytest

from programs import carrying, contents, draft_checks
from programs.actions import blocks
from programs.actions.editions import start_draft
from programs.models import Milestone, NonWorkingDay
from tests.factories.programs import EditionFactory, fill, people_of


@pytest.mark.parametrize(
    ("day", "years", "holidays", "to"),
    [
        (date(2026, 3, 2), 1, [], date(2027, 3, 2)),
        (date(2026, 2, 27), 1, [], date(2027, 3, 1)),  # a Saturday
        (date(2026, 3, 2), 1, [date(2027, 3, 2), date(2027, 3, 3)], date(2027, 3, 4)),
        (date(2024, 2, 29), 1, [], date(2025, 2, 28)),
        (date(2027, 1, 20), 1, [], date(2028, 1, 20)),  # of the year after the fiscal one: it stays so
        (date(2026, 3, 2), 0, [], date(2026, 3, 2)),
    ],
)
def test_a_date_keeps_its_day_and_month_or_moves_to_the_next_business_day(day, years, holidays, to):
    assert carrying.moved(day, years, frozenset(holidays)) == to


@pytest.fixture
def last(db):
    """Last year's Rules: the call opens on 2 March 2026 and closes on the 31st."""
    return fill(EditionFactory(), opens=date(2026, 3, 2), closes=date(2026, 3, 31))


@pytest.fixture
def ana(last):
    return people_of(last).editor


def begin(last, ana):
    return start_draft(last.program, 2027, last.guide, by=ana, based_on=last)


def dates_of(edition):
    rows = Milestone.objects.of_draft(edition).exclude(on=None).order_by("position")
    return dict(rows.values_list("code", "on"))


def open_findings(edition, code):
    return [one for one in draft_checks.run(contents.read(edition)) if one.code == code]


def test_the_schedule_moves_to_the_new_year_and_skips_what_is_not_worked(last, ana):
    NonWorkingDay.objects.create(on=date(2027, 3, 2), name="Asueto", source="prueba")

    edition = begin(last, ana)

    moved = dates_of(edition)
    assert (moved["call_issued"], moved["call_closed"]) == (date(2027, 3, 3), date(2027, 3, 31))
    before = dates_of(last)
    assert (before["call_issued"], before["call_closed"]) == (date(2026, 3, 2), date(2026, 3, 31))


def test_each_date_that_came_over_is_listed_until_its_row_is_saved(last, ana):
    edition = begin(last, ana)
    listed = {one.found.key for one in open_findings(edition, "dates-carried-over")}
    assert set(dates_of(edition)) <= listed

    row = Milestone.objects.of_draft(edition).get(code="call_issued")
    blocks.change(row, by=ana, on=row.on)

    left = {one.found.key for one in open_findings(edition, "dates-carried-over")}
    assert left == listed - {"call_issued"}


def test_what_is_to_review_is_advice_and_blocks_nothing(last, ana):
    findings = draft_checks.run(contents.read(begin(last, ana)))

    found = [one for one in findings if one.code == "dates-carried-over"]
    assert found
    assert not any(one.is_blocking for one in found)


def test_an_edition_that_began_empty_has_nothing_carried_over(last):
    assert open_findings(last, "dates-carried-over") == []


def test_a_draft_that_began_on_an_earlier_one_is_read_in_four_queries(last, ana, django_assert_num_queries):
    edition = begin(last, ana)

    with django_assert_num_queries(4):
        contents.read(edition)
    with django_assert_num_queries(3):
        contents.read(last)
