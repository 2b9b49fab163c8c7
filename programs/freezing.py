"""What the database itself refuses of published Rules: no row of theirs is changed, taken out or put in.

An edition is frozen while it is approved and published last, so a publication takes rows in only until
its edition is published; from then on its texts stand still as well. What a component once said is kept from
the first day: of a version only its name may change.
"""

from accounts.triggers import Guard
from programs.models import BLOCK_MODELS, ComponentText, Edition, Publication, TextVersion

PUBLISHED = "('published', 'closed')"


def guards():
    return [
        Guard(
            Edition._meta.db_table,
            frozen=f"OLD.state IN {PUBLISHED}",
            free=("state", "round", "sent_at", "sent_by_id"),
            never=f"OLD.state IN {PUBLISHED} AND NEW.state NOT IN {PUBLISHED}",
        ),
        Guard(Publication._meta.db_table, closed=_not_being_published("NEW.edition_id")),
        Guard(
            ComponentText._meta.db_table,
            frozen=_is_published("OLD.edition_id"),
            closed=_is_published("NEW.edition_id"),
        ),
        Guard(TextVersion._meta.db_table, free=("name",)),
        *(_rows(model._meta.db_table) for model in BLOCK_MODELS),
    ]


def _rows(table):
    """The rows of a publication are kept; those of the draft are edited."""
    edition = "(SELECT edition_id FROM programs_publication WHERE id = NEW.publication_id)"
    return Guard(
        table,
        frozen="OLD.publication_id IS NOT NULL",
        closed=f"NEW.publication_id IS NOT NULL AND {_not_being_published(edition)}",
    )


def _is_published(edition):
    return f"{edition} IN (SELECT id FROM programs_edition WHERE state IN {PUBLISHED})"  # noqa: S608 -- names of ours


def _not_being_published(edition):
    """Only an approved edition is being published."""
    return f"{edition} NOT IN (SELECT id FROM programs_edition WHERE state = 'approved')"  # noqa: S608 -- names of ours
