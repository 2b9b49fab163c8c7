"""What the database itself refuses of published Rules: no row of theirs is changed, taken out or put in.

A publication takes texts and rows in while its edition, or its amendment, is approved; that one is marked as
published last. From then on the edition's own texts stand still too, but for an amendment that is a draft.
What a component once said is kept from the first day: of a version only its name may change. So are what was
declared and answered of each practice, and how the practices stood on a day. Of a confirmed blackout only
its end is moved, and what was let through stays.
"""

from accounts.triggers import Guard
from programs.models import (
    BLOCK_MODELS,
    Amendment,
    AssessmentVersion,
    BlackoutException,
    BlackoutPeriod,
    ComponentText,
    Edition,
    HarmonyDay,
    Publication,
    PublishedText,
    Reading,
    TextVersion,
)

PUBLISHED = "('published', 'closed')"
TAKES_ROWS = """EXISTS (
    SELECT 1 FROM programs_publication AS p JOIN programs_edition AS e ON e.id = p.edition_id
    LEFT JOIN programs_amendment AS a ON a.id = p.amendment_id
    WHERE p.id = NEW.publication_id AND COALESCE(a.state, e.state) = 'approved')"""
IS_APPROVED = """(
    EXISTS (SELECT 1 FROM programs_edition
        WHERE id = NEW.edition_id AND state = 'approved' AND NEW.amendment_id IS NULL)
    OR EXISTS (SELECT 1 FROM programs_amendment
        WHERE id = NEW.amendment_id AND edition_id = NEW.edition_id AND state = 'approved'))"""
# What may still change of a blackout that was confirmed.
MOVED = ("state", "ends_at", "former_ends_at", "moved_reason", "ended_at", "ended_by_id", "ended_reason")


def guards():
    return [
        Guard(
            Edition._meta.db_table,
            frozen=f"OLD.state IN {PUBLISHED}",
            free=("state", "round", "sent_at", "sent_by_id"),
            never=f"OLD.state IN {PUBLISHED} AND NEW.state NOT IN {PUBLISHED}",
        ),
        Guard(Amendment._meta.db_table, frozen="OLD.state IN ('published', 'withdrawn')"),
        Guard(Publication._meta.db_table, closed=f"NOT {IS_APPROVED}"),
        Guard(PublishedText._meta.db_table, closed=f"NOT {TAKES_ROWS}"),
        Guard(ComponentText._meta.db_table, frozen=_stands_still("OLD"), closed=_stands_still("NEW")),
        Guard(Reading._meta.db_table),
        Guard(AssessmentVersion._meta.db_table),
        Guard(HarmonyDay._meta.db_table),
        Guard(BlackoutException._meta.db_table),
        Guard(
            BlackoutPeriod._meta.db_table,
            frozen="OLD.state <> 'noted'",
            free=MOVED,
            never="OLD.state = 'ended'",
        ),
        Guard(TextVersion._meta.db_table, free=("name",)),
        *(_rows(model._meta.db_table) for model in BLOCK_MODELS),
    ]


def _rows(table):
    """The rows of a publication are kept; those of the draft are edited."""
    return Guard(
        table,
        frozen="OLD.publication_id IS NOT NULL",
        closed=f"NEW.publication_id IS NOT NULL AND NOT {TAKES_ROWS}",
    )


def _stands_still(row):
    """The edition is published and no amendment to it is being written."""
    return (
        f"{row}.edition_id IN (SELECT id FROM programs_edition WHERE state IN {PUBLISHED}) AND "  # noqa: S608 -- names of ours
        f"{row}.edition_id NOT IN (SELECT edition_id FROM programs_amendment WHERE state = 'draft')"
    )
