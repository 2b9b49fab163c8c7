"""Fictional evidence of how the demonstration made its calls known, through the acts that record it."""

from datetime import date, timedelta

from calls.actions import dissemination
from rop_portal.demo.papers import paper
from rop_portal.demo.reading import read
from rop_portal.demo.rules import Staff, at


def of_the_past(call):
    """One action in time, one late, one besides the plan, and one that was withdrawn."""
    told, opened = read("dissemination")["past"], date(2025, 3, 2)
    for key in ("portal", "regiones"):
        _record(call, told[key], opened, action=key)
    _record(call, told["besides"], opened, name=told["besides"]["name"])
    mistaken = _record(call, told["withdrawn"], opened, name=told["withdrawn"]["name"])
    head = Staff.of(call.publication.edition.program).head
    dissemination.withdraw(mistaken, reason=told["withdrawn"]["reason"], by=head, at=at(date(2025, 3, 20)))


def of_today(call, today):
    """One of the two that are planned: the other one waits for its operator."""
    _record(call, read("dissemination")["today"]["portal"], today - timedelta(days=10), action="portal")


def _record(call, told, opened, **which):
    on = opened + timedelta(days=told["days"])
    return dissemination.record(
        call,
        on=on,
        account=told["account"],
        url=told.get("url", ""),
        file=paper(told["file"]) if "file" in told else None,
        reached=told.get("reached"),
        by=Staff.of(call.publication.edition.program).operator,
        at=at(on, 17),
        **which,
    )
