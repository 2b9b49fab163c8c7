"""What would not work is said at start."""

import pytest
from django.conf import settings

from rop_portal import checks


def test_sqlite_with_several_processes_is_refused(monkeypatch):
    monkeypatch.setenv("WEB_WORKERS", "3")
    monkeypatch.setattr(settings, "EMBEDDED_DATABASE", True)

    assert [error.id for error in checks.one_process_on_sqlite(None)] == ["armoniza.E001"]


@pytest.mark.parametrize(("workers", "embedded"), [("1", True), ("3", False)])
def test_what_works_is_not_refused(monkeypatch, workers, embedded):
    monkeypatch.setenv("WEB_WORKERS", workers)
    monkeypatch.setattr(settings, "EMBEDDED_DATABASE", embedded)

    assert checks.one_process_on_sqlite(None) == []


def test_without_its_libraries_the_portal_starts_and_says_that_pdfs_are_off(monkeypatch):
    monkeypatch.setattr("documents.engine.LIBRARIES", ("libthatnobodyhas.so.7",))

    (warning,) = checks.pdfs_can_be_made(None)

    assert warning.id == "armoniza.W001"
    assert "libthatnobodyhas.so.7" in warning.msg
