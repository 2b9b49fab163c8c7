"""Several people save the same component at the same moment: nothing that anybody wrote is lost."""

import pytest

from programs.actions import drafting, presence
from programs.actions.drafting import StaleText
from programs.models import ComponentText, Presence
from tests.factories.accounts import MembershipFactory
from tests.factories.programs import EditionFactory, people_of
from tests.harness.racing import race

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 6


def paragraphs(changed=None):
    return "".join(
        f"<p>Párrafo {number}{' cambiado' if number == changed else ''}.</p>" for number in range(WRITERS)
    )


@pytest.fixture
def text():
    edition = EditionFactory(complete=True)
    text = edition.texts.get(component__slug="beneficiaries")
    return drafting.save_text(text, html=paragraphs(), version=1, by=people_of(edition).editor)


@pytest.fixture
def writers(text):
    body = text.edition.program.agency.body
    return [MembershipFactory(role="editor", body=body).user for _ in range(WRITERS)]


def fresh(text):
    return ComponentText.objects.select_related("component", "edition__program__agency").get(pk=text.pk)


def until_saved(text, number, by):
    """As the page does: when another save was in between, once more."""
    for _ in range(WRITERS * 3):
        try:
            return drafting.save_or_join(fresh(text), html=paragraphs(number), version=2, by=by)
        except StaleText:
            continue
    raise AssertionError("it never got through")


def test_six_who_change_six_paragraphs_at_once_all_find_their_words(text, writers):
    race(lambda number: until_saved(text, number, writers[number]), threads=WRITERS)

    saved = fresh(text)
    assert [f"Párrafo {number} cambiado." in saved.text for number in range(WRITERS)] == [True] * WRITERS
    numbers = list(saved.versions.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, WRITERS + 3))


def test_of_six_saves_over_the_same_version_one_is_kept_and_five_are_told(text, writers):
    def press(number):
        html = paragraphs().replace("Párrafo 0.", f"De {number}.")
        return drafting.save_text(fresh(text), html=html, version=2, by=writers[number])

    answers = race(press, threads=WRITERS)

    assert sum(isinstance(answer, ComponentText) for answer in answers) == 1
    assert sum(isinstance(answer, StaleText) for answer in answers) == WRITERS - 1
    assert fresh(text).version == 3


def test_a_page_that_says_twice_at_once_that_it_is_open_is_one_row(text, writers):
    race(lambda number: presence.beat(fresh(text), page="a" * 24, by=writers[0]), threads=WRITERS)

    assert Presence.objects.count() == 1
