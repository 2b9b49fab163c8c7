"""The evaluation of a call from the committee to its results, read as a story."""

from decimal import Decimal

import pytest

from accounts.models import Notice, TrailEntry
from calls.models import ActualDate
from calls.states import ApplicationState, CallState
from evaluations import seals
from evaluations.models import Ruling
from evaluations.states import RulingState
from tests.factories.evaluations import evaluation
from tests.invariants import BUILT_IN_ONE_STATEMENT, assert_invariants_hold

pytestmark = pytest.mark.django_db


def test_three_files_are_scored_ruled_and_released_at_once():
    played = evaluation("score", budget=Decimal(150_000))
    played.convene().open().vote().rule().close()

    assert set(Ruling.objects.values_list("state", flat=True)) == {RulingState.SEALED}
    assert {a.state for a in played.call.applications.all()} == {ApplicationState.ADMITTED}

    played.release()

    assert played.call.state == CallState.RELEASED
    assert list(Ruling.objects.in_rank_order().values_list("rank", "outcome", "amount", "reserve_order")) == [
        (1, "award", Decimal(100_000), None),
        (2, "reserve", None, 1),
        (3, "reserve", None, 2),
    ]
    assert sorted(a.state for a in played.call.applications.all()) == ["awarded", "reserve", "reserve"]
    happened = ActualDate.objects.filter(call=played.call).values_list("milestone", flat=True)
    assert {"ruling", "results_published"} <= set(happened)
    assert Notice.objects.filter(kind="ruling.release").count() == 3
    assert seals.broken(played.call) == []
    assert_invariants_hold(besides=BUILT_IN_ONE_STATEMENT)


def test_the_trail_tells_who_did_what_without_naming_anybody():
    played = evaluation("release")

    acts = set(TrailEntry.objects.values_list("act", flat=True))
    people = [played.chair, played.secretary, played.head, *played.members, *played.evaluators]
    said = " ".join(f"{e.subject_name} {e.note}" for e in TrailEntry.objects.all())

    assert {
        "committee.appoint", "conflict.declare", "assignment.create", "review.hand_in", "session.convene",
        "session.open", "session.vote", "ruling.issue", "session.close", "ruling.release", "call.release",
    } <= acts  # fmt: skip
    assert not any(person.name in said or person.email in said for person in people)
