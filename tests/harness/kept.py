"""The database as the migrations leave it, kept for the next run: making it takes twenty seconds.

On SQLite only. Whatever makes the database (migrations, guards, reference data, libraries) is in its name.
"""

import hashlib
import os
import shutil

from django.conf import settings
from django.db import connection

FOLDER = settings.BASE_DIR / ".pytest_cache" / "databases"
MAKERS = (
    "*/migrations/*.py",
    "accounts/triggers.py",
    "*/guards.py",
    "*/apps.py",
    "*/states.py",
    "programs/data/*",
    "requirements-dev.txt",
)


def place():
    """Where the database of this schema is kept."""
    made_by = sorted(path for pattern in MAKERS for path in settings.BASE_DIR.glob(pattern))
    content = b"".join(path.read_bytes() for path in made_by)
    return FOLDER / f"{hashlib.sha256(content).hexdigest()[:20]}.sqlite3"


def lend():
    """Put a copy where the tests look for their database. False where none is kept: it is to be made."""
    if connection.vendor != "sqlite" or not place().exists():
        return False
    shutil.copy(place(), connection.settings_dict["TEST"]["NAME"])
    return True


def keep():
    """Keep the database that was just made for the next run, in place of those of earlier schemas."""
    if connection.vendor != "sqlite" or place().exists():
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    written = FOLDER / f"{os.getpid()}.part"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(written)])
    for older in FOLDER.glob("*.sqlite3"):
        older.unlink(missing_ok=True)
    written.replace(place())
