"""Taking a person out of the pool of evaluators, with what becomes of their files said beforehand."""

import pytest
from django.urls import reverse

from accounts.models import TrailEntry
from evaluations.actions import reviews
from evaluations.models import Assignment
from tests.factories.evaluations import evaluation, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def played():
    """Every file given out; the first evaluator handed in one of theirs."""
    played = evaluation("distribute", applications=4, evaluators=3)
    review = mine_in(played).first().review
    fill(review, by=played.evaluators[0])
    reviews.hand_in(review, by=played.evaluators[0])
    return played


def mine_in(played):
    return Assignment.objects.of_call(played.call).filter(evaluator=played.evaluators[0]).order_by("pk")


def page_of(played, person):
    return reverse("evaluations:remove_evaluator", args=[played.call.folio, person.public_id])


def test_the_page_says_what_becomes_of_their_files(client, played):
    client.force_login(played.operator)
    left = mine_in(played).filter(review__state="draft").count()

    page = client.get(page_of(played, played.evaluators[0])).text

    assert left > 0
    assert "1 · se conservan y cuentan" in page
    assert f"{left} · se retiran con lo que llevaban escrito" in page


def test_the_person_loses_what_they_had_not_handed_in_and_nothing_else(client, played):
    client.force_login(played.operator)
    person = played.evaluators[0]

    done = client.post(page_of(played, person), {"reason": "Renunció por salud."}, follow=True)

    assert "La persona ya no evalúa en esta convocatoria." in done.text
    assert person.name not in done.text
    kept = mine_in(played).filter(withdrawn_at=None).values_list("review__state", flat=True)
    assert list(kept) == ["handed_in"]
    entry = TrailEntry.objects.get(act="committee.remove_evaluator")
    assert (entry.by, entry.note) == (played.operator, f"{person.public_id}: Renunció por salud.")
    client.force_login(person)
    assert client.get(mine_in(played).first().get_absolute_url()).status_code == 404


def test_it_asks_for_the_reason(client, played):
    client.force_login(played.operator)

    page = client.post(page_of(played, played.evaluators[0]), {"reason": " "})

    assert page.status_code == 200
    assert mine_in(played).exclude(withdrawn_at=None).count() == 0


def test_there_is_no_such_page_of_whoever_is_not_in_the_pool(client, played):
    client.force_login(played.operator)

    assert client.get(page_of(played, played.chair)).status_code == 404
    assert client.post(page_of(played, played.chair), {"reason": "No"}).status_code == 404


@pytest.mark.parametrize("who", ["chair", "secretary"])
def test_the_committee_does_not_decide_who_scores(client, played, who):
    client.force_login(getattr(played, who))

    assert client.get(page_of(played, played.evaluators[0])).status_code == 404
    assert client.post(page_of(played, played.evaluators[0]), {"reason": "No"}).status_code == 404
