"""The clock of public questions, in business days, and which texts look alike. No database."""

from datetime import date

import pytest

from calls import alike, question_clock
from calls.question_clock import Asked

FRIDAY, MONDAY, TUESDAY, THURSDAY = (date(2026, 3, day) for day in (13, 16, 17, 19))
HOLIDAYS = frozenset({MONDAY})


def read(*asked, today=THURSDAY):
    return question_clock.read(asked, today=today, holidays=HOLIDAYS)


def test_the_term_skips_the_weekend_and_the_days_that_are_not_worked():
    assert question_clock.due_on(FRIDAY, 3, HOLIDAYS) == THURSDAY
    assert question_clock.due_on(FRIDAY, 3, frozenset()) == date(2026, 3, 18)


@pytest.mark.parametrize(("today", "late"), [(THURSDAY, 0), (date(2026, 3, 20), 1)])
def test_an_answer_is_in_time_through_the_whole_of_its_day(today, late):
    assert read(Asked(FRIDAY, THURSDAY), today=today).waiting_late == late


def test_what_was_settled_stays_late_or_in_time_whatever_the_day_of_today():
    clock = read(
        Asked(FRIDAY, THURSDAY, settled_on=THURSDAY),
        Asked(FRIDAY, THURSDAY, settled_on=date(2026, 3, 20)),
        today=date(2026, 6, 1),
    )

    assert (clock.settled, clock.settled_late, clock.waiting, clock.waiting_late) == (2, 1, 0, 0)


def test_the_median_counts_business_days_and_leaves_out_what_waits():
    clock = read(
        Asked(FRIDAY, THURSDAY, settled_on=FRIDAY),
        Asked(FRIDAY, THURSDAY, settled_on=TUESDAY),
        Asked(FRIDAY, THURSDAY, settled_on=THURSDAY),
        Asked(FRIDAY, THURSDAY),
    )

    assert clock.median_days == 1


def test_a_call_without_questions_has_no_median_and_nothing_due():
    assert read() == question_clock.Clock(0, 0, 0, 0, None, None)


def test_the_first_answer_that_is_due_is_said():
    assert read(Asked(FRIDAY, THURSDAY), Asked(FRIDAY, TUESDAY)).next_due == TUESDAY


# Looking alike

ASKED = [
    ("renta", "¿Se puede pagar la renta de la oficina con el apoyo?"),
    ("viajes", "¿Los viajes de las facilitadoras se pagan?"),
    ("cluni", "¿Qué pasa si la CLUNI está en trámite?"),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("¿Podemos pagar con el apoyo la renta del local?", ["renta"]),
        ("¿Se paga el viaje de una facilitadora?", ["viajes"]),
        ("Tengo la cluni en tramite", ["cluni"]),
        ("¿Cuándo se publican los resultados?", []),
        ("¿Se puede?", []),
    ],
)
def test_plain_words_find_what_was_asked_before(text, found):
    assert alike.most_alike(text, ASKED, most=5) == found


def test_the_closest_comes_first_and_no_more_than_were_wanted():
    asked = [("lejos", "renta de oficina y equipo de cómputo"), ("cerca", "renta de oficina")]

    assert alike.most_alike("¿Pagan la renta de una oficina?", asked, most=5) == ["cerca", "lejos"]
    assert alike.most_alike("¿Pagan la renta de una oficina?", asked, most=1) == ["cerca"]


def test_accents_and_plurals_are_one_word():
    assert alike.words_of("Organizaciones RECIBOS") == alike.words_of("organización recibo")
