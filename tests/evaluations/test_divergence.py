"""Divergence: past a threshold a third evaluator is called, and those who score learn nothing of it."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.models import Notice, TrailEntry
from evaluations import diverging, notices, standing
from evaluations.actions import conflicts, divergence, reviews
from evaluations.duties import evaluating
from evaluations.models import Assignment, Divergence, EvaluationSettings, Review
from evaluations.rules import NotYours
from tests.factories.accounts import UserFactory
from tests.factories.evaluations import evaluation, fill
from tests.harness.racing import race

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"evaluations:{name}", args=args)


def set_to(played, amount=40, unit="points", by=None):
    return divergence.set_threshold(played.call, by=by or played.operator, divergence=amount, unit=unit)


def readers_of(application):
    return list(Assignment.objects.active().filter(application=application).order_by("pk"))


def handed_in(assignment, level):
    return reviews.hand_in(fill(assignment.review, level), by=assignment.evaluator)


def apart(amount=40, evaluators=3):
    """A call in which the first file got 50 and 100, past the threshold."""
    played = evaluation("distribute", evaluators=evaluators)
    set_to(played, amount)
    first, second = readers_of(played.applications[0])
    handed_in(first, 1)
    handed_in(second, 2)
    return played


# The threshold ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["operator", "chair", "secretary"])
def test_who_coordinates_sets_it_before_anybody_scores(who):
    played = evaluation("distribute")

    kept = set_to(played, 25, "percent", by=getattr(played, who))

    assert diverging.in_points(kept) == 25  # of a hundred
    entry = TrailEntry.objects.about(kept).get()
    assert (entry.act, entry.note) == ("evaluation.set_threshold", "25 percent")
    assert set_to(played, 30).pk == kept.pk


def test_nobody_who_scores_sets_it():
    played = evaluation("distribute")

    with pytest.raises(NotYours):
        set_to(played, by=played.evaluators[0])


def test_once_somebody_scores_neither_the_act_nor_the_database_lets_it_change():
    played = evaluation("distribute")
    set_to(played)
    fill(Review.objects.of_call(played.call).first())

    with pytest.raises(divergence.CannotSet, match="empezó a calificar"):
        set_to(played, 10)
    for change in (
        lambda: EvaluationSettings.objects.update(divergence=1),
        lambda: EvaluationSettings.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("amount", "unit", "field"),
    [
        (0, "points", "divergence"),
        (101, "percent", "divergence"),
        (101, "points", "divergence"),
        (10, "stars", "unit"),
    ],
)
def test_a_threshold_that_means_nothing_is_refused_at_its_field(amount, unit, field):
    played = evaluation("distribute")

    with pytest.raises(divergence.CannotSet) as refusal:
        set_to(played, amount, unit)

    assert refusal.value.field == field


def test_it_is_set_on_screen(client):
    played = evaluation("distribute")
    client.force_login(played.secretary)

    refused = client.post(url("threshold", played.call.folio), {"divergence": "200", "unit": "points"})
    done = client.post(url("threshold", played.call.folio), {"divergence": "20", "unit": "points"})

    assert "no mayor que 100" in refused.text
    assert 'value="200"' in refused.text
    assert done.status_code == 302
    assert "20.00 puntos" in client.get(done["Location"]).text


# Calling ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("amount", "called"), [(49.99, 1), (50, 0)])
def test_a_third_is_called_only_past_the_threshold(amount, called):
    apart(amount)

    assert Divergence.objects.count() == called


def test_it_waits_until_every_review_of_the_file_is_in():
    played = evaluation("distribute")
    set_to(played, 10)
    first, second = readers_of(played.applications[0])

    handed_in(first, 0)
    assert not Divergence.objects.exists()
    handed_in(second, 2)

    assert Divergence.objects.get().application == played.applications[0]


def test_without_a_threshold_nobody_is_called():
    played = evaluation("distribute")
    for assignment, level in zip(readers_of(played.applications[0]), (0, 2), strict=True):
        handed_in(assignment, level)

    assert not Divergence.objects.exists()


def test_who_coordinates_is_told_once_without_a_score_or_a_folio():
    played = apart()

    told = Notice.objects.filter(kind="divergence.call")

    coordinating = {person.pk for person in notices.coordinators(played.call)}
    assert sorted(told.values_list("to", flat=True)) == sorted(coordinating)
    assert coordinating >= {played.operator.pk, played.secretary.pk}
    for notice in told:
        said = f"{notice.subject} {notice.body} {notice.link}"
        assert not [w for w in ("50", "100.00", played.applications[0].folio) if w in said]
    for person in (played.operator, played.secretary, played.chair):
        assert [one.link for one in evaluating.third_evaluators_to_call(person)] == [
            url("divergences", played.call.folio)
        ]
    assert list(evaluating.third_evaluators_to_call(played.evaluators[0])) == []


def test_a_reopening_and_another_hand_in_call_nobody_again():
    played = apart()
    review = readers_of(played.applications[0])[0].review
    reviews.reopen(review, by=played.chair, reason="Falta sustento.")
    review.refresh_from_db()
    reviews.hand_in(fill(review, 0), by=review.assignment.evaluator)

    assert Divergence.objects.count() == 1
    told = Notice.objects.filter(kind="divergence.call", to=played.operator)
    assert told.count() == 1


# The third evaluator ----------------------------------------------------------------------------------


def test_the_least_loaded_without_conflict_is_proposed_first_and_called_in_one_click(client):
    played = apart(evaluators=5)
    application = played.applications[0]
    client.force_login(played.secretary)

    (row,) = client.get(url("divergences", played.call.folio)).context["rows"]
    loads = [one.load for one in row.candidates]
    done = client.post(
        url("call_third", played.call.folio, application.folio), {"evaluator": row.candidates[0].public_id}
    )

    assert loads == sorted(loads)
    assert not {a.evaluator for a in readers_of(application)[:2]} & set(row.candidates)
    assert done.status_code == 302
    third = Divergence.objects.get().third
    assert (third.application, third.evaluator) == (application, row.candidates[0])
    assert list(evaluating.third_evaluators_to_call(played.operator)) == []


def test_nobody_with_a_conflict_or_who_had_the_file_is_proposed_or_taken(client):
    played = apart(evaluators=4)
    application = played.applications[0]
    barred = next(e for e in played.evaluators if e not in {a.evaluator for a in readers_of(application)})
    conflicts.declare(played.call, by=barred, conflicts=[(application.organization, "family", "")])

    people = diverging.candidates(played.call, [application])[application.pk]
    client.force_login(played.operator)
    client.post(url("call_third", played.call.folio, application.folio), {"evaluator": barred.public_id})

    assert barred not in people
    assert len(people) == 1
    assert Divergence.objects.get().third is None


def test_the_ranking_waits_for_the_third_and_then_is_the_mean_of_all_and_says_so(client):
    played = apart()
    for application in played.applications[1:]:
        for assignment in readers_of(application):
            handed_in(assignment, 0)
    client.force_login(played.chair)
    assert not standing.all_handed_in(played.call)
    assert client.get(url("ranking", played.call.folio)).context["rows"] == []

    row = Divergence.objects.get()
    (person,) = diverging.candidates(played.call, [row.application])[row.application_id]
    handed_in(divergence.call_third(row, person, by=played.secretary), 0)
    answer = client.get(url("ranking", played.call.folio))

    first = answer.context["rows"][0]
    assert (first["application"], first["place"].mean) == (row.application, 50)  # of 50, 100 and 0
    assert "Se llamó a una tercera persona evaluadora" in answer.text


def test_a_third_that_leaves_by_a_conflict_opens_it_again():
    played = apart(evaluators=5)
    row = Divergence.objects.get()
    people = diverging.candidates(played.call, [row.application])[row.application_id]
    third = divergence.call_third(row, people[0], by=played.operator)

    conflicts.recuse(third, by=people[0], kind="friendship")

    assert Divergence.objects.open().get() == row
    assert divergence.call_third(row, people[1], by=played.operator).evaluator == people[1]


def test_without_anybody_left_it_goes_on_with_a_written_reason(client):
    played = apart()
    folio = played.applications[0].folio
    client.force_login(played.operator)
    page = url("waive_third", played.call.folio, folio)

    refused = client.post(page, {"reason": " "})
    done = client.post(page, {"reason": "No queda nadie sin conflicto."})

    row = Divergence.objects.get()
    assert refused.context["form"].errors.keys() == {"reason"}
    assert (done.status_code, row.waived_by) == (302, played.operator)
    assert "No queda nadie sin conflicto." in client.get(done["Location"]).text
    assert client.get(page).status_code == 409
    with pytest.raises(divergence.CannotCall):
        divergence.call_third(row, played.evaluators[2], by=played.operator)


# Blindness --------------------------------------------------------------------------------------------


def test_whoever_scores_finds_nothing_of_it(client):
    played = evaluation("distribute")
    set_to(played)
    first, second = readers_of(played.applications[0])
    handed_in(first, 1)
    pages = {first: _pages(client, played, first)}
    handed_in(second, 2)

    assert Divergence.objects.exists()
    assert _pages(client, played, first) == pages[first]
    client.force_login(second.evaluator)
    own_acts = client.get(reverse("accounts:my_acts")).text
    assert "Entregó calificaciones" in own_acts
    assert "tercera" not in own_acts
    assert first.application.folio not in own_acts
    for name, args in [("divergences", []), ("threshold", []), ("waive_third", [first.application.folio])]:
        assert client.get(url(name, played.call.folio, *args)).status_code == 404
    post = url("call_third", played.call.folio, first.application.folio)
    assert client.post(post).status_code == 404


def _pages(client, played, assignment):
    import re

    client.force_login(assignment.evaluator)
    paths = [url("board"), assignment.get_absolute_url(), url("own_scores", played.call.folio), "/mi/"]
    said = [client.get(path).text for path in paths]
    return [re.sub(r'value="[A-Za-z0-9]{64}"', "", page) for page in said]


def test_the_third_evaluator_gets_it_like_any_other_file(client):
    played = apart()
    row = Divergence.objects.get()
    (person,) = diverging.candidates(played.call, [row.application])[row.application_id]
    before = Notice.objects.filter(to=person, kind="assignment.create").first()
    third = divergence.call_third(row, person, by=played.operator)
    client.force_login(person)

    after = Notice.objects.filter(to=person, kind="assignment.create").latest("pk")
    said = client.get(third.get_absolute_url()).text + client.get(url("board")).text

    assert after.body == before.body
    assert not [w for w in ("divergencia", "tercera", *(a.alias for a in readers_of(row.application)[:2]))
                if w in said.casefold()]  # fmt: skip


def test_the_list_of_files_in_divergence_shows_no_score(client):
    played = apart()
    client.force_login(played.chair)

    answer = client.get(url("divergences", played.call.folio))
    said = answer.text.partition("<main")[2].partition("</main>")[0]

    assert played.applications[0].folio in said
    assert not [score for score in ("50", "75", "100") if f"{score}.00" in said]


def test_a_barred_secretary_is_told_nothing_and_finds_nothing(client):
    played = evaluation("distribute")
    application = played.applications[0]
    set_to(played)
    conflicts.declare(played.call, by=played.secretary, conflicts=[(application.organization, "labour", "")])
    for assignment, level in zip(readers_of(application), (0, 2), strict=True):
        handed_in(assignment, level)
    client.force_login(played.secretary)

    assert not Notice.objects.filter(kind="divergence.call", to=played.secretary).exists()
    assert list(evaluating.third_evaluators_to_call(played.secretary)) == []
    assert application.folio not in client.get(url("divergences", played.call.folio)).text
    assert client.get(url("waive_third", played.call.folio, application.folio)).status_code == 404
    with pytest.raises(divergence.CannotCall):
        divergence.call_third(Divergence.objects.get(), played.evaluators[2], by=played.secretary)


def test_a_stranger_finds_no_page(client):
    played = apart()
    client.force_login(UserFactory())

    for name in ("divergences", "threshold"):
        assert client.get(url(name, played.call.folio)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_file_as_for_three(client, count, django_assert_num_queries):
    played = evaluation("distribute", evaluators=4)
    set_to(played)
    for application in played.applications[:count]:
        for assignment, level in zip(readers_of(application), (0, 2), strict=True):
            handed_in(assignment, level)
    client.force_login(played.chair)
    client.get(url("divergences", played.call.folio))

    with django_assert_num_queries(14):
        answer = client.get(url("divergences", played.call.folio))

    assert len(answer.context["rows"]) == count


@pytest.mark.django_db(transaction=True)
def test_of_two_that_hand_in_at_once_the_last_one_calls_the_third():
    played = evaluation("distribute")
    set_to(played)
    both = readers_of(played.applications[0])
    for assignment, level in zip(both, (0, 2), strict=True):
        fill(assignment.review, level)

    race(lambda number: reviews.hand_in(
        Review.objects.get(pk=both[number % 2].review.pk), by=both[number % 2].evaluator
    ))  # fmt: skip

    assert Review.objects.counted().filter(assignment__in=both).count() == 2
    assert Divergence.objects.count() == 1
