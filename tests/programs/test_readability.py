"""Sentences and words as a reader of Spanish counts them."""

import pytest

from programs.readability import LONG, read, words_in


@pytest.mark.parametrize(
    ("html", "sentences"),
    [
        ("", []),
        ("<p>Uno dos. Tres cuatro.</p>", ["Uno dos.", "Tres cuatro."]),
        ("<p>¿Quién puede? ¡Todas! Y todos.</p>", ["¿Quién puede?", "¡Todas!", "Y todos."]),
        ("<h3>Requisitos</h3><ul><li>Acta</li><li>RFC</li></ul>", ["Requisitos", "Acta", "RFC"]),
        ("<p>El art. 12, fracc. IV de la Ley. Fin.</p>", ["El art. 12, fracc. IV de la Ley.", "Fin."]),
        ("<p>Dijo que no. Luego firmó.</p>", ["Dijo que no.", "Luego firmó."]),
        ("<p>Son $490,000.00 M.N. El pago es único.</p>", ["Son $490,000.00 M.N. El pago es único."]),
        ("<p>Cuesta 1.5 veces. 3 personas votan.</p>", ["Cuesta 1.5 veces.", "3 personas votan."]),
        ("<p>Dijo: «Sí.» Después firmó.</p>", ["Dijo: «Sí.»", "Después firmó."]),
        ("<p>Uno<br>Dos &amp; tres</p>", ["Uno", "Dos & tres"]),
        ("<p>…</p><p>—</p>", []),
    ],
)  # fmt: skip
def test_a_text_is_cut_into_its_sentences(html, sentences):
    assert read(html).sentences == sentences


@pytest.mark.parametrize(
    ("sentence", "count"),
    [("Tres palabras juntas.", 3), ("Son $490,000.00 pesos", 3), ("el 31/03/2026 a las 14:30", 5), ("—", 0)],
)
def test_words_are_counted_as_they_are_read(sentence, count):
    assert words_in(sentence) == count


def test_the_long_sentences_come_with_their_words_the_longest_first():
    exact, long, longer = (" ".join(["palabra"] * n) for n in (LONG, LONG + 1, LONG + 9))

    reading = read(f"<p>{exact}</p><p>{long}</p><p>{longer}</p>")

    assert reading.long == [(LONG + 9, longer), (LONG + 1, long)]
    assert reading.words == 3 * LONG + 10
    assert reading.words_per_sentence == round((3 * LONG + 10) / 3)


def test_an_empty_text_has_no_measure():
    assert (read("").words_per_sentence, read("").long) == (0, [])
