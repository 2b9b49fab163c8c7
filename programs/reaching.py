"""What an amendment reaches besides the Rules: this app does not know what was opened from them.

Each app that opens something from Rules registers in its own ``reaching.py`` what an amendment that says so
carries over to it::

    @reaching.carrier
    class OpenCalls:
        template_name = "calls/_reached.html"

        def preview(self, edition, says): ...        # the values of its template; changes nothing
        def carry(self, publication, *, by, at): ... # inside the transaction that publishes the amendment

An amendment that does not say so reaches nothing: none is asked.
"""

from dataclasses import dataclass

CARRIERS: list = []


@dataclass(frozen=True)
class Reached:
    """What one app shows of what will be reached."""

    template_name: str
    values: dict


def carrier(declared):
    """Register the class below: what it previews before an amendment is published, it carries over then."""
    CARRIERS.append(declared())
    return declared


def preview(edition, says):
    """What publishing the amendment of an edition, as it stands, would reach: one entry for each app."""
    return [Reached(one.template_name, one.preview(edition, says)) for one in CARRIERS]


def carry(publication, *, by, at):
    """Let the published amendment reach what was opened from the Rules, in the same transaction."""
    for one in CARRIERS:
        one.carry(publication, by=by, at=at)
