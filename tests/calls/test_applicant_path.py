"""The applicant's path, page by page: what is asked, what is kept, what is answered where it was typed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.dates import exact
from calls.actions import answers, applications, documents
from calls.contents import Contents
from calls.models import Application, Call, SetAside
from calls.states import ApplicationState
from tests.factories.accounts import UserFactory
from tests.factories.applications import (
    ApplicationFactory,
    OpenCallFactory,
    OrganizationFactory,
    drafter_of,
    municipality,
    operator_of,
    pdf_file,
    representative_of,
)

pytestmark = pytest.mark.django_db


def page(name, application, *rest):
    return reverse(f"calls:{name}", args=[application.public_id, *rest])


@pytest.fixture
def draft():
    return ApplicationFactory()


@pytest.fixture
def ana(client, draft):
    person = representative_of(draft.organization)
    client.force_login(person)
    return person


@pytest.mark.parametrize("path", ["", "elegibilidad/", "proyecto/", "preguntas/1/", "preguntas/2/",
                                  "documentos/", "presupuesto/", "revision/"])  # fmt: skip
def test_every_page_of_a_draft_opens_for_its_people_and_for_nobody_else(client, draft, path):
    municipality()
    address = f"/solicitudes/{draft.public_id}/{path}"

    for person in (representative_of(draft.organization), drafter_of(draft.organization)):
        client.force_login(person)
        assert client.get(address).status_code == 200
    for person in (UserFactory(), operator_of(draft.call)):
        client.force_login(person)
        assert client.get(address).status_code == 404


def test_an_application_is_begun_from_the_call_and_a_double_click_begins_one(client):
    call, organization = OpenCallFactory(), OrganizationFactory()
    client.force_login(representative_of(organization))
    address = reverse("calls:application_start", args=[call.folio])
    shown = client.get(address)
    given = {"organization": organization.public_id, "modality": "proyectos",
             "idempotency_key": shown.context["key"]}  # fmt: skip

    first, second = client.post(address, given), client.post(address, given)

    application = Application.objects.get()
    assert first.url == second.url == application.get_absolute_url()
    assert application.modality.key == "proyectos"


def test_whoever_has_no_organization_is_told_to_register_one(client):
    call = OpenCallFactory()
    client.force_login(UserFactory())

    response = client.get(reverse("calls:application_start", args=[call.folio]))

    assert reverse("calls:organization_new") in response.text


def test_a_page_is_saved_in_any_state_and_goes_on(client, draft, ana):
    response = client.post(page("application_questions", draft, 1), {"problema": "A medias", "personas": ""})

    assert response.url == page("application_questions", draft, 2)
    assert draft.answers.get(question__key="problema").text == "A medias"


def test_what_is_not_valid_is_kept_and_answered_beside_its_field(client, draft, ana):
    response = client.post(page("application_questions", draft, 1), {"problema": "x", "personas": "muchas"})

    assert response.status_code == 200
    assert "personas" in response.context["form"].errors
    assert 'value="muchas"' in response.text
    answer = draft.answers.get(question__key="personas")
    assert (answer.text, answer.number) == ("muchas", None)


def test_an_amount_out_of_the_modality_is_answered_with_its_limit(client, draft, ana):
    municipality()
    modality = Contents(draft).modalities[0]

    response = client.post(
        page("application_project", draft),
        {
            "project_title": "T",
            "modality": modality.key,
            "requested_amount": "1,000,000",
            "municipality": "14039",
        },
    )

    assert "$100,000.00" in response.context["form"].errors["requested_amount"][0]
    draft.refresh_from_db()
    assert str(draft.requested_amount) == "1000000.00"


def test_too_many_words_are_counted(client, draft, ana):
    response = client.post(
        page("application_questions", draft, 1), {"problema": "palabra " * 201, "personas": "1"}
    )

    assert "201" in response.context["form"].errors["problema"][0]


def test_the_script_is_told_when_it_was_kept_and_the_new_marks(client, draft, ana):
    response = client.post(
        page("application_questions", draft, 1), {"problema": "Texto"}, headers={"X-Autosave": "1"}
    )

    assert response.status_code == 200
    assert response.json()["marks"]["problema"] == answers.mark_of("Texto")


def test_what_a_script_keeps_costs_six_statements(client, draft, ana, django_assert_num_queries):
    """Session, person, whether they write it, the application held, the answer, and its text."""
    address = page("application_questions", draft, 1)
    client.post(address, {"problema": "Texto"}, headers={"X-Autosave": "1"})

    with django_assert_num_queries(6 + len(["SAVEPOINT", "RELEASE SAVEPOINT"])):
        client.post(address, {"problema": "Otro texto"}, headers={"X-Autosave": "1"})


def test_two_people_merge_by_field_and_both_versions_of_one_field_are_kept(client, draft, ana):
    beto = drafter_of(draft.organization)
    empty = answers.mark_of("")
    answers.save_answers(draft, {"problema": answers.Typed("De Beto", empty)}, by=beto)

    response = client.post(
        page("application_questions", draft, 1),
        {"problema": "De Ana", "mark-problema": empty, "personas": "12", "mark-personas": empty},
        follow=True,
    )

    assert draft.answers.get(question__key="problema").text == "De Beto"
    assert draft.answers.get(question__key="personas").text == "12"
    assert SetAside.objects.get().text == "De Ana"
    assert "De Ana" in response.text
    assert "De Beto" in response.text

    client.post(page("application_settle", draft), {"field": "problema"})
    assert SetAside.objects.get().settled_at is not None


def test_a_budget_that_departs_from_the_rules_is_kept_and_explained(client, draft, ana):
    rule = next(r for r in Contents(draft).budget_rules if not r.is_allowed)
    given = {"l-TOTAL_FORMS": "1", "l-INITIAL_FORMS": "0", "l-0-rule": rule.key,
             "l-0-description": "Directora", "l-0-from_grant": "10,000.00", "more": "1"}  # fmt: skip

    response = client.post(page("application_budget", draft), given, follow=True)

    assert draft.budget_lines.get().from_grant == 10_000
    assert any(problem.about == rule.key for problem in response.context["problems"])


def test_a_line_that_is_not_a_number_is_answered_and_stays_typed(client, draft, ana):
    given = {"l-TOTAL_FORMS": "1", "l-INITIAL_FORMS": "0", "l-0-rule": "materiales",
             "l-0-description": "Telas", "l-0-from_grant": "diez mil"}  # fmt: skip

    response = client.post(page("application_budget", draft), given)

    assert 'value="diez mil"' in response.text
    assert response.context["form"].forms[0].errors["from_grant"]


def test_a_file_that_lies_about_its_type_is_answered_beside_its_field_and_the_rest_stays(client, draft, ana):
    client.post(page("application_upload", draft, "plan"), {"d-plan-file": pdf_file("plan.pdf")})
    liar = SimpleUploadedFile("acta.pdf", b"\x89PNG\r\n\x1a\n" + b"0" * 64)

    response = client.post(page("application_upload", draft, "acta"), {"d-acta-file": liar})

    said = response.context["bad_form"].errors["file"]
    assert said[0].startswith(
        "El archivo dice ser PDF, pero su contenido es PNG. Guárdelo como lo que dice ser."
    )
    assert said[0] in response.text
    assert "plan.pdf" in response.text
    assert draft.supplied.get().requirement.key == "plan"


def test_a_file_too_large_is_answered_beside_its_field(client, draft, ana, settings):
    settings.MAX_FILE_BYTES = 100

    response = client.post(page("application_upload", draft, "acta"), {"d-acta-file": pdf_file()})

    said = response.context["bad_form"].errors["file"]
    assert said[0].endswith("Redúzcalo o divídalo en partes.")
    assert said[0] in response.text
    assert draft.supplied.count() == 0


def test_the_whole_application_has_its_limit_of_bytes(client, draft, ana, settings):
    settings.MAX_APPLICATION_BYTES = 900
    client.post(page("application_upload", draft, "plan"), {"d-plan-file": pdf_file("plan.pdf")})

    response = client.post(page("application_upload", draft, "acta"), {"d-acta-file": pdf_file("acta.pdf")})

    assert response.context["bad_form"].errors["file"]


def test_a_file_is_replaced_and_the_earlier_one_kept(client, draft, ana):
    for words in ("una", "dos"):
        client.post(page("application_upload", draft, "acta"), {"d-acta-file": pdf_file("acta.pdf", words)})

    assert draft.supplied.count() == 2
    assert draft.supplied.filter(replaced_at=None).count() == 1


def test_a_file_is_read_by_its_people_and_by_nobody_else(client, draft, ana):
    client.post(page("application_upload", draft, "acta"), {"d-acta-file": pdf_file("acta.pdf")})
    address = page("application_file", draft, draft.supplied.get().document.public_id)

    assert b"".join(client.get(address).streaming_content).startswith(b"%PDF")
    for person in (UserFactory(), operator_of(draft.call), representative_of(OrganizationFactory())):
        client.force_login(person)
        assert client.get(address).status_code == 404


def test_a_file_replaced_in_the_draft_is_read_by_its_people_alone(client):
    draft = ApplicationFactory(complete=True)
    ana, asked = representative_of(draft.organization), draft.supplied.first().requirement
    before = draft.supplied.get(requirement=asked).document
    documents.supply(draft, asked, pdf_file("otra.pdf"), by=ana)
    applications.submit(draft, by=ana)
    now = draft.supplied.get(requirement=asked, replaced_at=None).document

    def answers_to(person):
        client.force_login(person)
        told = [client.get(page("application_file", draft, one.public_id)) for one in (before, now)]
        for answer in told:
            b"".join(answer)
        return [answer.status_code for answer in told]

    assert answers_to(ana) == [200, 200]
    assert answers_to(operator_of(draft.call)) == [404, 200]


def test_sending_leads_to_the_receipt_and_a_retry_to_the_same_one(client):
    application = ApplicationFactory(complete=True)
    client.force_login(representative_of(application.organization))
    review = client.get(page("application_review", application))
    given = {"truth": "on", "idempotency_key": review.context["key"]}

    first, second = (client.post(page("application_review", application), given) for _ in range(2))

    application.refresh_from_db()
    assert first.url == second.url == page("application_receipt", application)
    receipt = client.get(first.url)
    assert application.folio in receipt.text
    assert application.submission.sha256 in receipt.text
    assert exact(application.submitted_at) in receipt.text


def test_nothing_is_sent_without_the_declaration(client):
    application = ApplicationFactory(complete=True)
    client.force_login(representative_of(application.organization))

    response = client.post(page("application_review", application), {})

    assert response.context["form"].errors["truth"]
    application.refresh_from_db()
    assert application.state == ApplicationState.DRAFT


def test_who_drafts_reviews_but_does_not_send(client):
    application = ApplicationFactory(complete=True)
    client.force_login(drafter_of(application.organization))

    assert "idempotency_key" not in client.get(page("application_review", application)).text
    assert client.post(page("application_review", application), {"truth": "on"}).status_code == 403


def test_a_late_sending_is_told_the_cut_off_and_the_draft_is_kept(client):
    application = ApplicationFactory(complete=True)
    client.force_login(representative_of(application.organization))
    cut_off = timezone.now()
    Call.objects.filter(pk=application.call_id).update(closes_at=cut_off)

    response = client.post(page("application_review", application), {"truth": "on"})

    assert response.status_code == 409
    assert exact(cut_off) in response.text
    assert application.answers.count() == 3


def test_a_second_sending_is_told_which_folio_was_received(client):
    application = ApplicationFactory(complete=True)
    ana = representative_of(application.organization)
    applications.submit(application, by=ana)
    client.force_login(ana)

    response = client.post(page("application_review", application), {"truth": "on"}, follow=True)

    assert application.folio in response.text


def test_what_was_sent_cannot_be_changed(client):
    application = ApplicationFactory(submitted=True)
    client.force_login(representative_of(application.organization))

    assert client.get(page("application_project", application)).status_code == 403
    assert client.post(page("application_project", application), {"project_title": "Otro"}).status_code == 403


def test_the_correction_opens_only_what_was_marked_and_is_sent_back(client):
    application = ApplicationFactory(prevented=True)
    client.force_login(representative_of(application.organization))
    address = page("application_correction", application)

    assert "personas" not in client.get(address).context["form"].fields
    client.post(
        page("application_correct_document", application, "acta"), {"d-acta-file": pdf_file("n.pdf", "n")}
    )
    assert client.post(page("application_correct_document", application, "plan"),
                       {"d-plan-file": pdf_file()}).status_code == 409  # fmt: skip
    client.post(address, {"problema": "Son 40.", "send": "1"})

    application.refresh_from_db()
    assert application.state == ApplicationState.CORRECTED
    assert client.get(application.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_my_applications_cost_the_same_for_one_as_for_thirty(client, count, django_assert_num_queries):
    ana, calls = UserFactory(), [OpenCallFactory()]
    edition = calls[0].publication.edition
    calls += [OpenCallFactory(edition=edition) for _ in range(count - 1)]
    organization = OrganizationFactory(representative=ana)
    for call in calls:
        applications.start(call, organization, by=ana)
    client.force_login(ana)

    with django_assert_num_queries(6):
        client.get(reverse("calls:my_applications"))


@pytest.mark.parametrize(
    ("name", "rest", "most"),
    [("application", [], 12), ("application_review", [], 12), ("application_questions", [1], 12),
     ("application_documents", [], 12), ("application_budget", [], 12), ("application_project", [], 12)],
)  # fmt: skip
def test_a_page_of_the_path_costs_at_most_twelve_queries(
    client, name, rest, most, django_assert_max_num_queries
):
    application = ApplicationFactory(complete=True)
    client.force_login(representative_of(application.organization))
    client.get(page(name, application, *rest))  # what the Rules ask for is read once by each process

    with django_assert_max_num_queries(most):
        assert client.get(page(name, application, *rest)).status_code == 200


def test_the_page_of_what_was_sent_costs_at_most_twelve_queries(client, django_assert_max_num_queries):
    application = ApplicationFactory(prevented=True)
    client.force_login(representative_of(application.organization))

    for name in ("application", "application_receipt", "application_correction"):
        client.get(page(name, application))
        with django_assert_max_num_queries(12):
            assert client.get(page(name, application)).status_code == 200


def test_an_amount_written_in_another_way_is_not_somebody_elses(draft, ana):
    """Autosave kept 80,000 and the button sends 80,000 again, with the mark that the page had before."""
    typed = {"requested_amount": answers.Typed("80,000", answers.mark_of(""))}
    answers.save_project(draft, typed, by=ana)

    saved = answers.save_project(draft, typed, by=ana)

    assert not saved.set_aside
    assert saved.marks["requested_amount"] == answers.mark_of("80000.00")
    assert not SetAside.objects.exists()
