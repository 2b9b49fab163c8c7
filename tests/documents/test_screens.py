"""Waiting for a PDF, taking it, verifying it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Role
from documents import limits, renderings, tasks
from documents.models import Rendering
from jobs import runner
from jobs.models import Job, JobState
from jobs.running import JobFailed
from tests.factories.accounts import UserFactory, member
from tests.kinds import ISSUED

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    return UserFactory(email="ana@demo.example")


@pytest.fixture
def receipt(sheet, ana):
    """A PDF that only Ana may read."""
    sheet("7", reader=ana.email, text="De Ana")
    return renderings.request("test_sheet", "7", by=ana, at=ISSUED)


@pytest.fixture
def booklet(sheet):
    sheet("8", is_public=True, text="Para todas las personas")
    return renderings.request("test_sheet", "8", at=ISSUED)


def bytes_of(response):
    return b"".join(response.streaming_content)


def test_who_waits_sees_how_it_goes_and_then_the_file(client, receipt, ana):
    client.force_login(ana)
    page = receipt.get_absolute_url()

    assert f'data-job-url="{page}estado.json"' in client.get(page).text
    assert client.get(f"{page}estado.json").json()["state"] == "queued"
    assert client.get(f"{page}archivo.pdf").url == page

    runner.drain()
    assert client.get(f"{page}estado.json").json()["state"] == "done"
    assert f"{page}archivo.pdf" in client.get(page).text
    file = client.get(f"{page}archivo.pdf")
    assert bytes_of(file).startswith(b"%PDF-")
    assert file["Content-Type"] == "application/pdf"
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Disposition"] == 'inline; filename="HOJA-7.pdf"'
    assert "default-src 'none'" in file["Content-Security-Policy"]


@pytest.mark.parametrize("suffix", ["", "estado.json", "archivo.pdf"])
def test_nobody_else_learns_that_it_exists(client, receipt, suffix):
    runner.drain()
    address = receipt.get_absolute_url() + suffix

    assert client.get(address).status_code == 404
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404
    assert client.get(f"/documentos/AAAA-BBBB-CCCC/{suffix}").status_code == 404


def test_a_public_document_is_open_to_visitors(client, booklet):
    runner.drain()

    assert client.get(booklet.get_absolute_url()).status_code == 200
    assert bytes_of(client.get(f"{booklet.get_absolute_url()}archivo.pdf")).startswith(b"%PDF-")


def test_a_failed_pdf_says_why_and_can_be_tried_again(client, receipt, ana, monkeypatch):
    monkeypatch.setattr("documents.engine.LIBRARIES", ("libthatnobodyhas.so.7",))
    runner.drain()
    client.force_login(ana)
    page = client.get(receipt.get_absolute_url())
    assert "libthatnobodyhas.so.7" in page.text
    monkeypatch.undo()

    client.post(f"{receipt.get_absolute_url()}reintentar/")
    runner.drain()

    receipt.refresh_from_db()
    assert receipt.is_ready


def test_what_did_not_fail_is_not_tried_again(client, receipt, ana):
    client.force_login(ana)

    assert client.post(f"{receipt.get_absolute_url()}reintentar/").status_code == 403


# --- verification -----------------------------------------------------------------------------------


def verify(client, code):
    return client.get(f"/verificar/{code}/")


def test_a_valid_code_tells_title_date_hash_and_nothing_personal(client, receipt, ana):
    runner.drain()
    receipt.refresh_from_db()

    page = verify(client, receipt.code)

    assert page.context["answer"] == "valid"
    assert receipt.document.sha256 in page.text
    assert "Hoja 7" in page.text
    assert "demostración" in page.text
    assert ana.email not in page.text
    assert "De Ana" not in page.text


def test_a_superseded_code_leads_to_the_one_in_force(client, receipt, sheet, ana):
    sheet("7", reader=ana.email, text="Corregida")
    newer = renderings.request("test_sheet", "7", at=ISSUED)
    runner.drain()

    page = verify(client, receipt.code)

    assert page.context["answer"] == "superseded"
    assert newer.code in page.text


def test_a_reserved_code_is_being_prepared(client, receipt):
    assert verify(client, receipt.code).context["answer"] == "pending"


@pytest.mark.parametrize("code", ["AAAA-BBBB-CCCC", "nada", "x" * 300, "' OR 1=1 --"])
def test_an_unknown_code_is_said_to_be_unknown(client, code):
    page = verify(client, code)

    assert page.status_code == 404
    assert page.context["answer"] == "unknown"


@pytest.mark.parametrize("change", [str.lower, lambda c: c.replace("-", ""), lambda c: c.replace("-", " ")])
def test_a_code_may_be_typed_in_any_way(client, receipt, change):
    answer = client.post("/verificar/", {"code": change(receipt.code)})

    assert answer.url == f"/verificar/{receipt.code}/"


def test_a_file_is_recognized_by_its_bytes_and_not_kept(client, booklet, settings):
    runner.drain()
    booklet.refresh_from_db()
    with booklet.document.open() as file:
        content = file.read()
    kept = sorted(settings.MEDIA_ROOT.rglob("*"))

    same = client.post("/verificar/", {"file": SimpleUploadedFile("a.pdf", content)})
    changed = client.post("/verificar/", {"file": SimpleUploadedFile("a.pdf", content + b" ")})

    assert same.url == f"/verificar/{booklet.code}/"
    assert changed.status_code == 200
    assert changed.context["unknown_sha256"]
    assert sorted(settings.MEDIA_ROOT.rglob("*")) == kept


@pytest.mark.parametrize(
    ("sent", "field"), [({}, "__all__"), ({"code": "12"}, "code"), ({"code": "AAAA-BBBB-CCCC-D"}, "code")]
)
def test_what_was_typed_wrong_is_answered_beside_it(client, sent, field):
    page = client.post("/verificar/", sent)

    assert page.context["form"].errors[field]
    assert sent.get("code", "") in page.text


def test_asking_too_often_is_told_to_wait(client):
    for _n in range(limits.PER_MINUTE):
        verify(client, "AAAA-BBBB-CCCC")

    assert verify(client, "AAAA-BBBB-CCCC").status_code == 429
    assert client.post("/verificar/", {"code": "AAAA-BBBB-CCCC"}).status_code == 429


# --- nightly ----------------------------------------------------------------------------------------


def test_the_nightly_check_finds_a_damaged_file_and_tells_the_administrators(booklet, settings):
    runner.drain()
    booklet.refresh_from_db()
    admin = member(Role.ADMINISTRATOR)
    tasks.check_hashes()
    (settings.MEDIA_ROOT / booklet.document.storage_key).write_bytes(b"otra cosa")

    with pytest.raises(JobFailed, match=booklet.document.public_id):
        tasks.check_hashes()

    assert booklet.document.public_id in admin.notices.get().body


def test_the_page_of_a_pdf_costs_few_queries(client, receipt, ana, django_assert_num_queries):
    runner.drain()
    client.force_login(ana)

    with django_assert_num_queries(6):
        client.get(receipt.get_absolute_url())


def test_many_pdfs_are_each_made_once(sheet):
    for n in range(5):
        sheet(f"n{n}", text=f"Número {n}")
        renderings.request("test_sheet", f"n{n}", at=ISSUED)
        renderings.request("test_sheet", f"n{n}", at=ISSUED)

    runner.drain()

    assert Rendering.objects.exclude(document=None).count() == 5
    assert Job.objects.filter(state=JobState.DONE, task="documents.render").count() == 5
