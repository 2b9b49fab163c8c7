"""A fictional electoral period that is over: moved, ended early, and one thing let through, by planning."""

from datetime import date

from programs.actions import blackouts
from rop_portal.demo.people import who
from rop_portal.demo.rules import at


def of_the_past(call):
    """Some days of 2025, while the past call received applications; its poster was let through."""
    owner = who("guide_owner")
    period = blackouts.note(
        kind="local",
        starts_at=at(date(2025, 3, 5), 0),
        ends_at=at(date(2025, 3, 10), 0),
        source="Acuerdo ficticio 0/2025 de una elección que no existió (demostración)",
        link="",
        note="Periodo inventado para la demostración.",
        by=owner,
        at=at(date(2025, 2, 28), 10),
    )
    period = blackouts.confirm(period, by=owner, at=at(date(2025, 2, 28), 11))
    blackouts.let_through(
        period,
        kind="poster",
        reference=call.folio,
        reason="El cartel solo informa de requisitos y fechas (demostración).",
        basis="Artículo 0 del acuerdo ficticio (demostración)",
        by=owner,
        at=at(date(2025, 3, 5), 9),
    )
    blackouts.move_end(
        period,
        at(date(2025, 3, 12), 0),
        reason="La autoridad electoral ficticia aplazó la jornada (demostración).",
        by=owner,
        at=at(date(2025, 3, 7), 12),
    )
    blackouts.end(
        period,
        reason="La elección ficticia se canceló (demostración).",
        by=owner,
        at=at(date(2025, 3, 10), 13),
    )
