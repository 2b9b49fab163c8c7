"""The portal's settings with what only tests may have. Everything written goes to a temporary folder."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path


def _folder():
    """One folder for each process that runs tests, gone when it ends."""
    folder = Path(tempfile.mkdtemp(prefix="armoniza-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


os.environ["ARMONIZA_VAR"] = str(_folder())
os.environ.setdefault("TASKS_MODE", "eager")
os.environ.pop("DEMO", None)

from rop_portal.settings import *  # noqa: E402 -- the environment comes first

SECRET_KEY = "of the tests, known to everybody"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick; no real password is kept
ACCEPT_EXPLICIT_TIME = True
TEMPLATES[0]["DIRS"].append(BASE_DIR / "tests" / "templates")  # kinds of PDF that only tests have
MAILBOX_ON_SCREEN = True
PUBLIC_PAGES_KEPT_SECONDS = 0  # a test changes rows without any act, and looks
WHITENOISE_AUTOREFRESH = True  # a file is looked for when it is asked for, not all at each new client
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# A file, not memory, so that several threads may race on it; nothing is kept, so nothing is synced.
# On a server the name is this run's own: two runs never meet, and no database that was there is touched.
if EMBEDDED_DATABASE:
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "tests.sqlite3")}
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS | {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    }
else:
    DATABASES["default"]["TEST"] = {"NAME": f"test_armoniza_{os.environ.get('TEST_RUN', os.getppid())}"}
    DATABASES["default"]["CONN_MAX_AGE"] = 0
if TASKS_MODE != "celery":
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
