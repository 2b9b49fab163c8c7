"""The public log, the proof of a reception, and the program that checks both without the portal."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as configured
from django.urls import reverse
from django.utils import timezone

from accounts import checkpoints, sequencing
from tests.factories.accounts import TrailEntryFactory, UserFactory
from tests.factories.applications import ApplicationFactory, representative_of

pytestmark = pytest.mark.django_db
PROGRAM = Path(configured.BASE_DIR) / "scripts" / "verify_proof.py"
FIRST = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def kept_apart(settings, tmp_path):
    settings.TRAIL_DIR = tmp_path / "trail"


def verify(*arguments):
    """What the program says, in a process of its own that knows nothing of the portal."""
    return subprocess.run(
        [sys.executable, "-I", str(PROGRAM), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def proof(client, tmp_path):
    """The proof of a reception among others, as its representative downloads it."""
    TrailEntryFactory.create_batch(3)
    application = ApplicationFactory(submitted=True)
    TrailEntryFactory.create_batch(2)
    sequencing.run()
    client.force_login(representative_of(application.organization))
    answer = client.get(reverse("calls:application_proof", args=[application.public_id]))
    path = tmp_path / "prueba.json"
    path.write_bytes(answer.content)
    return path


def changed(path, change):
    said = json.loads(path.read_text())
    change(said)
    path.write_text(json.dumps(said))
    return path


def test_the_proof_of_a_reception_is_verified_without_the_portal(proof):
    answer = verify(proof, "--key", checkpoints.public_key())

    assert answer.returncode == 0, answer.stderr
    assert "application.submit" in answer.stdout


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said.update(entry=said["entry"].replace("submitted", "withdrawn")),
        lambda said: said.update(salt="0" * 32),
        lambda said: said.update(index=said["index"] - 1),
        lambda said: said["proof"].pop(),
        lambda said: said["proof"].reverse(),
        lambda said: said["checkpoint"].update(root="0" * 64),
        lambda said: said["checkpoint"].update(at="2020-01-01T00:00:00.000000+00:00"),
        lambda said: said["checkpoint"].update(size=said["checkpoint"]["size"] + 1),
        lambda said: said["checkpoint"].update(signature="A" * 86 + "=="),
        lambda said: said.clear(),
    ],
)
def test_a_proof_that_was_changed_proves_nothing(proof, change):
    answer = verify(changed(proof, change))

    assert answer.returncode == 1
    assert answer.stderr.startswith("NOT PROVED: ")


def test_a_proof_signed_by_somebody_else_proves_nothing(proof, settings, tmp_path):
    settings.TRAIL_DIR = tmp_path / "another"

    assert verify(proof, "--key", checkpoints.public_key()).returncode == 1


def test_the_proof_is_for_who_reads_the_application(client):
    application = ApplicationFactory(submitted=True)
    sequencing.run()
    client.force_login(UserFactory())

    assert client.get(reverse("calls:application_proof", args=[application.public_id])).status_code == 404


def test_until_the_log_is_signed_the_receipt_says_so(client):
    application = ApplicationFactory(submitted=True)
    client.force_login(representative_of(application.organization))

    answer = client.get(reverse("calls:application_proof", args=[application.public_id]), follow=True)

    assert answer.redirect_chain == [
        (reverse("calls:application_receipt", args=[application.public_id]), 302)
    ]
    assert "vuelva a intentarlo" in answer.text


def test_a_draft_has_no_proof(client):
    application = ApplicationFactory()
    client.force_login(representative_of(application.organization))

    assert client.get(reverse("calls:application_proof", args=[application.public_id])).status_code == 404


# The public log ----------------------------------------------------------------------------------------


def two_days():
    for days, count in ((0, 5), (1, 4)):
        with time_machine.travel(FIRST + timedelta(days=days)):
            TrailEntryFactory.create_batch(count)
            sequencing.run()


def published(client, folder):
    folder.mkdir()
    for day in checkpoints.days():
        answer = client.get(reverse("accounts:log_day", args=[day]))
        (folder / f"{day}.json").write_bytes(answer.content)
    return folder


def test_the_days_give_the_signed_roots(client, tmp_path):
    two_days()

    answer = verify("--log", published(client, tmp_path / "days"), "--key", checkpoints.public_key())

    assert (answer.returncode, answer.stdout) == (0, "9 leaves in 2 days, as they were signed.\n")


@pytest.mark.parametrize("place", [0, 4, 8])
def test_a_leaf_that_was_changed_is_found(client, tmp_path, place):
    two_days()
    folder = published(client, tmp_path / "days")
    path = folder / ("2026-03-02.json" if place < 5 else "2026-03-03.json")

    changed(path, lambda said: said["leaves"].__setitem__(place % 5, "0" * 64))

    assert verify("--log", folder).returncode == 1


def test_a_day_that_is_missing_is_found(client, tmp_path):
    two_days()
    folder = published(client, tmp_path / "days")
    (folder / "2026-03-02.json").unlink()

    assert verify("--log", folder).returncode == 1


def test_the_page_shows_where_the_log_stands(client):
    two_days()

    page = client.get(reverse("accounts:log")).text

    assert checkpoints.latest().root in page
    assert checkpoints.public_key() in page
    assert page.count(".json") >= 2


def test_an_empty_log_has_a_page(client):
    assert client.get(reverse("accounts:log")).status_code == 200


@pytest.mark.parametrize("day", [timezone.now().date(), FIRST.date() - timedelta(days=9)])
def test_today_and_days_without_leaves_are_not_published(client, day):
    two_days()
    TrailEntryFactory()
    sequencing.run()

    assert client.get(f"/registro/{day}.json").status_code == 404


def test_a_day_that_is_none_does_not_exist(client):
    assert client.get("/registro/2026-02-31.json").status_code == 404
