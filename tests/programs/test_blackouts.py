"""Electoral blackouts: noted, confirmed by planning, moved or ended with a reason, what is let through."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from accounts.acts import ActNotPossible
from accounts.models import Role, TrailEntry
from accounts.verification import differences
from programs import withholding
from programs.actions import blackouts
from programs.actions.blackouts import CannotBlackOut
from programs.duties import blackouts_to_confirm
from programs.loading import load_reference
from programs.models import BlackoutException, BlackoutPeriod
from programs.withheld import BOARD
from tests.factories.accounts import UserFactory, member
from tests.factories.blackouts import BlackoutExceptionFactory, BlackoutPeriodFactory, planner

pytestmark = pytest.mark.django_db

MEXICO = ZoneInfo("America/Mexico_City")
FIRST = datetime(2027, 4, 1, 0, 0, tzinfo=MEXICO)
AFTER = datetime(2027, 6, 7, 0, 0, tzinfo=MEXICO)
BEFORE = FIRST - timedelta(days=30)
MIDDLE = FIRST + timedelta(days=20)
SECOND = timedelta(seconds=1)
SAID = {
    "kind": "local", "starts_at": FIRST, "ends_at": AFTER, "source": "Acuerdo ficticio 0",
    "link": "", "note": "",
}  # fmt: skip


@pytest.fixture
def owner():
    return planner()


def note(owner, *, at=BEFORE, **given):
    return blackouts.note(by=owner, at=at, **(SAID | given))


def confirmed(owner, **given):
    return blackouts.confirm(note(owner, **given), by=owner, at=BEFORE)


def withholds(*, at):
    return withholding.withheld_by(BOARD, at=at) is not None


# When it withholds


@pytest.mark.parametrize(
    ("moment", "withheld"),
    [
        (FIRST - SECOND, False),
        (FIRST, True),
        (FIRST + SECOND, True),
        (AFTER - SECOND, True),
        (AFTER, False),
        (AFTER + SECOND, False),
    ],
)
def test_it_withholds_from_its_first_moment_until_its_end_that_one_not_included(owner, moment, withheld):
    period = confirmed(owner)

    assert withholds(at=moment) == withheld
    assert period.is_in_force(at=moment) == withheld


def test_what_is_not_confirmed_withholds_nothing(owner):
    note(owner)

    assert not withholds(at=MIDDLE)


def test_of_two_in_force_the_last_to_end_is_named(owner):
    confirmed(owner, ends_at=AFTER - timedelta(days=5))
    longer = confirmed(owner, kind="federal")

    assert withholding.withheld_by(BOARD, at=MIDDLE) == longer


# Noting, correcting, confirming


def test_a_period_is_noted_corrected_and_confirmed_with_its_lines_in_the_trail(owner):
    period = note(owner)
    blackouts.change(period, by=owner, at=BEFORE, **(SAID | {"source": "Acuerdo ficticio 1"}))
    blackouts.confirm(period, by=owner, at=BEFORE)

    kept = BlackoutPeriod.objects.get()
    assert (kept.source, kept.state, kept.confirmed_by) == ("Acuerdo ficticio 1", "confirmed", owner)
    acts = TrailEntry.objects.about(period).order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["blackout.note", "blackout.change", "blackout.confirm"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"ends_at": FIRST}, "last_day"),
        ({"starts_at": BEFORE - timedelta(days=9), "ends_at": BEFORE}, "last_day"),
        ({"source": "  "}, "source"),
    ],
)
def test_what_cannot_be_noted_says_at_which_entry(owner, given, field):
    with pytest.raises(CannotBlackOut) as refusal:
        note(owner, **given)

    assert refusal.value.field == field


def test_what_is_confirmed_is_not_corrected_nor_confirmed_again(owner):
    period = confirmed(owner)

    with pytest.raises(CannotBlackOut):
        blackouts.change(period, by=owner, at=BEFORE, **SAID)
    with pytest.raises(ActNotPossible):
        blackouts.confirm(period, by=owner, at=BEFORE)


def test_a_period_that_is_over_is_not_confirmed(owner):
    period = note(owner)

    with pytest.raises(CannotBlackOut):
        blackouts.confirm(period, by=owner, at=AFTER)


@pytest.mark.parametrize("role", [Role.GUIDE_OWNER, Role.ASSESSOR])
def test_planning_writes_them(role):
    assert confirmed(planner(role)).is_confirmed


@pytest.mark.parametrize(
    "role", [Role.OPERATOR, Role.HEAD, Role.AUDITOR, Role.MONITORING, Role.ADMINISTRATOR]
)
def test_nobody_else_does(owner, role):
    period, stranger = confirmed(owner), member(role)
    for act in (
        lambda: note(stranger),
        lambda: blackouts.confirm(period, by=stranger, at=BEFORE),
        lambda: blackouts.move_end(period, AFTER + SECOND, reason="Sí", by=stranger, at=MIDDLE),
        lambda: blackouts.end(period, reason="Sí", by=stranger, at=MIDDLE),
        lambda: blackouts.let_through(period, kind=BOARD, reason="Sí", basis="Sí", by=stranger, at=MIDDLE),
    ):
        with pytest.raises(PermissionDenied):
            act()


# Moving its end, ending it


def test_the_end_is_moved_with_its_reason_and_the_former_one_stays(owner):
    period, later = confirmed(owner), AFTER + timedelta(days=2)

    blackouts.move_end(period, later, reason="Se aplazó la jornada.", by=owner, at=MIDDLE)

    kept = BlackoutPeriod.objects.get()
    assert (kept.former_ends_at, kept.ends_at, kept.moved_reason) == (AFTER, later, "Se aplazó la jornada.")
    assert withholds(at=AFTER)
    assert list(differences()) == []


@pytest.mark.parametrize(
    ("ends_at", "reason", "field"),
    [
        (MIDDLE, "Sí", "last_day"),
        (MIDDLE - SECOND, "Sí", "last_day"),
        (AFTER, "Sí", "last_day"),
        (AFTER + SECOND, " ", "reason"),
    ],
)
def test_a_new_end_is_never_past_nor_the_same_nor_without_a_reason(owner, ends_at, reason, field):
    period = confirmed(owner)

    with pytest.raises(CannotBlackOut) as refusal:
        blackouts.move_end(period, ends_at, reason=reason, by=owner, at=MIDDLE)

    assert refusal.value.field == field


def test_what_has_ended_does_not_begin_again_by_moving_its_end(owner):
    period = confirmed(owner)

    with pytest.raises(CannotBlackOut):
        blackouts.move_end(period, AFTER + timedelta(days=9), reason="Sí", by=owner, at=AFTER)


def test_it_is_ended_early_with_a_reason_and_withholds_no_more(owner):
    period = confirmed(owner)

    blackouts.end(period, reason="Se anuló la elección.", by=owner, at=MIDDLE)

    kept = BlackoutPeriod.objects.get()
    assert (kept.state, kept.ended_at, kept.ended_reason) == ("ended", MIDDLE, "Se anuló la elección.")
    assert not withholds(at=MIDDLE)
    assert list(differences()) == []


def test_it_is_not_ended_without_a_reason_nor_after_its_end(owner):
    period = confirmed(owner)

    with pytest.raises(CannotBlackOut) as refusal:
        blackouts.end(period, reason="", by=owner, at=MIDDLE)
    assert refusal.value.field == "reason"
    with pytest.raises(CannotBlackOut):
        blackouts.end(period, reason="Sí", by=owner, at=AFTER)


# Exceptions


def let(period, owner, *, at=MIDDLE, **given):
    said = {"kind": BOARD, "reason": "Es información de salud.", "basis": "Artículo 0."} | given
    return blackouts.let_through(period, by=owner, at=at, **said)


def test_an_item_is_let_through_with_reason_and_basis_and_a_line_in_the_trail(owner):
    period = confirmed(owner)

    given = let(period, owner)

    assert not withholds(at=MIDDLE)
    assert (given.reason, given.basis, given.by) == ("Es información de salud.", "Artículo 0.", owner)
    assert TrailEntry.objects.about(given).get().act == "blackout.let_through"


def test_an_item_is_shown_only_when_every_period_in_force_lets_it_through(owner):
    local, federal = confirmed(owner), confirmed(owner, kind="federal")
    let(local, owner)
    assert withholding.withheld_by(BOARD, at=MIDDLE) == federal

    let(federal, owner)

    assert not withholds(at=MIDDLE)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "nada"}, "kind"),
        ({"kind": "poster", "reference": "CONV-NO-HAY"}, "reference"),
        ({"kind": "poster", "reference": ""}, "reference"),
        ({"reason": " "}, "reason"),
        ({"basis": " "}, "basis"),
    ],
)
def test_what_cannot_be_let_through_says_at_which_entry(owner, given, field):
    period = confirmed(owner)

    with pytest.raises(CannotBlackOut) as refusal:
        let(period, owner, **given)

    assert refusal.value.field == field


def test_the_same_item_is_let_through_once(owner):
    period = confirmed(owner)
    let(period, owner)

    with pytest.raises(CannotBlackOut):
        let(period, owner)

    assert BlackoutException.objects.count() == 1


def test_nothing_is_let_through_of_a_period_that_withholds_nothing(owner):
    with pytest.raises(CannotBlackOut):
        let(note(owner), owner)
    with pytest.raises(CannotBlackOut):
        let(confirmed(owner), owner, at=AFTER)


# What the database itself refuses


@pytest.mark.parametrize("changes", [{"source": "Otra"}, {"starts_at": BEFORE}, {"kind": "federal"}])
def test_of_a_confirmed_period_only_the_end_changes(owner, changes):
    period = confirmed(owner)

    with pytest.raises(DatabaseError), transaction.atomic():
        BlackoutPeriod.objects.filter(pk=period.pk).update(**changes)


def test_what_ended_and_what_was_let_through_stay_as_they_were(owner):
    given = BlackoutExceptionFactory()
    period = blackouts.end(confirmed(owner), reason="Sí", by=owner, at=MIDDLE)

    with pytest.raises(DatabaseError), transaction.atomic():
        BlackoutException.objects.filter(pk=given.pk).update(reason="Otra")
    with pytest.raises(DatabaseError), transaction.atomic():
        BlackoutPeriod.objects.filter(pk=period.pk).update(ended_reason="Otra")


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_at": FIRST, "starts_at": FIRST},
        {"source": ""},
        {"confirmed_at": None},
        {"state": "ended"},
        {"moved_reason": "Sin final anterior"},
    ],
)
def test_the_database_keeps_no_period_that_contradicts_itself(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        BlackoutPeriodFactory(**wrong)


# What waits for planning


@pytest.mark.parametrize(("days", "count"), [(61, 0), (60, 1), (-1, 1)])
def test_planning_is_reminded_of_what_waits_to_be_confirmed(owner, days, count):
    note(owner, at=FIRST - timedelta(days=90))

    with time_machine.travel(FIRST - timedelta(days=days), tick=False):
        assert len(list(blackouts_to_confirm(owner))) == count
        assert list(blackouts_to_confirm(member(Role.HEAD))) == []


def test_what_is_confirmed_or_over_waits_no_more(owner):
    confirmed(owner)
    note(owner, kind="federal")

    with time_machine.travel(MIDDLE, tick=False):
        assert len(list(blackouts_to_confirm(owner))) == 1
    with time_machine.travel(AFTER, tick=False):
        assert list(blackouts_to_confirm(owner)) == []


# The reference data


def test_the_periods_of_2027_are_known_of_and_not_confirmed():
    load_reference()

    found = BlackoutPeriod.objects.order_by("kind")
    assert [(one.kind, one.state, one.ends_at) for one in found] == [
        ("federal", "noted", AFTER), ("local", "noted", AFTER),
    ]  # fmt: skip
    assert all("sin confirmar" in one.note for one in found)
    assert not withholds(at=MIDDLE)


def test_what_planning_confirmed_is_left_alone_by_the_loader(owner):
    load_reference()
    period = BlackoutPeriod.objects.get(kind="local")
    blackouts.change(period, by=owner, at=BEFORE, **(SAID | {"starts_at": FIRST + SECOND}))
    blackouts.confirm(period, by=owner, at=BEFORE)

    load_reference()

    kept = BlackoutPeriod.objects.get(pk=period.pk)
    assert (kept.state, kept.starts_at) == ("confirmed", FIRST + SECOND)


def test_a_stranger_without_a_role_may_not(owner):
    with pytest.raises(PermissionDenied):
        note(UserFactory())
