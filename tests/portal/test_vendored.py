"""Files of others are those that the list says, to the byte."""

import hashlib
import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
LINE = re.compile(r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$", re.MULTILINE)
LISTED = dict(LINE.findall((ROOT / "static/vendor/README.md").read_text()))


def digest(pattern):
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(ROOT.glob(pattern)))).hexdigest()


def test_every_listed_file_is_the_one_that_was_listed():
    assert {name: digest(name) for name in LISTED} == LISTED


def test_every_file_of_others_is_listed():
    folders = ["static/vendor", "static/fonts", "static/pdf/fonts", "tests/vendor"]
    kept = {path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()}
    texts = {path for path in kept if path.suffix in (".md", ".txt") or "LICENSE" in path.name}

    listed = {path for name in LISTED for path in ROOT.glob(name)}

    assert kept - texts == listed


def test_the_first_load_of_a_page_stays_under_its_weight(client, db):
    page = client.get("/").text
    linked = set(re.findall(r'(?:href|src)="/static/([^"]+)"', page)) | {
        "fonts/NotoSans-Regular.woff2",
        "fonts/NotoSans-Bold.woff2",
    }

    weight = len(page) + sum((ROOT / "static" / name).stat().st_size for name in linked)

    assert weight < 150_000
