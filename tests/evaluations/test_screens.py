"""Each screen of the evaluation, for the person it is made for and for those it is not."""

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import Role
from calls.models import Application
from evaluations import standing
from evaluations.models import Assignment, Review, Ruling, Vote
from evaluations.states import ReviewState, RulingState
from jobs import runner
from tests.factories.accounts import UserFactory, member
from tests.factories.evaluations import evaluation, fill

pytestmark = pytest.mark.django_db


def address(name, *args):
    return reverse(f"evaluations:{name}", args=args)


def first_file(played):
    return Assignment.objects.of_call(played.call).filter(evaluator=played.evaluators[0]).first()


def typed(review, level=2, **instead):
    """The form of a review filled in as a browser sends it."""
    call = review.assignment.application.call
    sent = {}
    for key, levels in standing.levels_of(call).items():
        sent |= {f"level-{key}": levels[level].key, f"reason-{key}": "Bien fundado.", f"private-{key}": "ojo"}
    return sent | instead


def test_an_evaluator_scores_from_the_queue_to_the_hand_in(client):
    played = evaluation("distribute")
    assignment = first_file(played)
    client.force_login(played.evaluators[0])

    assert assignment.alias in client.get(address("board")).text
    page = client.get(assignment.get_absolute_url())
    assert assignment.application.project_title in page.text
    saved = client.post(assignment.get_absolute_url(), typed(assignment.review) | {"hand_in": "1"})
    confirm = client.get(saved["Location"])
    assert "100.00" in confirm.text
    done = client.post(saved["Location"])

    assert done.status_code == 302
    review = Review.objects.get(assignment=assignment)
    assert (review.state, review.total) == (ReviewState.HANDED_IN, 100)


def test_autosave_keeps_any_state_and_answers_the_time(client):
    played = evaluation("distribute")
    assignment = first_file(played)
    client.force_login(played.evaluators[0])

    answer = client.post(address("autosave", assignment.alias), {"reason-diagnostico": "Falta"})

    assert set(answer.json()) == {"saved_at"}
    assert assignment.review.scores.get().justification == "Falta"


# Session, person, file; in one transaction, the lock, the roles, criteria, levels, scores and moment.
# PostgreSQL asks for its lock in a statement of its own.
AUTOSAVED = {"postgresql": 12, "sqlite": 11}


@pytest.mark.parametrize("criteria", [1, 2])
def test_an_autosave_costs_the_same_for_one_criterion_as_for_all(client, criteria, django_assert_num_queries):
    assignment = first_file(played := evaluation("distribute"))
    client.force_login(played.evaluators[0])
    keys = [criterion.key for criterion in standing.criteria_of(played.call)][:criteria]
    sent = {name: value for name, value in typed(assignment.review).items() if name.partition("-")[2] in keys}
    client.post(address("autosave", assignment.alias), sent)

    with django_assert_num_queries(AUTOSAVED[connection.vendor]):
        client.post(address("autosave", assignment.alias), sent | {"reason-diagnostico": "Otra razón"})

    kept = assignment.review.scores.get(criterion__key="diagnostico")
    assert (kept.justification, kept.private_note) == ("Otra razón", "ojo")
    assert assignment.review.scores.count() == criteria


def test_an_autosave_keeps_what_it_does_not_hold(client):
    assignment = first_file(played := evaluation("distribute"))
    client.force_login(played.evaluators[0])
    client.post(address("autosave", assignment.alias), typed(assignment.review))

    client.post(address("autosave", assignment.alias), {"private-diagnostico": "releer"})

    kept = assignment.review.scores.get(criterion__key="diagnostico")
    assert (kept.points is not None, kept.justification, kept.private_note) == (
        True,
        "Bien fundado.",
        "releer",
    )


def test_what_is_missing_is_said_beside_its_criterion_and_what_was_typed_stays(client):
    played = evaluation("distribute")
    assignment = first_file(played)
    client.force_login(played.evaluators[0])
    client.post(assignment.get_absolute_url(), typed(assignment.review, **{"reason-diagnostico": ""}))

    page = client.get(address("hand_in", assignment.alias))

    assert page.status_code == 422
    assert page.text.count("Escriba por qué, en «Diagnostico»") == 2
    assert "Bien fundado." in page.text


def test_who_recognises_the_organization_leaves_the_file(client):
    played = evaluation("distribute", evaluators=4)
    assignment = first_file(played)
    client.force_login(played.evaluators[0])

    client.post(address("recuse", assignment.alias), {"kind": "friendship", "detail": "Vecinas"})

    assert client.get(assignment.get_absolute_url()).status_code == 404
    assert assignment.alias not in client.get(address("board")).text


def test_the_declaration_lists_who_applied_and_keeps_what_is_declared(client):
    played = evaluation("appoint")
    organization = played.applications[0].organization
    client.force_login(played.evaluators[0])

    page = client.get(address("declare", played.call.folio))
    assert organization.body.name_es in page.text
    refused = client.post(address("declare", played.call.folio), {f"kind-{organization.public_id}": "family"})
    assert refused.status_code == 200
    client.post(
        address("declare", played.call.folio),
        {f"kind-{organization.public_id}": "family", "nothing_else": "on"},
    )

    assert played.evaluators[0].barred_from.get().application == played.applications[0]


def test_the_operator_appoints_adds_and_gives_out(client):
    played = evaluation()
    person = UserFactory(name="Nadia Gil")
    client.force_login(played.operator)

    client.post(
        address("appoint", played.call.folio),
        {"seat": "presidencia", "person": person.email, "how_chosen": "Por su cargo"},
    )
    page = client.get(address("coordination", played.call.folio))

    assert "Nadia Gil" in page.text
    refused = client.post(
        address("appoint", played.call.folio),
        {"seat": "presidencia", "person": "nadie@demo.example", "how_chosen": "Por su cargo"},
    )
    assert "nadie@demo.example" in refused.text


def test_a_person_of_an_applicant_is_refused_at_the_field(client):
    played = evaluation("appoint")
    ana = played.applications[0].organization.body.memberships.get().user
    client.force_login(played.operator)

    refused = client.post(address("add_evaluator", played.call.folio), {"person": ana.email})

    assert "pertenece a una organización que solicitó" in refused.text
    assert ana.email in refused.text


def test_the_files_are_given_out_from_the_coordination_page(client):
    played = evaluation("commit")
    client.force_login(played.operator)

    client.post(address("distribute", played.call.folio))
    runner.drain()

    assert Assignment.objects.of_call(played.call).count() == 6


def test_the_ranking_waits_for_every_review(client):
    played = evaluation("distribute")
    client.force_login(played.secretary)
    titles = [a.folio for a in played.applications]

    before = client.get(address("ranking", played.call.folio)).text
    played.score()
    after = client.get(address("ranking", played.call.folio)).text

    assert not any(title in before for title in titles)
    assert all(title in after for title in titles)


def test_the_committee_meets_votes_and_rules_on_screen(client):
    played = evaluation("score")
    client.force_login(played.secretary)
    client.post(address("convene", played.call.folio), {"scheduled_for": "2026-12-01T10:00", "place": "Sala"})
    session = played.call.committee.sessions.get()
    members = list(played.call.committee.members.all())
    client.post(address("open_session", session.folio), {"present": [m.pk for m in members]})
    for person in [played.chair, *played.members]:
        client.force_login(person)
        client.post(address("cast_vote", session.folio, 1), {"choice": "award"})
    client.force_login(played.chair)

    page = client.get(address("session_file", session.folio, 1))
    sent = {
        "outcome": "award",
        "amount": "100000.00",
        "reasons": "Cumple.",
        "legal_basis": "ROP 2026.",
        "issue": "1",
    }
    done = client.post(address("rule", session.folio, 1), sent)

    assert "Bien" not in page.text
    assert done.status_code == 302
    assert Vote.objects.count() == 3
    assert Ruling.objects.get().state == RulingState.SEALED


def test_a_ruling_without_reason_is_answered_at_the_field_and_keeps_what_was_typed(client):
    played = evaluation("vote")
    client.force_login(played.chair)

    answer = client.post(
        address("rule", played.session.folio, 1),
        {"outcome": "award", "amount": "100000.00", "legal_basis": "ROP 2026, numeral 12.", "issue": "1"},
    )

    assert answer.status_code == 422
    assert answer.context["ruling_form"].errors.keys() == {"reasons"}
    assert "ROP 2026, numeral 12." in answer.text
    assert Ruling.objects.get().state == RulingState.DRAFTED


def test_the_head_reads_every_notice_and_releases_once(client):
    played = evaluation("close")
    client.force_login(played.head)

    page = client.get(address("release", played.call.folio))
    assert page.text.count("<summary>Resultado de su solicitud") == 3
    assert "(100 %)" in page.text
    refused = client.post(address("release", played.call.folio), {"reason": "Se sumó una sesión."})
    assert Ruling.objects.released().count() == 0
    done = client.post(
        address("release", played.call.folio), {"reason": "Se sumó una sesión.", "read_over": "on"}
    )

    assert (refused.status_code, done.status_code) == (200, 302)
    assert Ruling.objects.released().count() == 3


def test_released_results_are_read_without_an_account(client):
    played = evaluation("release")

    listed = client.get(address("results"))
    page = client.get(address("call_results", played.call.folio))

    assert played.call.folio in listed.text
    assert all(a.folio in page.text for a in Application.objects.all())
    assert client.get(address("committee", played.call.folio)).status_code == 200


PAGES = [
    "coordination", "appoint", "add_evaluator", "declare", "ranking", "reviews", "convene", "release",
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_nobody_else_finds_the_pages_of_a_call(client, page):
    played = evaluation("close")
    outsiders = [UserFactory(), played.applications[0].organization.body.memberships.get().user]

    answers = []
    for person in outsiders:
        client.force_login(person)
        answers.append(client.get(address(page, played.call.folio)).status_code)

    assert answers == [404, 404]


def test_handing_in_twice_is_told_kindly(client):
    played = evaluation("distribute")
    assignment = first_file(played)
    fill(assignment.review)
    client.force_login(played.evaluators[0])

    client.post(address("hand_in", assignment.alias))
    again = client.post(address("hand_in", assignment.alias), follow=True)

    assert "ya se había entregado" in again.text


REFUSED = {
    "open_session": {"member", "head", "auditor"},
    "cast_vote": {"secretary", "head"},
    "rule": {"member", "head"},
    "vote_all": {"secretary", "head", "auditor"},
    "propose_all": {"member", "head", "auditor"},
    "issue_all": {"secretary", "member", "head", "auditor"},
    "close_session": {"member", "head", "auditor"},
}


@pytest.mark.parametrize("name", REFUSED)
def test_who_sees_the_session_but_may_not_do_this_is_told_so_before_any_form(client, name):
    played = evaluation("convene" if name == "open_session" else "open")
    folio = played.session.folio
    people = {
        "member": played.members[0], "head": played.head, "secretary": played.secretary,
        "auditor": member(Role.AUDITOR),
    }  # fmt: skip
    file = (1,) if name in ("cast_vote", "rule") else ()

    for role in REFUSED[name]:
        client.force_login(people[role])
        assert client.get(played.session.get_absolute_url()).status_code == 200
        assert client.post(address(name, folio, *file), {"choice": "nonsense"}).status_code == 403, role

    assert not Vote.objects.exists()
    assert not Ruling.objects.exists()


def test_the_secretary_drafts_and_does_not_issue(client):
    played = evaluation("open")
    client.force_login(played.secretary)

    answer = client.post(address("rule", played.session.folio, 1), {"outcome": "award", "issue": "1"})

    assert answer.status_code == 403
    assert "presidencia" in answer.text.lower()
    assert not Ruling.objects.exists()


def test_a_file_that_the_comptroller_does_not_see_is_not_there_to_be_voted(client):
    played = evaluation("open")
    client.force_login(member(Role.AUDITOR))

    for name in ("cast_vote", "rule"):
        assert client.post(address(name, played.session.folio, 1), {"choice": "award"}).status_code == 404
