"""Ties found in the portal's data: the strong bar by themselves, hints are confirmed or denied."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import Notice, Role, TrailEntry, User
from calls.models import Organization
from evaluations import notices, ties
from evaluations.actions import conflicts
from evaluations.models import ConflictDeclaration, DetectedTie
from programs.models import CommitteeSeat
from tests.factories.accounts import BodyFactory, InvitationFactory, MembershipFactory, UserFactory, member
from tests.factories.evaluations import (
    ConflictDeclarationFactory,
    DetectedTieFactory,
    OrganizationFactory,
    evaluation,
)
from tests.factories.reception import AnswerFactory
from tests.harness.racing import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def played():
    return evaluation("appoint")


@pytest.fixture
def eva(played):
    User.objects.filter(pk=played.evaluators[0].pk).update(
        name="Eva Xochitla Díaz", email="eva@tejido.example"
    )
    played.evaluators[0].refresh_from_db()
    return played.evaluators[0]


@pytest.fixture
def applicant(played):
    return played.applications[0].organization


def set_up(organization, **values):
    Organization.objects.filter(pk=organization.pk).update(**values)


def acted_for(user, organization, **kwargs):
    return MembershipFactory(user=user, body=organization.body, role=Role.DRAFTER, **kwargs)


def found(played, user, organization):
    return [(tie.kind, tie.basis) for tie in ties.of(played.call, user).get(organization.pk, [])]


def by_membership(played, eva, applicant):
    acted_for(eva, applicant, ended=True)


def by_email(played, eva, applicant):
    set_up(applicant, email="EVA@tejido.example")


def by_invitation(played, eva, applicant):
    InvitationFactory(body=applicant.body, email=eva.email, role=Role.DRAFTER)


def by_name(played, eva, applicant):
    acted_for(UserFactory(name="Eva Xochitla Diaz"), applicant)


def by_surname(played, eva, applicant):
    acted_for(UserFactory(name="Beto Xóchitla Ruiz"), applicant)


def by_domain(played, eva, applicant):
    set_up(applicant, website="https://www.tejido.example/")


def by_domain_of_its_people(played, eva, applicant):
    acted_for(UserFactory(email="otra@tejido.example"), applicant, ended=True)


def by_phone(played, eva, applicant):
    acted_for(eva, former := OrganizationFactory(body__name_es="Antes A.C.", phone="33 1234 5678"))
    set_up(applicant, phone="+523312345678")
    return former


def by_address(played, eva, applicant):
    acted_for(
        eva, OrganizationFactory(body__name_es="Antes A.C.", address="Calle Mar 3", postal_code="44100")
    )
    set_up(applicant, address="C. Mar #3", postal_code="44100")


def by_being_named(played, eva, applicant):
    AnswerFactory(application=played.applications[0], text="Nos asesora Eva Xochitla Díaz desde 2020.")


def by_declaring_before(played, eva, applicant):
    before = ConflictDeclarationFactory(user=eva, organization=applicant, kind="friendship", detail="x")
    return before.call.folio


def by_a_body(played, eva, applicant):
    body = BodyFactory(name_es="Consejo de Prueba", short_name="")
    MembershipFactory(user=eva, body=body, role=Role.EDITOR, ended=True)
    MembershipFactory(user=applicant.body.memberships.get().user, body=body, role=Role.LEGAL)


FOUND = {
    by_membership: ("membership", ""),
    by_email: ("email", ""),
    by_invitation: ("invited", ""),
    by_name: ("name", ""),
    by_surname: ("surname", "Xochitla"),
    by_domain: ("domain", "tejido.example"),
    by_domain_of_its_people: ("domain", "tejido.example"),
    by_phone: ("phone", "Antes A.C."),
    by_address: ("address", "Antes A.C."),
    by_being_named: ("named", ""),
    by_a_body: ("body", "Consejo de Prueba"),
}


@pytest.mark.parametrize("make", FOUND, ids=lambda make: make.__name__)
def test_each_kind_of_tie_is_found_with_the_organization_it_is_with_and_nobody_else(
    make, played, eva, applicant
):
    assert ties.of(played.call, eva) == {}

    make(played, eva, applicant)

    assert found(played, eva, applicant) == [FOUND[make]]
    assert ties.of(played.call, eva).keys() == {applicant.pk}
    assert ties.of(played.call, played.evaluators[1]) == {}


def test_what_was_declared_in_another_call_is_found_in_this_one(played, eva, applicant):
    folio = by_declaring_before(played, eva, applicant)

    assert found(played, eva, applicant) == [("declared", folio)]


def test_every_tie_is_said_in_words_in_which_nobody_else_is_named(played, eva, applicant):
    for kind in DetectedTie.Kind.values:
        assert ties.Tie(kind, "algo").in_words.endswith(".")
    by_surname(played, eva, applicant)

    assert "Beto" not in ties.of(played.call, eva)[applicant.pk][0].in_words


@pytest.mark.parametrize(("make", "kind"), [(by_membership, "labour"), (by_email, "other")])
def test_a_strong_tie_bars_by_itself(make, kind, played, eva, applicant):
    make(played, eva, applicant)
    by_surname(played, eva, applicant)

    conflicts.declare(played.call, by=eva)

    assert eva.barred_from.get().application == played.applications[0]
    assert ConflictDeclaration.objects.get(user=eva, organization=applicant).kind == kind
    assert [one.answer for one in DetectedTie.objects.filter(user=eva)] == ["barred"]


HINTS = [make for make, (kind, _basis) in FOUND.items() if kind not in ("membership", "email")]


@pytest.mark.parametrize("make", HINTS, ids=lambda make: make.__name__)
def test_a_hint_that_is_not_answered_leaves_nothing_declared(make, played, eva, applicant):
    make(played, eva, applicant)

    with pytest.raises(conflicts.CannotDeclare) as refused:
        conflicts.declare(played.call, by=eva, denials={applicant.pk: "  "})

    assert refused.value.unanswered == [applicant]
    assert not conflicts.has_declared(played.call, eva)
    assert not eva.barred_from.exists()


def test_a_hint_denied_with_a_reason_is_kept_and_bars_nobody(played, eva, applicant):
    by_surname(played, eva, applicant)
    by_domain(played, eva, applicant)

    conflicts.declare(played.call, by=eva, denials={applicant.pk: "No somos parientes."})

    kept = DetectedTie.objects.filter(user=eva)
    assert {one.kind for one in kept} == {"surname", "domain"}
    assert {(one.answer, one.reason) for one in kept} == {("no_tie", "No somos parientes.")}
    assert conflicts.has_declared(played.call, eva)
    assert not eva.barred_from.exists()
    entries = TrailEntry.objects.filter(act="conflict.answer_detected", by=eva).sealed()
    assert entries.count() == 2


def test_a_hint_confirmed_is_a_conflict_like_any_other(played, eva, applicant):
    by_surname(played, eva, applicant)

    conflicts.declare(played.call, by=eva, conflicts=[(applicant, "family", "Primo")])

    assert DetectedTie.objects.get(user=eva).answer == "tie"
    assert eva.barred_from.get().application == played.applications[0]


def test_what_was_answered_is_not_asked_again_and_what_is_new_is(played, eva, applicant):
    by_surname(played, eva, applicant)
    conflicts.declare(played.call, by=eva, denials={applicant.pk: "No somos parientes."})

    conflicts.declare(played.call, by=eva)
    by_domain(played, eva, applicant)

    with pytest.raises(conflicts.CannotDeclare):
        conflicts.declare(played.call, by=eva)


@pytest.mark.parametrize(
    "attack", ["UPDATE evaluations_detectedtie SET reason = 'x'", "DELETE FROM evaluations_detectedtie"]
)
def test_an_answer_stays_as_it_was_given(attack):
    DetectedTieFactory()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "domain", "answer": "no_tie", "reason": ""},
        {"kind": "domain", "answer": "barred", "reason": ""},
        {"kind": "membership", "answer": "no_tie", "reason": "No"},
        {"kind": "domain", "answer": "tie", "reason": "Sobra"},
    ],
)
def test_the_database_takes_no_answer_that_cannot_be(wrong):
    tie = DetectedTieFactory.build(
        call=evaluation().call, user=UserFactory(), organization=OrganizationFactory(), **wrong
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        tie.save()


@pytest.mark.parametrize("number", [3, 8])
def test_it_asks_as_much_for_one_organization_as_for_many(number, django_assert_num_queries):
    played = evaluation("appoint", applications=number)
    for application in played.applications:
        acted_for(UserFactory(name="Beto Xóchitla Ruiz"), application.organization)
    people = played.evaluators + played.committee_people
    User.objects.filter(pk__in=[one.pk for one in people]).update(name="Eva Xochitla Díaz")
    people = list(User.objects.filter(pk__in=[one.pk for one in people]))

    with django_assert_num_queries(6):
        told = ties.between(played.call, people)

    assert {len(each) for each in told.values()} == {number}


@pytest.mark.django_db(transaction=True)
def test_a_declaration_signed_many_times_at_once_is_kept_once(played, eva, applicant):
    by_surname(played, eva, applicant)

    answers = race(lambda number: conflicts.declare(played.call, by=eva, denials={applicant.pk: "No."}))

    assert answers == [None] * 8
    assert DetectedTie.objects.filter(user=eva).count() == 1
    assert ConflictDeclaration.objects.filter(user=eva).count() == 1


# The pages --------------------------------------------------------------------------------------------


def page(name, played):
    return reverse(f"evaluations:{name}", args=[played.call.folio])


def test_the_page_asks_for_each_hint_and_loses_nothing_typed(client, played, eva, applicant):
    by_surname(played, eva, applicant)
    client.force_login(eva)
    other = played.applications[1].organization

    asked = client.get(page("declare", played))
    refused = client.post(
        page("declare", played),
        {
            "nothing_else": "on",
            f"kind-{other.public_id}": "rivalry",
            f"detail-{other.public_id}": "Un pleito",
        },
    )

    assert "comparte sus apellidos: Xochitla" in asked.text
    assert refused.context["form"].errors.keys() == {f"denial-{applicant.public_id}"}
    assert f'href="#id_denial-{applicant.public_id}"' in refused.text
    assert "Un pleito" in refused.text
    assert not ConflictDeclaration.objects.filter(user=eva).exists()


def test_the_page_keeps_what_is_denied_and_asks_no_more(client, played, eva, applicant):
    by_surname(played, eva, applicant)
    client.force_login(eva)

    done = client.post(
        page("declare", played), {"nothing_else": "on", f"denial-{applicant.public_id}": "No hay parentesco."}
    )
    again = client.get(page("declare", played))

    assert done.status_code == 302
    assert DetectedTie.objects.get().reason == "No hay parentesco."
    assert f"denial-{applicant.public_id}" not in again.context["form"].fields


@pytest.mark.parametrize("number", [3, 8])
def test_the_declaration_costs_the_same_for_few_as_for_many(client, number, django_assert_num_queries):
    played = evaluation("appoint", applications=number)
    client.force_login(played.evaluators[0])

    with django_assert_num_queries(13):
        answer = client.get(page("declare", played))

    assert len(answer.context["form"].organizations) == number


def test_who_coordinates_reads_what_was_denied_but_nothing_of_what_they_are_barred_from(
    client, played, eva, applicant
):
    by_surname(played, eva, applicant)
    conflicts.declare(played.call, by=eva, denials={applicant.pk: "No somos parientes."})
    client.force_login(played.operator)

    seen = client.get(page("detected", played), {"respuesta": "no_tie"})
    none = client.get(page("detected", played), {"respuesta": "tie"})
    conflicts.declare(played.call, by=played.operator, conflicts=[(applicant, "friendship", "")])
    hidden = client.get(page("detected", played))

    assert "No somos parientes." in seen.text
    assert "No somos parientes." not in none.text
    assert str(applicant) not in hidden.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_what_was_found_costs_the_same_for_one_as_for_three(
    client, played, count, django_assert_num_queries
):
    for _n in range(count):
        DetectedTieFactory(call=played.call)
    client.force_login(played.operator)

    with django_assert_num_queries(7):
        answer = client.get(page("detected", played))

    assert answer.text.count("No acepté la invitación.") == count


@pytest.mark.parametrize("who", ["evaluator", "member", "stranger", "representative"])
def test_nobody_else_reads_what_was_found(client, played, who):
    people = {
        "evaluator": played.evaluators[0],
        "member": played.members[0],
        "stranger": UserFactory(),
        "representative": played.applications[0].organization.body.memberships.get().user,
    }
    client.force_login(people[who])

    assert client.get(page("detected", played)).status_code == 404


# Substitutes ------------------------------------------------------------------------------------------


def test_a_recusal_of_who_votes_calls_the_substitute_without_saying_of_what(played, applicant):
    from evaluations.actions import committees

    seat = CommitteeSeat.objects.of_publication(played.call.publication_id).get(key="academia")
    holder = played.call.committee.members.get(seat=seat).user
    substitute = UserFactory(name="Sofía Rey")
    committees.appoint(
        played.call, seat, substitute, by=played.operator, how_chosen="Suplencia", substitute=True
    )

    conflicts.declare(played.call, by=holder, conflicts=[(applicant, "family", "")])

    told = Notice.objects.get(kind="committee.call_substitute")
    assert told.to == substitute
    assert str(applicant) not in told.body + told.subject
    assert played.applications[0].folio not in told.body + told.subject


def test_without_a_substitute_those_who_appoint_are_told(played, applicant):
    holder = played.members[0]

    conflicts.declare(played.call, by=holder, conflicts=[(applicant, "family", "")])

    told = Notice.objects.filter(kind="committee.no_substitute")
    assert {one.to for one in told} == set(notices.coordinators(played.call))


def test_a_recusal_of_who_does_not_vote_calls_nobody(played, applicant):
    conflicts.declare(played.call, by=played.evaluators[0], conflicts=[(applicant, "family", "")])
    conflicts.declare(played.call, by=member(Role.OPERATOR, agency_of(played)), conflicts=[])

    assert not Notice.objects.filter(kind__startswith="committee.call").exists()
    assert not Notice.objects.filter(kind="committee.no_substitute").exists()


def agency_of(played):
    return played.call.publication.edition.program.agency.body
