"""The sample of a call: who chooses it, when it comes first, and what each person sees of it."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.models import Notice, Role, TrailEntry
from calls.models import Answer
from evaluations import calibrating, standing
from evaluations.actions import calibration, reviews
from evaluations.actions import sheets as sheet_acts
from evaluations.duties import evaluating
from evaluations.models import Assignment, Calibration, Review, SampleReview
from evaluations.rules import NotYours
from programs.models import ApplicationQuestion
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.evaluations import evaluation, fill

pytestmark = pytest.mark.django_db
TEXT = "Talleres para mujeres jóvenes en dos municipios."


def url(name, *args):
    return reverse(f"evaluations:{name}", args=args)


def chosen(played, **how):
    given = {"title": "Proyecto de muestra", "text": TEXT, "is_required": True} | how
    return calibration.choose(played.call, by=given.pop("by", played.operator), **given)


def entries(call, level):
    return {
        key: {"level": of[level].key, "justification": f"Nivel {level}."}
        for key, of in standing.levels_of(call).items()
    }


def scored(sample, person, level=2):
    calibration.save(sample, entries(sample.call, level), by=person)
    return calibration.hand_in(sample, by=person)


# Choosing it ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["operator", "chair", "secretary"])
def test_who_coordinates_chooses_it_and_the_pool_is_told(who):
    played = evaluation("declare")

    sample = chosen(played, by=getattr(played, who))

    assert (sample.kind, sample.is_required) == (Calibration.Kind.SYNTHETIC, True)
    assert set(Notice.objects.filter(kind="calibration.choose").values_list("to", flat=True)) == {
        evaluator.pk for evaluator in played.evaluators
    }
    assert TrailEntry.objects.about(sample).get().act == "calibration.choose"


@pytest.mark.parametrize("who", ["evaluator", "member", "stranger"])
def test_nobody_else_chooses_it(who):
    played = evaluation("declare")
    people = {"evaluator": played.evaluators[0], "member": played.members[0], "stranger": UserFactory()}

    with pytest.raises(NotYours):
        chosen(played, by=people[who])


def past(played):
    """An application of a call of the same agency with released results."""
    other = evaluation("release")
    agency = other.call.publication.edition.program.agency
    assert agency == played.call.publication.edition.program.agency
    return other.applications[0]


def test_a_past_application_is_its_source_and_evaluators_do_not_learn_which(client):
    played = evaluation("declare")
    source = past(played)

    sample = chosen(played, folio=source.folio)

    assert (sample.kind, sample.source) == (Calibration.Kind.PAST, source)
    client.force_login(played.evaluators[0])
    said = client.get(url("sample", played.call.folio)).text
    assert TEXT in said
    assert source.folio not in said
    assert source.organization.body.name_es not in said


def test_it_is_never_one_of_this_call_nor_of_results_not_released():
    played, other = evaluation("declare"), evaluation("distribute")

    for application in (played.applications[0], other.applications[0]):
        with pytest.raises(calibration.CannotChoose) as refusal:
            chosen(played, folio=application.folio)
        assert refusal.value.field == "folio"


def test_a_past_application_that_one_does_not_see_is_refused_like_none():
    played, other = evaluation("declare"), evaluation("release")

    said = []
    for folio in (other.applications[0].folio, "SOL-NADIE-0001"):
        with pytest.raises(calibration.CannotChoose) as refusal:
            chosen(played, folio=folio, by=played.chair)
        said.append(str(refusal.value))

    assert said[0] == said[1]


def test_a_text_that_still_names_the_organization_is_refused_at_the_text():
    played = evaluation("declare")
    source = past(played)
    name = source.organization.body.name_es

    with pytest.raises(calibration.CannotChoose) as refusal:
        chosen(played, folio=source.folio, text=f"{TEXT} Lo propone {name.upper()}.")

    assert refusal.value.field == "text"
    assert name in str(refusal.value)


def test_the_answers_of_a_past_application_are_copied_without_those_that_identify(client):
    played = evaluation("declare")
    source = past(played)
    for question in ApplicationQuestion.objects.of_publication(source.call.publication_id):
        words = "NOMBRE-SECRETO" if question.identifies else f"respuesta {question.key}"
        Answer.objects.create(
            application=source, question=question, text=words,
            saved_at=source.started_at, saved_by=source.started_by,
        )  # fmt: skip
    client.force_login(played.operator)

    said = client.get(url("choose_sample", played.call.folio), {"expediente": source.folio}).text

    assert "respuesta " in said
    assert "NOMBRE-SECRETO" not in said


def test_once_somebody_scored_it_it_stays_as_it_is():
    played = evaluation("distribute")
    sample = chosen(played, is_required=False)
    calibration.save(sample, entries(played.call, 0), by=played.evaluators[0])

    with pytest.raises(calibration.CannotChoose, match="ya calificó"):
        chosen(played, text="Otro texto.", is_required=False)
    with pytest.raises(DatabaseError), transaction.atomic():
        Calibration.objects.update(text="otro")


def test_it_no_longer_comes_first_once_somebody_scores_real_files():
    played = evaluation("distribute")
    fill(Review.objects.of_call(played.call).first())

    with pytest.raises(calibration.CannotChoose) as refusal:
        chosen(played)

    assert refusal.value.field == "is_required"
    assert not chosen(played, is_required=False).is_required


def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(client):
    played = evaluation("declare")
    client.force_login(played.operator)

    answer = client.post(url("choose_sample", played.call.folio), {"title": "Con título", "text": " "})

    assert answer.context["form"].errors.keys() == {"text"}
    assert "Con título" in answer.text
    assert not Calibration.objects.exists()


# Before the first real file ---------------------------------------------------------------------------


def test_whoever_owes_the_sample_opens_no_real_file_in_any_way(client):
    played = evaluation("distribute")
    sample, person = chosen(played), played.evaluators[0]
    mine = Assignment.objects.of_call(played.call).filter(evaluator=person).first()
    client.force_login(person)
    to_sample = url("sample", played.call.folio)

    for name, args in [
        ("scoring", [mine.alias]), ("hand_in", [mine.alias]), ("recuse", [mine.alias]),
        ("blind_document", [mine.alias, "acta"]), ("sheet", [played.call.folio]),
        ("sheet_file", [played.call.folio]),
    ]:  # fmt: skip
        answer = client.get(url(name, *args))
        assert (answer.status_code, answer.get("Location")) == (302, to_sample), name
    saved = client.post(url("autosave", mine.alias), {"reason-diagnostico": "x"})
    assert saved.status_code == 409
    for refused in (lambda: fill(mine.review), lambda: reviews.hand_in(mine.review, by=person)):
        with pytest.raises(reviews.SampleOwed):
            refused()
    line = sheet_acts.offline.line(2, [mine.alias, "diagnostico", "", "", "", "Texto", "", ""])
    assert sheet_acts.take(played.call, [line], by=person)[0].reason == str(reviews.SampleOwed())

    scored(sample, person)
    assert client.get(mine.get_absolute_url()).status_code == 200
    assert fill(mine.review)


def test_a_sample_that_is_not_asked_for_keeps_nobody_from_their_files(client):
    played = evaluation("distribute")
    chosen(played, is_required=False)
    mine = Assignment.objects.of_call(played.call).filter(evaluator=played.evaluators[0]).first()
    client.force_login(played.evaluators[0])

    assert client.get(mine.get_absolute_url()).status_code == 200
    assert fill(mine.review)


def test_the_sample_of_one_call_is_not_owed_in_another():
    played, other = evaluation("distribute"), evaluation("distribute")
    chosen(other)

    assert fill(Review.objects.of_call(played.call).first())


def test_it_is_a_duty_until_it_is_handed_in():
    played = evaluation("declare")
    sample, person = chosen(played), played.evaluators[0]

    assert [one.link for one in evaluating.samples_to_score(person)] == [url("sample", played.call.folio)]
    assert list(evaluating.samples_to_score(played.chair)) == []
    scored(sample, person)
    assert list(evaluating.samples_to_score(person)) == []


# Scoring it -------------------------------------------------------------------------------------------


def typed(call, level=2, **instead):
    sent = {}
    for key, of in standing.levels_of(call).items():
        sent |= {f"level-{key}": of[level].key, f"reason-{key}": "Por lo escrito."}
    return sent | instead


def test_an_evaluator_saves_and_hands_it_in_on_screen(client):
    played = evaluation("declare")
    chosen(played)
    client.force_login(played.evaluators[0])
    page = url("sample", played.call.folio)

    client.post(page, {"reason-diagnostico": "A medias."})
    assert "A medias." in client.get(page).text
    lacking = client.post(page, typed(played.call, **{"reason-diagnostico": ""}) | {"hand_in": "1"})
    assert lacking.status_code == 422
    assert lacking.text.count("Escriba por qué, en «Diagnostico»") == 2
    done = client.post(page, typed(played.call) | {"hand_in": "1"})

    assert done.status_code == 302
    assert SampleReview.objects.get().total == 100


def test_what_was_handed_in_can_be_changed_by_nobody():
    played = evaluation("declare")
    sample = chosen(played)
    scored(sample, played.evaluators[0])

    with pytest.raises(reviews.CannotSave):
        calibration.save(sample, entries(played.call, 0), by=played.evaluators[0])
    for attack in (
        "UPDATE evaluations_samplereview SET total = 1",
        "UPDATE evaluations_samplescore SET points = 0",
        "DELETE FROM evaluations_samplescore",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(attack)


def test_nobody_outside_the_pool_scores_it():
    played = evaluation("declare")
    sample = chosen(played)

    with pytest.raises(NotYours):
        calibration.save(sample, {}, by=played.chair)


def test_it_counts_for_no_application():
    played = evaluation("distribute")
    sample = chosen(played)
    for person in played.evaluators:
        scored(sample, person, 0)
    played.score()

    assert {place.mean for place in standing.places(played.call)} == {100}


# What each person sees --------------------------------------------------------------------------------


def test_ones_place_is_shown_after_ones_own_hand_in_and_names_nobody(client):
    played = evaluation("declare")
    sample = chosen(played)
    me, one, other = played.evaluators
    scored(sample, one, 0)
    scored(sample, other, 2)
    client.force_login(me)
    page = url("sample", played.call.folio)

    before = client.get(page)
    scored(sample, me, 2)
    after = client.get(page)

    assert before.context["place"] == []
    assert "Promedio de las demás" not in before.text
    assert "Promedio de las demás" in after.text
    assert after.context["difference"] == 50  # 100 against the mean of 0 and 100
    hidden = [one.name, other.name, *(calibrating.alias_of(played.call, p.pk) for p in (me, one, other))]
    assert not [secret for secret in hidden if secret in after.text]


def test_with_a_single_other_person_the_mean_would_be_theirs_and_is_not_shown(client):
    played = evaluation("declare")
    sample = chosen(played)
    for person in played.evaluators[:2]:
        scored(sample, person)
    client.force_login(played.evaluators[0])

    answer = client.get(url("sample", played.call.folio))

    assert answer.context["place"] == []
    assert "cuando suficientes personas" in answer.text


def test_the_page_of_the_sample_is_the_same_whatever_others_scored_before_mine_is_in(client):
    played = evaluation("declare")
    sample = chosen(played)
    client.force_login(played.evaluators[0])
    page = url("sample", played.call.folio)

    before = client.get(page).context
    for person in played.evaluators[1:]:
        scored(sample, person, 0)
    after = client.get(page).context

    assert (before["place"], before["difference"]) == (after["place"], after["difference"]) == ([], None)


def test_the_panel_sees_everybody_by_alias(client):
    played = evaluation("declare")
    sample = chosen(played)
    for level, person in enumerate(played.evaluators):
        scored(sample, person, level)

    for person in (played.operator, played.chair, played.members[0]):
        client.force_login(person)
        answer = client.get(url("calibration", played.call.folio))
        assert {one.alias for one in answer.context["members"]} == {
            calibrating.alias_of(played.call, evaluator.pk) for evaluator in played.evaluators
        }
        assert not [e.name for e in played.evaluators if e.name in answer.text]
    assert sorted(one.sample for one in answer.context["members"]) == [-75, 0, 75]


def test_a_member_of_the_committee_who_scores_does_not_see_the_panel(client):
    played = evaluation("declare")
    MembershipFactory(user=played.members[0], body=played.call.committee.body, role=Role.EVALUATOR)

    for person in (played.members[0], played.evaluators[0], UserFactory()):
        client.force_login(person)
        for name in ("calibration", "choose_sample"):
            assert client.get(url(name, played.call.folio)).status_code == 404


def test_agreement_over_the_real_files_waits_for_every_review(client):
    played = evaluation("distribute")
    first, *rest = Assignment.objects.of_call(played.call).order_by("pk")
    reviews.hand_in(fill(first.review, 0), by=first.evaluator)
    client.force_login(played.chair)
    page = url("calibration", played.call.folio)

    before = client.get(page)
    for assignment in rest:
        reviews.hand_in(fill(assignment.review, 2), by=assignment.evaluator)
    after = client.get(page)

    assert before.context["real"] is None
    assert before.context["members"] == []
    assert len(after.context["real"]["agreement"]) == len(standing.criteria_of(played.call))
    harshest = min(after.context["members"], key=lambda one: one.real)
    assert harshest.alias == calibrating.alias_of(played.call, first.evaluator_id)
    assert harshest.real < 0
    assert harshest.drift is None


def test_scores_without_variation_say_so_in_words(client):
    played = evaluation("score")
    client.force_login(played.chair)

    said = client.get(url("calibration", played.call.folio)).text

    assert said.count("todas las personas dieron el mismo nivel") == len(standing.criteria_of(played.call))


@pytest.mark.parametrize("count", [3, 9])
def test_the_panel_costs_the_same_for_three_people_as_for_nine(client, count, django_assert_num_queries):
    played = evaluation("declare", evaluators=count)
    sample = chosen(played)
    for person in played.evaluators:
        scored(sample, person)
    client.force_login(played.chair)
    client.get(url("calibration", played.call.folio))

    with django_assert_num_queries(12):
        answer = client.get(url("calibration", played.call.folio))

    assert len(answer.context["members"]) == count
