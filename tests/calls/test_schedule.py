"""Where a call stands, what the Rules let it fix, how late it is: pure, without a database."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as Row

import pytest

from calls import schedule
from calls.schedule import Bounds, Delay, Phase, PromiseStatus

ZONE = "America/Mexico_City"
OPENS = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
CLOSES = datetime(2026, 4, 1, 6, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def milestone(code, *, on=None, latest=None, days=None, unit="calendar", after="", side="agency"):
    return Row(code=code, on=on, latest=latest, days=days, unit=unit, after=after, side=side)


def call(state="published", opens_at=OPENS, closes_at=CLOSES):
    return Row(state=state, opens_at=opens_at, closes_at=closes_at, zone=ZONE)


def planned(code, on, number=1):
    return Row(milestone=code, on=on, number=number)


def test_the_whole_of_the_last_minute_is_accepted_and_the_next_one_is_not():
    stored = schedule.after_minute(datetime(2026, 4, 1, 5, 59, 42, tzinfo=UTC))

    assert stored == CLOSES
    assert schedule.last_minute(stored) == datetime(2026, 4, 1, 5, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (OPENS - SECOND, Phase.ANNOUNCED),
        (OPENS, Phase.OPEN),
        (CLOSES - SECOND, Phase.OPEN),
        (CLOSES, Phase.CLOSED),
    ],
)
def test_a_call_opens_and_closes_on_the_second(moment, expected):
    assert schedule.phase(call(), at=moment) == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [("draft", Phase.DRAFT), ("sealed", Phase.EVALUATION), ("released", Phase.RESULTS), ("void", Phase.VOID)],
)
def test_outside_its_window_the_state_says_the_phase(state, expected):
    assert schedule.phase(call(state), at=CLOSES) == expected


def test_a_window_counts_its_first_and_its_last_day():
    assert schedule.window_days(OPENS, CLOSES, ZONE) == 30
    assert schedule.window_days(OPENS, CLOSES - timedelta(days=1), ZONE) == 29


def test_a_date_of_the_rules_is_its_only_bound_unless_they_leave_a_range():
    fixed = milestone("ruling", on=date(2026, 4, 24))
    ranged = milestone("ruling", on=date(2026, 4, 24), latest=date(2026, 5, 4))

    assert schedule.bounds(fixed, {}) == Bounds(date(2026, 4, 24), date(2026, 4, 24))
    assert schedule.bounds(ranged, {}) == Bounds(date(2026, 4, 24), date(2026, 5, 4))


def test_days_are_counted_from_the_date_that_the_call_gave_the_other_milestone():
    rule = milestone("documents_delivered", days=5, unit="business", after="call_closed")
    holidays = {date(2026, 4, 2)}

    allowed = schedule.bounds(rule, {"call_closed": date(2026, 3, 31)}, holidays)

    assert allowed == Bounds(date(2026, 4, 8), date(2026, 4, 8))


def test_what_counts_from_a_date_follows_it_and_what_has_a_range_stays_inside():
    milestones = [
        milestone("agreements_signed", days=15, after="results_published"),
        milestone("results_published", on=date(2026, 4, 30), latest=date(2026, 5, 15)),
    ]

    proposed = schedule.settle(milestones, {})
    moved = schedule.settle(milestones, {**proposed, "results_published": date(2026, 5, 10)})
    beyond = schedule.settle(milestones, {"results_published": date(2026, 6, 1)})

    assert proposed == {"results_published": date(2026, 4, 30), "agreements_signed": date(2026, 5, 15)}
    assert moved == {"results_published": date(2026, 5, 10), "agreements_signed": date(2026, 5, 25)}
    assert beyond["results_published"] == date(2026, 5, 15)


def test_rules_that_count_from_each_other_give_no_date_and_no_endless_loop():
    circle = [
        milestone("ruling", days=1, after="results_published"),
        milestone("results_published", days=1, after="ruling"),
    ]

    assert schedule.settle(circle, {}) == {}


def test_dates_out_of_order_are_named_by_their_pair():
    dates = {
        "call_closed": date(2026, 3, 31),
        "ruling": date(2026, 3, 30),
        "results_published": date(2026, 4, 30),
    }

    assert schedule.first_out_of_order(dates) == ("call_closed", "ruling")
    assert schedule.first_out_of_order(dates | {"ruling": date(2026, 3, 31)}) is None


def test_lateness_is_counted_in_calendar_and_in_business_days():
    assert schedule.delay(date(2026, 4, 30), date(2026, 5, 5), {date(2026, 5, 1)}) == Delay(5, 2)
    assert schedule.delay(date(2026, 4, 30), date(2026, 4, 30)) is None


@pytest.mark.parametrize(
    ("happened", "today", "expected"),
    [
        (date(2026, 4, 30), date(2026, 6, 1), PromiseStatus.KEPT),
        (date(2026, 5, 1), date(2026, 6, 1), PromiseStatus.LATE),
        (None, date(2026, 4, 30), PromiseStatus.DUE),
        (None, date(2026, 5, 1), PromiseStatus.OVERDUE),
    ],
)
def test_a_promise_is_kept_through_the_whole_of_its_day(happened, today, expected):
    assert schedule.promise_status(date(2026, 4, 30), happened, today=today) == expected


def test_the_ledger_keeps_the_former_dates_of_a_milestone():
    rows = [planned("ruling", date(2026, 4, 24)), planned("ruling", date(2026, 4, 28), number=2)]

    (promise,) = schedule.ledger([milestone("ruling", side="committee")], rows, [], today=date(2026, 4, 29))

    assert promise.planned.on == date(2026, 4, 28)
    assert [row.on for row in promise.former] == [date(2026, 4, 24)]
    assert (promise.status, promise.delay, promise.side) == (PromiseStatus.OVERDUE, Delay(1, 1), "committee")


def ledger(*happened, today=date(2026, 3, 10)):
    sides = {
        "call_closed": "cso",
        "ruling": "committee",
        "results_published": "agency",
        "agreements_signed": "both",
    }
    dates = {
        "call_issued": date(2026, 3, 2),
        "call_closed": date(2026, 3, 31),
        "ruling": date(2026, 4, 24),
        "results_published": date(2026, 4, 30),
        "agreements_signed": date(2026, 5, 15),
    }
    return schedule.ledger(
        [milestone(code, side=sides.get(code, "agency")) for code in dates],
        [planned(code, on) for code, on in dates.items()],
        [Row(milestone=code, on=dates[code]) for code in happened],
        today=today,
    )


def test_while_a_call_is_open_it_is_the_organizations_turn_until_the_last_minute():
    turn = schedule.turn(call(), ledger("call_issued"), at=datetime(2026, 3, 22, 18, 0, tzinfo=UTC))

    assert (turn.side, turn.until, turn.days_left) == ("cso", CLOSES - timedelta(minutes=1), 9)


def test_after_the_close_it_is_the_turn_of_who_owes_the_next_milestone():
    promises = ledger("call_issued", "call_closed")

    turn = schedule.turn(call("sealed"), promises, at=datetime(2026, 4, 20, 18, 0, tzinfo=UTC))
    late = schedule.turn(call("sealed"), promises, at=datetime(2026, 4, 26, 18, 0, tzinfo=UTC))

    assert (turn.side, turn.milestone, turn.days_left, turn.is_overdue) == ("committee", "ruling", 4, False)
    assert (late.milestone, late.days_left, late.is_overdue) == ("ruling", 0, True)


def test_nobody_has_the_turn_of_a_draft():
    assert schedule.turn(call("draft"), [], at=OPENS) is None


def statuses(call_row, promises, at):
    return {
        stage.code: stage.status
        for stage in schedule.stages(call_row, promises, published_on=date(2026, 2, 26), at=at)
    }


def test_the_cycle_bar_shows_what_is_done_and_where_the_call_is():
    open_bar = statuses(call(), ledger("call_issued"), OPENS)
    results = statuses(
        call("released"), ledger("call_issued", "call_closed", "ruling", "results_published"), CLOSES
    )

    assert [open_bar[code] for code in ("rules", "call", "reception", "evaluation")] == [
        "done",
        "done",
        "current",
        "todo",
    ]
    assert [results[code] for code in ("results", "agreement", "execution")] == ["done", "current", "todo"]


def test_the_followers_of_a_date_are_those_counted_from_it_through_others_too():
    milestones = [
        milestone("agreements_signed", days=15, after="results_published"),
        milestone("benefit_delivered", days=10, after="agreements_signed"),
        milestone("ruling", days=10, after="call_closed"),
    ]

    assert schedule.followers(milestones, "results_published") == {"agreements_signed", "benefit_delivered"}
    assert schedule.followers(milestones, "ruling") == set()
