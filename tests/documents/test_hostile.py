"""No hostile or broken file gets in, each is told why; honest ones do, whatever made them."""

import io
import json
import re
from importlib import import_module

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile

from documents import intake
from tests.documents import honest, hostile, parts
from tests.documents.hostile.cases import ALL
from tests.documents.hostile.names import NAMES
from tests.factories.accounts import UserFactory

CASES = hostile.all_cases()
HONEST = honest.all_files()
VARIANTS = list(honest.variants())
APPS = ("accounts", "calls", "documents", "evaluations", "jobs", "programs", "rop_portal")

# Each refusal says what to do: one of these verbs, in the words of the portal.
WHAT_TO_DO = re.compile(
    r"\b(guárdel|guarde |adjunt|redúzcal|divídal|quítel|quite |agréguela|revise |pida )", re.I
)


def received(name, content):
    """The upload as a browser hands it over: its name is whatever was sent."""
    file = io.BytesIO(content)
    file.name, file.size = name, len(content)
    return file


def test_the_corpus_is_as_large_as_it_should_be():
    assert len(CASES) >= 150
    assert len({case.kind for case in CASES}) >= 16
    assert len({case.id for case in CASES}) == len(CASES)
    assert len(HONEST) >= 60
    assert len(HONEST) + len(VARIANTS) >= 300


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_hostile_file_is_refused_with_what_to_do(case):
    content = case.made if isinstance(case.made, bytes) else case.made()

    with pytest.raises(intake.FileRefused) as refusal:
        intake.check(received(case.name, content), allowed=ALL)

    assert refusal.value.reason in case.reasons
    assert WHAT_TO_DO.search(str(refusal.value))


@pytest.mark.parametrize(("name", "what", "make"), HONEST, ids=[f"{n}: {w}" for n, w, _make in HONEST])
def test_an_honest_file_is_accepted(name, what, make):
    kind = intake.check(received(name, make()), allowed=ALL)

    assert name.lower().rpartition(".")[2] in intake.TYPES[kind].extensions


@pytest.mark.parametrize(("module", "what", "make"), VARIANTS, ids=[f"{m}: {w}" for m, w, _make in VARIANTS])
def test_its_variants_are_accepted_too(module, what, make):
    said = json.loads(import_module(f"documents.opening.{module}").answer(make()))

    assert "refused" not in said


def test_a_file_that_asks_for_more_than_its_bounds_is_refused_with_what_to_do(settings):
    settings.FILE_OPENING_MEGABYTES = 40

    with pytest.raises(intake.FileRefused) as refusal:
        intake.check(received("acta.pdf", parts.a_pdf() + b"\n" * 8_000_000))

    assert refusal.value.reason == "too_much"
    assert WHAT_TO_DO.search(str(refusal.value))


def test_the_same_bytes_are_opened_once(settings):
    content = parts.a_pdf() + b"\n\n\n"
    intake.check(received("acta.pdf", content))
    settings.FILE_OPENING_MEGABYTES = 1  # nothing opens within this

    assert intake.check(received("otra.pdf", content)) == "pdf"


def test_what_opens_files_is_imported_by_no_other_module():
    ours = [path for app in APPS for path in (django_settings.BASE_DIR / app).rglob("*.py")]
    others = [path for path in ours if "opening" not in path.parts]

    named = {line for path in others for line in re.findall(r"^.*import.*$", path.read_text(), re.MULTILINE)}

    assert {line for line in named if "documents.opening" in line} == {"from documents.opening import bounds"}


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_is_neutralised(name):
    document = intake.accept(received(name, parts.a_pdf()), by=UserFactory())

    assert document.name == NAMES[name]


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_is_neutralised_as_a_browser_sends_it(name):
    upload = SimpleUploadedFile(name, parts.a_pdf())

    assert intake.check(upload) == "pdf"
    assert "/" not in intake.safe_name(upload.name, "pdf")
