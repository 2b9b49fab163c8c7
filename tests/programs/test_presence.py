"""Who else has a component open: each page says so, what does not say so is gone, a GET writes nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.actions import presence
from programs.models import Presence
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.programs import EditionFactory, PresenceFactory, people_of

pytestmark = pytest.mark.django_db

MINE, OTHER = "a" * 24, "b" * 24


@pytest.fixture
def edition():
    return EditionFactory(complete=True)


@pytest.fixture
def text(edition):
    return edition.texts.get(component__slug="beneficiaries")


@pytest.fixture
def ana(edition):
    return people_of(edition).editor


@pytest.fixture
def berta(edition):
    return MembershipFactory(
        role="editor", body=edition.program.agency.body, user=UserFactory(name="Berta Lima")
    ).user


def address(edition, slug="beneficiaries"):
    return reverse("programs:draft_presence", args=[edition.code, slug])


def beat(client, edition, page=MINE, **more):
    return client.post(address(edition), {"page": page, **more}).json()["words"]


def test_a_page_is_told_who_else_is_here_and_elsewhere(client, edition, text, ana, berta):
    presence.beat(text, page=OTHER, by=berta)
    process = edition.texts.get(component__slug="process")
    presence.beat(process, page=OTHER, by=people_of(edition).legal)
    presence.beat(process, page=MINE, by=berta)
    client.force_login(ana)

    assert beat(client, edition) == [
        "Berta Lima también está en este componente y puede escribir",
        "Berta Lima está en 5. process",
    ]


def test_who_only_reads_is_said_to_read(client, edition, text, ana):
    legal = people_of(edition).legal
    presence.beat(text, page=OTHER, by=legal)
    client.force_login(ana)

    assert beat(client, edition) == [f"{legal} está leyendo este componente"]


def test_my_other_window_is_told_as_mine(client, edition, text, ana):
    presence.beat(text, page=OTHER, by=ana)
    client.force_login(ana)

    assert beat(client, edition) == ["Usted tiene abierto este componente en otra ventana"]


def test_a_page_that_stays_silent_is_gone_and_swept_away(client, edition, text, ana, berta):
    for silence in (Presence.ALIVE + timedelta(seconds=1), timedelta(hours=2)):
        PresenceFactory(text=text, user=berta, seen_at=timezone.now() - silence)
    client.force_login(ana)

    assert beat(client, edition) == []
    assert Presence.objects.filter(user=berta).count() == 1


def test_a_page_that_was_closed_is_gone_at_once(client, edition, ana):
    client.force_login(ana)
    beat(client, edition)

    beat(client, edition, leaving="1")

    assert not Presence.objects.exists()


def test_a_page_that_says_so_again_is_one_row(client, edition, ana):
    client.force_login(ana)

    for _ in range(3):
        beat(client, edition)

    assert Presence.objects.get().is_writing


@pytest.mark.parametrize("page", ["", "no", "x" * 24, "a" * 41])
def test_a_page_without_a_name_says_nothing(client, edition, ana, page):
    client.force_login(ana)

    assert client.post(address(edition), {"page": page}).status_code == 400
    assert not Presence.objects.exists()


def test_who_may_not_read_the_draft_is_nowhere(client, edition):
    client.force_login(people_of(EditionFactory()).editor)

    assert client.post(address(edition), {"page": MINE}).status_code == 404


def test_the_screen_says_who_is_here_without_scripts(client, edition, text, ana, berta):
    presence.beat(text, page=OTHER, by=berta)
    client.force_login(ana)

    response = client.get(reverse("programs:draft_component", args=[edition.code, "beneficiaries"]))

    assert response.context["people"] == ["Berta Lima también está en este componente y puede escribir"]


def test_saying_so_costs_the_same_for_one_as_for_thirty(
    client, edition, text, ana, django_assert_max_num_queries
):
    for _ in range(30):
        PresenceFactory(text=text)
    client.force_login(ana)
    beat(client, edition)

    with django_assert_max_num_queries(8):
        assert len(beat(client, edition)) == 30
