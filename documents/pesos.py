"""Amounts as agreements write them: $490,000.00 (cuatrocientos noventa mil pesos 00/100 M.N.)."""

from decimal import ROUND_HALF_UP, Decimal

# Each word stands at the place of its number; nothing is said where a dash stands.
UNDER_THIRTY = (
    "cero un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
    "diecisiete dieciocho diecinueve veinte veintiún veintidós veintitrés veinticuatro veinticinco "
    "veintiséis veintisiete veintiocho veintinueve"
)
TENS = "- - - treinta cuarenta cincuenta sesenta setenta ochenta noventa"
HUNDREDS = (
    "- ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
)
LARGEST = Decimal("999999999.99")


def to_cents(amount) -> Decimal:
    return Decimal(amount).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def figures(amount) -> str:
    """$490,000.00, the same in both languages; a debt carries its minus before the sign."""
    value = to_cents(amount)
    return f"{'−' if value < 0 else ''}${abs(value):,.2f}"


def in_words(amount) -> str:
    """The amount in Spanish words, as on a cheque. Raises ValueError beyond 999,999,999.99."""
    value = to_cents(amount)
    if abs(value) > LARGEST:
        raise ValueError(f"{value} is too large to be written in words.")
    whole, cents = divmod(int(abs(value) * 100), 100)
    sign = "menos " if value < 0 else ""
    return f"{sign}{cardinal(whole)} {_noun(whole)} {cents:02d}/100 M.N."


def cardinal(number: int) -> str:
    """A whole number before a masculine noun: un, veintiún, treinta y un mil."""
    millions, rest = divmod(number, 1_000_000)
    thousands, units = divmod(rest, 1000)
    parts = []
    if millions:
        parts.append("un millón" if millions == 1 else f"{_below_thousand(millions)} millones")
    if thousands:
        parts.append("mil" if thousands == 1 else f"{_below_thousand(thousands)} mil")
    if units or not parts:
        parts.append(_below_thousand(units))
    return " ".join(parts)


def _noun(whole):
    if whole and whole % 1_000_000 == 0:
        return "de pesos"
    return "peso" if whole == 1 else "pesos"


def _below_thousand(number):
    if number == 100:
        return "cien"
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _below_hundred(rest)
    return f"{_at(HUNDREDS, hundreds)} {_below_hundred(rest)}" if rest else _at(HUNDREDS, hundreds)


def _below_hundred(number):
    if number < 30:
        return _at(UNDER_THIRTY, number)
    tens, units = divmod(number, 10)
    return f"{_at(TENS, tens)} y {_at(UNDER_THIRTY, units)}" if units else _at(TENS, tens)


def _at(words, place):
    return words.split()[place]
