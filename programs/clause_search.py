"""Words in clauses, whatever the database: the one module that knows how each of them searches.

PostgreSQL has a column of words with its index, SQLite a table of words beside it. In both every word of
the query must begin a word of the clause, or be one when it is short; accents and capitals do not matter,
because they were folded when the clause was written.
"""

import re

from django.db import connection, models
from django.db.models import Func, Value
from django.db.models.expressions import RawSQL

from programs.comparison.words import folded

TABLE, WORDS = "programs_publishedclause", "programs_clause_words"
MOST_WORDS = 12


class _Matches(Func):
    """The column of words, which only the database knows, holds the query."""

    template = f"{TABLE}.{WORDS} @@ to_tsquery('simple'::regconfig, %(expressions)s)"
    output_field = models.BooleanField()


def terms(query):
    """The words that are looked for, as the clauses hold them."""
    return re.findall(r"\w+", folded(query).replace("_", " "))[:MOST_WORDS]


def _is_stem(word):
    """A word of three letters or more may be the beginning of another; a shorter one is itself alone."""
    return len(word) > 2


def matching(clauses, query):
    """Of these clauses, those that hold every word of the query. A query without words finds nothing."""
    words = terms(query)
    if not words:
        return clauses.none()
    if connection.vendor == "postgresql":
        wanted = " & ".join(f"{word}:*" if _is_stem(word) else word for word in words)
        return clauses.filter(_Matches(Value(wanted)))
    wanted = " ".join(f'"{word}"*' if _is_stem(word) else f'"{word}"' for word in words)
    found = RawSQL(f"SELECT rowid FROM {WORDS} WHERE {WORDS} MATCH %s", [wanted])  # noqa: S608, S611 -- names of ours
    return clauses.filter(pk__in=found)


COLUMN = [
    f"ALTER TABLE {TABLE} ADD COLUMN {WORDS} tsvector "
    "GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, words)) STORED",
    f"CREATE INDEX {WORDS}_index ON {TABLE} USING gin ({WORDS})",
]
BESIDE = [
    f"CREATE VIRTUAL TABLE {WORDS} USING fts5(words, content='{TABLE}', content_rowid='id')",
    f"CREATE TRIGGER {WORDS}_in AFTER INSERT ON {TABLE} BEGIN "  # noqa: S608 -- names of ours
    f"INSERT INTO {WORDS}(rowid, words) VALUES (NEW.id, NEW.words); END",
    f"CREATE TRIGGER {WORDS}_out AFTER DELETE ON {TABLE} BEGIN "  # noqa: S608 -- names of ours
    f"INSERT INTO {WORDS}({WORDS}, rowid, words) VALUES ('delete', OLD.id, OLD.words); END",
]


def lay_index(apps, schema_editor):
    """For a migration: prepare the search of the database that is at hand."""
    for statement in COLUMN if schema_editor.connection.vendor == "postgresql" else BESIDE:
        schema_editor.execute(statement)


def take_index_away(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE {TABLE} DROP COLUMN {WORDS}")
        return
    for statement in (f"DROP TRIGGER {WORDS}_in", f"DROP TRIGGER {WORDS}_out", f"DROP TABLE {WORDS}"):
        schema_editor.execute(statement)
