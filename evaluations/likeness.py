"""Pure: when two names, addresses, telephones or domains of e-mail say that two people may be tied."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from calls.folding import fold

DATA = Path(__file__).parent / "data"
PHONE_DIGITS = 10  # a number of Mexico, without the country's code
# How a street is written by some and not by others
OF_STREETS = frozenset(
    [
        "avenida",
        "av",
        "ave",
        "calle",
        "c",
        "calz",
        "calzada",
        "blvd",
        "boulevard",
        "bulevar",
        "priv",
        "privada",
        "col",
        "colonia",
        "fracc",
        "fraccionamiento",
        "no",
        "num",
        "numero",
        "int",
        "interior",
        "ext",
        "exterior",
        "piso",
        "cp",
    ]
)


@cache
def listed(file, name):
    """A list of words kept as data beside the code."""
    return frozenset(yaml.safe_load((DATA / f"{file}.yaml").read_text(encoding="utf-8"))[name])


def domain_of(address):
    """The domain of an e-mail address; nothing where anybody may have one there."""
    domain = address.rpartition("@")[2].strip().lower()
    return "" if domain in listed("shared_mail", "domains") else domain


def domain_of_site(url):
    """The domain of a web page, as its people's e-mail would have it."""
    return domain_of((urlsplit(url).hostname or "").removeprefix("www."))


def phone(text):
    """The ten digits of a telephone; nothing when there are fewer."""
    digits = re.sub(r"\D", "", text)[-PHONE_DIGITS:]
    return digits if len(digits) == PHONE_DIGITS else ""


def address(street, postal_code):
    """A street and its number as everybody would write them; nothing where either is missing."""
    words = [word for word in re.findall(r"\w+", fold(street)) if word not in OF_STREETS]
    has_number = any(word.isdigit() for word in words)
    return " ".join([*words, postal_code.strip()]) if has_number and len(words) > 1 else ""


def full_name(name):
    """A name to compare: folded, what stands between parentheses left out; nothing for a single word."""
    words = _words(name)
    return " ".join(words) if len(words) > 1 else ""


def surnames(name):
    """The last two words of a name of three or more, the last one of two; none of a single word."""
    words = [word for word in _words(name) if word not in listed("common_surnames", "particles")]
    return frozenset(words[-2:] if len(words) > 2 else words[1:])


def shared_surnames(one, other):
    """What two sets of surnames share, if it says something: an uncommon one, or both."""
    shared = one & other
    says = shared - listed("common_surnames", "surnames") or len(shared) > 1
    return shared if says else frozenset()


def _words(name):
    plain = re.sub(r"\([^)]*\)", " ", fold(name))
    return [word for word in re.findall(r"[^\W_]+", plain) if not any(sign.isdigit() for sign in word)]
