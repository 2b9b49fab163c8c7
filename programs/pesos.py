"""Pesos as the State writes them: figures and words. Pure."""

from decimal import ROUND_HALF_UP, Decimal

UNITS = [
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
]
TENS = ["x", "x", "x", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"]
HUNDREDS = [
    "x",
    "ciento",
    "doscientos",
    "trescientos",
    "cuatrocientos",
    "quinientos",
    "seiscientos",
    "setecientos",
    "ochocientos",
    "novecientos",
]
CENT = Decimal("0.01")


def figures(amount):
    """``$1,234,567.50``"""
    return f"${amount.quantize(CENT, ROUND_HALF_UP):,}"


def in_words(amount):
    """``un millón doscientos pesos 50/100 M.N.`` for 1000200.50."""
    amount = Decimal(amount).quantize(CENT, ROUND_HALF_UP)
    whole, cents = divmod(int(amount * 100), 100)
    said = _shortened(number_in_words(whole))
    noun = "peso" if whole == 1 else "pesos"
    of = "de " if whole >= 10**6 and whole % 10**6 == 0 else ""
    return f"{said} {of}{noun} {cents:02}/100 M.N."


def number_in_words(number):
    """A whole number below a million millions, in Spanish."""
    if number >= 10**6:
        millions, rest = divmod(number, 10**6)
        head = "un millón" if millions == 1 else f"{_shortened(number_in_words(millions))} millones"
        return _joined(head, rest)
    if number >= 1000:
        thousands, rest = divmod(number, 1000)
        head = "mil" if thousands == 1 else f"{_shortened(number_in_words(thousands))} mil"
        return _joined(head, rest)
    return _below_a_thousand(number)


def _joined(head, rest):
    return f"{head} {number_in_words(rest)}" if rest else head


def _below_a_thousand(number):
    if number == 100:
        return "cien"
    if number > 100:
        return (
            f"{HUNDREDS[number // 100]} {_below_a_thousand(number % 100)}"
            if number % 100
            else HUNDREDS[number // 100]
        )
    if number < 30:
        return UNITS[number]
    tens, unit = divmod(number, 10)
    return f"{TENS[tens]} y {UNITS[unit]}" if unit else TENS[tens]


def _shortened(words):
    """“veintiuno” and “uno” lose their ending before a noun: “veintiún mil”, “treinta y un pesos”."""
    if words.endswith("veintiuno"):
        return f"{words[:-9]}veintiún"
    return f"{words[:-3]}un" if words == "uno" or words.endswith(" uno") else words
