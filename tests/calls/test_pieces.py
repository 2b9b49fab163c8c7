"""A large file in pieces, for a requirement, a correction and the vault: who may, until when."""

import hashlib
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, Role
from calls.models import Application, Call
from documents.models import UploadInProgress
from tests.calls.test_vault import begin, call_that_asks, handed_in
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.applications import (
    ApplicationFactory,
    OrganizationFactory,
    drafter_of,
    operator_of,
    pdf_bytes,
    prevent,
    representative_of,
    submit,
)

pytestmark = pytest.mark.django_db

CONTENT = pdf_bytes("grande") + b"\n" * 700
HALF = len(CONTENT) // 2


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.UPLOADS_ROOT = tmp_path / "uploads"


@pytest.fixture
def application(client):
    found = begin(call_that_asks(), OrganizationFactory(drafter=True))
    client.force_login(drafter_of(found.organization))
    return found


def pieces_of(application, key="acta"):
    return reverse("calls:application_pieces", args=[application.public_id, key])


def announce(client, address, name="acta.pdf", content=CONTENT):
    said = {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    return client.post(address, said)


def put(client, address, upload, offset, piece, sha256=""):
    where = f"?upload={upload}&offset={offset}&sha256={sha256 or hashlib.sha256(piece).hexdigest()}"
    return client.put(address + where, piece, content_type="application/octet-stream")


def send(client, address, content=CONTENT):
    """The whole file in two pieces; gives its token."""
    upload = announce(client, address, content=content).json()["upload"]
    half = len(content) // 2
    for offset, piece in ((0, content[:half]), (half, content[half:])):
        here = put(client, address, upload, offset, piece).json()["received"]
    assert here == len(content)
    return upload


def upload_page(application, key="acta"):
    return reverse("calls:application_upload", args=[application.public_id, key])


def documents_page(application):
    return reverse("calls:application_documents", args=[application.public_id])


def test_a_file_that_came_in_pieces_is_handed_in_with_the_form(client, application):
    token = send(client, pieces_of(application))

    answer = client.post(upload_page(application), {"d-acta-file-arrived": token})

    assert answer.status_code == 302
    document = handed_in(application).document
    assert (document.name, document.sha256) == ("acta.pdf", hashlib.sha256(CONTENT).hexdigest())
    assert handed_in(application).from_vault is not None
    assert not UploadInProgress.objects.exists()


def test_pressing_again_after_it_was_handed_in_says_what_to_look_at(client, application):
    token = send(client, pieces_of(application))
    client.post(upload_page(application), {"d-acta-file-arrived": token})

    page = client.post(upload_page(application), {"d-acta-file-arrived": token})

    assert "Si no aparece como adjunto" in page.text
    assert application.supplied.count() == 1


def test_what_arrived_is_kept_while_the_rest_of_the_form_is_put_right(client, application):
    token = send(client, pieces_of(application))
    wrong = {"d-acta-file-arrived": token, "d-acta-issued_on": "31/31/2020"}

    page = client.post(upload_page(application), wrong).text

    assert f'value="{token}"' in page
    assert "ya llegó y se adjunta con el botón" in " ".join(page.split())
    client.post(upload_page(application), {"d-acta-file-arrived": token, "d-acta-issued_on": ""})
    assert handed_in(application).document.name == "acta.pdf"


def test_what_arrived_and_was_not_handed_in_is_offered_on_the_page(client, application):
    token = send(client, pieces_of(application))

    page = client.get(documents_page(application)).text

    assert f'value="{token}"' in page
    assert "ya llegó y se adjunta con el botón" in " ".join(page.split())


def test_a_file_that_lies_is_refused_as_when_it_comes_with_the_form_and_forgotten(client, application):
    token = send(client, pieces_of(application), content=b"MZ" + CONTENT)

    page = client.post(upload_page(application), {"d-acta-file-arrived": token})

    assert "dice ser PDF" in str(page.context["bad_form"].errors["file"])
    assert "ya llegó" not in page.text
    assert f'value="{token}"' not in page.text
    assert not UploadInProgress.objects.exists()


def test_it_goes_on_in_another_session_and_the_page_says_how_far_it_came(client, application):
    address = pieces_of(application)
    upload = announce(client, address).json()["upload"]
    put(client, address, upload, 0, CONTENT[:HALF])
    client.logout()
    client.force_login(drafter_of(application.organization))

    page = " ".join(client.get(documents_page(application)).text.split())
    again = announce(client, address).json()

    assert "Elija de nuevo el mismo archivo" in page
    assert again == {"upload": upload, "received": HALF}


def test_what_a_colleague_sends_is_not_there_for_anybody_else(client, application):
    token = send(client, pieces_of(application))
    client.force_login(representative_of(application.organization))

    assert put(client, pieces_of(application), token, 0, CONTENT[:HALF]).status_code == 404
    assert put(client, pieces_of(application), "nada", 0, CONTENT[:HALF]).status_code == 404
    page = client.post(upload_page(application), {"d-acta-file-arrived": token})
    assert "Si no aparece como adjunto" in page.text
    assert "Elija de nuevo el mismo archivo" not in client.get(documents_page(application)).text


def test_only_who_may_write_the_draft_sends_pieces_of_it(client, application):
    strangers = (representative_of(OrganizationFactory()), operator_of(application.call), UserFactory())
    for person in strangers:
        client.force_login(person)
        assert announce(client, pieces_of(application)).status_code == 404
        assert put(client, pieces_of(application), "x", 0, b"x").status_code == 404
    submit(application)
    client.force_login(operator_of(application.call))
    assert announce(client, pieces_of(application)).status_code == 403
    client.force_login(representative_of(application.organization))
    assert announce(client, pieces_of(application)).status_code == 403
    assert announce(client, pieces_of(application, "nada")).status_code == 403
    client.logout()
    assert announce(client, pieces_of(application)).status_code == 302
    assert not UploadInProgress.objects.exists()


def test_after_the_deadline_a_piece_is_refused_as_the_whole_would_be(client, application):
    address = pieces_of(application)
    upload = announce(client, address).json()["upload"]
    Call.objects.filter(pk=application.call_id).update(closes_at=timezone.now() - timedelta(minutes=1))

    refused = [announce(client, address), put(client, address, upload, 0, CONTENT[:HALF])]
    page = client.post(upload_page(application), {"d-acta-file-arrived": upload})

    words = "La convocatoria no está abierta"
    assert [answer.status_code for answer in refused] == [409, 409]
    assert all(words in answer.json()["message"] for answer in refused)
    assert UploadInProgress.objects.get().received == 0
    assert not application.supplied.exists()
    assert page.status_code == 200


def test_a_file_that_arrived_in_time_is_refused_when_it_is_handed_in_late(client, application):
    token = send(client, pieces_of(application))
    Call.objects.filter(pk=application.call_id).update(closes_at=timezone.now() - timedelta(minutes=1))

    page = client.post(upload_page(application), {"d-acta-file-arrived": token})

    assert "La convocatoria no está abierta" in str(page.context["bad_form"].errors["file"])
    assert not application.supplied.exists()


def test_an_application_has_room_for_no_more_than_its_limit(client, application, settings):
    settings.MAX_APPLICATION_BYTES = len(CONTENT) * 3 // 2
    assert announce(client, pieces_of(application)).status_code == 200

    for person in (drafter_of(application.organization), representative_of(application.organization)):
        client.force_login(person)
        answer = announce(client, pieces_of(application, "plan"))
        assert answer.status_code == 409
        assert "la solicitud pasaría de" in answer.json()["message"]


@pytest.mark.parametrize(
    ("said", "status"),
    [({"sha256": "no"}, 400), ({"upload": "?"}, 400), ({"offset": "-1"}, 400), ({}, 422)],
)
def test_a_piece_without_sense_is_refused(client, application, said, status):
    address = pieces_of(application)
    upload = announce(client, address).json()["upload"]
    where = {"upload": upload, "offset": "0", "sha256": "0" * 64} | said

    answer = client.put(f"{address}?" + "&".join(f"{k}={v}" for k, v in where.items()), b"x")

    assert (answer.status_code, UploadInProgress.objects.get().received) == (status, 0)


def test_a_piece_larger_than_pieces_are_is_not_read(client, application, settings):
    settings.UPLOAD_PIECE_BYTES = HALF - 1
    upload = announce(client, pieces_of(application)).json()["upload"]

    assert put(client, pieces_of(application), upload, 0, CONTENT[:HALF]).status_code == 413


def test_what_makes_no_sense_is_not_begun(client, application):
    assert client.post(pieces_of(application), {"name": "acta.pdf"}).status_code == 400
    refused = announce(client, pieces_of(application), name="video.mov")
    assert (refused.status_code, "Adjunte uno de estos" in refused.json()["message"]) == (409, True)


# The correction


def test_in_a_correction_only_what_was_marked_comes_in_pieces(client):
    application = prevent(ApplicationFactory())
    client.force_login(drafter_of(application.organization))
    address = pieces_of(application)

    token = send(client, address)
    other = announce(client, pieces_of(application, "plan"))
    page = reverse("calls:application_correct_document", args=[application.public_id, "acta"])
    client.post(page, {"d-acta-file-arrived": token})

    assert (other.status_code, "marcó" in other.json()["message"]) == (409, True)
    assert handed_in(application).document.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert Application.objects.get(pk=application.pk).supplied.filter(requirement__key="acta").count() == 2


# The vault


def test_the_vault_takes_pieces_of_its_own_people(client):
    organization = OrganizationFactory(drafter=True)
    person = drafter_of(organization)
    client.force_login(person)
    address = reverse("calls:vault_pieces", args=[organization.public_id, "articles"])

    token = send(client, address)
    page = reverse("calls:vault_kind", args=[organization.public_id, "articles"])
    assert client.post(page, {"file-arrived": token}).status_code == 302

    assert organization.vault.get().document.sha256 == hashlib.sha256(CONTENT).hexdigest()
    nowhere = reverse("calls:vault_pieces", args=[organization.public_id, "nada"])
    assert announce(client, nowhere).status_code == 404
    client.force_login(representative_of(OrganizationFactory()))
    assert announce(client, address).status_code == 404


def test_whoever_left_the_organization_sends_nothing_more(client, application):
    body = application.organization.body
    leaving = MembershipFactory(user=UserFactory(), body=body, role=Role.DRAFTER)
    client.force_login(leaving.user)
    upload = announce(client, pieces_of(application)).json()["upload"]
    Membership.objects.filter(pk=leaving.pk).update(until=timezone.now())

    assert put(client, pieces_of(application), upload, 0, CONTENT[:HALF]).status_code == 404
