"""A review that is reopened: who, why, and what was handed in before, which nobody can change or lose."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.models import Notice, Role, TrailEntry
from evaluations import own, versions
from evaluations.actions import conflicts, reviews
from evaluations.models import Assignment, HandedIn, HandedInScore, Reopening
from tests.factories.accounts import UserFactory, member
from tests.factories.evaluations import evaluation, fill

pytestmark = pytest.mark.django_db
REASON = "El total no corresponde a lo escrito."


def page(client, name, *args):
    return client.get(reverse(f"evaluations:{name}", args=args))


@pytest.fixture
def played():
    return evaluation("score")


@pytest.fixture
def review(played):
    return Assignment.objects.of_call(played.call).order_by("pk").first().review


def reopened(played, review):
    return reviews.reopen(review, by=played.chair, reason=REASON)


def handed_in_again(review, level=1):
    fill(review, level)
    review.refresh_from_db()
    return reviews.hand_in(review, by=review.assignment.evaluator)


def test_each_hand_in_is_kept_with_its_scores_and_the_reason_between_them(played, review):
    reopened(played, review)
    review = handed_in_again(review)

    first, second = versions.all_of(review)

    assert (first.number, second.number) == (1, 2)
    assert first.total > second.total == review.total
    assert second.scores_sha256 == review.scores_sha256 != first.scores_sha256
    assert (first.reopening.reason, first.reopening.reopened_by) == (REASON, played.chair)
    assert second.why_reopened == ""
    assert [s.points for s in first.scores.all()] != [s.points for s in second.scores.all()]
    assert TrailEntry.objects.about(review).filter(act="review.reopen", note=REASON).count() == 1


def test_a_review_handed_in_before_versions_were_kept_is_kept_when_it_is_reopened(played, review):
    _forget_versions()

    reopened(played, review)

    (version,) = versions.all_of(review)
    assert (version.total, version.scores.count()) == (100, review.scores.count())


def _forget_versions():
    from accounts import triggers

    guards = [g for g in triggers.all_guards() if g.table.startswith("evaluations_handedin")]
    for guard in guards:
        triggers.remove(guard, connection)
    HandedInScore.objects.all().delete()
    HandedIn.objects.all().delete()
    for guard in guards:
        triggers.lay(guard, connection)


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE evaluations_handedin SET total = 1",
        "DELETE FROM evaluations_handedin",
        "UPDATE evaluations_handedinscore SET points = 0",
        "DELETE FROM evaluations_handedinscore",
        "UPDATE evaluations_reopening SET reason = 'otro'",
        "DELETE FROM evaluations_reopening",
    ],
)
def test_the_database_refuses_to_change_or_lose_what_was_handed_in(played, review, attack):
    reopened(played, review)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)


def test_the_evaluator_is_told_why_and_reads_what_they_had_handed_in(client, played, review):
    reopened(played, review)
    client.force_login(review.assignment.evaluator)

    said = page(client, "scoring", review.assignment.alias).text

    assert REASON in said
    assert "Lo que entregó el" in said
    assert REASON in Notice.objects.get(kind="review.reopen").body


def test_the_chair_and_the_comptroller_see_what_changed_without_names_or_private_notes(
    client, played, review
):
    reopened(played, review)
    handed_in_again(review)
    alias = review.assignment.alias

    for person in (played.chair, member(Role.AUDITOR)):
        client.force_login(person)
        listed = page(client, "reopenings", played.call.folio)
        changes = page(client, "review_changes", played.call.folio, alias)
        assert alias in listed.text
        assert REASON in listed.text
        assert "Cambiaron los puntos" in changes.text
        assert "Se ve en el punto 1." in changes.text
        assert "nota mía" not in listed.text + changes.text
        assert review.assignment.evaluator.name not in listed.text + changes.text
        assert review.assignment.application.folio not in listed.text + changes.text


def test_what_changed_waits_until_it_is_handed_in_again(client, played, review):
    reopened(played, review)
    client.force_login(played.chair)

    said = page(client, "review_changes", played.call.folio, review.assignment.alias).text

    assert "No se ha vuelto a entregar" in said
    assert "100.00" not in said


def test_a_review_that_was_never_reopened_has_no_such_page(client, played, review):
    client.force_login(played.chair)

    assert page(client, "review_changes", played.call.folio, review.assignment.alias).status_code == 404


@pytest.mark.parametrize("who", ["secretary", "operator", "head", "evaluator", "stranger"])
def test_nobody_else_finds_them(client, played, review, who):
    reopened(played, review)
    people = {"evaluator": review.assignment.evaluator, "stranger": UserFactory()}
    client.force_login(people.get(who) or getattr(played, who))

    assert page(client, "reopenings", played.call.folio).status_code == 404
    answer = page(client, "review_changes", played.call.folio, review.assignment.alias)
    assert answer.status_code == 404


def test_a_barred_chair_does_not_see_the_reopening_of_that_file(client, played, review):
    reopened(played, review)
    organization = review.assignment.application.organization
    conflicts.declare(played.call, by=played.chair, conflicts=[(organization, "friendship", "")])
    client.force_login(played.chair)

    assert review.assignment.alias not in page(client, "reopenings", played.call.folio).text
    answer = page(client, "review_changes", played.call.folio, review.assignment.alias)
    assert answer.status_code == 404


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_of_reopenings_costs_the_same_for_one_as_for_four(
    client, played, count, django_assert_num_queries
):
    for assignment in Assignment.objects.of_call(played.call).select_related("review")[:count]:
        reopened(played, assignment.review)
    client.force_login(played.chair)
    page(client, "reopenings", played.call.folio)

    with django_assert_num_queries(7):
        said = page(client, "reopenings", played.call.folio).text

    assert said.count('<th scope="row"') == count == Reopening.objects.count()


# One's own distribution -------------------------------------------------------------------------------


def test_an_evaluator_sees_how_they_scored_and_nothing_of_the_others(client):
    played = evaluation("distribute")
    mine, theirs = Assignment.objects.filter(application=played.applications[0]).order_by("pk")
    reviews.hand_in(fill(mine.review, 1), by=mine.evaluator)
    client.force_login(mine.evaluator)
    before = own.of(played.call, mine.evaluator)

    reviews.hand_in(fill(theirs.review, 2), by=theirs.evaluator)
    after = own.of(played.call, mine.evaluator)
    said = page(client, "own_scores", played.call.folio).text

    assert before == after
    assert [one.alias for one in after.files] == [mine.alias]
    assert all(sum(row["value"] for row in one["rows"]) == 1 for one in after.criteria)
    assert mine.alias in said
    assert theirs.alias not in said
    assert f"{own.of(played.call, theirs.evaluator).mean}" not in said


def test_before_the_first_hand_in_there_is_nothing_to_show(client):
    played = evaluation("distribute")
    client.force_login(played.evaluators[0])

    assert "Todavía no ha entregado nada" in page(client, "own_scores", played.call.folio).text


def test_no_file_is_given_out_once_it_was_ruled_on():
    played = evaluation("rule")
    application = played.applications[0]
    free = next(
        one for one in played.evaluators if not application.assignments.filter(evaluator=one).exists()
    )

    with pytest.raises(reviews.CannotAssign, match="ya tiene"):
        reviews.assign(application, free, by=played.operator)
