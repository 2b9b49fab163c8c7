"""Which databases may be filled with invented people, and emptied again (decision 23)."""

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from accounts.models import Body, BodyKind, User


class NotADemonstration(Exception):
    """The database may hold real people's work; the reason says what to do."""


def is_marked():
    """Whether the portal's own body on this database says that it is a demonstration."""
    try:
        with transaction.atomic():
            return Body.objects.filter(kind=BodyKind.PLATFORM, is_demo=True).exists()
    except DatabaseError:  # no tables yet
        return False


def mark():
    """Say on the database itself that it is a demonstration. Refused where people are registered already."""
    if is_marked():
        return
    if User.objects.exists():
        raise NotADemonstration("People are registered on this database: no demo world is built on it.")
    Body.objects.update_or_create(
        kind=BodyKind.PLATFORM,
        defaults={"name_es": "Armoniza", "name_en": "Armoniza", "short_name": "Armoniza", "is_demo": True},
    )


def empty():
    """Take everything away from a demonstration, files included. Refused on any other database."""
    if not (settings.EMBEDDED_DATABASE or is_marked()):
        raise NotADemonstration("This database is neither the embedded one nor marked as a demonstration.")
    if (settings.VAR_DIR / "run.pid").exists() and _is_served():
        raise NotADemonstration("The portal is being served from this folder: stop it first (Ctrl-C).")
    if settings.EMBEDDED_DATABASE:
        _remove_database_files()
    else:
        call_command("flush", interactive=False, verbosity=0)
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    for signed in settings.TRAIL_DIR.glob("*.jsonl"):  # of a log that is no more
        signed.unlink()


def _is_served():
    pid = (settings.VAR_DIR / "run.pid").read_text().strip()
    return Path(f"/proc/{pid}").exists()


def _remove_database_files():
    connection.close()
    path = Path(connection.settings_dict["NAME"])
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"):
        (path.parent / name).unlink(missing_ok=True)
