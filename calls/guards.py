"""What the database itself refuses of applications, whoever writes: no act leads there, so nothing does."""

from accounts.acts import Act
from accounts.triggers import Guard
from calls import states

RECEIVED = ("folio", "submitted_at", "submitted_by_id")


def moves():
    """The moves from state to state that some act on an application makes."""
    acts = (one for one in vars(states).values() if isinstance(one, Act))
    mine = (act for act in acts if act.name.startswith("application."))
    return sorted({(source, act.target) for act in mine for source in act.sources})


def of_applications():
    """An application goes from state to state as the acts say; folio, time and sender stay as received."""
    allowed = " OR ".join(f"(OLD.state = '{source}' AND NEW.state = '{to}')" for source, to in moves())
    other = " OR ".join(f"NEW.{name} IS NULL OR NEW.{name} <> OLD.{name}" for name in RECEIVED)
    return Guard(
        "calls_application",
        frozen="FALSE",
        never=f"(NEW.state <> OLD.state AND NOT ({allowed})) OR (OLD.folio IS NOT NULL AND ({other}))",
    )
