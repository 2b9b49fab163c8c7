"""Files of an application while the antivirus does not answer, and once it found something in one (R7)."""

import io
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone

from calls.actions import applications, copying, vault
from calls.contents import Contents
from calls.models import SuppliedDocument
from documents.models import Document, Infection
from tests.calls.test_vault import begin, call_that_asks, keep
from tests.documents.clamd import Clamd
from tests.documents.test_antivirus import INFECTED
from tests.factories.applications import (
    ApplicationFactory,
    OrganizationFactory,
    drafter_of,
    operator_of,
    representative_of,
)

pytestmark = pytest.mark.django_db

NOWHERE = "/no/hay/clamd"


@pytest.fixture
def received(settings):
    """An application whose documents all wait for the antivirus."""
    settings.CLAMAV_SOCKET = NOWHERE
    return ApplicationFactory(submitted=True)


def infect(document):
    Document.objects.filter(pk=document.pk).update(scan="infected", scanned_at=timezone.now())


def file_of(application):
    return application.supplied.order_by("pk").first().document


def ask(client, application, person):
    client.force_login(person)
    answer = client.get(
        reverse("calls:application_file", args=[application.public_id, file_of(application).public_id])
    )
    if answer.streaming:
        b"".join(answer.streaming_content)  # a file is read to its end
    return answer


def taken(client, application, person):
    client.force_login(person)
    answer = client.post(reverse("calls:application_zip", args=[application.public_id]))
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_sending_goes_on_and_only_whoever_handed_a_file_in_opens_it(client, received):
    ana, rita = representative_of(received.organization), operator_of(received.call)

    assert received.folio
    assert ask(client, received, ana).status_code == 200
    refused = [ask(client, received, one) for one in (rita, drafter_of(received.organization))]
    assert [answer.status_code for answer in refused] == [403, 403]
    assert all("El antivirus todavía no revisa este archivo" in answer.text for answer in refused)
    page = client.get(reverse("calls:application", args=[received.public_id]))
    assert page.status_code == 200
    client.force_login(rita)
    desk = client.get(reverse("calls:desk_application", args=[received.public_id])).text
    assert desk.count("En espera del antivirus") == received.supplied.count()


def test_the_whole_file_leaves_out_what_waits_and_its_index_says_why(client, received):
    inside = taken(client, received, operator_of(received.call))

    index = inside.read("indice.csv").decode("utf-8-sig")
    assert [name for name in inside.namelist() if name.startswith("documentos/")] == []
    assert "documentos/" not in inside.read("SHA256SUMS").decode()
    assert index.count("El antivirus todavía no revisa este archivo") == received.supplied.count()
    mine = taken(client, received, representative_of(received.organization))
    assert len([n for n in mine.namelist() if n.startswith("documentos/")]) == received.supplied.count()


def test_an_infected_file_is_said_where_it_was_chosen_and_not_kept(client, settings, tmp_path):
    application = ApplicationFactory()
    person = drafter_of(application.organization)
    client.force_login(person)
    settings.CLAMAV_SOCKET = str(tmp_path / "clamd")
    clamd = Clamd(settings.CLAMAV_SOCKET)
    chosen = io.BytesIO(INFECTED)
    chosen.name = "acta.pdf"

    page = client.post(
        reverse("calls:application_upload", args=[application.public_id, "acta"]), {"d-acta-file": chosen}
    )
    clamd.close()

    assert "El antivirus encontró algo dañino" in str(page.context["bad_form"].errors["file"])
    assert not SuppliedDocument.objects.filter(application=application).exists()
    assert (Infection.objects.get().by, Infection.objects.get().name) == (person, "acta.pdf")


def test_a_draft_with_a_withheld_file_is_not_sent(client):
    application = ApplicationFactory(complete=True)
    infect(file_of(application))

    with pytest.raises(applications.CannotSubmit) as refused:
        applications.submit(application, by=representative_of(application.organization))

    said = [lack.message for lack in refused.value.missing]
    assert said == ["Retenido por el antivirus: Acta constitutiva. Adjunte una copia limpia."]


def test_a_withheld_document_of_the_vault_begins_no_application():
    organization = OrganizationFactory(drafter=True)
    kept = keep(organization)
    call = call_that_asks()
    infect(kept.document)

    application = begin(call, organization)

    assert not application.supplied.exists()
    asked = Contents(application).requirements
    assert vault.serving(application, asked, at=timezone.now()) == {}


def test_a_withheld_file_is_not_copied_into_the_next_application():
    earlier = ApplicationFactory(submitted=True)
    withheld = earlier.supplied.order_by("pk").first()
    infect(withheld.document)
    person = representative_of(earlier.organization)
    application = begin(call_that_asks(document_kind=""), earlier.organization)

    copied = copying.copy(earlier, application, by=person)

    assert (withheld.requirement.name, "Retenido por el antivirus") in copied.anew
    assert copied.documents == earlier.supplied.count() - 1
