"""Which databases may be filled with invented people, and emptied again."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from accounts.models import Body
from rop_portal import demonstration
from rop_portal.demonstration import NotADemonstration
from tests.factories.accounts import BodyFactory, UserFactory


@pytest.mark.django_db
def test_an_empty_database_can_be_marked_and_says_so():
    assert not demonstration.is_marked()

    demonstration.mark()

    assert demonstration.is_marked()


@pytest.mark.django_db
def test_a_database_with_people_is_never_marked():
    BodyFactory(platform=True)
    UserFactory()

    with pytest.raises(NotADemonstration, match="People are registered"):
        demonstration.mark()

    assert not Body.objects.get().is_demo


@pytest.mark.django_db
def test_a_marked_database_may_be_marked_again_though_people_are_on_it():
    demonstration.mark()
    UserFactory()

    demonstration.mark()

    assert Body.objects.count() == 1


@pytest.mark.django_db
def test_a_database_that_is_neither_embedded_nor_marked_is_never_emptied(settings):
    settings.EMBEDDED_DATABASE = False
    ana = UserFactory()

    with pytest.raises(NotADemonstration, match="neither the embedded one nor marked"):
        demonstration.empty()

    ana.refresh_from_db()


@pytest.mark.whole
@pytest.mark.long
def test_fresh_empties_the_embedded_database_and_keeps_the_keys(tmp_path):
    """Played in processes of its own, as ./run does it."""
    portal(tmp_path, "prepare")
    key = (tmp_path / "secret_key").read_text()
    (tmp_path / "media").mkdir(exist_ok=True)
    (tmp_path / "media" / "file").write_text("invented")
    add_person = "from accounts.models import User; User.objects.create_user('ana@demo.example')"
    portal(tmp_path, "shell", "-v0", "-c", add_person)
    count_people = (
        "from accounts.models import User; print(User.objects.filter(email='ana@demo.example').count())"
    )
    assert portal(tmp_path, "shell", "-v0", "-c", count_people).endswith("1\n")

    portal(tmp_path, "prepare", "--fresh")

    assert portal(tmp_path, "shell", "-v0", "-c", count_people).endswith("0\n")
    assert not (tmp_path / "media" / "file").exists()
    assert (tmp_path / "secret_key").read_text() == key


@pytest.mark.whole
@pytest.mark.long
def test_fresh_is_refused_while_the_portal_is_served(tmp_path):
    portal(tmp_path, "prepare")
    (tmp_path / "run.pid").write_text(str(os.getpid()))

    with pytest.raises(subprocess.CalledProcessError) as refused:
        portal(tmp_path, "prepare", "--fresh")

    assert "stop it first" in refused.value.stderr


def portal(folder, *arguments):
    """Run a command of the portal on a folder of its own, as an embedded installation without a demo."""
    given = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL", "DEMO")
    }
    answer = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=given
        | {
            "ARMONIZA_VAR": str(folder),
            "TASKS_MODE": "embedded",
            "DJANGO_SETTINGS_MODULE": "rop_portal.settings",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout
