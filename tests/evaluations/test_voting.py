import pytest

from evaluations import voting


@pytest.mark.parametrize(
    ("votes", "casting", "decided"),
    [
        (["award", "award", "reserve"], None, "award"),
        (["award", "reserve"], "reserve", "reserve"),
        (["award", "reserve"], None, None),
        (["award", "reserve"], "not_awarded", None),
        (["abstain", "abstain", "reserve"], None, "reserve"),
        (["abstain"], "abstain", None),
        ([], None, None),
    ],
)
def test_most_votes_decide_and_the_chair_breaks_a_tie(votes, casting, decided):
    assert voting.decision(votes, casting=casting) == decided


@pytest.mark.parametrize(
    ("present", "recused", "enough"), [("abc", "", True), ("abc", "c", False), ("ab", "", False)]
)
def test_who_is_recused_does_not_count_for_the_quorum(present, recused, enough):
    assert voting.has_quorum(present, recused, 3) is enough
