"""A question that asks for a file: attached with the answers, sealed, corrected, read blind, taken (E4)."""

import csv
import hashlib
import io
import json
import zipfile

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from calls import completeness
from calls.actions import answers, applications, copying, desk, documents
from calls.contents import Contents
from calls.models import Application, Defect, SuppliedDocument
from calls.pdfs.receipt import Receipt
from documents.models import Document
from evaluations.blind import BlindCopy
from programs.models import ApplicationQuestion
from tests.calls.test_pieces import CONTENT, announce, put
from tests.calls.test_question_kinds import begun, call_with, page_of
from tests.factories.applications import (
    ApplicationFactory,
    OrganizationFactory,
    drafter_of,
    fill,
    operator_of,
    pdf_file,
    representative_of,
)

pytestmark = pytest.mark.django_db

PLAN = {"label": "Plan de difusión", "kind": ApplicationQuestion.Kind.FILE, "file_format": "PDF"}
KEY = "plan-de-difusion"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.UPLOADS_ROOT = tmp_path / "uploads"


@pytest.fixture
def application(client):
    found, keys = begun(PLAN)
    assert keys["Plan de difusión"] == KEY
    client.force_login(drafter_of(found.organization))
    return found


def question_of(application):
    return next(q for q in Contents(application).all_questions if q.key == KEY)


def attach(application, name="plan.pdf"):
    by = representative_of(application.organization)
    return documents.supply_answer(application, question_of(application), pdf_file(name), by=by)


def sent(application):
    fill(application)
    applications.submit(application, by=representative_of(application.organization))
    return Application.objects.get(pk=application.pk)


def current(application):
    return application.supplied.filter(question__key=KEY, replaced_at=None).first()


def lacking(application):
    return [m.about for m in completeness.missing(Contents(application)) if m.section.startswith("questions")]


# Filling in


def test_it_is_attached_with_the_answers_of_its_page(client, application):
    given = {"problema": "Falta trabajo", "mark-problema": answers.mark_of(""), KEY: pdf_file("plan.pdf")}
    assert KEY in lacking(application)

    assert client.post(page_of(application), given).status_code == 302

    assert (current(application).document.name, current(application).question.key) == ("plan.pdf", KEY)
    assert application.answers.get(question__key="problema").text == "Falta trabajo"
    assert KEY not in lacking(application)
    page = client.get(page_of(application)).text
    assert 'enctype="multipart/form-data"' in page
    assert f'form="remove-{KEY}"' in page
    review = client.get(reverse("calls:application_review", args=[application.public_id])).text
    assert current(application).document.public_id in review


def test_what_is_wrong_with_the_file_is_said_beside_it_and_the_answers_are_kept(client, application):
    given = {"problema": "Falta", "mark-problema": answers.mark_of(""), KEY: pdf_file("plan.docx")}

    page = client.post(page_of(application), given)

    assert "docx" in str(page.context["form"].errors[KEY]).lower()
    assert application.answers.get(question__key="problema").text == "Falta"
    assert current(application) is None


def test_the_formats_are_those_that_the_rules_say(client, application):
    assert "Se acepta: PDF" in client.get(page_of(application)).text
    assert "se acepta: pdf" in client.get(application.call.get_absolute_url()).text.lower()


def test_a_newer_file_replaces_it_and_it_can_be_taken_out(client, application):
    first, second = attach(application), attach(application, "otro.pdf")
    first.refresh_from_db()
    assert (first.replaced_at, current(application)) == (second.supplied_at, second)

    answer = client.post(page_of(application), {"remove": KEY})

    assert answer.url == page_of(application)
    assert current(application) is None
    assert application.supplied.count() == 2


def test_a_file_question_is_answered_with_no_words(application):
    with pytest.raises(answers.CannotSave):
        answers.save_answers(
            application, {KEY: answers.Typed("plan.pdf")}, by=representative_of(application.organization)
        )


def test_an_autosave_hands_in_no_file(client, application):
    address = reverse("calls:answer_pieces", args=[application.public_id, KEY])
    token = announce(client, address, content=CONTENT).json()["upload"]
    put(client, address, token, 0, CONTENT)

    client.post(page_of(application), {f"{KEY}-arrived": token}, headers={"X-Autosave": "1"})
    assert current(application) is None

    client.post(page_of(application), {f"{KEY}-arrived": token})
    assert current(application).document.sha256 == hashlib.sha256(CONTENT).hexdigest()
    other = reverse("calls:answer_pieces", args=[application.public_id, "problema"])
    assert announce(client, other).status_code == 404


def test_its_bytes_count_in_the_limit_of_the_application(client, application, settings):
    settings.MAX_APPLICATION_BYTES = 10

    page = client.post(page_of(application), {KEY: pdf_file()})

    assert "la solicitud pasaría de" in str(page.context["form"].errors[KEY])


def test_the_database_knows_for_what_each_file_was_handed_in(application):
    one = attach(application)
    requirement = Contents(application).requirements[0]

    for values in ({"requirement": requirement}, {"question": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SuppliedDocument.objects.filter(pk=one.pk).update(**values)
    attach(application)
    with pytest.raises(IntegrityError), transaction.atomic():
        SuppliedDocument.objects.filter(pk=one.pk).update(replaced_at=None)


def test_a_file_in_which_the_antivirus_found_something_is_missing(application):
    Document.objects.filter(pk=attach(application).document_id).update(
        scan="infected", scanned_at=timezone.now()
    )

    assert KEY in lacking(application)


# Sent


def test_the_seal_and_the_receipt_carry_its_name_and_hash(client, application):
    application = sent(application)
    document = current(application).document

    sealed = {one["key"]: one for one in json.loads(application.submission.snapshot)["answers"]}[KEY]
    assert (sealed["answer"], sealed["kind"]) == (document.name, "file")
    assert sealed["file"]["sha256"] == document.sha256
    listed = {one["requirement"]: one["sha256"] for one in Receipt(application.public_id).context()["files"]}
    assert listed["Plan de difusión"] == document.sha256
    page = client.get(reverse("calls:application_receipt", args=[application.public_id])).text
    assert document.sha256 in page


def test_the_desk_reads_it_and_the_whole_file_holds_it(client, application):
    application = sent(application)
    document = current(application).document
    client.force_login(operator_of(application.call))

    desk_page = client.get(reverse("calls:desk_application", args=[application.public_id])).text
    file = client.get(reverse("calls:application_file", args=[application.public_id, document.public_id]))
    answer = client.post(reverse("calls:application_zip", args=[application.public_id]))
    inside = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))

    assert document.sha256 in desk_page
    assert hashlib.sha256(b"".join(file.streaming_content)).hexdigest() == document.sha256
    rows = list(csv.DictReader(io.StringIO(inside.read("indice.csv").decode("utf-8-sig"))))
    (row,) = [row for row in rows if row["SHA-256"] == document.sha256]
    assert row["En qué consiste"] == "Plan de difusión"
    assert hashlib.sha256(inside.read(row["Archivo"])).hexdigest() == document.sha256


def test_evaluators_read_it_under_a_neutral_name_unless_it_identifies():
    application, _keys = begun(PLAN, PLAN | {"label": "Carta firmada", "identifies": True})
    application = sent(application)
    blind = BlindCopy(application)

    (shown,) = [one for one in blind.documents if one.title == "Plan de difusión"]
    said = dict(next(answers for title, answers in blind.sections if title == "Proyecto"))
    assert said["Plan de difusión"] == shown.name
    assert shown.name.startswith("documento-")
    assert blind.document(shown.key).document == current(application).document
    assert "Carta firmada" not in [*said, *(one.title for one in blind.documents)]
    assert blind.document("_carta-firmada") is None


def test_in_a_correction_the_file_that_was_marked_is_replaced(client, application):
    application = sent(application)
    question, before = question_of(application), current(application)
    defects = [desk.DefectFound("outdated", "Suba el plan firmado.", question=question)]
    desk.prevent(application, defects, by=operator_of(application.call), days=5)
    correction = reverse("calls:application_correction", args=[application.public_id])

    page = client.get(correction).text
    assert before.document.public_id in page
    client.post(correction, {KEY: pdf_file("firmado.pdf", "firmado")})

    assert current(application).document.name == "firmado.pdf"
    assert Defect.objects.get().corrected_at == current(application).supplied_at
    applications.correct(
        Application.objects.get(pk=application.pk), by=representative_of(application.organization)
    )
    names = [one.document.name for one in application.supplied.filter(question=question)]
    assert sorted(names) == sorted([before.document.name, "firmado.pdf"])


def test_only_what_was_marked_is_replaced(client, application):
    application = sent(application)
    marked = Contents(application).requirements[0]
    defects = [desk.DefectFound("outdated", "Suba el vigente.", requirement=marked)]
    desk.prevent(application, defects, by=operator_of(application.call), days=5)

    with pytest.raises(answers.CannotSave):
        attach(Application.objects.get(pk=application.pk))
    address = reverse("calls:answer_pieces", args=[application.public_id, KEY])
    assert announce(client, address).status_code == 409


@pytest.mark.parametrize(("file_format", "comes"), [("PDF", True), ("Imagen", False)])
def test_the_next_application_begins_with_it_when_it_serves(file_format, comes):
    organization = OrganizationFactory(drafter=True)
    earlier = sent(ApplicationFactory(call=call_with(PLAN), organization=organization))
    by = representative_of(organization)
    call = call_with(PLAN | {"file_format": file_format})
    application = applications.start(call, organization, by=by)

    copied = copying.copy(earlier, application, by=by)

    assert (current(application) is not None) == comes
    assert ("Plan de difusión" in dict(copied.anew)) != comes


def test_the_pages_cost_the_same_with_a_file(client, application, django_assert_num_queries):
    client.get(page_of(application))  # what the Rules ask for is read once by each process
    with django_assert_num_queries(10):
        client.get(page_of(application))
    attach(application)

    with django_assert_num_queries(10):
        client.get(page_of(application))
