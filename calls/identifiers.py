"""Identifiers of organizations: the wrong is refused, the unlikely is asked about. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from calls import banks

RFC_LETTERS = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ"
RFC_LEGAL = re.compile(r"[A-ZÑ&]{3}\d{6}[A-Z0-9]{2}[0-9A]")
RFC_NATURAL = re.compile(r"[A-ZÑ&]{4}\d{6}[A-Z0-9]{3}")
RFC_GENERIC = {"XAXX010101000", "XEXX010101000"}
CLUNI = re.compile(r"[A-ZÑ&]{3}\d{6}(0[1-9]|[12]\d|3[0-2])[A-Z0-9]{3}")
CLABE_WEIGHTS = (3, 7, 1) * 6
JALISCO_CODES = ("44000", "49999")


class Refused(ValueError):
    """The identifier cannot be right. The message says why and what to do."""


@dataclass(frozen=True)
class Reading:
    """An identifier as it is kept, and what looks odd in it without being certainly wrong."""

    value: str
    warnings: tuple[str, ...] = ()


def tidy(text):
    """Capital letters without spaces, hyphens or points, as people copy identifiers from papers."""
    return re.sub(r"[\s\-.·]", "", text or "").upper()


def rfc(text):
    """The RFC of a legal person. A wrong check digit is a warning: about 1.5 % of real ones have it."""
    value = tidy(text)
    if value in RFC_GENERIC:
        raise Refused(_("That is a generic RFC, for sales without an RFC. Write the organization's own RFC."))
    if RFC_NATURAL.fullmatch(value):
        raise Refused(
            _(
                "That RFC has 13 characters: it is a person's. Write the RFC of the organization, "
                "which has 12 "
                "and stands in its tax status certificate."
            )
        )
    if not RFC_LEGAL.fullmatch(value):
        raise Refused(
            _(
                "The RFC of an organization is 3 letters, 6 digits and 3 more characters, for example "
                "DME060314ST1."
            )
        )
    if not _is_a_date(value[3:9]):
        raise Refused(_("The six digits of the RFC (year, month, day) are not a date. Check them."))
    if rfc_check_digit(value[:-1]) != value[-1]:
        return Reading(
            value,
            (_("The last character of the RFC is not the expected one. Compare it with your certificate."),),
        )
    return Reading(value)


def rfc_check_digit(body):
    """The last character that an RFC without it should have."""
    total = sum(RFC_LETTERS.index(letter) * (13 - place) for place, letter in enumerate(body.rjust(12)))
    digit = 11 - total % 11
    return {11: "0", 10: "A"}.get(digit, str(digit))


def cluni(text, *, rfc=""):
    """The key of the federal register of CSOs, whose first nine characters are usually those of the RFC."""
    value = tidy(text)
    if not CLUNI.fullmatch(value):
        raise Refused(
            _(
                "The CLUNI is 14 characters: the first 9 of the RFC, 2 digits of the state and 3 more, "
                "for example DME0603141301B."
            )
        )
    if not _is_a_date(value[3:9]):
        raise Refused(_("The six digits of the CLUNI (year, month, day) are not a date. Check them."))
    if rfc and value[:9] != tidy(rfc)[:9]:
        return Reading(
            value, (_("The CLUNI does not begin like the RFC. Check that both are of this organization."),)
        )
    return Reading(value)


def clabe(text):
    """The 18 digits of a bank account; the last one proves the others. A bank may be newer than our list."""
    value = tidy(text)
    if not re.fullmatch(r"\d{18}", value):
        raise Refused(_("The CLABE is 18 digits; it stands on the first page of the bank statement."))
    if clabe_check_digit(value[:17]) != value[17]:
        raise Refused(
            _("A digit of the CLABE is wrong: the last one does not match the others. Copy it again.")
        )
    if not banks.name_of(value):
        warning = _(
            "We know no bank with the code %(code)s. Compare the first three digits with your statement."
        )
        return Reading(value, (warning % {"code": value[:3]},))
    return Reading(value)


def clabe_check_digit(body):
    total = sum(int(digit) * weight % 10 for digit, weight in zip(body, CLABE_WEIGHTS, strict=False))
    return str((10 - total % 10) % 10)


def masked(clabe):
    """All but the last four digits hidden: what everybody sees of an account."""
    return "*" * (len(clabe) - 4) + clabe[-4:] if clabe else ""


def postal_code(text):
    """Five digits. Those of Jalisco run from 44000 to 49999; others are asked about, not refused."""
    value = tidy(text)
    if not re.fullmatch(r"\d{5}", value):
        raise Refused(_("The postal code is 5 digits."))
    if value == "00000":
        raise Refused(_("The postal code 00000 does not exist. Write that of the organization's address."))
    if not is_of_jalisco(value):
        return Reading(value, (_("That postal code is outside Jalisco (44000 to 49999)."),))
    return Reading(value)


def is_of_jalisco(code):
    return JALISCO_CODES[0] <= code <= JALISCO_CODES[1]


def municipalities_of(code, municipalities):
    """Those in whose range of codes ``code`` lies, the narrowest range first: ranges may overlap."""
    near = [m for m in municipalities if m.postal_min <= code <= m.postal_max]
    return sorted(near, key=lambda m: int(m.postal_max) - int(m.postal_min))


def phone(text):
    """Ten digits, without the prefixes that ended in 2019."""
    digits = re.sub(r"\D", "", text or "")
    digits = digits[2:] if len(digits) == 12 and digits.startswith("52") else digits
    if len(digits) != 10:
        raise Refused(_("The telephone is 10 digits, without 01, 044 or 045."))
    return Reading(digits)


def _is_a_date(digits):
    """Whether YYMMDD can be a date of one of the two centuries in question."""
    year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    return any(_exists(century + year, month, day) for century in (1900, 2000))


def _exists(year, month, day):
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
