"""What the environment may say, read once and refused loudly when it makes no sense."""

import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()


def var_dir():
    """The folder that holds database, files and keys; made at first use, readable by its owner alone."""
    folder = Path(env.str("ARMONIZA_VAR", default=str(BASE_DIR / "var")))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def secret_key(folder):
    """The secret key: from the environment, else a file in ``var/`` written once."""
    if given := env.str("SECRET_KEY", default=""):
        return given
    path = folder / "secret_key"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(64))
        path.chmod(0o600)
    return path.read_text().strip()


def one_of(name, choices, *, default):
    """A word from a closed list, or a refusal that names the list."""
    value = env.str(name, default=default)
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not “{value}”.")
    return value
