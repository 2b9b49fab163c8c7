"""The desk on screen: who finds it, what it lists, what can be decided and what is answered."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from calls.actions import desk
from calls.models import Barred, ReadingRight, RequirementCheck
from calls.states import ApplicationState
from tests.factories.accounts import MembershipFactory, UserFactory, member
from tests.factories.applications import (
    ApplicationFactory,
    OpenCallFactory,
    OrganizationFactory,
    check_all,
    fill,
    operator_of,
    representative_of,
    submit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def received():
    return ApplicationFactory(submitted=True)


@pytest.fixture
def rita(client, received):
    operator = operator_of(received.call)
    client.force_login(operator)
    return operator


def at_desk(name, application):
    return reverse(f"calls:{name}", args=[application.public_id])


def of_call(name, call):
    return reverse(f"calls:{name}", args=[call.folio])


def test_the_desk_is_its_agencys_and_the_comptrollers_and_for_others_there_is_none(client, received):
    auditor, operator_elsewhere = member(Role.AUDITOR), member(Role.OPERATOR)
    for person, status in [
        (operator_of(received.call), 200), (auditor, 200), (operator_elsewhere, 404), (UserFactory(), 404),
        (representative_of(received.organization), 404),
    ]:  # fmt: skip
        client.force_login(person)
        assert client.get(of_call("desk_call", received.call)).status_code == status
        assert client.get(of_call("desk_export", received.call)).status_code == status
        assert client.get(at_desk("desk_application", received)).status_code == status


def test_drafts_are_not_the_agencys_to_see(client, received, rita):
    draft = ApplicationFactory(call=received.call, complete=True)

    shown = client.get(of_call("desk_call", received.call))

    assert [one.pk for one in shown.context["applications"]] == [received.pk]
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get(at_desk("desk_application", draft)).status_code == 404


def test_whoever_is_barred_from_a_file_finds_it_nowhere(client, received, rita):
    Barred.objects.create(user=rita, application=received, since=timezone.now())

    assert not client.get(of_call("desk_call", received.call)).context["applications"]
    assert received.folio not in client.get(of_call("desk_export", received.call)).getvalue().decode()
    for address in (
        received.get_absolute_url(),
        at_desk("desk_application", received),
        at_desk("desk_discard", received),
    ):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [("?q=nunez", True), ("?q=OFICIOS", True), ("?q=nada", False), ("?estado=submitted", True),
     ("?estado=admitted", False), ("?municipio=14039", True), ("?municipio=14120", False),
     ("?cumple=unchecked", True), ("?cumple=complete", False)],
)  # fmt: skip
def test_the_list_is_filtered_by_its_address(client, query, found):
    organization = OrganizationFactory(body__name_es="Colectiva Núñez A.C.")
    application = ApplicationFactory(organization=organization, submitted=True)
    client.force_login(operator_of(application.call))

    response = client.get(of_call("desk_call", application.call) + query)

    assert [one.pk for one in response.context["applications"]] == ([application.pk] if found else [])


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_for_one_as_for_thirty(client, count, django_assert_num_queries):
    first = ApplicationFactory(submitted=True)
    for _n in range(count - 1):
        submit(fill(ApplicationFactory(call=first.call)))
    client.force_login(operator_of(first.call))

    with django_assert_num_queries(9):
        response = client.get(of_call("desk_call", first.call))

    assert len(response.context["applications"]) == count


def test_pages_of_the_desk_cost_at_most_twelve_queries(client, received, rita, django_assert_max_num_queries):
    check_all(received)
    for address in (
        at_desk("desk_application", received), at_desk("desk_admit_one", received),
        at_desk("desk_discard", received), at_desk("desk_prevention", received), reverse("calls:desk"),
    ):  # fmt: skip
        client.get(address)
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


def test_the_export_runs_no_formula(client, rita, received):
    type(received).objects.filter(pk=received.pk).update(project_title="=1+1")

    text = client.get(of_call("desk_export", received.call)).getvalue().decode()

    assert "'=1+1" in text


def test_checking_keeps_what_was_found_and_an_observation_says_what(client, received, rita):
    address = at_desk("desk_check", received)

    refused = client.post(address, {"outcome-acta": "observed", "note-acta": " "})
    assert refused.context["checks_form"].errors["note-acta"]
    assert RequirementCheck.objects.count() == 0

    client.post(address, {"outcome-acta": "observed", "note-acta": "Ilegible", "outcome-plan": "met"})
    found = dict(RequirementCheck.objects.values_list("requirement__key", "outcome"))
    assert found == {"acta": "observed", "plan": "met"}


def test_the_notice_is_seen_before_it_is_sent(client, received, rita):
    given = {"kind-d-acta": "outdated", "comment-d-acta": "Suba el vigente.", "days": "5"}
    address = at_desk("desk_prevention", received)

    preview = client.post(address, given)
    assert [d.comment for d in preview.context["preview"]["defects"]] == ["Suba el vigente."]
    received.refresh_from_db()
    assert received.state == ApplicationState.SUBMITTED

    client.post(address, given | {"send": "1"})
    received.refresh_from_db()
    assert received.state == ApplicationState.PREVENTED
    assert received.prevention.defects.get().requirement.key == "acta"


@pytest.mark.parametrize("given", [{}, {"kind-d-acta": "outdated", "comment-d-acta": ""}])
def test_a_notice_without_defects_or_without_what_to_do_is_not_issued(client, received, rita, given):
    response = client.post(at_desk("desk_prevention", received), given | {"days": "5", "send": "1"})

    assert response.status_code == 200
    assert response.context["defects_form"].errors
    received.refresh_from_db()
    assert received.state == ApplicationState.SUBMITTED


def test_a_curable_defect_is_not_discarded_and_what_was_typed_is_still_there(client, received, rita):
    response = client.post(at_desk("desk_discard", received), {"curable": "yes", "reason": "Falta el acta."})

    assert response.context["form"].errors["__all__"]
    assert "Falta el acta." in response.text


def test_a_discarding_says_why_to_the_organization(client, received, rita):
    client.post(at_desk("desk_discard", received), {"curable": "no", "reason": "No es una A.C. (regla 5)."})

    client.force_login(representative_of(received.organization))
    assert "No es una A.C. (regla 5)." in client.get(received.get_absolute_url()).text


@pytest.mark.parametrize("name", ["desk_discard", "desk_admit_one"])
def test_what_was_decided_is_not_offered_again_and_the_page_says_why(client, received, rita, name):
    desk.discard(received, reason="No es una A.C.", by=rita, curable=False)

    shown = client.get(at_desk(name, received))
    pressed = client.post(at_desk(name, received), {"curable": "no", "reason": "Otra razón"})

    assert (shown.status_code, pressed.status_code) == (409, 409)
    assert "ya no está en revisión documental: su estado es «Desechada»" in shown.text
    assert 'method="post" novalidate' not in shown.text
    received.refresh_from_db()
    assert received.discard_reason == "No es una A.C."


def test_an_application_that_lacks_something_is_not_offered_to_be_admitted(client, received, rita):
    page = client.get(at_desk("desk_admit_one", received)).text

    assert "Aún no consta que se cumpla" in page
    assert 'class="btn">Admitir' not in page


def test_the_complete_ones_are_admitted_together_after_a_confirmation(client, received, rita):
    other = ApplicationFactory(call=received.call, submitted=True)
    check_all(received)
    address = of_call("desk_admit", received.call)

    assert [one.pk for one in client.get(address).context["ready"]] == [received.pk]
    client.post(address, {"application": [received.public_id, other.public_id]})

    received.refresh_from_db()
    other.refresh_from_db()
    assert (received.state, other.state) == (ApplicationState.ADMITTED, ApplicationState.SUBMITTED)


def test_who_scores_the_call_is_told_why_they_decide_nothing(client, received, rita):
    ReadingRight.objects.create(
        user=rita, application=received, kind=ReadingRight.Kind.EVALUATOR, since=timezone.now()
    )

    response = client.get(at_desk("desk_discard", received))

    assert response.status_code == 403
    assert str(desk.MustNotDecide()) in response.text


def test_the_comptroller_reads_the_desk_and_decides_nothing(client, received):
    client.force_login(member(Role.AUDITOR))

    assert client.get(at_desk("desk_application", received)).context["may_check"] is False
    assert client.post(at_desk("desk_discard", received), {"curable": "no", "reason": "x"}).status_code == 403


ROLES = [
    *Role,
    "stranger",
    "operator here",
    "head here",
    "representative here",
    "drafter here",
    "committee",
    "barred",
    "barred operator here",
]


@pytest.mark.parametrize("who", ROLES)
def test_list_and_permission_agree_on_what_is_visible(who):
    draft = ApplicationFactory()
    sent = ApplicationFactory(call=draft.call, organization=OrganizationFactory(drafter=True), submitted=True)
    other = ApplicationFactory(call=OpenCallFactory(), submitted=True)
    user = person(who, draft, sent)

    everything = type(draft).objects.all()
    seen = set(type(draft).objects.visible_to(user).values_list("pk", flat=True))

    assert seen == {one.pk for one in everything if user.has_perm("calls.view_application", one)}
    assert other.pk not in seen or who == Role.AUDITOR


@pytest.mark.parametrize("who", ROLES)
def test_the_list_of_the_desk_is_what_its_reader_may_see_of_the_call(who):
    draft = ApplicationFactory()
    sent = ApplicationFactory(call=draft.call, organization=OrganizationFactory(drafter=True), submitted=True)
    ApplicationFactory(call=OpenCallFactory(), submitted=True)
    user = person(who, draft, sent)
    everything = type(draft).objects

    listed = everything.at_the_desk_of(draft.call, user)

    may = everything.visible_to(user).filter(call=draft.call).handed_in()
    works_there = user.has_perm("calls.view_desk", draft.call)
    assert set(listed) == (set(may) if works_there else set())
    assert works_there == (who in ("operator here", "head here", "barred operator here", Role.AUDITOR))


@pytest.mark.parametrize("who", ROLES)
def test_who_writes_an_application_is_found_with_it(who):
    """What is found as written by somebody is what the permission says of a row that was read without it."""
    draft = ApplicationFactory()
    sent = ApplicationFactory(call=draft.call, organization=OrganizationFactory(drafter=True), submitted=True)
    user = person(who, draft, sent)

    found = set(type(draft).objects.written_by(user).values_list("pk", flat=True))

    everything = list(type(draft).objects.all())
    assert found == {one.pk for one in everything if user.has_perm("calls.write_for_applicant", one)}
    assert {one.pk for one in type(draft).objects.written_by(user) if one.writer == user.pk} == found
    assert (sent.pk in found) == (who in ("representative here", "drafter here"))


def test_who_was_found_to_write_is_nobody_else():
    draft = ApplicationFactory()
    writer, stranger = representative_of(draft.organization), UserFactory()
    found = type(draft).objects.written_by(writer).get()

    assert writer.has_perm("calls.change_application", found)
    assert not stranger.has_perm("calls.change_application", found)
    assert not AnonymousUser().has_perm("calls.change_application", found)


def person(who, draft, sent):
    here = draft.call.publication.edition.program.agency.body
    match who:
        case "stranger":
            return UserFactory()
        case "operator here" | "head here":
            user = UserFactory()
            MembershipFactory(user=user, body=here, role=who.split()[0])
            return user
        case "barred operator here":
            user = UserFactory()
            MembershipFactory(user=user, body=here, role=Role.OPERATOR)
            Barred.objects.create(user=user, application=sent, since=timezone.now())
            return user
        case "representative here" | "drafter here":
            user = UserFactory()
            MembershipFactory(user=user, body=sent.organization.body, role=who.split()[0])
            return user
        case "committee" | "barred":
            user = UserFactory()
            ReadingRight.objects.create(user=user, application=sent, kind="committee", since=timezone.now())
            if who == "barred":
                Barred.objects.create(user=user, application=sent, since=timezone.now())
            return user
    return member(who)


def test_the_comptroller_reads_the_desk_and_is_told_who_decides(client, received):
    check_all(received)
    client.force_login(member(Role.AUDITOR))
    address = of_call("desk_admit", received.call)

    assert address not in client.get(of_call("desk_call", received.call)).text
    for answer in (client.get(address), client.post(address, {"application": [received.public_id]})):
        assert answer.status_code == 403
        assert "Solo la operación o la titularidad de la dependencia decide" in answer.text
    received.refresh_from_db()
    assert received.state == ApplicationState.SUBMITTED


@pytest.mark.parametrize("state", ["submitted", "prevented"])
def test_a_committee_member_reads_the_file_and_issues_no_notice(client, state):
    mina, application = UserFactory(), ApplicationFactory(**{state: True})
    ReadingRight.objects.create(
        user=mina, application=application, kind=ReadingRight.Kind.COMMITTEE, since=timezone.now()
    )
    client.force_login(mina)

    assert client.get(application.get_absolute_url()).status_code == 200
    for answer in (client.get, client.post):
        assert answer(at_desk("desk_prevention", application)).status_code == 403
