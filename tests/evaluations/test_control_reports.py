"""Reports to the internal control body: the comptroller reads them, and nobody else finds them anywhere."""

import itertools

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.models import Notice, Role, TrailEntry
from calls.models import Barred
from documents.models import Document, Rendering
from evaluations import remedy_figures
from evaluations.actions import reports
from evaluations.models import ControlReport
from evaluations.rules import NotYours
from jobs.models import IdempotencyKey, Job
from tests.addresses import all_addresses
from tests.evaluations.test_remedies import representative
from tests.factories.accounts import member
from tests.factories.applications import pdf_file
from tests.factories.evaluations import evaluation
from tests.factories.voice import ControlReportFactory, remedy_of

pytestmark = pytest.mark.django_db
KEYS = (f"denuncia-{n}" for n in itertools.count())
TEXT = "RELATO-SECRETO de lo que pasó."


@pytest.fixture
def played():
    return evaluation("release")


@pytest.fixture
def application(played):
    return played.applications[0]


def reported(application, **what):
    remedy, key = remedy_of(application.call, "internal_control"), what.pop("key", None) or next(KEYS)
    return reports.file(application, remedy, TEXT, by=representative(application), key=key, **what)


def test_without_a_name_nothing_in_the_database_leads_to_who_made_it(played, application):
    file = pdf_file("prueba.pdf")

    report = reported(application, anonymous=True, files=[file])

    assert (report.filed_by, report.application) == (None, None)
    assert TrailEntry.objects.about(report).get().by is None
    assert Document.objects.get(name="prueba.pdf").stored_by is None
    assert not IdempotencyKey.objects.filter(user=representative(application)).exists()
    assert not Job.objects.filter(requested_by=representative(application)).exists()
    assert application.folio not in TrailEntry.objects.about(report).get().subject_name


def test_with_a_name_the_trail_says_that_it_came_and_not_from_whom(application):
    report = reported(application)

    entry = TrailEntry.objects.about(report).get()

    assert report.filed_by == representative(application)
    assert (entry.act, entry.by, entry.subject_name) == ("control_report.file", None, report.folio)


def test_a_name_is_owed_where_the_rules_do_not_let_it_out(application):
    remedy = remedy_of(application.call, "internal_control")
    remedy.allows_anonymous = False

    with pytest.raises(reports.CannotFile) as refused:
        reports.file(
            application, remedy, TEXT, by=representative(application), key=next(KEYS), anonymous=True
        )

    assert refused.value.field == "anonymous"
    assert not ControlReport.objects.exists()


def test_a_retry_gives_the_first(application):
    assert reported(application, key="una") == reported(application, key="una")
    assert ControlReport.objects.count() == 1


def test_only_the_comptroller_is_told(played, application):
    auditor = member(Role.AUDITOR)

    report = reported(application)

    assert [n.to for n in Notice.objects.filter(link=report.get_absolute_url())] == [auditor]


@pytest.mark.parametrize("who", ["operator", "head", "chair", "other"])
def test_only_the_people_of_the_organization_report(played, application, who):
    people = {
        "operator": played.operator, "head": played.head, "chair": played.chair,
        "other": representative(played.applications[1]),
    }  # fmt: skip
    remedy = remedy_of(application.call, "internal_control")

    with pytest.raises(NotYours):
        reports.file(application, remedy, TEXT, by=people[who], key=next(KEYS))


def test_the_comptroller_concludes_and_who_gave_a_name_reads_it(client, application):
    auditor, report = member(Role.AUDITOR), reported(application)
    client.force_login(auditor)
    assert TEXT in client.get(report.get_absolute_url()).text

    done = client.post(report.get_absolute_url(), {"conclusion": "No se acreditó."})

    assert done.status_code == 302
    client.force_login(representative(application))
    assert "No se acreditó." in client.get(report.get_absolute_url()).text
    assert Notice.objects.filter(kind="report.conclude", to=representative(application)).exists()


def test_who_made_it_does_not_conclude_it(client, application):
    report = reported(application)
    client.force_login(representative(application))

    assert client.post(report.get_absolute_url(), {"conclusion": "Nada."}).status_code == 403


def test_a_comptroller_who_is_barred_from_the_file_does_not_read_it(client, application):
    auditor, report = member(Role.AUDITOR), reported(application)
    Barred.objects.create(user=auditor, application=application, since=report.filed_at)
    client.force_login(auditor)

    assert client.get(report.get_absolute_url()).status_code == 404
    assert report.folio not in client.get(reverse("evaluations:reports")).text


def test_nobody_else_finds_it_anywhere(client, played, application):
    """Every page without parts, and those of the call, the application, the trail and the jobs."""
    file = pdf_file("ARCHIVO-SECRETO.pdf")
    made = [reported(application, anonymous=True, files=[file]), reported(application)]
    secrets = [secret for one in made for secret in (one.folio, one.public_id)]
    secrets += ["RELATO-SECRETO", "ARCHIVO-SECRETO"]
    people = [
        played.operator, played.head, played.chair, played.evaluators[0],
        representative(played.applications[1]), member(Role.DRAFTER, application.organization.body),
        member(Role.ADMINISTRATOR), None,
    ]  # fmt: skip
    addresses = [reverse(name) for name, parts in all_addresses() if not parts and ours(name)]
    addresses += [*pages_of(application), attachment(made[0]), *(one.get_absolute_url() for one in made)]

    found = []
    for person in people:
        client.logout()
        if person:
            client.force_login(person)
        for address in addresses:
            answer = client.get(address)
            if answer.status_code == 200 and any(secret.encode() in body(answer) for secret in secrets):
                found.append((str(person), address))

    assert found == []
    assert remedy_figures.counted() == {}
    assert not Rendering.objects.filter(content__contains="RELATO-SECRETO").exists()


def ours(name):
    return name.startswith(("accounts:", "api", "calls:", "documents:", "evaluations:", "jobs:", "programs:"))


def pages_of(application):
    call = application.call.folio
    return [
        application.get_absolute_url(),
        reverse("evaluations:what_now", args=[application.public_id]),
        reverse("calls:desk_application", args=[application.public_id]),
        *[
            reverse(f"evaluations:{name}", args=[call])
            for name in ("feedback_desk", "remedy_desk", "call_results", "coordination", "committee")
        ],
        reverse("calls:call", args=[call]),
        reverse("calls:cockpit", args=[call]),
    ]


def attachment(report):
    return reverse("evaluations:report_attachment", args=[report.public_id, 1])


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_the_form_says_that_it_was_received_and_keeps_no_name(client, application):
    client.force_login(representative(application))
    address = reverse("evaluations:file_report", args=[application.public_id, "denuncia"])
    key = client.get(address).context["form"]["key"].value()

    done = client.post(address, {"text": TEXT, "key": key, "anonymous": "on"}, follow=True)

    report = ControlReport.objects.get()
    assert report.is_anonymous
    assert report.folio in done.text
    assert done.redirect_chain[-1][0] == reverse("evaluations:what_now", args=[application.public_id])


ATTACKS = [
    "UPDATE evaluations_controlreport SET text = 'otro'",
    "UPDATE evaluations_controlreport SET filed_by_id = 1, is_anonymous = FALSE",
    "DELETE FROM evaluations_controlreport",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_database_keeps_what_was_reported(attack):
    ControlReportFactory()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)


def test_the_database_keeps_no_name_beside_a_report_without_one(application):
    with pytest.raises(DatabaseError), transaction.atomic():
        ControlReportFactory(call=application.call, application=application)
