"""Joining two texts: what only one changed stands, what both changed is asked, nothing is left out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programs.merging import merge, merge_whole, paragraphs

A, B, C, D = "<p>a</p>", "<p>b</p>", "<p>c</p>", "<p>d</p>"


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("", []),
        (f"{A}\n\n{B}", [A, B]),
        ("<ul><li>a</li><li>b</li></ul><p>c<br>d</p>", ["<ul><li>a</li><li>b</li></ul>", "<p>c<br>d</p>"]),
        ("a<p>b</p>c", ["a", "<p>b</p>", "c"]),
        ("<table><tbody><tr><td><p>a</p></td></tr></tbody></table>",
         ["<table><tbody><tr><td><p>a</p></td></tr></tbody></table>"]),
    ],
)  # fmt: skip
def test_a_text_is_read_by_its_paragraphs(html, found):
    assert paragraphs(html) == found


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "joined"),
    [
        (A + B, A + C, A + B, A + C),  # only they wrote
        (A + B, A + B, D + B, D + B),  # only I wrote
        (A + B, A + C, D + B, D + C),  # each wrote another paragraph, side by side
        (A + B + C, A + C, A + B + C + D, A + C + D),  # they took one out, I added one
        (A, A + B, A + C, A + B + C),  # both added at the same place: both stay
        (A, B, B, B),  # both wrote the same
        ("", A, "", A),
        (A + B, A + B, "", ""),  # I emptied it, nobody else wrote
    ],
)
def test_what_only_one_changed_stands(base, theirs, mine, joined):
    merged = merge(base, theirs, mine)

    assert (merged.is_clean, merged.html) == (True, joined)


def test_what_both_changed_is_shown_side_by_side_and_the_rest_is_settled():
    merged = merge(A + B, A + C, A + D)

    assert [piece.html for piece in merged.pieces] == [A, ""]
    (conflict,) = merged.conflicts
    assert (conflict.theirs, conflict.mine) == (C, D)


def test_what_one_took_out_and_the_other_changed_is_asked():
    merged = merge(A + B, A, A + C)

    assert [(one.theirs, one.mine) for one in merged.conflicts] == [("", C)]


def test_without_knowing_what_stood_before_everything_is_asked():
    assert not merge(None, A, B).is_clean


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "is_clean", "joined"),
    [("a", "b", "a", True, "b"), ("a", "a", "b", True, "b"), ("a", "b", "c", False, "")],
)
def test_a_short_text_is_joined_whole(base, theirs, mine, is_clean, joined):
    merged = merge_whole(base, theirs, mine)

    assert (merged.is_clean, merged.html) == (is_clean, joined)


texts = st.lists(st.sampled_from("abcdefg"), max_size=7).map(
    lambda letters: "".join(f"<p>{letter}</p>" for letter in letters)
)


@settings(max_examples=400, deadline=None)
@given(base=texts, theirs=texts, mine=texts)
def test_nothing_that_either_wrote_is_left_out(base, theirs, mine):
    shown = "".join(piece.html + piece.theirs + piece.mine for piece in merge(base, theirs, mine).pieces)

    written = set(paragraphs(theirs)) | set(paragraphs(mine))
    assert written - set(paragraphs(base)) <= set(paragraphs(shown))


@settings(max_examples=200, deadline=None)
@given(base=texts, other=texts)
def test_who_changed_nothing_changes_nothing(base, other):
    assert merge(base, other, base).html == other
    assert merge(base, base, other).html == other
