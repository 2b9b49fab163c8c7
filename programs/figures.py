"""Numbers that explain themselves: the value, a sentence, the formula in words, the way to the records."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True)
class Figure:
    """A number for a board, a report or the API, always with what it means and where it comes from."""

    name: str
    value: str
    sentence: str
    formula: str
    url: str = ""
    number: Decimal | int | None = None
    of: Decimal | int | None = None
    note: str = ""


def percent(part, whole):
    """22 of 55 is “40.0 %”; of nothing there is no share."""
    if not whole:
        return "—"
    share = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{share}\N{NO-BREAK SPACE}%"
