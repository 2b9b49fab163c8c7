"""Recusals of the committee: the public register by number, substitutes, and the quorum of each file."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import TrailEntry
from calls.models import Application
from evaluations import quorum, register
from evaluations.actions import arrivals, committees, conflicts, sessions
from evaluations.models import CommitteeMember, Vote
from programs.models import CommitteeSeat
from tests.factories.accounts import UserFactory
from tests.factories.evaluations import evaluation

pytestmark = pytest.mark.django_db


@pytest.fixture
def played():
    """In session, with all three votes present; the seat of academia has a substitute who stays away."""
    played = evaluation("appoint")
    substitute = UserFactory(name="Sofía Rey")
    committees.appoint(
        played.call, seat_of(played), substitute, by=played.operator, how_chosen="Suplencia", substitute=True
    )
    conflicts.declare(played.call, by=substitute)
    played.substitute = substitute
    return played.declare().distribute().score().convene().open(absent=[substitute])


def seat_of(played):
    return CommitteeSeat.objects.of_publication(played.call.publication_id).get(key="academia")


def holder_of(played):
    return CommitteeMember.objects.get(seat=seat_of(played), is_substitute=False).user


def standing_in(played):
    return CommitteeMember.objects.get(seat=seat_of(played), is_substitute=True)


def recuse(played, *people, number=0):
    organization = played.applications[number].organization
    for person in people:
        conflicts.declare(played.call, by=person, conflicts=[(organization, "economic", "")])


def voting(played):
    return {one.user for one in sessions.voters(played.session, played.applications[0])}


def test_the_register_tells_numbers_and_nobody(client, played):
    recuse(played, holder_of(played))
    recuse(played, played.evaluators[0], number=1)

    told = {row["capacity"]: row["number"] for row in register.recusals(played.call)}
    page = client.get(reverse("evaluations:committee", args=[played.call.folio])).text

    assert sorted(told.values()) == [0, 1, 1]
    assert str(played.applications[0].organization) not in page
    assert played.evaluators[0].name not in page


def test_a_vote_of_who_is_recused_afterwards_does_not_count(played):
    application, holder = played.applications[0], holder_of(played)
    for person in [played.chair, *played.members]:
        sessions.vote(played.session, application, "award", by=person)
    played.session.quorum = 3
    played.session.save(update_fields=["quorum"])
    assert sessions.decided(played.session, application) == "award"

    recuse(played, holder)

    assert Vote.objects.filter(item__application=application).count() == 3
    assert sessions.decided(played.session, application) is None
    assert not sessions.has_quorum(played.session, application)
    assert sessions.has_quorum(played.session, played.applications[1])


def test_the_substitute_who_is_let_in_restores_the_quorum_of_that_file_and_of_no_other(played):
    holder = holder_of(played)
    played.session.quorum = 3
    played.session.save(update_fields=["quorum"])
    recuse(played, holder)
    present = list(sessions.present_members(played.session))
    assert quorum.short(played.session, present) == 1

    arrivals.admit(played.session, standing_in(played), by=played.secretary)

    assert quorum.short(played.session, sessions.present_members(played.session)) == 0
    assert voting(played) == {played.chair, *played.members, played.substitute} - {holder}
    elsewhere = {one.user for one in sessions.voters(played.session, played.applications[1])}
    assert elsewhere == {played.chair, *played.members}
    sessions.vote(played.session, played.applications[0], "award", by=played.substitute)
    assert Application.objects.visible_to(played.substitute).count() == 3
    assert TrailEntry.objects.about(played.session).filter(act="session.admit").get().by == played.secretary


def test_a_substitute_who_is_recused_too_stands_in_for_nobody(played):
    recuse(played, holder_of(played), played.substitute)

    arrivals.admit(played.session, standing_in(played), by=played.secretary)

    assert voting(played) == {played.chair, *played.members} - {holder_of(played)}
    assert played.applications[0] not in Application.objects.visible_to(played.substitute)


def test_who_has_not_declared_is_not_let_in():
    played = evaluation("open")
    committees.appoint(
        played.call,
        seat_of(played),
        UserFactory(),
        by=played.operator,
        how_chosen="Suplencia",
        substitute=True,
    )

    with pytest.raises(arrivals.CannotAdmit):
        arrivals.admit(played.session, standing_in(played), by=played.secretary)


def test_nobody_is_let_in_twice_or_once_the_session_is_closed(played):
    arrivals.admit(played.session, standing_in(played), by=played.secretary)

    with pytest.raises(arrivals.CannotAdmit):
        arrivals.admit(played.session, standing_in(played), by=played.secretary)
    with pytest.raises(PermissionDenied):
        arrivals.admit(played.session, standing_in(played), by=played.members[0])
    played.vote().rule().close()
    with pytest.raises(arrivals.CannotAdmit):
        arrivals.admit(played.session, standing_in(played), by=played.secretary)


def test_the_page_of_the_session_warns_and_lets_the_substitute_in(client, played):
    played.session.quorum = 3
    played.session.save(update_fields=["quorum"])
    recuse(played, holder_of(played))
    client.force_login(played.secretary)
    page = client.get(played.session.get_absolute_url())
    wrong = client.post(reverse("evaluations:admit", args=[played.session.folio]), {"member": "0"})

    done = client.post(
        reverse("evaluations:admit", args=[played.session.folio]),
        {"member": str(standing_in(played).pk)},
        follow=True,
    )

    assert "Las excusas dejan expedientes sin quórum" in page.text
    assert wrong.status_code == 422
    assert "Las excusas dejan expedientes sin quórum" not in done.text
    assert "Incorporar a quien llega después" not in done.text
