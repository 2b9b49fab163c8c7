"""Fictional people who asked to be told of calls, through the same acts as anybody."""

from datetime import date, timedelta

from calls.actions import subscriptions
from calls.interests import Wanted
from rop_portal.demo.people import agency, who
from rop_portal.demo.rules import at

SINCE = date(2025, 2, 20)  # before the past call was published


def subscribe(today):
    """Three who are told since before the first call; somebody without an account has yet to confirm."""
    subscriptions.subscribe(who("representative"), Wanted(), at=at(SINCE, 10))
    subscriptions.subscribe(who("drafter"), Wanted(agency=agency("SSAS")), at=at(SINCE, 11))
    subscriptions.subscribe(who("evaluator"), Wanted(place="14039"), at=at(SINCE, 12))
    yesterday = at(today - timedelta(days=1), 8)
    subscriptions.ask("vecina@demo.example", Wanted(agency=agency("SISEMH")), at=yesterday)
