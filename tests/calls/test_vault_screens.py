"""The screens of the vault: keeping, correcting, taking out; using it; what the desk reads."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.calls.test_vault import (
    accepted_elsewhere,
    begin,
    call_that_asks,
    handed_in,
    keep,
    requirement_of,
    send_another,
)
from tests.factories.applications import (
    OrganizationFactory,
    drafter_of,
    operator_of,
    pdf_file,
    prevent,
    representative_of,
    submit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def organization(client):
    found = OrganizationFactory(drafter=True)
    client.force_login(drafter_of(found))
    return found


def kind_page(organization, kind="articles"):
    return reverse("calls:vault_kind", args=[organization.public_id, kind])


def in_words(day):
    return f"{day:%d/%m/%Y}"


def test_a_document_is_kept_with_its_days_and_shown(client, organization):
    today = timezone.localdate()
    given = {"file": pdf_file("acta.pdf"), "issued_on": in_words(today), "expires_on": ""}

    answer = client.post(kind_page(organization), given, follow=True)

    assert "Se guardó: Acta constitutiva." in answer.text
    assert organization.vault.get().issued_on == today
    page = client.get(organization.vault_url).text
    assert "acta.pdf" in page
    assert kind_page(organization, "power") in page


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"issued_on": "31/31/2020"}, "issued_on", "fecha"),
        ({"issued_on": "01/01/2190"}, "issued_on", "no puede ser posterior a hoy"),
        ({"issued_on": "01/02/2020", "expires_on": "01/01/2020"}, "expires_on", "antes de expedirse"),
        ({"issued_on": "", "expires_on": "01/01/2020"}, "expires_on", "Ya no está vigente"),
        ({"file": None}, "file", "Elija un archivo"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(
    client, organization, given, field, words
):
    sent = {"file": pdf_file(), "issued_on": "02/01/2020"} | given
    page = client.post(kind_page(organization), {name: value for name, value in sent.items() if value})

    assert words in str(page.context["keep_form"].errors[field])
    typed = [day for name, day in sent.items() if name != "file" and day]
    assert [f'value="{day}"' in page.text for day in typed] == [True] * len(typed)
    assert not organization.vault.exists()


def test_the_days_are_corrected_and_what_is_taken_out_is_kept_again(client, organization):
    kept = keep(organization)
    page, day = kind_page(organization), timezone.localdate() + timedelta(days=400)

    client.post(page, {"days": "1", "now-issued_on": "01/02/2020", "now-expires_on": in_words(day)})
    assert organization.vault.get().expires_on == day
    client.post(page, {"take_out": "1"})
    assert not organization.vault.current().exists()
    client.post(page, {"again": kept.document.public_id})
    assert organization.vault.current().get().expires_on == day


def test_days_that_cannot_be_are_refused_in_the_form_of_the_kept_one(client, organization):
    keep(organization)

    page = client.post(kind_page(organization), {"days": "1", "now-issued_on": "01/01/2190"})

    assert "no puede ser posterior a hoy" in str(page.context["days_form"].errors["issued_on"])


def test_what_is_not_there_can_be_neither_corrected_nor_taken_out(client, organization):
    for act in ({"days": "1"}, {"take_out": "1"}, {"again": "no-existe"}):
        assert client.post(kind_page(organization), act).status_code == 404
    assert client.get(kind_page(organization, "nada")).status_code == 404


def test_the_page_says_who_accepted_it_where_it_was_used_and_for_what_it_serves(client, organization):
    first = accepted_elsewhere(organization)
    asking = call_that_asks(valid_days=10)

    page = client.get(kind_page(organization)).text

    assert "Aceptado por:" in page
    assert first.call.agency.acronym in page
    assert first.folio in page
    assert asking.folio in page
    assert "sus Reglas piden uno de 10 días a lo más" in page


def test_only_its_own_people_open_the_vault_of_an_organization(client, organization):
    application = accepted_elsewhere(organization)
    current = organization.vault.current().get()
    file = reverse("calls:vault_file", args=[organization.public_id, "articles", current.document.public_id])
    pages = [organization.vault_url, kind_page(organization), file]
    assert answers(client, pages) == [200, 200, 200]

    for person in (operator_of(application.call), representative_of(OrganizationFactory())):
        client.force_login(person)
        assert answers(client, pages) == [404, 404, 404]


def answers(client, pages):
    told = [client.get(page) for page in pages]
    for one in told:
        b"".join(one)  # a file is read to its end
    return [one.status_code for one in told]


def test_the_vault_costs_the_same_for_one_document_as_for_many(
    client, organization, django_assert_num_queries
):
    accepted_elsewhere(organization)
    with django_assert_num_queries(10):
        client.get(organization.vault_url)

    for kind in ("power", "address", "cluni", "curriculum"):
        keep(organization, kind=kind, name=f"{kind}.pdf")
        call_that_asks(document_kind=kind)
    with django_assert_num_queries(10):
        client.get(organization.vault_url)


# In an application


def upload_page(application):
    return reverse("calls:application_upload", args=[application.public_id, "acta"])


def test_the_application_offers_what_the_organization_keeps(client, organization):
    application = begin(call_that_asks(), organization)
    documents_page = reverse("calls:application_documents", args=[application.public_id])
    assert "Su organización guarda uno vigente" not in client.get(documents_page).text
    kept = keep(organization)

    assert "Su organización guarda uno vigente: acta.pdf" in " ".join(client.get(documents_page).text.split())
    client.post(upload_page(application), {"from_vault": "1"})

    assert handed_in(application).from_vault == kept
    page = client.get(documents_page).text
    assert "Está entre los documentos de su organización." in page
    assert "Su organización guarda uno vigente" not in page


def test_a_date_of_issue_too_old_is_told_beside_its_field(client, organization):
    application = begin(call_that_asks(valid_days=30), organization)

    page = client.post(
        upload_page(application), {"d-acta-file": pdf_file(), "d-acta-issued_on": "01/02/2020"}
    )

    assert "las Reglas piden uno de 30 a lo más" in str(page.context["bad_form"].errors["issued_on"])
    assert 'value="01/02/2020"' in page.text
    assert handed_in(application) is None


def test_a_correction_offers_the_newer_one_that_the_organization_keeps(client, organization):
    application = prevent(begin(call_that_asks(), organization))
    kept = keep(organization, name="nueva.pdf")
    correction = reverse("calls:application_correction", args=[application.public_id])
    assert "Su organización guarda uno vigente: nueva.pdf" in " ".join(client.get(correction).text.split())

    client.post(
        reverse("calls:application_correct_document", args=[application.public_id, "acta"]),
        {"from_vault": "1"},
    )

    assert handed_in(application).from_vault == kept
    assert "Su organización guarda uno vigente" not in client.get(correction).text


def test_the_desk_reads_who_accepted_it_first(client, organization):
    accepted_elsewhere(organization)
    second = send_another(organization)
    client.force_login(operator_of(second.call))

    page = client.get(reverse("calls:desk_application", args=[second.public_id])).text

    first = second.checks.get().comes_from.application.call.agency.acronym
    assert f"{first} lo encontró cumplido el" in page


def test_a_date_of_issue_is_asked_only_of_what_organizations_keep(client, organization):
    application = begin(call_that_asks(), organization)

    page = client.get(reverse("calls:application_documents", args=[application.public_id])).text

    assert "d-acta-issued_on" in page
    assert "d-plan-issued_on" not in page
    assert requirement_of(application, "plan").document_kind == ""
    assert submit(application).folio
