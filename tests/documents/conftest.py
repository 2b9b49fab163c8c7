import pytest

from tests.kinds import Sheet, sheets


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    """Files of each test lie in a folder of their own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.UPLOADS_ROOT = tmp_path / "uploads"


@pytest.fixture
def sheet():
    """Say what the test's PDF of a subject holds: ``sheet("1", text="…")``."""

    def write(subject_id, **what):
        sheets[subject_id] = Sheet(**what)
        return sheets[subject_id]

    yield write
    sheets.clear()
