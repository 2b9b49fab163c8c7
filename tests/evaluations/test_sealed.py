"""What is sealed stays as it was: the database refuses, and where it was forced, the change is found."""

import pytest
from django.db import DatabaseError, connection, transaction

from accounts import triggers, verification
from evaluations import seals
from evaluations.models import ConflictDeclaration, Review, Ruling, Score
from tests.factories.evaluations import RulingFactory, evaluation

pytestmark = pytest.mark.django_db

ATTACKS = [
    "UPDATE evaluations_review SET total = 1 WHERE state = 'handed_in'",
    "DELETE FROM evaluations_review WHERE state = 'handed_in'",
    "UPDATE evaluations_score SET points = 0",
    "UPDATE evaluations_score SET justification = 'otra'",
    "DELETE FROM evaluations_score",
    "UPDATE evaluations_ruling SET amount = 1",
    "UPDATE evaluations_ruling SET reasons = 'otros'",
    "DELETE FROM evaluations_ruling",
    "UPDATE evaluations_vote SET choice = 'abstain'",
    "DELETE FROM evaluations_vote",
    "UPDATE evaluations_conflictdeclaration SET kind = 'other' WHERE kind <> 'none'",
    "DELETE FROM evaluations_conflictdeclaration",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_database_refuses_to_change_what_was_sealed(attack):
    played = evaluation("rule")
    if "kind" in attack:
        from evaluations.actions import conflicts

        organization = played.applications[0].organization
        conflicts.declare(played.call, by=played.operator, conflicts=[(organization, "family", "")])

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)


FORCED = [
    ("evaluations_score", "points = 0"),
    ("evaluations_score", "private_note = 'x'"),
    ("evaluations_review", "total = 1"),
    ("evaluations_ruling", "reasons = 'x'"),
    ("evaluations_ruling", "legal_basis = 'x'"),
]


@pytest.mark.parametrize(("table", "change"), FORCED)
def test_a_change_made_past_the_database_is_found_and_nothing_else_is_accused(table, change):
    played = evaluation("rule")
    assert seals.broken(played.call) == []

    force(table, change)

    (found,) = seals.broken(played.call)
    expected = Ruling if table == "evaluations_ruling" else Review
    assert isinstance(found, expected)
    assert found.pk == expected.objects.order_by("pk").first().pk


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "sealed"},
        {"state": "sealed", "reasons": "R"},
        {"outcome": "award"},
        {"outcome": "reserve", "amount": 10},
    ],
)
def test_the_database_refuses_a_ruling_without_what_it_owes(changes):
    with pytest.raises(DatabaseError), transaction.atomic():
        RulingFactory(**changes)


def test_a_declaration_is_with_an_organization_or_with_none():
    played = evaluation("declare")

    with pytest.raises(DatabaseError), transaction.atomic():
        ConflictDeclaration.objects.create(
            call=played.call, user=played.head, capacity="agency", kind="family", at=played.call.sealed_at
        )


def test_a_score_of_a_level_has_its_points():
    played = evaluation("distribute")
    review = Review.objects.of_call(played.call).first()
    from evaluations import standing

    with pytest.raises(DatabaseError), transaction.atomic():
        Score.objects.create(review=review, criterion=standing.criteria_of(played.call)[0], points=5)


DRILL = {
    "evaluations_score": ("points = 0", "evaluations.review"),
    "evaluations_ruling": ("reasons = 'otros motivos'", "evaluations.ruling"),
    "evaluations_vote": ("choice = 'abstain'", "evaluations.vote"),
}


def test_a_changed_score_ruling_and_vote_are_all_three_named():
    """The tamper drill: past the triggers, by whoever holds the database, and the portal's own check."""
    evaluation("release")
    assert told_by_verification() == ""

    for table, (change, _named) in DRILL.items():
        force(table, change)

    said = told_by_verification()
    assert [named for _change, named in DRILL.values() if f"{named} " not in said] == []
    assert len(said.splitlines()) == len(DRILL)


def told_by_verification():
    return "\n".join(str(difference) for difference in verification.differences())


def force(table, change):
    guards = [guard for guard in triggers.all_guards() if guard.table == table]
    for guard in guards:
        triggers.remove(guard, connection)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {change} WHERE id = (SELECT MIN(id) FROM {table})")
    for guard in guards:
        triggers.lay(guard, connection)
