"""Every act of the evaluation, tried by the wrong people and at the wrong time."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.acts import ActNotPossible
from accounts.models import Membership, Role, TrailEntry
from calls.models import Barred, ReadingRight
from evaluations.actions import committees, conflicts, draws, releasing, reviews, rulings, sessions
from evaluations.models import Assignment, CommitteeMember, Ruling
from programs.models import CommitteeSeat
from tests.factories.accounts import MembershipFactory, UserFactory, member
from tests.factories.evaluations import evaluation, fill

pytestmark = pytest.mark.django_db

# Who tries each act, from a moment at which its own person could do it
ACTS = {
    "appoint": (None, lambda e, by: committees.add_evaluator(e.call, UserFactory(), by=by)),
    "declare": ("appoint", lambda e, by: conflicts.declare(e.call, by=by)),
    "commit": ("declare", lambda e, by: draws.commit(e.call, by=by)),
    "distribute": ("commit", lambda e, by: reviews.distribute(e.call, by=by)),
    "save": ("distribute", lambda e, by: reviews.save(_review(e), {}, by=by)),
    "hand_in": ("distribute", lambda e, by: reviews.hand_in(fill(_review(e)), by=by)),
    "reopen": ("score", lambda e, by: reviews.reopen(_review(e), by=by, reason="Un nivel mal leído.")),
    "convene": ("score", lambda e, by: _convene(e, by=by)),
    "open": ("convene", lambda e, by: sessions.open(e.session, by=by, present=_members(e))),
    "vote": ("open", lambda e, by: sessions.vote(e.session, e.applications[0], "award", by=by)),
    "draft": ("vote", lambda e, by: rulings.propose_all(e.session, by=by)),
    "issue": ("vote", lambda e, by: rulings.issue(_drafted(e), by=by)),
    "close": ("rule", lambda e, by: sessions.close(e.session, by=by)),
    "release": ("close", lambda e, by: releasing.release(e.call, by=by, reason="Se sumó una sesión.")),
}
ALLOWED = {
    "appoint": {"operator", "head"},
    "declare": {"operator", "head", "chair", "secretary", "member", "evaluator"},
    "commit": {"operator", "head", "chair", "secretary"},
    "distribute": {"operator", "head", "chair", "secretary"},
    "save": {"evaluator"},
    "hand_in": {"evaluator"},
    "reopen": {"chair"},
    "convene": {"chair", "secretary"},
    "open": {"chair", "secretary"},
    "vote": {"chair", "member"},
    "draft": {"chair", "secretary"},
    "issue": {"chair"},
    "close": {"chair", "secretary"},
    "release": {"head"},
}
ROLES = [
    "operator", "head", "chair", "secretary", "member", "evaluator", "other_evaluator", "representative",
    "auditor", "other_head", "stranger",
]  # fmt: skip


def _review(played):
    return (
        Assignment.objects.of_call(played.call)
        .get(application=played.applications[0], evaluator=_reader(played))
        .review
    )


def _reader(played):
    held = (
        Assignment.objects.of_call(played.call)
        .filter(application=played.applications[0])
        .order_by("pk")
        .first()
    )
    return held.evaluator if held else played.evaluators[0]


def _convene(played, *, by):
    return sessions.convene(
        played.call, by=by, scheduled_for=timezone.now() + timedelta(days=1), place="Sala"
    )


def _members(played):
    return list(CommitteeMember.objects.filter(committee=played.call.committee))


def _drafted(played):
    found = Ruling.objects.filter(application=played.applications[0]).first()
    if found is None:
        rulings.propose_all(played.session, by=played.secretary)
        found = Ruling.objects.get(application=played.applications[0])
    return found


def person(played, role):
    own = {
        "operator": played.operator, "head": played.head, "chair": played.chair,
        "secretary": played.secretary, "member": played.members[0],
    }  # fmt: skip
    if role in own:
        return own[role]
    if role == "evaluator":
        return _reader(played)
    if role == "other_evaluator":
        theirs = Assignment.objects.filter(application=played.applications[0]).values("evaluator")
        others = [e for e in played.evaluators if e.pk not in set(theirs.values_list("evaluator", flat=True))]
        return others[0] if others else UserFactory()
    if role == "representative":
        return played.applications[0].organization.body.memberships.get().user
    elsewhere = {"auditor": Role.AUDITOR, "other_head": Role.HEAD}
    return member(elsewhere[role]) if role in elsewhere else UserFactory()


@pytest.mark.parametrize("act", ACTS)
def test_each_act_belongs_to_its_roles_and_to_nobody_else(act):
    until, do = ACTS[act]
    played = evaluation(until)
    allowed, trail = ALLOWED[act], TrailEntry.objects
    if act == "declare":
        allowed = allowed | {"other_evaluator"}

    for role in ROLES:
        who = person(played, role)
        if role in allowed:
            continue
        before = trail.filter(by=who).count()
        with pytest.raises(PermissionDenied):
            do(played, who)
        assert trail.filter(by=who).count() == before
    do(played, person(played, next(role for role in ROLES if role in allowed)))


def test_nobody_of_an_applicant_has_a_place_in_the_evaluation():
    played = evaluation("declare")
    ana = played.applications[0].organization.body.memberships.get().user
    seat = CommitteeSeat.objects.of_publication(played.call.publication_id).get(key="academia")

    with pytest.raises(committees.CannotAppoint):
        committees.add_evaluator(played.call, ana, by=played.operator)
    with pytest.raises(committees.CannotAppoint):
        committees.appoint(
            played.call, seat, ana, by=played.operator, how_chosen="Por cargo", substitute=True
        )


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.HEAD, Role.VERIFIER])
def test_who_works_at_the_desk_does_not_score(role):
    played = evaluation("appoint")
    agency = played.call.publication.edition.program.agency.body

    with pytest.raises(committees.CannotAppoint):
        committees.add_evaluator(played.call, member(role, agency), by=played.operator)


def test_an_evaluator_who_joins_the_desk_scores_no_more():
    played = evaluation("distribute")
    review = _review(played)
    agency = played.call.publication.edition.program.agency.body
    MembershipFactory(user=review.assignment.evaluator, body=agency, role=Role.OPERATOR)

    with pytest.raises(PermissionDenied):
        reviews.hand_in(review, by=review.assignment.evaluator)


def test_a_conflict_hides_the_file_closes_rights_and_withdraws_what_was_given():
    played = evaluation("distribute")
    assignment = _review(played).assignment
    evaluator, application = assignment.evaluator, assignment.application

    conflicts.declare(played.call, by=evaluator, conflicts=[(application.organization, "family", "Prima")])

    assignment.refresh_from_db()
    assert assignment.withdrawn_at is not None
    assert Barred.objects.filter(user=evaluator, application=application).exists()
    assert not ReadingRight.objects.filter(user=evaluator, application=application, until=None).exists()
    assert not Assignment.objects.visible_to(evaluator).filter(application=application).exists()


def test_what_the_portal_knows_is_declared_even_if_the_person_does_not():
    played = evaluation("appoint")
    evaluator, organization = played.evaluators[0], played.applications[0].organization
    MembershipFactory(user=evaluator, body=organization.body, role=Role.DRAFTER, ended=True)

    conflicts.declare(played.call, by=evaluator)

    assert evaluator.barred_from.get().application == played.applications[0]


def test_no_file_is_given_to_who_has_not_declared():
    played = evaluation("appoint")

    with pytest.raises(reviews.CannotAssign):
        reviews.distribute(played.call, by=played.operator)
    with pytest.raises(reviews.CannotAssign):
        reviews.assign(played.applications[0], played.evaluators[0], by=played.operator)


def test_a_file_withdrawn_by_a_conflict_is_given_to_somebody_else():
    played = evaluation("distribute")
    assignment = _review(played).assignment
    conflicts.recuse(assignment, by=assignment.evaluator, kind="friendship")

    played.commit().distribute()

    active = Assignment.objects.active().filter(application=assignment.application)
    assert active.count() == 2
    assert assignment.evaluator_id not in active.values_list("evaluator", flat=True)


def test_an_incomplete_review_is_not_taken_and_says_what_is_missing():
    played = evaluation("distribute")
    review = _review(played)
    reviews.save(review, {"diagnostico": {"justification": "Sin nivel"}}, by=review.assignment.evaluator)

    with pytest.raises(reviews.CannotHandIn) as refused:
        reviews.hand_in(review, by=review.assignment.evaluator)

    assert set(refused.value.missing) == {"diagnostico", "desigualdad"}


def test_what_was_handed_in_can_be_changed_only_after_it_is_reopened_with_a_reason():
    played = evaluation("score")
    review = _review(played)
    with pytest.raises(reviews.CannotSave):
        reviews.save(review, {"diagnostico": {"justification": "Otra cosa"}}, by=review.assignment.evaluator)
    with pytest.raises(reviews.CannotReopen):
        reviews.reopen(review, by=played.chair, reason="  ")

    reviews.reopen(review, by=played.chair, reason="Leyó otro documento.")
    fill(review, 1)
    again = reviews.hand_in(review, by=review.assignment.evaluator)

    assert again.total == 50
    entry = TrailEntry.objects.about(review).get(act="review.reopen")
    assert (entry.by, entry.note) == (played.chair, "Leyó otro documento.")


def test_a_ruling_says_what_was_voted():
    played = evaluation("vote")
    drafted = rulings.draft(
        played.session, played.applications[0], by=played.chair, outcome="not_awarded",
        reasons="Otra cosa.", legal_basis="ROP", departure_reason="Porque sí.",
    )  # fmt: skip

    with pytest.raises(rulings.CannotRule) as refused:
        rulings.issue(drafted, by=played.chair)

    assert refused.value.field == "outcome"


@pytest.mark.parametrize(
    ("entries", "field"),
    [
        ({"reasons": ""}, "reasons"),
        ({"legal_basis": ""}, "legal_basis"),
        ({"amount": 90_000}, "amount_reason"),
    ],
)
def test_a_ruling_that_lacks_what_it_owes_is_refused_at_its_field(entries, field):
    played = evaluation("vote")
    complete = {"reasons": "Cumple.", "legal_basis": "ROP", "amount": 100_000}
    drafted = rulings.draft(
        played.session, played.applications[0], by=played.chair, outcome="award", **(complete | entries)
    )

    with pytest.raises(rulings.CannotRule) as refused:
        rulings.issue(drafted, by=played.chair)

    assert refused.value.field == field


def test_a_departure_from_the_ranking_owes_its_reason():
    played = evaluation("open")
    for who in [played.chair, *played.members]:
        sessions.vote(played.session, played.applications[0], "reserve", by=who)
    drafted = rulings.draft(
        played.session,
        played.applications[0],
        by=played.chair,
        outcome="reserve",
        reasons="R",
        legal_basis="L",
    )

    with pytest.raises(rulings.CannotRule) as refused:
        rulings.issue(drafted, by=played.chair)

    assert refused.value.field == "departure_reason"


def test_the_budget_of_the_call_is_not_exceeded():
    played = evaluation("open", budget=150_000)
    for who in [played.chair, *played.members]:
        for application in played.applications:
            sessions.vote(played.session, application, "award", by=who)
    drafts = [
        rulings.draft(
            played.session,
            a,
            by=played.chair,
            outcome="award",
            reasons="R",
            legal_basis="L",
            departure_reason="Se vota por unanimidad.",
        )
        for a in played.applications
    ]
    rulings.issue(drafts[0], by=played.chair)

    with pytest.raises(rulings.CannotRule) as refused:
        rulings.issue(drafts[1], by=played.chair)

    assert refused.value.field == "amount"


def test_who_is_recused_does_not_count_for_the_quorum_of_that_file_and_the_substitute_votes():
    played = evaluation("appoint")
    seat = CommitteeSeat.objects.of_publication(played.call.publication_id).get(key="academia")
    substitute = UserFactory(name="Sofía Rey")
    committees.appoint(
        played.call, seat, substitute, by=played.operator, how_chosen="Suplencia", substitute=True
    )
    recused = CommitteeMember.objects.get(seat=seat, is_substitute=False).user
    application = played.applications[0]
    conflicts.declare(played.call, by=recused, conflicts=[(application.organization, "economic", "")])
    conflicts.declare(played.call, by=substitute)
    played.declare().distribute().score().convene().open()

    who_votes = {m.user for m in sessions.voters(played.session, application)}
    elsewhere = {m.user for m in sessions.voters(played.session, played.applications[1])}

    assert substitute in who_votes
    assert recused not in who_votes
    assert recused in elsewhere
    assert substitute not in elsewhere
    with pytest.raises(sessions.CannotVote):
        sessions.vote(played.session, application, "award", by=recused)


def test_a_session_without_quorum_does_not_open():
    played = evaluation("convene")
    only = [m for m in _members(played) if m.user == played.secretary]

    with pytest.raises(sessions.CannotOpen):
        sessions.open(played.session, by=played.chair, present=only)


def test_results_are_not_released_while_a_ruling_is_missing():
    played = evaluation("vote")

    with pytest.raises(releasing.CannotRelease):
        releasing.release(played.call, by=played.head)

    assert not Ruling.objects.released().exists()


def test_results_are_released_once():
    played = evaluation("release")

    with pytest.raises(ActNotPossible):
        releasing.release(played.call, by=played.head, reason="Otra vez.")


def test_who_leaves_the_pool_loses_the_files_not_handed_in():
    played = evaluation("distribute")
    evaluator = played.evaluators[0]

    committees.remove_evaluator(played.call, evaluator, by=played.operator, reason="Renunció.")

    assert not Assignment.objects.active().filter(evaluator=evaluator).exists()
    assert not Membership.objects.filter(user=evaluator, role=Role.EVALUATOR, until=None).exists()


def test_a_seat_changes_hands_with_its_reason():
    played = evaluation("appoint")
    holder = CommitteeMember.objects.get(committee=played.call.committee, seat__key="presidencia")
    new = UserFactory(name="Celia Ríos")

    committees.replace(holder, new, by=played.operator, how_chosen="Por su cargo", reason="Renunció.")

    assert new.has_perm("evaluations.issue_ruling", played.call)
    assert not played.chair.has_perm("evaluations.issue_ruling", played.call)
