"""Assisted digital (E13): staff enter an application because its organization asked; it is marked as such."""

import json

import pytest
from django.urls import reverse

from accounts.models import Invitation, Notice, TrailEntry
from calls import desk_list, file_archive
from calls.actions import applications, assisting, desk, documents, withdrawing
from calls.models import Application, Assistance, Organization
from calls.states import ApplicationState
from rop_portal.demo.papers import paper
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.applications import (
    ApplicationFactory,
    OpenCallFactory,
    OrganizationFactory,
    drafter_of,
    fill,
    operator_of,
    representative_of,
)
from tests.factories.programs import people_of as staff_of

pytestmark = pytest.mark.django_db
NEW = {"name": "Tejedoras A.C.", "rfc": "TEJ010101AA4", "legal_form": "ac"}


@pytest.fixture
def call(db):
    return OpenCallFactory()


@pytest.fixture
def organization(db):
    return OrganizationFactory(drafter=True)


def begin(call, organization=None, *, by=None, **given):
    asked = {"asked_by": "Rosa Peña, presidenta", "channel": "in_person", "authorization": paper("firmada")}
    return assisting.begin(call, organization, by=by or operator_of(call), **(asked | given))


def sent(call, organization):
    application = begin(call, organization)
    fill(application, by=operator_of(call))
    assisting.sign(application, paper("declaración"), by=operator_of(call))
    applications.submit(application, by=operator_of(call))
    return Application.objects.for_pages().get(pk=application.pk)


# Who, and what is kept ---------------------------------------------------------------------------------


def test_what_was_asked_is_kept_with_the_draft_and_in_the_trail(call, organization):
    application = begin(call, organization)

    kept = application.assistance
    assert (kept.asked_by, kept.channel, kept.helper) == (
        "Rosa Peña, presidenta",
        "in_person",
        operator_of(call),
    )
    assert kept.authorization.media_type == "application/pdf"
    told = TrailEntry.objects.about(application).values_list("act", flat=True)
    assert set(told) >= {"application.start", "application.assist"}
    assert not any("Rosa" in entry.note for entry in TrailEntry.objects.about(application))  # no names there


def test_the_people_of_the_organization_are_told_at_once(call, organization):
    begin(call, organization)

    told = Notice.objects.filter(kind="application.assisted").values_list("to", flat=True)
    assert set(told) == {representative_of(organization).pk, drafter_of(organization).pk}


def test_an_organization_without_account_is_registered_and_its_representative_invited(call):
    application = begin(call, newcomer=NEW, email="Rosa@tejedoras.example")

    assert application.organization.rfc == NEW["rfc"]
    assert not application.organization.body.memberships.exists()
    assert Invitation.objects.get().email == "rosa@tejedoras.example"


def test_an_organization_with_people_invites_its_own(call, organization):
    with pytest.raises(assisting.teams.CannotInvite):
        begin(call, organization, email="otra@persona.example")
    assert not Application.objects.exists()


@pytest.mark.parametrize("role", ["editor", "legal", "planning"])
def test_only_the_desk_enters_applications(call, organization, role):
    somebody = getattr(staff_of(call.publication.edition), role, None) or UserFactory()

    with pytest.raises(assisting.CannotAssist):
        begin(call, organization, by=somebody)


def test_the_same_request_twice_begins_one(call, organization):
    first, second = (begin(call, organization, key="una-vez") for _turn in range(2))

    assert first == second
    assert Assistance.objects.count() == 1


def test_what_the_organization_began_itself_is_not_read(call, organization):
    ApplicationFactory(call=call, organization=organization)

    with pytest.raises(applications.AlreadyStarted):
        begin(call, organization)
    assert not Assistance.objects.exists()


# What the helper sees and does -------------------------------------------------------------------------


def test_the_helper_writes_that_application_and_sees_no_other_draft(call, organization):
    helped, helper = begin(call, organization), operator_of(call)
    other = ApplicationFactory(call=call)

    assert list(Application.objects.visible_to(helper)) == [helped]
    assert helper.has_perm("calls.change_application", helped)
    assert not helper.has_perm("calls.view_application", other)


def test_another_of_the_desk_does_not_see_the_draft(call, organization):
    helped = begin(call, organization)
    colleague = MembershipFactory(body=call.agency.body, role="operator").user

    assert not Application.objects.visible_to(colleague).exists()
    assert not colleague.has_perm("calls.view_application", helped)


def test_who_leaves_the_agency_helps_no_more(call, organization):
    helped, helper = begin(call, organization), operator_of(call)
    helper.memberships.update(until=helped.started_at)

    assert not Application.objects.visible_to(helper).exists()
    assert not helper.has_perm("calls.change_application", helped)


def test_nothing_is_sent_without_the_declaration_signed_on_paper(call, organization):
    application, helper = begin(call, organization), operator_of(call)
    fill(application, by=helper)

    with pytest.raises(applications.CannotSubmit, match="declara"):
        applications.submit(application, by=helper)

    assisting.sign(application, paper("declaración"), by=helper)
    assert applications.submit(application, by=helper).application.folio


def test_the_organization_itself_sends_without_paper(call, organization):
    application = begin(call, organization)
    fill(application, by=representative_of(organization))

    applications.submit(application, by=representative_of(organization))

    assert application.state == ApplicationState.SUBMITTED


def test_a_colleague_cannot_send_it(call, organization):
    application = begin(call, organization)
    fill(application, by=operator_of(call))
    assisting.sign(application, paper("declaración"), by=operator_of(call))
    colleague = MembershipFactory(body=call.agency.body, role="operator").user

    with pytest.raises(applications.CannotSubmit):
        applications.submit(application, by=colleague)


def test_the_helper_cannot_withdraw_it(call, organization):
    application = begin(call, organization)

    with pytest.raises(withdrawing.CannotWithdraw):
        withdrawing.withdraw(application, by=operator_of(call))


# It is marked ------------------------------------------------------------------------------------------


def test_the_sealed_application_says_who_asked_and_the_hashes_of_what_was_signed(call, organization):
    application = sent(call, organization)

    said = json.loads(application.submission.snapshot)["entered_by_agency"]
    kept = application.assistance
    assert said == {
        "asked_by": "Rosa Peña, presidenta",
        "channel": "in_person",
        "authorization_sha256": kept.authorization.sha256,
        "declaration_sha256": kept.declaration.sha256,
    }


def test_an_application_of_its_own_people_says_nothing_of_help(call):
    application = ApplicationFactory(call=call, submitted=True)

    assert "entered_by_agency" not in json.loads(application.submission.snapshot)


def test_the_whole_file_holds_what_was_signed(call, organization):
    application = sent(call, organization)

    entries = file_archive.entries(application, reader=representative_of(organization))

    names = [name for name, *_rest in (vars(one).values() for one in entries)]
    assert {"asistencia/1-documento.pdf", "asistencia/2-documento.pdf"} <= set(names)


def test_the_desk_sees_the_mark_in_its_list(call, organization, client):
    sent(call, organization)
    colleague = MembershipFactory(body=call.agency.body, role="operator").user
    client.force_login(colleague)

    page = client.get(reverse("calls:desk_call", args=[call.folio]))

    assert [one.entered_for is not None for one in desk_list.of_call(call, colleague)] == [True]
    assert "Capturada por la dependencia" in page.content.decode()


# Somebody else checks it -------------------------------------------------------------------------------


def test_who_entered_it_does_not_check_it(call, organization):
    application, helper = sent(call, organization), operator_of(call)

    assert not helper.has_perm("calls.check_application", application)
    with pytest.raises(desk.EnteredIt):
        desk.admit(application, by=helper)


def test_nor_after_the_help_ended(call, organization):
    application, helper = sent(call, organization), operator_of(call)
    assisting.end(application, by=representative_of(organization))

    assert not helper.has_perm("calls.check_application", application)


def test_a_colleague_checks_it(call, organization):
    application = sent(call, organization)
    colleague = MembershipFactory(body=call.agency.body, role="operator").user

    assert colleague.has_perm("calls.check_application", application)


# The organization goes on alone ------------------------------------------------------------------------


def test_the_representative_ends_the_help(call, organization):
    application, helper = begin(call, organization), operator_of(call)

    assisting.end(application, by=representative_of(organization))

    application.refresh_from_db()
    assert not helper.has_perm("calls.change_application", application)
    assert not Application.objects.visible_to(helper).exists()
    assert Notice.objects.filter(to=helper, kind="application.assistance_ended").count() == 1
    with pytest.raises(assisting.CannotAssist):
        assisting.sign(application, paper("declaración"), by=helper)


def test_ending_twice_tells_once(call, organization):
    application = begin(call, organization)

    for _turn in range(2):
        assisting.end(application, by=representative_of(organization))

    assert Notice.objects.filter(kind="application.assistance_ended").count() == 1


@pytest.mark.parametrize("who", [drafter_of, lambda organization: UserFactory()])
def test_nobody_else_ends_it(call, organization, who):
    application = begin(call, organization)

    with pytest.raises(assisting.CannotAssist):
        assisting.end(application, by=who(organization))


# The screens -------------------------------------------------------------------------------------------


def typed(**changed):
    return {
        "rfc": NEW["rfc"], "name": NEW["name"], "legal_form": "ac", "asked_by": "Rosa Peña",
        "channel": "telephone", "authorization": paper("firmada"), "idempotency_key": "k1",
    } | changed  # fmt: skip


@pytest.fixture
def at_the_desk(call, client):
    client.force_login(operator_of(call))
    return client


def test_the_desk_begins_one_and_is_taken_to_it(call, at_the_desk):
    answer = at_the_desk.post(reverse("calls:assisted_begin", args=[call.folio]), typed())

    application = Application.objects.get()
    assert answer.url == application.get_absolute_url()
    page = at_the_desk.get(answer.url).content.decode()
    assert "Rosa Peña" in page
    assert "por teléfono" in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"rfc": "NO"}, "RFC"),
        ({"name": ""}, "escriba su nombre"),
        ({"legal_form": ""}, "figura jurídica"),
        ({"asked_by": ""}, "quién pidió la ayuda"),
        ({"channel": ""}, "cómo se pidió"),
        ({"authorization": ""}, "Elija un archivo"),
    ],
)
def test_what_is_wrong_is_said_where_it_is_typed_and_nothing_is_lost(call, at_the_desk, changed, said):
    answer = at_the_desk.post(reverse("calls:assisted_begin", args=[call.folio]), typed(**changed))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert said in page
    assert not Application.objects.exists()
    assert not Organization.objects.exists()
    assert NEW["name"] in page or "name" in changed


def test_the_helper_signs_and_sends_on_the_screens(call, organization, at_the_desk):
    application = begin(call, organization)
    fill(application, by=operator_of(call))
    review = reverse("calls:application_review", args=[application.public_id])

    before = at_the_desk.get(review).content.decode()
    signed = at_the_desk.post(
        reverse("calls:assisted_sign", args=[application.public_id]), {"declaration": paper("declaración")}
    )
    answer = at_the_desk.post(review, {"truth": "on", "idempotency_key": "k2"})

    assert reverse("calls:assisted_sign", args=[application.public_id]) in before
    assert signed.url == review
    assert answer.url == reverse("calls:application_receipt", args=[application.public_id])


def test_a_signed_paper_is_for_who_reads_the_application(call, organization, client):
    application = begin(call, organization)
    address = reverse(
        "calls:assisted_paper", args=[application.public_id, application.assistance.authorization.public_id]
    )
    for person, expected in [(representative_of(organization), 200), (UserFactory(), 404)]:
        client.force_login(person)
        answer = client.get(address)
        b"".join(answer.streaming_content) if answer.streaming else None
        assert answer.status_code == expected


def test_a_document_of_another_place_is_not_served_as_a_paper(call, organization, client):
    application = sent(call, organization)
    supplied = application.supplied.first().document
    client.force_login(representative_of(organization))

    address = reverse("calls:assisted_paper", args=[application.public_id, supplied.public_id])

    assert client.get(address).status_code == 404


def test_a_correction_is_sent_by_who_helps(call, organization):
    application, helper = sent(call, organization), operator_of(call)
    colleague = MembershipFactory(body=call.agency.body, role="operator").user
    requirement = application.supplied.select_related("requirement").first().requirement
    defect = desk.DefectFound(requirement=requirement, kind="outdated", comment="Una más reciente.")
    desk.prevent(application, [defect], by=colleague)
    application.refresh_from_db()

    documents.supply(application, requirement, paper("nueva"), by=helper)
    applications.correct(application, by=helper)

    assert application.state == ApplicationState.CORRECTED
