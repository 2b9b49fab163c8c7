"""What the environment may say, and what it may not."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.whole


def check(tmp_path, *arguments, **environment):
    given = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL", "DEMO")
    }
    return subprocess.run(
        [sys.executable, "manage.py", "check", *arguments],
        cwd=settings.BASE_DIR,
        env=given
        | {"ARMONIZA_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "rop_portal.settings"}
        | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_portal_is_fit_for_production(tmp_path):
    answer = check(
        tmp_path,
        "--deploy",
        "--fail-level=WARNING",
        TASKS_MODE="celery",
        SITE_URL="https://armoniza.example",
        ALLOWED_HOSTS="armoniza.example",
    )

    assert answer.returncode == 0, answer.stderr


def test_nonsense_in_the_environment_is_refused_by_name(tmp_path):
    answer = check(tmp_path, TASKS_MODE="sometimes")

    assert answer.returncode != 0
    assert "TASKS_MODE must be one of embedded, celery, eager, not “sometimes”." in answer.stderr


def test_the_secret_key_is_made_once_and_read_by_its_owner_alone(tmp_path):
    check(tmp_path, TASKS_MODE="embedded")
    first = (tmp_path / "secret_key").read_text()
    check(tmp_path, TASKS_MODE="embedded")

    assert (tmp_path / "secret_key").read_text() == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
