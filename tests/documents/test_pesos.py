"""Amounts in words, as an agreement must carry them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import pesos


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "cero pesos 00/100 M.N."),
        ("1", "un peso 00/100 M.N."),
        ("0.50", "cero pesos 50/100 M.N."),
        ("16", "dieciséis pesos 00/100 M.N."),
        ("21", "veintiún pesos 00/100 M.N."),
        ("31", "treinta y un pesos 00/100 M.N."),
        ("100", "cien pesos 00/100 M.N."),
        ("101", "ciento un pesos 00/100 M.N."),
        ("555", "quinientos cincuenta y cinco pesos 00/100 M.N."),
        ("1000", "mil pesos 00/100 M.N."),
        ("1001.01", "mil un pesos 01/100 M.N."),
        ("21000", "veintiún mil pesos 00/100 M.N."),
        ("100000", "cien mil pesos 00/100 M.N."),
        ("490000", "cuatrocientos noventa mil pesos 00/100 M.N."),
        ("1000000", "un millón de pesos 00/100 M.N."),
        ("1000001", "un millón un pesos 00/100 M.N."),
        ("21000000", "veintiún millones de pesos 00/100 M.N."),
        ("3500000", "tres millones quinientos mil pesos 00/100 M.N."),
        ("-1500.5", "menos mil quinientos pesos 50/100 M.N."),
        (
            "999999999.99",
            "novecientos noventa y nueve millones novecientos noventa y nueve mil "
            "novecientos noventa y nueve pesos 99/100 M.N.",
        ),
    ],
)
def test_an_amount_is_said_as_on_a_cheque(amount, words):
    assert pesos.in_words(Decimal(amount)) == words


def test_an_amount_too_large_for_words_is_refused():
    with pytest.raises(ValueError, match="too large"):
        pesos.in_words(Decimal("1000000000"))


@given(st.integers(0, 999_999_999), st.integers(0, 999_999_999))
def test_different_amounts_are_said_differently(one, other):
    assert (pesos.cardinal(one) == pesos.cardinal(other)) == (one == other)


@pytest.mark.parametrize(
    ("amount", "figures"),
    [("490000", "$490,000.00"), ("0.005", "$0.01"), ("-3.5", "−$3.50"), ("1234567.891", "$1,234,567.89")],
)
def test_figures_carry_separators_and_two_decimals(amount, figures):
    assert pesos.figures(Decimal(amount)) == figures
