"""The adjusted score, in plain values: what it is, when there is none, and that it decides nothing."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from evaluations import adjustment, beside, standing
from evaluations.adjustment import Undefined
from tests.factories.evaluations import evaluation


def totals(**files):
    return {
        file: {reader: Decimal(total) for reader, total in given.items()} for file, given in files.items()
    }


def test_who_drew_the_severe_reader_is_not_behind_for_that():
    """Ana gives ten points less than Beto and Carla to whatever she reads."""
    found = adjustment.adjusted(
        totals(a={"ana": 70, "beto": 80}, b={"beto": 78, "carla": 78}, c={"ana": 50, "carla": 60})
    )

    assert {reader: round(effect, 2) for reader, effect in found.effects.items()} == {
        "ana": Decimal("-6.67"),
        "beto": Decimal("3.33"),
        "carla": Decimal("3.33"),
    }
    assert found.scores == {"a": Decimal("76.67"), "b": Decimal("74.67"), "c": Decimal("56.67")}
    assert found.places == {"a": 1, "b": 2, "c": 3}


def test_files_of_the_same_adjusted_score_keep_the_order_of_the_ranking():
    given = totals(a={"ana": 70, "beto": 70}, b={"ana": 70, "beto": 70})

    assert adjustment.adjusted(given, ["b", "a"]).places == {"b": 1, "a": 2}


@pytest.mark.parametrize(
    ("given", "reason", "panels"),
    [
        ({}, Undefined.NOTHING, 0),
        (totals(a={"ana": 70}, b={"ana": 80}), Undefined.ONE_READER, 1),
        (totals(a={"ana": 70}, b={"beto": 80}), Undefined.ONE_EACH, 2),
        (totals(a={"ana": 70, "beto": 80}, b={"carla": 80, "dora": 60}), Undefined.APART, 2),
    ],
)
def test_where_severity_cannot_be_told_from_worth_there_is_no_adjusted_score(given, reason, panels):
    found = adjustment.adjusted(given)

    assert (found.undefined, found.panels, found.scores, found.places) == (reason, panels, {}, {})
    with translation.override("en"):
        assert beside.why_undefined(found).endswith(".")


def test_groups_that_one_shared_file_links_are_compared():
    given = totals(a={"ana": 70, "beto": 80}, b={"carla": 80, "dora": 60}, c={"beto": 50, "carla": 50})

    found = adjustment.adjusted(given)

    assert found.undefined is None
    assert set(found.scores) == {"a", "b", "c"}


READERS = "abcde"
PANELS = st.dictionaries(
    st.integers(1, 30),
    st.dictionaries(
        st.sampled_from(READERS), st.integers(0, 100).map(Decimal), min_size=2, max_size=len(READERS)
    ),
    min_size=2,
    max_size=12,
)


@given(PANELS, st.randoms(use_true_random=False))
def test_it_is_the_same_whatever_the_order_in_which_scores_are_read(given, chance):
    files = list(given.items())
    chance.shuffle(files)

    assert adjustment.adjusted(dict(files)).scores == adjustment.adjusted(given).scores


@given(PANELS)
def test_the_readers_effects_add_up_to_nothing(given):
    assert abs(sum(adjustment.adjusted(given).effects.values())) < Decimal("0.001")


@given(PANELS, st.integers(-20, 20))
def test_a_reader_who_is_severe_with_all_alike_moves_nobody_past_another(given, more):
    """What one reader gives everybody is that reader's: between any two files nothing changes."""
    shifted = {
        file: {reader: total + (more if reader == "a" else 0) for reader, total in totals.items()}
        for file, totals in given.items()
    }
    before, after = adjustment.adjusted(given), adjustment.adjusted(shifted)
    differences = {after.scores[file] - score for file, score in before.scores.items()}

    assert not differences or max(differences) - min(differences) <= Decimal("0.02")


@pytest.mark.django_db
def test_the_ranking_shows_both_and_is_that_of_the_mean(client):
    played = evaluation("score")
    client.force_login(played.chair)

    page = client.get(f"/evaluacion/convocatoria/{played.call.folio}/prelacion/")

    rows = page.context["rows"]
    assert [row["place"].rank for row in rows] == [1, 2, 3]
    assert [row["adjusted"] for row in rows] == [row["place"].mean for row in rows]
    assert "no decide nada" in page.text
    assert [p.scored.key for p in standing.places(played.call)] == [row["application"].pk for row in rows]
