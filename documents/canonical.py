"""The canonical text of what a document shows: the same content always gives the same bytes (RFC 8785).

JSON knows no dates, decimals or safe markup, so they are written as one-key objects and read back as
what they were.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from decimal import Decimal

import rfc8785
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe

SCHEMA = 1


class NotPlain(TypeError):
    """A context holds plain values only: texts, numbers, dates, lists and dictionaries of them."""


def freeze(value):
    """The canonical text of a plain value."""
    return rfc8785.dumps(_plain(value)).decode()


def thaw(text):
    """The value that ``freeze`` wrote."""
    return _rich(json.loads(text))


def key_of(text, *, version):
    """The content key: the template's version and the canonical text, hashed."""
    return hashlib.sha256(f"{SCHEMA}\n{version}\n{text}".encode()).hexdigest()


WRITERS = (  # the first that fits: a moment is also a day, safe markup is also a text
    ((type(None), bool, int, float), lambda value: value),
    (SafeString, lambda value: {"$html": str(value)}),
    ((str, Promise), str),
    (Decimal, lambda value: {"$decimal": str(value)}),
    (dt.datetime, lambda value: {"$moment": value.astimezone(dt.UTC).isoformat()}),
    (dt.date, lambda value: {"$day": value.isoformat()}),
    (dt.time, lambda value: {"$time": value.isoformat()}),
    ((list, tuple), lambda value: [_plain(item) for item in value]),
    (dict, lambda value: {_name(key): _plain(item) for key, item in value.items()}),
)


def _plain(value):
    for kinds, write in WRITERS:
        if isinstance(value, kinds):
            return write(value)
    raise NotPlain(f"{type(value).__name__} is not a plain value: {value!r}")


def _name(key):
    if not isinstance(key, str | int) or str(key).startswith("$"):
        raise NotPlain(f"{key!r} cannot be a name")
    return str(key)


READERS: dict[str, Callable] = {
    "$html": mark_safe,
    "$decimal": Decimal,
    "$moment": dt.datetime.fromisoformat,
    "$day": dt.date.fromisoformat,
    "$time": dt.time.fromisoformat,
}


def _rich(value):
    if isinstance(value, list):
        return [_rich(item) for item in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        ((name, inner),) = value.items()
        if name in READERS:
            return READERS[name](inner)
    return {name: _rich(item) for name, item in value.items()}
