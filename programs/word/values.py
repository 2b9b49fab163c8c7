"""A cell of a table as the value of a field: amounts, dates, yes or no, one of a list, another row's name."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher

from django.db import models
from django.utils.translation import override

from accounts.dates import MONTHS
from programs.word.titles import plain

ALIKE = 0.86
NOTHING = {"", "—", "-", "–", "n/a", "na"}
YES, NO = {"si", "yes", "x", "✓", "verdadero", "true"}, {"no", "false", "falso"}
COUNTED = re.compile(r"\([^)]*\)\s*$")  # a day in words that a rule counts to, and says so
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
IN_WORDS = re.compile(r"(\d{1,2})[ºo°]?\s+(?:de\s+)?([a-záéíóú]+)\s+(?:de[l]?\s+)?(\d{4})", re.IGNORECASE)
WITH_SLASHES = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
MONTH = {plain(word): place for place, word in enumerate(MONTHS["es"].split(), start=1)} | {"setiembre": 9}


class Unreadable(ValueError):
    """The words are no value of that field; nothing is guessed."""


def parse(words, field, names):
    """The value that a cell's words give to a field. ``names`` finds the key of another row by its name."""
    words = words.strip()
    if words.lower() in NOTHING:
        return None
    if field.choices:
        return choice(words, field)
    if isinstance(field, models.BooleanField):
        return yes_or_no(words)
    if isinstance(field, models.DateField):
        return None if COUNTED.search(words) else days(words)[0]
    if isinstance(field, models.DecimalField):
        return decimal(words)
    if isinstance(field, models.IntegerField):
        return int(decimal(words))
    return names(field.name, words)


def choice(words, field):
    """The code of the choice that the words name, in either language."""
    wanted = plain(words)
    for language in ("es-mx", "en"):
        with override(language):
            labels = {plain(str(label)): code for code, label in field.flatchoices}
        if wanted in labels:
            return labels[wanted]
        near = {code for label, code in labels.items() if _is_near(label, wanted)}
        if len(near) == 1:
            return near.pop()
    if words in dict(field.flatchoices):
        return words
    raise Unreadable(words)


def _is_near(label, wanted):
    """One begins with the other, or they differ by little."""
    begins = label.startswith(f"{wanted} ") or wanted.startswith(f"{label} ")
    return begins or SequenceMatcher(None, label, wanted).ratio() >= ALIKE


def yes_or_no(words):
    said = plain(words) or words.lower()
    if said in YES or said.startswith("si "):
        return True
    if said in NO or said.startswith("no "):
        return False
    raise Unreadable(words)


def days(words):
    """The days that the words name, in their order; at least one."""
    said = [(match[3], MONTH.get(plain(match[2])), match[1]) for match in IN_WORDS.finditer(words)]
    said += [(match[3], match[2], match[1]) for match in WITH_SLASHES.finditer(words)]
    said += [(match[1], match[2], match[3]) for match in ISO.finditer(words)]
    found = [_day(*one) for one in said if one[1]]
    if not found or None in found:
        raise Unreadable(words)
    return found


def _day(year, month, day):
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def decimal(words):
    """The one number of the words: $1,234.50, 10 %, 40 puntos."""
    found = NUMBER.findall(words)
    if len(found) != 1:
        raise Unreadable(words)
    try:
        return Decimal(found[0].replace(",", ""))
    except InvalidOperation as error:
        raise Unreadable(words) from error
