"""Differences word by word: nothing is lost, whatever the texts."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programs.comparison import words
from programs.comparison.words import Edit, Run

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

TEXTS = st.text(alphabet="abcñé 12<>/&.,\n", max_size=60)


@UNHURRIED
@given(TEXTS, TEXTS)
def test_the_edits_of_a_text_make_it_the_other(before, after):
    assert words.apply(words.edits(before, after), before) == after


@UNHURRIED
@given(TEXTS)
def test_a_text_has_no_edits_to_itself(text):
    assert words.edits(text, text) == []


@UNHURRIED
@given(TEXTS)
def test_the_pieces_of_a_text_are_the_text(text):
    assert "".join(words.pieces(text)) == text


@UNHURRIED
@given(TEXTS, TEXTS)
def test_without_what_was_added_the_runs_read_as_before_and_without_what_was_removed_as_after(before, after):
    runs = words.runs(words.pieces(before), words.pieces(after))

    def without(run):
        return "".join(piece for kind, part in runs if kind is not run for piece in part)

    assert (without(Run.ADDED), without(Run.REMOVED)) == (before, after)


def test_one_word_is_one_edit():
    assert words.edits("en cinco días", "en tres días") == [Edit(3, 8, "tres")]


def test_a_sentence_written_anew_reads_as_one_change():
    runs = words.runs(words.pieces("uno, dos y fin"), words.pieces("tres, cuatro y fin"))

    assert [(kind, "".join(part)) for kind, part in runs] == [
        (Run.REMOVED, "uno, dos"),
        (Run.ADDED, "tres, cuatro"),
        (Run.KEPT, " y fin"),
    ]


def test_search_does_not_mind_capitals_or_accents():
    assert words.folded("Convocatoria PÚBLICA, año") == "convocatoria publica, ano"
