"""A commented passage is found again after the text changed around it, or is said to be gone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programs.passages import Anchor, anchor, locate

TEXT = "Podrán participar las organizaciones legalmente constituidas. El plazo es de diez días hábiles."


@pytest.mark.parametrize(
    "now",
    [
        TEXT,
        "Antes de todo. " + TEXT,
        TEXT.replace("Podrán participar", "Participarán"),
        TEXT + " Y nada más.",
        TEXT.replace("diez", "quince"),
    ],
)
def test_a_passage_survives_edits_around_it(now):
    place = locate(now, anchor(TEXT, "organizaciones legalmente constituidas"))

    assert place.state == "found"
    assert now[place.start : place.end] == "organizaciones legalmente constituidas"


def test_of_two_places_it_is_the_one_whose_surroundings_are_those_of_then():
    text = "El monto es de cien pesos. El plazo es de diez días. La espera es de diez días."
    second = anchor(text, "diez días", prefix="La espera es de ")

    place = locate("Nuevo. " + text, second)

    assert ("Nuevo. " + text)[: place.start].endswith("La espera es de ")


def test_a_passage_that_was_changed_says_how_it_reads_now():
    place = locate(
        TEXT.replace("legalmente constituidas", "civiles"), anchor(TEXT, "legalmente constituidas")
    )

    assert (place.state, place.now) == ("changed", "civiles")


@pytest.mark.parametrize("now", ["", "Otra cosa.", TEXT.replace("legalmente constituidas", "")])
def test_a_passage_that_is_no_longer_there_is_gone(now):
    assert locate(now, anchor(TEXT, "legalmente constituidas")).state == "gone"


def test_a_passage_that_does_not_stand_there_has_no_anchor():
    assert anchor(TEXT, "organizaciones ilegales") is None


def test_blanks_and_lines_of_a_copied_passage_do_not_matter():
    assert anchor(TEXT, "  organizaciones\n legalmente ").quote == "organizaciones legalmente"


def test_without_a_quote_there_is_no_place():
    assert locate(TEXT, Anchor("")).state == "gone"


words = st.text(alphabet="abcde .", min_size=0, max_size=80)


@settings(max_examples=200, deadline=None)
@given(before=words, quote=st.text(alphabet="xyz", min_size=1, max_size=20), after=words, more=words)
def test_whatever_is_written_around_it_the_passage_is_found(before, quote, after, more):
    made = anchor(f"{before}{quote}{after}", quote)

    place = locate(f"{more}{before}{quote}{after}{more}", made)

    assert place.state == "found"
    assert f"{more}{before}{quote}{after}{more}"[place.start : place.end] == quote
