"""Every act on an application × everybody × every state: what ``acts.yaml`` says, and nothing else (R3, S4).

Each act is pressed at its best: whatever else it asks for is there (the right time, documents met, defects
corrected), so that only who presses and the state decide.
"""

import copy
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.acts import Act, ActNotPossible
from accounts.models import Role, TrailEntry
from calls import states
from calls.actions import applications, desk, renouncing, withdrawing
from calls.models import Application, Barred, Call, Defect, Prevention, ReadingRight
from calls.states import ApplicationState
from evaluations.actions import promoting, releasing
from evaluations.models import Outcome, Ruling
from tests.factories.accounts import UserFactory, kind_for, member
from tests.factories.applications import (
    ApplicationFactory,
    OrganizationFactory,
    drafter_of,
    representative_of,
)
from tests.factories.evaluations import CommitteeFactory, RulingFactory, SessionFactory
from tests.factories.reception import RequirementCheckFactory
from tests.factories.renunciations import RenunciationFactory

TABLE = yaml.safe_load((Path(__file__).parent / "acts.yaml").read_text())
ACTS = {one.name: one for one in vars(states).values() if isinstance(one, Act)}
ACTS = {name: act for name, act in ACTS.items() if name.startswith("application.")}
REACHED = [state for state in TABLE["states"] if state not in TABLE["unreached"]]
DAY = timedelta(days=1)


# The table is whole: what the code knows, it names, and the other way round


def test_the_table_names_every_act_and_every_state():
    assert sorted(TABLE["who"]) == sorted(ACTS)
    assert sorted(TABLE["states"]) == sorted(ApplicationState.values)


def test_the_table_says_of_each_state_what_the_acts_make_of_it():
    by_the_code = {
        state: {name: act.target for name, act in ACTS.items() if state in act.sources}
        for state in ApplicationState.values
    }

    assert TABLE["states"] == by_the_code


def test_every_state_is_reached_by_an_act_or_named_as_not_reached_yet():
    targets = {act.target for act in ACTS.values()} | {ApplicationState.DRAFT.value}

    assert sorted(targets) == sorted(REACHED)


# Everybody


def people_of(application):
    """A person for each role of the closed list, in the body nearest to the application, and others."""
    organization, call = application.organization, application.call
    own = {Role.REPRESENTATIVE: representative_of(organization), Role.DRAFTER: drafter_of(organization)}
    bodies = {"agency": call.agency.body, "committee": call.committee.body}
    people = {role.value: own.get(role) or member(role, bodies.get(kind_for(role))) for role in Role}
    strangers = {
        "head elsewhere": member(Role.HEAD),
        "operator elsewhere": member(Role.OPERATOR),
        "representative of another organization": representative_of(OrganizationFactory()),
        "operator who scores the call": operator_who(application, ReadingRight, kind="evaluator"),
        "operator who is barred": operator_who(application, Barred),
        "operator who acts for the applicant": operator_of_both(application),
        "nobody signed in": AnonymousUser(),
    }
    return people | strangers


def operator_who(application, model, **fields):
    person = member(Role.OPERATOR, application.call.agency.body)
    model.objects.create(user=person, application=application, since=timezone.now(), **fields)
    return person


def operator_of_both(application):
    person = member(Role.OPERATOR, application.call.agency.body)
    person.memberships.create(body=application.organization.body, role=Role.DRAFTER, since=timezone.now())
    return person


# Each act, pressed at its best


def submit(application, by):
    applications.submit(application, by=by)


def correct(application, by):
    Prevention.objects.update(due_at=timezone.now() + DAY)
    Defect.objects.update(corrected_at=timezone.now())
    applications.correct(application, by=by)


def withdraw(application, by):
    withdrawing.withdraw(application, by=by)


def prevent(application, by):
    requirement = desk.required(application)[0]
    desk.prevent(application, [desk.DefectFound("outdated", "Suba el vigente.", requirement)], by=by)


def admit(application, by):
    desk.admit(application, by=by)


def discard(application, by):
    Prevention.objects.update(due_at=timezone.now() - DAY)
    desk.discard(application, reason="No cumple.", by=by, curable=False)


def released(outcome, **said):
    def release(application, by):
        Call.objects.update(state="sealed", sealed_at=timezone.now())
        Ruling.objects.filter(application=application, state="drafted").update(
            state="sealed", outcome=outcome, decided_at=timezone.now(), **said
        )
        releasing.release(Call.objects.get(), by=by, reason="Una sesión más.")

    return release


def renounce(application, by):
    renouncing.renounce(application, reason="Ya no puede ejecutarse.", by=by)


def promote(application, by):
    """Somebody else of the call renounced, so that there is money."""
    RenunciationFactory(application__call=application.call, application__folio="SOL-DE-OTRA-0001")
    ruling = Ruling.objects.get(application=application)
    promoting.promote(ruling, by=by, reasons="Sigue en la lista.", legal_basis="Regla 9.")


PRESS = {
    "application.submit": submit,
    "application.correct": correct,
    "application.withdraw": withdraw,
    "application.prevent": prevent,
    "application.admit": admit,
    "application.discard": discard,
    "application.award": released(Outcome.AWARD, amount=50_000),
    "application.reserve": released(Outcome.RESERVE, reserve_order=1),
    "application.decline": released(Outcome.NOT_AWARDED),
    "application.renounce": renounce,
    "application.promote": promote,
}
REFUSALS = (
    PermissionDenied, ActNotPossible, applications.CannotSubmit, applications.CannotCorrect,
    withdrawing.CannotWithdraw, desk.CannotPrevent, desk.CannotAdmit, desk.CannotDiscard, desk.MustNotDecide,
    releasing.CannotRelease, renouncing.CannotRenounce, promoting.CannotPromote,
)  # fmt: skip


PERMISSIONS = {
    "application.submit": ["calls.change_application", "calls.submit_application"],
    "application.correct": ["calls.correct_application", "calls.submit_application"],
    "application.withdraw": ["calls.submit_application"],
    "application.prevent": ["calls.check_application"],
    "application.admit": ["calls.check_application"],
    "application.discard": ["calls.check_application"],
    "application.renounce": ["calls.renounce_application"],
}  # what the page of an act asks before the act asks for itself; results are released on a page of the call


def may_open(person, name, application):
    """Whether the page of the act opens for this person while the application is in its state."""
    asked = PERMISSIONS.get(name)
    if asked is None:
        acts_on_call = {"application.promote": "evaluations.promote_reserve"}
        return person.has_perm(acts_on_call.get(name, "evaluations.release_results"), application.call)
    return all(person.has_perm(permission, application) for permission in asked)


# The world, made once for each state, which is reached by the acts themselves


def begun():
    """A draft that lacks nothing, its documents found met, and a ruling of a session that is over."""
    application, now = ApplicationFactory(complete=True), timezone.now()
    for requirement in desk.required(application):
        RequirementCheckFactory(application=application, requirement=requirement)
    committee = CommitteeFactory(call=application.call)
    session = SessionFactory(committee=committee, state="closed", opened_at=now, closed_at=now)
    RulingFactory(
        application=application, session=session, state="drafted", decided_by=UserFactory(),
        reasons="Por sus puntos.", legal_basis="Regla 9.",
    )  # fmt: skip
    return application


def way_to(state, here="draft", gone=()):
    """The acts that lead from a draft to a state, by the table; None where none do."""
    if here == state:
        return list(gone)
    ways = (
        way_to(state, there, (*gone, name))
        for name, there in TABLE["states"][here].items()
        if name not in gone
    )
    return min((way for way in ways if way is not None), key=len, default=None)


def brought_to(state, application, people):
    """The application in that state; one that no act reaches is put there, past the guard."""
    if state in TABLE["unreached"]:
        put(application, state)
        return
    for name in way_to(state):
        PRESS[name](fresh(application), by=people[TABLE["who"][name][0]])


def put(application, state):
    """In a new row instead of the old one: the guard lets nothing move to where no act leads."""
    row = Application.objects.filter(pk=application.pk).values().get()
    made = {"state": state, "folio": "SOL-1", "submitted_at": row["started_at"], "awarded_amount": 1}
    Application.objects.filter(pk=application.pk)._raw_delete("default")
    Application.objects.create(**row | made | {"submitted_by_id": row["started_by_id"]})


def fresh(application):
    return Application.objects.select_related(*READ).get(pk=application.pk)


READ = ("call__publication__edition__program__agency__body", "organization__body")


def what_came_of(name, application, person, before):
    """The state to which the act led, or *refused*, with nothing changed. All of it is undone."""
    undo = transaction.savepoint()
    is_done = pressed(name, copy.copy(application), person)
    after = seen(application)
    transaction.savepoint_rollback(undo)
    assert is_done or after == before, (name, person, "was refused and yet changed something")
    return after["state"] if is_done else REFUSED


REFUSED = "refused"


def pressed(name, application, person):
    """Whether it was done. Whoever is not signed in has only the page, which does not open."""
    if not person.is_authenticated:
        return may_open(person, name, application)
    try:
        PRESS[name](application, by=person)
    except REFUSALS:
        return False
    return True


def seen(application):
    row = Application.objects.filter(pk=application.pk).values().get()
    return row | {"trail": TrailEntry.objects.about(application).count()}


@pytest.mark.django_db
@pytest.mark.parametrize("state", TABLE["states"])
def test_each_act_leads_where_the_table_says_and_for_nobody_else(state):
    application = begun()
    people = people_of(application)
    brought_to(state, application, people)
    application = fresh(application)

    before = seen(application)

    came = {
        (name, who): what_came_of(name, application, person, before)
        for name in ACTS
        for who, person in people.items()
    }

    assert came == {
        (name, who): TABLE["states"][state].get(name, REFUSED) if who in TABLE["who"][name] else REFUSED
        for name in ACTS
        for who in people
    }
    done = [pair for pair in came if came[pair] != REFUSED]
    assert [(name, who) for name, who in done if not may_open(people[who], name, application)] == []
    assert moved_by_hand(application) == sorted(LEFT_OPEN[state])


# The database itself: a move that no act makes is refused whoever writes


# The moves that some act makes; what is sent needs besides a folio, which no hand writes here
LEFT_OPEN = {state: set(acts.values()) - {"submitted"} for state, acts in TABLE["states"].items()}


def moved_by_hand(application):
    """The states to which the database lets somebody write the application past every act."""
    facts = {"discard_reason": "No cumple.", "awarded_amount": 1}
    others = (state for state in ApplicationState.values if state != application.state)
    return sorted(to for to in others if written(application, state=to, **facts))


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"folio": "SOL-9"}, {"submitted_at": timezone.now()}, {"folio": None}])
def test_the_database_keeps_folio_time_and_sender_as_they_were_received(change):
    application = ApplicationFactory(submitted=True)

    assert not written(application, **change)
    assert written(application, project_title="Otro título")


def written(application, **change):
    """Whether the database lets somebody write that without any act; undone."""
    undo = transaction.savepoint()
    try:
        with transaction.atomic():
            Application.objects.filter(pk=application.pk).update(**change)
    except IntegrityError:
        return False
    finally:
        transaction.savepoint_rollback(undo)
    return True
