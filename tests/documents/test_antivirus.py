"""The antivirus: what it finds is refused; while it does not answer, files are received and wait (R7, S8)."""

import io
import logging
import time

import pikepdf
import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Notice, Role, TrailEntry
from documents import antivirus, intake, responses, scanning, tasks
from documents.inspection import FileRefused
from documents.models import Document, Infection
from jobs.running import JobFailed
from tests.documents.clamd import EICAR, Clamd
from tests.documents.parts import a_pdf
from tests.documents.test_intake import upload
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.documents import DocumentFactory, InfectionFactory

pytestmark = pytest.mark.django_db

Scan = Document.Scan
CLEAN = a_pdf()
NOWHERE = "/no/hay/clamd"
WAYS = {"hang": "slow", "cut": "garbled", "nonsense": "garbled", "shut": "down"}


def _infected():
    """A PDF that opens well, with the test file of the antivirus within."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].Contents = pdf.make_stream(b"% " + EICAR)
        pdf.save(out, compress_streams=False, static_id=True)
    return out.getvalue()


INFECTED = _infected()


@pytest.fixture
def clamd(settings, tmp_path):
    """``clamd(does="hang")``: one behind the setting, until the test ends."""
    running = []

    def start(where="", **how):
        running.append(Clamd(where or str(tmp_path / "clamd"), **how))
        settings.CLAMAV_SOCKET = str(tmp_path / "clamd")
        return running[-1]

    settings.CLAMAV_SECONDS = 1
    yield start
    for one in running:
        one.close()


@pytest.fixture
def administrator():
    return MembershipFactory(role=Role.ADMINISTRATOR).user


def accept(content=CLEAN, by=None):
    return intake.accept(upload("acta.pdf", content), by=by or UserFactory())


def served(document, reader):
    response = responses.serve(document, reader=reader)
    content = b"".join(response)
    response.file_to_stream.close()
    return content


def told(person, kind):
    return Notice.objects.filter(to=person, kind=kind).count()


# The protocol


@pytest.mark.parametrize("prefix", ["", "unix:"])
def test_what_it_finds_is_named_and_what_is_clean_is_not(clamd, settings, prefix):
    one = clamd()
    settings.CLAMAV_SOCKET = prefix + settings.CLAMAV_SOCKET

    assert [antivirus.find_in(io.BytesIO(c)) for c in (CLEAN, INFECTED)] == ["", "Eicar-Signature"]
    assert antivirus.answers()
    assert one.asked == [b"zINSTREAM", b"zINSTREAM", b"zPING"]


@pytest.mark.parametrize("prefix", ["", "tcp://"])
def test_it_may_be_on_another_machine_of_the_own_network(clamd, settings, prefix):
    one = clamd(("127.0.0.1", 0))
    settings.CLAMAV_SOCKET = f"{prefix}127.0.0.1:{one.where[1]}"

    assert antivirus.find_in(io.BytesIO(INFECTED)) == "Eicar-Signature"


@pytest.mark.parametrize(("does", "reason"), WAYS.items())
def test_whatever_it_does_instead_of_answering_is_bounded(clamd, does, reason):
    clamd(does=does)
    began = time.monotonic()

    with pytest.raises(antivirus.CannotScan) as refused:
        antivirus.find_in(io.BytesIO(CLEAN))

    assert (refused.value.reason, time.monotonic() - began < 10) == (reason, True)


def test_a_file_larger_than_it_takes_cannot_be_scanned(clamd):
    clamd(limit=len(CLEAN))

    with pytest.raises(antivirus.CannotScan, match="limit"):
        antivirus.find_in(io.BytesIO(CLEAN + b"\n"))


@pytest.mark.parametrize(("where", "reason"), [(NOWHERE, "down"), ("8.8.8.8:3310", "far")])
def test_one_that_is_not_there_or_not_ours_is_not_asked(settings, where, reason):
    settings.CLAMAV_SOCKET = where

    with pytest.raises(antivirus.CannotScan, match=reason):
        antivirus.find_in(io.BytesIO(CLEAN))
    assert not antivirus.answers()


@pytest.mark.parametrize("said", ["clamav", "clamav:", ":3310", "clamav:99999", "run/clamd"])
def test_a_setting_that_names_no_place_is_refused_at_start(settings, said):
    settings.CLAMAV_SOCKET = said

    with pytest.raises(SystemCheckError, match="CLAMAV_SOCKET"):
        call_command("check", tags=["security"])


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ("/run/clamav/clamd.ctl", "/run/clamav/clamd.ctl"),
        ("clamav:3310", ("clamav", 3310)),
        ("[::1]:3310", ("::1", 3310)),
    ],
)
def test_a_setting_that_names_a_place_is_read(settings, said, where):
    settings.CLAMAV_SOCKET = said

    assert antivirus.address() == where


# Receiving


def test_without_an_antivirus_nothing_is_said():
    document = accept(INFECTED)

    assert (document.scan, document.scanned_at, document.verdict) == (Scan.UNASKED, None, "")
    assert (scanning.scan_waiting(), Infection.objects.count()) == ("", 0)


def test_a_clean_file_is_kept_and_asked_about_once(clamd):
    one = clamd()
    file = upload("acta.pdf", CLEAN)
    intake.check(file)

    document = intake.accept(file, by=UserFactory())

    assert (document.scan, document.verdict, one.asked) == (Scan.CLEAN, "", [b"zINSTREAM"])
    assert document.scanned_at is not None


def test_what_is_infected_is_refused_and_only_its_name_and_hash_stay(clamd, administrator, caplog):
    clamd()
    ana = UserFactory()

    with caplog.at_level(logging.WARNING), pytest.raises(FileRefused, match="Eicar-Signature") as refused:
        intake.check(upload("acta.pdf", INFECTED), by=ana)

    found = Infection.objects.get()
    assert (refused.value.reason, found.find, found.by) == ("infected", "Eicar-Signature", ana)
    assert (found.name, found.document, Document.objects.count()) == ("acta.pdf", None, 0)
    entry = TrailEntry.objects.about(found).get()
    assert (entry.act, entry.note) == ("file.infected", f"Eicar-Signature {found.sha256}")
    assert told(administrator, "documents.infected") == 1
    assert found.sha256 in caplog.text


@pytest.mark.parametrize("does", WAYS)
def test_while_it_does_not_answer_files_are_received_and_wait(clamd, does):
    clamd(does=does)

    assert accept().scan == Scan.WAITING


def test_what_was_found_before_is_refused_though_it_does_not_answer(settings):
    settings.CLAMAV_SOCKET = NOWHERE
    file = upload("acta.pdf", INFECTED)
    InfectionFactory(sha256=scanning.storage.measure(file)[0])

    with pytest.raises(FileRefused, match="Eicar-Signature"):
        intake.check(file)


# Serving


def test_what_waits_is_there_for_whoever_handed_it_in_and_nobody_else(settings):
    settings.CLAMAV_SOCKET = NOWHERE
    ana, rita = UserFactory(), UserFactory()
    document = accept(by=ana)

    with pytest.raises(scanning.Withheld, match="todavía no revisa"):
        responses.serve(document, reader=rita)
    assert served(document, ana) == CLEAN
    assert document.verdict == "En espera del antivirus"
    settings.CLAMAV_SOCKET = ""
    assert served(document, rita) == CLEAN


def test_what_waited_is_scanned_later_and_served_then(settings, clamd):
    settings.CLAMAV_SOCKET = NOWHERE
    document = accept()
    clamd()

    tasks.scan_waiting()

    document.refresh_from_db()
    assert document.scan == Scan.CLEAN
    assert served(document, UserFactory()) == CLEAN


def test_what_waited_and_is_infected_is_withheld_from_everybody(settings, clamd, administrator):
    settings.CLAMAV_SOCKET = NOWHERE
    ana, beto = UserFactory(), UserFactory()
    first, same = accept(INFECTED, by=ana), accept(INFECTED, by=beto)
    clamd()

    tasks.scan_waiting()
    tasks.scan_waiting()

    for document in (first, same):
        document.refresh_from_db()
        assert document.scan == Scan.INFECTED
        with pytest.raises(scanning.Withheld, match="nadie puede abrirlo"):
            responses.serve(document, reader=document.stored_by)
    assert (Infection.objects.get().document, told(administrator, "documents.infected")) == (first, 1)
    assert [told(person, "documents.withheld") for person in (ana, beto)] == [1, 1]


def test_a_file_too_large_for_it_does_not_keep_the_others_waiting(settings, clamd):
    settings.CLAMAV_SOCKET = NOWHERE
    large, small = accept(CLEAN + b"\n" * 500), accept()
    clamd(limit=len(CLEAN))

    with pytest.raises(JobFailed, match="StreamMaxLength"):
        tasks.scan_waiting()

    large.refresh_from_db()
    small.refresh_from_db()
    assert (large.scan, small.scan) == (Scan.WAITING, Scan.CLEAN)


def test_administrators_see_that_it_does_not_answer_and_are_told_once_a_day(settings, administrator, client):
    settings.CLAMAV_SOCKET = NOWHERE
    accept()

    for _time in range(2):
        with pytest.raises(JobFailed, match="no responde"):
            tasks.scan_waiting()

    assert told(administrator, "documents.antivirus_down") == 1
    answer = client.get("/salud/")
    assert (answer.status_code, answer.json()["antivirus"]) == (200, {"answers": False, "waiting": 1})
    settings.CLAMAV_SOCKET = ""
    assert "antivirus" not in client.get("/salud/").json()


def test_the_database_keeps_when_a_file_was_scanned():
    for values in ({"scan": "clean"}, {"scan": "waiting", "scanned_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            DocumentFactory(**values)


# The page


def test_the_page_is_for_administrators(client, administrator, settings):
    client.force_login(UserFactory())
    assert client.get("/antivirus/").status_code == 403
    client.force_login(administrator)
    assert "no tiene antivirus" in client.get("/antivirus/").text
    settings.CLAMAV_SOCKET = NOWHERE
    DocumentFactory(scan=Scan.WAITING)
    page = client.get("/antivirus/").text
    assert "El antivirus no responde." in page
    assert "1 archivo espera a ser revisado." in page
    assert '<a href="/antivirus/">Antivirus</a>' in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_costs_the_same_for_one_as_for_thirty(
    client, administrator, clamd, django_assert_num_queries, count
):
    clamd()
    DocumentFactory.create_batch(count, scan=Scan.WAITING)
    for number in range(count):
        withheld = DocumentFactory() if number % 2 else None
        InfectionFactory(document=withheld, by=None if withheld else UserFactory(name="Ana Ruiz"))
    client.force_login(administrator)

    with django_assert_num_queries(7):
        page = client.get("/antivirus/").text

    assert (page.count("Eicar-Signature"), "Ana Ruiz" in page) == (count, True)
    assert "El antivirus responde." in page
