"""Remedies (clarification, reconsideration): received by the clock, decided by another, beside the ruling."""

import itertools
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.acts import ActNotPossible
from accounts.models import Notice, Role, TrailEntry
from calls import ledger, schedule
from documents.models import Rendering
from evaluations import deadlines, seals
from evaluations.actions import remedies
from evaluations.duties import after_results
from evaluations.models import RemedyRequest, Ruling
from evaluations.rules import NotYours
from programs import workdays
from tests.factories.accounts import MembershipFactory, UserFactory, member
from tests.factories.applications import pdf_bytes, pdf_file
from tests.factories.evaluations import evaluation
from tests.factories.voice import remedy_of

pytestmark = pytest.mark.django_db
KEYS = (f"llave-{n}" for n in itertools.count())
WHY = {"reasons": "Se revisó el expediente.", "legal_basis": "Componente 10 de las Reglas."}
TEXT = "Pido que se revise el criterio de diagnóstico."


def representative(application):
    return application.organization.body.memberships.get().user


@pytest.fixture
def played():
    return evaluation("release")


@pytest.fixture
def application(played):
    return played.applications[0]


def filed_by_its_organization(application, kind="reconsideration", **what):
    remedy, key = remedy_of(application.call, kind), what.pop("key", None) or next(KEYS)
    return remedies.file(application, remedy, TEXT, by=representative(application), key=key, **what)


def studied(filed, by):
    remedies.admit(filed, by=by)
    return remedies.study(filed, by=by)


# Filing -----------------------------------------------------------------------------------------------


def test_it_is_received_with_folio_clock_receipt_and_seal(played, application):
    filed = filed_by_its_organization(application)

    holidays = ledger.non_working_days()
    told = schedule.local_day(played.call.released_at, played.call.zone)
    today = schedule.local_day(filed.filed_at, played.call.zone)
    assert filed.folio == f"REC-{application.folio}-01"
    assert (filed.in_time, filed.state) == (True, "remedy_received")
    assert filed.last_day == workdays.add_days(told, 10, business=True, holidays=holidays)
    assert filed.due_on == workdays.add_days(today, 10, business=True, holidays=holidays)
    receipt = Rendering.objects.get(kind="remedy_receipt", subject_id=filed.folio)
    assert TEXT in receipt.content
    entry = TrailEntry.objects.about(filed).get()
    assert (entry.act, entry.subject_name) == ("remedy.file", filed.folio)
    assert {n.to for n in Notice.objects.filter(kind="remedy.receipt")} == {representative(application)}
    assert played.head in {n.to for n in Notice.objects.filter(kind="remedy.file")}


def test_a_retry_gives_the_first_and_another_of_its_kind_is_refused(application):
    first = filed_by_its_organization(application, key="misma")

    again = filed_by_its_organization(application, key="misma")

    assert again == first
    assert Notice.objects.filter(kind="remedy.receipt").count() == 1
    with pytest.raises(remedies.CannotFile, match=first.folio):
        filed_by_its_organization(application, key="otra")
    assert filed_by_its_organization(application, "clarification").folio.endswith("-02")


@pytest.mark.parametrize(("seconds", "in_time"), [(-1, True), (0, False)])
def test_the_last_day_is_whole_and_what_comes_later_is_received_as_late(
    played, application, seconds, in_time
):
    term = deadlines.remedy_term(played.call, remedy_of(played.call, "reconsideration"))

    filed = filed_by_its_organization(application, at=term.closes_at + timedelta(seconds=seconds))

    assert filed.in_time is in_time


def test_files_come_with_it_and_are_sealed(client, application):
    file = pdf_file("prueba.pdf")

    filed = filed_by_its_organization(application, files=[file])

    (kept,) = filed.files.all()
    assert kept.document.name == "prueba.pdf"
    client.force_login(representative(application))
    answer = client.get(reverse("evaluations:remedy_attachment", args=[filed.public_id, 1]))
    assert b"".join(answer.streaming_content) == pdf_bytes("prueba.pdf")
    assert client.get(reverse("evaluations:remedy_attachment", args=[filed.public_id, 2])).status_code == 404


@pytest.mark.parametrize("kind", ["appeal", "internal_control"])
def test_the_portal_does_not_take_for_a_remedy_what_another_authority_receives(application, kind):
    with pytest.raises(remedies.CannotFile):
        filed_by_its_organization(application, kind)


def test_nothing_is_filed_before_the_release():
    with pytest.raises(remedies.CannotFile, match="publicado el resultado"):
        filed_by_its_organization(evaluation("close").applications[0])


@pytest.mark.parametrize("who", ["drafter", "operator", "head", "other"])
def test_only_the_legal_representative_files(played, application, who):
    people = {
        "drafter": member(Role.DRAFTER, application.organization.body), "operator": played.operator,
        "head": played.head, "other": representative(played.applications[1]),
    }  # fmt: skip

    with pytest.raises(NotYours):
        remedies.file(
            application, remedy_of(played.call, "clarification"), TEXT, by=people[who], key=next(KEYS)
        )


# Deciding ---------------------------------------------------------------------------------------------


def test_a_resolution_that_replaces_leaves_the_ruling_and_is_read_beside_it(client, played):
    application = Ruling.objects.exclude(outcome="not_awarded").first().application
    before = Ruling.objects.filter(application=application).values().get()
    filed = studied(filed_by_its_organization(application), played.head)

    remedies.resolve(
        filed, by=played.head, outcome="replaced", new_outcome="not_awarded",
        effect="Se retira el apoyo; no se ha entregado dinero.", **WHY,
    )  # fmt: skip

    assert Ruling.objects.filter(application=application).values().get() == before
    assert seals.broken(played.call) == []
    filed.refresh_from_db()
    assert (filed.state, filed.studied_as, filed.settled_by) == ("resolved", "head", played.head)
    resolution = Rendering.objects.get(kind="remedy_resolution", subject_id=filed.folio)
    assert "Componente 10 de las Reglas." in resolution.content
    assert [e.act for e in TrailEntry.objects.about(filed)] == [
        "remedy.file", "remedy.admit", "remedy.study", "remedy.resolve",
    ]  # fmt: skip
    listed = Rendering.objects.filter(kind="results_list").current().get()
    assert "Se retira el apoyo; no se ha entregado dinero." in listed.content
    public = client.get(reverse("evaluations:call_results", args=[played.call.folio])).text
    assert "Se retira el apoyo" in public
    assert "Se sustituye el resultado por otro" in public
    client.force_login(representative(application))
    for page in (
        application.get_absolute_url(),
        reverse("evaluations:what_now", args=[application.public_id]),
    ):
        assert "Se retira el apoyo" in client.get(page).text


def test_one_that_confirms_changes_nothing_in_public(client, played, application):
    filed = studied(filed_by_its_organization(application), played.head)

    remedies.resolve(filed, by=played.head, outcome="confirmed", **WHY)

    public = client.get(reverse("evaluations:call_results", args=[played.call.folio])).text
    assert WHY["reasons"] not in public
    assert filed.folio not in public
    assert not Rendering.objects.filter(kind="results_list", content__contains=WHY["reasons"]).exists()
    told = Notice.objects.filter(kind="remedy.moved", subject__contains="Resuelto").values_list(
        "to", flat=True
    )
    assert representative(application).pk in told


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"outcome": ""}, "outcome"),
        ({"outcome": "confirmed", "reasons": " "}, "reasons"),
        ({"outcome": "confirmed", "legal_basis": " "}, "legal_basis"),
        ({"outcome": "modified"}, "effect"),
        ({"outcome": "replaced", "effect": "Cambia."}, "new_outcome"),
    ],
)
def test_a_resolution_says_what_it_lacks_at_its_field(played, application, given, field):
    filed = studied(filed_by_its_organization(application), played.head)

    with pytest.raises(remedies.CannotDecide) as refused:
        remedies.resolve(filed, by=played.head, **WHY | given)

    assert refused.value.field == field


def test_the_result_that_stands_is_no_new_result(played, application):
    filed = studied(filed_by_its_organization(application), played.head)
    stands = Ruling.objects.get(application=application).outcome

    with pytest.raises(remedies.CannotDecide) as refused:
        remedies.resolve(
            filed, by=played.head, outcome="replaced", new_outcome=stands, effect="Cambia.", **WHY
        )

    assert refused.value.field == "new_outcome"


def test_a_clarification_may_correct_but_not_replace(played, application):
    filed = studied(filed_by_its_organization(application, "clarification"), played.operator)

    with pytest.raises(remedies.CannotDecide):
        remedies.resolve(
            filed, by=played.operator, outcome="replaced", new_outcome="reserve", effect="Cambia.", **WHY
        )
    remedies.resolve(filed, by=played.operator, outcome="modified", effect="Se corrige el motivo.", **WHY)

    assert RemedyRequest.objects.get().outcome == "modified"


def test_a_late_one_is_only_dismissed_and_one_in_time_is_not_dismissed_as_late(played, application):
    term = deadlines.remedy_term(played.call, remedy_of(played.call, "reconsideration"))
    late = filed_by_its_organization(application, at=term.closes_at)
    in_time = filed_by_its_organization(application, "clarification")

    with pytest.raises(remedies.CannotDecide, match="desechar por extemporáneo"):
        remedies.admit(late, by=played.head)
    with pytest.raises(remedies.CannotDecide, match="no es extemporáneo"):
        remedies.dismiss(in_time, by=played.operator, dismissal="late", **WHY)
    remedies.dismiss(late, by=played.head, dismissal="late", **WHY)

    late.refresh_from_db()
    assert (late.state, late.dismissal) == ("dismissed", "late")
    assert Rendering.objects.filter(kind="remedy_resolution", subject_id=late.folio).exists()


def test_of_two_decisions_one_is_made(played, application):
    filed = filed_by_its_organization(application)
    remedies.dismiss(filed, by=played.head, dismissal="unfounded", **WHY)

    with pytest.raises(ActNotPossible):
        remedies.admit(filed, by=played.head)


@pytest.mark.parametrize("how", ["scored", "voted", "signed"])
def test_whoever_scored_voted_or_signed_does_not_reconsider_even_as_head(played, application, how):
    filed = filed_by_its_organization(application)
    took_part = {
        "scored": application.assignments.first().evaluator, "voted": played.members[0],
        "signed": played.chair,
    }[how]  # fmt: skip
    agency = played.call.publication.edition.program.agency.body
    MembershipFactory(user=took_part, body=agency, role=Role.HEAD)

    with pytest.raises(NotYours):
        remedies.admit(filed, by=took_part)
    assert list(after_results.remedies_to_decide(took_part)) == []


@pytest.mark.parametrize("kind", ["clarification", "reconsideration"])
@pytest.mark.parametrize("who", ["operator", "head", "chair", "evaluator who heads", "evaluator at the desk"])
def test_a_remedy_waits_for_those_who_may_decide_it_and_for_nobody_else(played, application, kind, who):
    filed = filed_by_its_organization(application, kind)
    agency, evaluator = filed.application.call.agency.body, application.assignments.first().evaluator
    roles = {"evaluator who heads": Role.HEAD, "evaluator at the desk": Role.OPERATOR}
    if who in roles:
        MembershipFactory(user=evaluator, body=agency, role=roles[who])
    person = evaluator if who in roles else getattr(played, who)

    waits = [duty.detail for duty in after_results.remedies_to_decide(person)]

    assert waits == ([played.call.folio] if person.has_perm("evaluations.decide_remedy", filed) else [])


@pytest.mark.parametrize("how", ["scored", "voted", "signed"])
@pytest.mark.parametrize("column", ["studied_by_id", "settled_by_id"])
def test_the_database_refuses_it_too(played, application, how, column):
    filed = studied(filed_by_its_organization(application), played.head)
    took_part = {
        "scored": application.assignments.first().evaluator, "voted": played.members[0],
        "signed": played.chair,
    }[how]  # fmt: skip

    with pytest.raises(DatabaseError), transaction.atomic():
        RemedyRequest.objects.filter(pk=filed.pk).update(**{column: took_part.pk})


@pytest.mark.parametrize("who", ["operator", "chair", "auditor", "organization", "other head"])
def test_a_reconsideration_is_decided_by_the_head_alone(played, application, who):
    filed = filed_by_its_organization(application)
    people = {
        "operator": played.operator, "chair": played.chair, "auditor": member(Role.AUDITOR),
        "organization": representative(application), "other head": member(Role.HEAD),
    }  # fmt: skip

    with pytest.raises(NotYours):
        remedies.admit(filed, by=people[who])


ATTACKS = [
    "UPDATE evaluations_remedyrequest SET text = 'otro'",
    "UPDATE evaluations_remedyrequest SET filed_at = '2030-01-01'",
    "UPDATE evaluations_remedyrequest SET reasons = 'otros'",
    "UPDATE evaluations_remedyrequest SET state = 'in_study', outcome = '', settled_at = NULL",
    "DELETE FROM evaluations_remedyrequest",
    "DELETE FROM evaluations_remedyfile",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_database_keeps_what_was_filed_and_what_was_decided(played, application, attack):
    file = pdf_file("prueba.pdf")
    filed = studied(filed_by_its_organization(application, files=[file]), played.head)
    remedies.resolve(filed, by=played.head, outcome="confirmed", **WHY)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)


# The screens ------------------------------------------------------------------------------------------


def test_the_page_says_each_remedy_with_term_authority_basis_and_its_button(client, played, application):
    client.force_login(representative(application))
    address = reverse("evaluations:what_now", args=[application.public_id])

    page = " ".join(client.get(address).text.split())

    assert "Componente 10" in page
    assert "(10 días hábiles)" in page
    assert page.count("Presentarlo aquí") == 2
    assert page.count(">Denunciar<") == 1
    assert "Se presenta ante su autoridad, no aquí." in page


def test_who_only_reads_the_file_is_offered_no_button(client, played, application):
    client.force_login(played.operator)

    page = client.get(reverse("evaluations:what_now", args=[application.public_id])).text

    assert "Presentarlo aquí" not in page
    assert "Denunciar" not in page
    assert "Pedir retroalimentación ahora" not in page


def test_a_remedy_is_filed_from_its_form_once_however_often_it_is_sent(client, played, application):
    client.force_login(representative(application))
    address = reverse("evaluations:file_remedy", args=[application.public_id, "reconsideracion"])
    key = client.get(address).context["form"]["key"].value()
    sent = {"text": TEXT, "key": key, "file1": pdf_file("p.pdf")}

    first = client.post(address, sent)
    again = client.post(address, {"text": TEXT, "key": key})

    filed = RemedyRequest.objects.get()
    assert (first["Location"], again["Location"]) == (filed.get_absolute_url(),) * 2
    page = client.get(filed.get_absolute_url()).text
    assert filed.folio in page
    assert "Acuse del medio de defensa" in page


def test_what_is_missing_is_said_at_its_field(client, application):
    client.force_login(representative(application))
    address = reverse("evaluations:file_remedy", args=[application.public_id, "reconsideracion"])

    page = client.post(address, {"text": "", "key": "x", "file1": SimpleUploadedFile("p.exe", b"MZ")})

    assert page.status_code == 422
    assert "#id_text" in page.text
    assert "#id_file1" in page.text


def test_the_head_decides_on_the_page_step_by_step(client, played, application):
    filed = filed_by_its_organization(application)
    client.force_login(played.head)
    page = filed.get_absolute_url()

    client.post(page, {"admit": "1"})
    client.post(page, {"study": "1"})
    lacking = client.post(
        page, {"resolve": "1", "outcome": "modified", "reasons": "Sí.", "legal_basis": "X."}
    )
    assert lacking.status_code == 422
    assert "#resolve-effect" in lacking.text
    assert "Sí." in lacking.text
    done = client.post(page, {"resolve": "1", "outcome": "confirmed", **WHY})

    assert done.status_code == 302
    assert RemedyRequest.objects.get().state == "resolved"


def test_it_is_read_by_organization_desk_committee_and_comptroller_alone(client, played, application):
    filed = filed_by_its_organization(application)
    sees = {
        representative(application): 200, played.operator: 200, played.head: 200, played.chair: 200,
        member(Role.AUDITOR): 200, representative(played.applications[1]): 404,
        played.evaluators[0]: 404, UserFactory(): 404,
    }  # fmt: skip
    receipt = Rendering.objects.get(kind="remedy_receipt")

    found, papers = {}, {}
    for person in sees:
        client.force_login(person)
        found[person] = client.get(filed.get_absolute_url()).status_code
        papers[person] = client.get(receipt.get_absolute_url()).status_code

    assert found == sees
    assert papers == sees
