"""The draw: bound beforehand, drawn once, published so that anybody does it again and nobody is named."""

import json
from hashlib import sha256
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import Membership, Role, TrailEntry
from calls.models import Application, Organization
from evaluations import drawing, sharing_out
from evaluations.actions import committees, conflicts, draws, reviews
from evaluations.models import Assignment, Draw, Specialty
from programs.models import Municipality
from tests.factories.accounts import UserFactory
from tests.factories.evaluations import (
    AssignmentFactory,
    DrawFactory,
    ReviewFactory,
    SpecialtyFactory,
    evaluation,
)
from tests.harness.racing import race

pytestmark = pytest.mark.django_db


def address(name, played, *args):
    return reverse(f"evaluations:{name}", args=[played.call.folio, *args])


def pairs_of(played):
    rows = Assignment.objects.of_call(played.call).values_list("application", "evaluator")
    return set(rows)


# Committed --------------------------------------------------------------------------------------------


def test_what_is_committed_is_a_hash_and_nobody_is_shown_the_seed(client):
    played = evaluation("declare")

    draw = draws.commit(played.call, by=played.operator)
    page = client.get(address("draw", played))

    assert draw.seed_sha256 == sha256(draw.seed.encode()).hexdigest()
    assert draw.salt_sha256 == sha256(draw.salt.encode()).hexdigest()
    assert draw.seed_sha256 in page.text
    assert draw.seed not in page.text
    entry = TrailEntry.objects.get(act="draw.commit")
    assert (entry.by, entry.note, entry.subject_name) == (played.operator, draw.seed_sha256, draw.code)


def test_one_draw_is_committed_at_a_time_so_that_nobody_tries_seeds():
    played = evaluation("commit")

    with pytest.raises(draws.CannotCommit):
        draws.commit(played.call, by=played.chair)
    with pytest.raises(IntegrityError), transaction.atomic():
        DrawFactory(call=played.call, number=2)


def test_nothing_is_drawn_that_was_not_committed():
    played = evaluation("declare")

    with pytest.raises(reviews.CannotAssign):
        reviews.distribute(played.call, by=played.operator)


def test_a_draw_without_enough_people_names_the_files_reveals_nothing_and_stays_committed():
    played = evaluation("declare", applications=2, evaluators=2)
    application = played.applications[0]
    conflicts.declare(
        played.call, by=played.evaluators[0], conflicts=[(application.organization, "family", "")]
    )
    played.commit()

    with pytest.raises(reviews.CannotAssign, match=application.folio):
        reviews.distribute(played.call, by=played.operator)

    assert Draw.objects.get().state == "committed"
    assert not Assignment.objects.exists()


def test_what_has_its_evaluators_is_not_drawn_again():
    played = evaluation("distribute").commit()

    with pytest.raises(reviews.CannotAssign):
        reviews.distribute(played.call, by=played.operator)

    assert Draw.objects.committed().get().number == 2


ATTACKS = {
    "commit": ["seed = 'x'", "seed_sha256 = 'x'", "salt = 'x'", "number = 7"],
    "distribute": ["instance = '{}'", "instance_sha256 = 'x'", "given = 1", "state = 'committed'"],
}


@pytest.mark.parametrize(("until", "change"), [(u, c) for u, changes in ATTACKS.items() for c in changes])
def test_what_was_committed_or_drawn_stays_as_it_was(until, change):
    evaluation(until)

    for attack in (f"UPDATE evaluations_draw SET {change}", "DELETE FROM evaluations_draw"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(attack)


# Drawn ------------------------------------------------------------------------------------------------


def test_the_draw_gives_each_file_its_evaluators_and_reveals_the_seed(client):
    played = evaluation("distribute", applications=6, evaluators=4)
    draw = Draw.objects.get()
    page = client.get(address("draw", played))

    assert len(pairs_of(played)) == draw.given == 12
    assert set(Assignment.objects.values_list("draw", flat=True)) == {draw.pk}
    assert draw.drawn_by == played.operator
    assert draw.instance_sha256 == sha256(draw.instance.encode()).hexdigest()
    assert draw.seed in page.text
    assert draw.instance_sha256 in page.text
    assert TrailEntry.objects.about(draw).filter(act="draw.draw").sealed().count() == 1


def test_who_told_a_specialty_gets_files_of_it():
    played = evaluation("declare", applications=4, evaluators=4)
    first, second = (Municipality.objects.get_or_create(
        key=f"9999{n}", defaults={"name": f"M{n}", "region": f"R{n}", "tile_column": n, "tile_row": n}
    )[0] for n in range(2))  # fmt: skip
    for number, application in enumerate(played.applications):
        Application.objects.filter(pk=application.pk).update(municipality=(first, second)[number % 2])
    for number, person in enumerate(played.evaluators):
        draws.tell_specialties(played.call, by=person, regions=[(first, second)[number % 2].region])

    played.distribute()

    region = dict(Application.objects.values_list("pk", "municipality__region"))
    told = dict(Specialty.objects.values_list("membership__user", "key"))
    assert all(region[application] == told[evaluator] for application, evaluator in pairs_of(played))


def test_who_scored_the_organization_in_former_calls_gives_way():
    played = evaluation("declare", applications=1, evaluators=3)
    former = AssignmentFactory(
        evaluator=played.evaluators[0], application__organization=played.applications[0].organization
    )
    ReviewFactory(
        assignment=former, state="handed_in", total=1, handed_in_at=former.assigned_at, scores_sha256="0" * 64
    )

    played.distribute()

    assert {evaluator for _file, evaluator in pairs_of(played)} == {one.pk for one in played.evaluators[1:]}


def test_a_tie_found_after_the_declaration_keeps_the_file_from_the_person():
    played = evaluation("declare", applications=1, evaluators=3)
    organization, person = played.applications[0].organization, played.evaluators[0]
    Organization.objects.filter(pk=organization.pk).update(email=person.email)

    with pytest.raises(reviews.CannotAssign):
        reviews.assign(played.applications[0], person, by=played.operator)
    played.distribute()

    assert person.pk not in {evaluator for _file, evaluator in pairs_of(played)}


def test_what_is_given_by_hand_is_recorded_apart_and_seen_as_such(client):
    played = evaluation("declare")
    reviews.assign(played.applications[0], played.evaluators[0], by=played.operator)
    played.distribute()
    client.force_login(played.operator)

    page = client.get(address("coordination", played))

    by_hand = Assignment.objects.by_hand().get()
    assert TrailEntry.objects.about(by_hand).get().act == "assignment.by_hand"
    assert page.text.count("1 a mano") == 1
    assert "1 expediente se asignó a mano" in client.get(address("draw", played)).text


@pytest.mark.parametrize("giver", ["operator", "chair"])
def test_who_gives_a_file_out_does_not_read_under_which_alias_it_is_scored(client, giver):
    played = evaluation("declare")
    person = getattr(played, giver)
    reviews.assign(played.applications[0], played.evaluators[0], by=person)
    client.force_login(person)

    acts = client.get(reverse("accounts:my_acts")).text

    assert "Asignó a mano una solicitud para evaluar" in acts
    assert Assignment.objects.by_hand().get().alias not in acts


# Published --------------------------------------------------------------------------------------------


@pytest.fixture
def published(tmp_path):
    """A released evaluation, its draw and the file as anybody downloads it."""
    played = evaluation("release", applications=4, evaluators=4)
    draw = Draw.objects.get()
    file = tmp_path / "sorteo.json"
    file.write_text(draw.instance)
    return played, draw, file


def redrawn(file):
    said = StringIO()
    call_command("redraw", str(file), stdout=said)
    return said.getvalue().splitlines()


def test_the_file_is_published_with_the_results_and_not_before(client):
    played = evaluation("close")
    before = client.get(address("draw_file", played, 1))
    played.release()

    after = client.get(address("draw_file", played, 1))

    assert (before.status_code, after.status_code) == (404, 200)
    assert sha256(after.content).hexdigest() == Draw.objects.get().instance_sha256


def test_anybody_draws_again_and_gets_the_same_pairs(published, django_assert_num_queries):
    played, draw, file = published
    with django_assert_num_queries(0):
        said = redrawn(file)

    names = {drawing.alias(draw.salt, "f", one.pk): one.pk for one in played.applications}
    names |= {drawing.alias(draw.salt, "p", one.pk): one.pk for one in played.evaluators}
    drawn = {tuple(names[word] for word in line.split()) for line in said[1:-1]}
    assert said[0] == f"SHA-256: {draw.instance_sha256}"
    assert drawn == pairs_of(played)


CHANGES = {
    "seed": lambda told: told | {"seed": "0" * 64},
    "pairs": lambda told: told | {"pairs": told["pairs"][1:]},
    "edges": lambda told: told | {"edges": [edge for edge in told["edges"] if edge[:2] != told["pairs"][0]]},
    "format": lambda told: told | {"format": "otro/1"},
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_file_that_was_changed_is_found_out(published, change):
    _played, draw, file = published
    file.write_text(drawing.canonical(CHANGES[change](json.loads(draw.instance))))

    with pytest.raises(CommandError):
        redrawn(file)


def test_a_file_in_another_form_is_not_the_one_that_was_hashed(published):
    _played, draw, file = published
    file.write_text(json.dumps(json.loads(draw.instance), indent=1))

    with pytest.raises(CommandError):
        redrawn(file)


def test_the_file_names_nobody_and_nothing(published):
    played, draw, _file = published
    told = json.loads(draw.instance)
    secrets = [draw.salt, *Assignment.objects.values_list("alias", flat=True)]
    for application in played.applications:
        secrets += [application.folio, application.public_id, application.project_title]
        secrets += [str(application.organization), application.organization.public_id]
    for person in [*played.evaluators, *played.committee_people, played.operator]:
        secrets += [person.name, person.email, person.public_id]

    assert not [word for word in secrets if word in draw.instance]
    assert told.keys() == {
        "format", "call", "number", "costs", "seed", "seed_sha256", "salt_sha256", "solver", "files",
        "people", "edges", "pairs",
    }  # fmt: skip
    assert all(one.keys() == {"alias", "wanted"} for one in told["files"])
    assert all(one.keys() == {"alias", "load"} for one in told["people"])


def test_aliases_are_in_no_order_but_their_own_and_of_one_draw_alone(published):
    played, draw, _file = published
    told = json.loads(draw.instance)
    own = [drawing.alias(draw.salt, "p", one.pk) for one in played.evaluators]
    others = [drawing.alias("3" * 64, "p", one.pk) for one in played.evaluators]

    assert [one["alias"] for one in told["people"]] == sorted(own)
    assert not set(own) & set(others)


def test_the_instance_is_the_same_however_the_database_gives_its_rows(published):
    played, draw, _file = published
    applications = {one.pk: one for one in played.applications}
    people = {one.pk: one for one in played.evaluators}

    def laid(turn):
        return drawing.lay_out(draw, dict(turn(applications.items())), dict(turn(people.items()))).instance

    assert drawing.canonical(laid(list)) == drawing.canonical(laid(lambda rows: reversed(list(rows))))
    assert sharing_out.draw(laid(list)) == []


# The pages --------------------------------------------------------------------------------------------


def test_the_coordination_commits_then_draws(client):
    played = evaluation("declare")
    client.force_login(played.secretary)

    first = client.get(address("coordination", played))
    client.post(address("commit_draw", played))
    again = client.post(address("commit_draw", played), follow=True)
    ready = client.get(address("coordination", played))
    done = client.post(address("distribute", played), follow=True)

    assert "Comprometer el sorteo" in first.text
    assert "Sortear y repartir" not in first.text
    assert "Ya hay un sorteo comprometido" in again.text
    assert "Sortear y repartir" in ready.text
    assert "Comprometer el sorteo" not in ready.text
    assert "Se pidió el sorteo" in done.text
    assert "Sortear y repartir" not in done.text


def test_an_evaluator_tells_what_they_know_best_and_may_take_it_back(client):
    played = evaluation("appoint")
    SpecialtyFactory()
    client.force_login(played.evaluators[0])
    mine = Specialty.objects.filter(membership__user=played.evaluators[0])
    page = client.get(address("specialties", played))
    key = page.context["form"].fields["modalities"].choices[0][0]

    client.post(address("specialties", played), {"modalities": [key]})
    told = list(mine.values_list("kind", "key"))
    wrong = client.post(address("specialties", played), {"modalities": ["otra"]})
    client.post(address("specialties", played), {})

    assert told == [("modality", key)]
    assert wrong.context["form"].errors.keys() == {"modalities"}
    assert not mine.exists()


@pytest.mark.parametrize("who", ["operator", "chair", "stranger"])
def test_nobody_else_tells_what_they_know_best(client, who):
    played = evaluation("appoint")
    person = UserFactory() if who == "stranger" else getattr(played, who)
    client.force_login(person)

    assert client.get(address("specialties", played)).status_code == 404
    with pytest.raises(PermissionDenied):
        draws.tell_specialties(played.call, by=person, modalities=[])


def test_who_left_the_pool_weighs_nothing():
    played = evaluation("declare")
    draws.tell_specialties(played.call, by=played.evaluators[0], regions=["Norte"])
    committees.remove_evaluator(played.call, played.evaluators[0], by=played.operator, reason="Renunció.")

    assert Membership.objects.filter(user=played.evaluators[0], role=Role.EVALUATOR, until=None).count() == 0
    with pytest.raises(PermissionDenied):
        draws.tell_specialties(played.call, by=played.evaluators[0], regions=["Norte"])


@pytest.mark.parametrize("number", [2, 6])
def test_a_draw_asks_as_much_for_few_as_for_many(number, django_assert_num_queries):
    played = evaluation("commit", applications=number, evaluators=number)
    draw = draws.committed(played.call)
    people = drawing.ready_evaluators(played.call)
    applications = {one.pk: one for one in Application.objects.select_related("modality", "municipality")}

    with django_assert_num_queries(15):
        laid = drawing.lay_out(draw, applications, people)

    assert len(laid.instance["edges"]) == number * number


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_press_at_once_and_there_is_one_draw():
    played = evaluation("commit")
    people = [played.operator, played.secretary]

    answers = race(lambda number: reviews.distribute(played.call, by=people[number % 2]))

    refused = [answer for answer in answers if isinstance(answer, reviews.CannotAssign)]
    assert (len(answers) - len(refused), len(refused)) == (1, 7), answers
    assert Draw.objects.get().given == Assignment.objects.count() == 6


@pytest.mark.django_db(transaction=True)
def test_a_draw_is_committed_once_however_many_press():
    played = evaluation("declare")

    answers = race(lambda number: draws.commit(played.call, by=played.operator))

    assert sum(isinstance(answer, draws.CannotCommit) for answer in answers) == 7, answers
    assert Draw.objects.count() == 1
