"""Eight press at once: each act of the evaluation is done once, and the others are told."""

from dataclasses import dataclass
from typing import Any

import pytest

from accounts.acts import Act, ActNotPossible
from accounts.models import Role, TrailEntry
from evaluations import states
from evaluations.actions import calibration, embargoes, feedback, remedies, reports, reviews, sessions
from evaluations.models import Assignment
from tests.evaluations.test_calibration import chosen, entries
from tests.evaluations.test_embargo import left_for_later
from tests.evaluations.test_remedies import WHY, filed_by_its_organization, representative, studied
from tests.factories.accounts import member
from tests.factories.evaluations import evaluation, fill
from tests.factories.voice import ControlReportFactory
from tests.harness.racing import race

pytestmark = [pytest.mark.django_db(transaction=True)]


@dataclass
class Pressed:
    """What is acted on, and the press of each of the eight: each has read it for itself."""

    thing: Any
    press: Any


def again(thing):
    """As somebody else reads it."""
    return type(thing)._base_manager.get(pk=thing.pk)


def on(thing, act, **said):
    return Pressed(thing, lambda _number: act(again(thing), **said))


def hand_in():
    assignment = Assignment.objects.of_call(evaluation("distribute").call).first()
    return on(fill(assignment.review), reviews.hand_in, by=assignment.evaluator)


def reopen():
    played = evaluation("score")
    review = Assignment.objects.of_call(played.call).first().review
    chair = played.chair
    return on(review, reviews.reopen, by=chair, reason="Faltó un criterio.")


def hand_in_sample():
    played = evaluation("distribute")
    sample, person = chosen(played), played.evaluators[0]
    calibration.save(sample, entries(played.call, 1), by=person)
    return Pressed(sample.reviews.get(), lambda _number: calibration.hand_in(again(sample), by=person))


def draw():
    played = evaluation("commit")
    thing = played.call.draws.get()
    return Pressed(thing, lambda _number: reviews.distribute(again(played.call), by=played.operator))


def open_session():
    played = evaluation("convene")
    here = list(played.call.committee.members.current())
    return on(played.session, sessions.open, by=played.chair, present=here)


def close_session():
    return _in_session("rule", "secretary", sessions.close, minutes="Sin observaciones.")


def _in_session(step, who, act, **said):
    played = evaluation(step)
    return on(played.session, act, by=getattr(played, who), **said)


def cancel_embargo():
    played = evaluation("close", applications=3, budget=150_000)
    return on(left_for_later(played), embargoes.cancel, by=played.head)


def answer_feedback():
    played = evaluation("release")
    asked = feedback.ask(played.applications[0], by=representative(played.applications[0]))
    said = {"answer": "Faltó el diagnóstico.", "main_reason": "need"}
    return on(asked, feedback.answer, by=played.operator, version=0, **said)


def _filed():
    played = evaluation("release")
    return played, filed_by_its_organization(played.applications[0])


def admit_remedy():
    played, filed = _filed()
    return on(filed, remedies.admit, by=played.head)


def dismiss_remedy():
    played, filed = _filed()
    return on(filed, remedies.dismiss, by=played.head, dismissal="unfounded", **WHY)


def study_remedy():
    played, filed = _filed()
    remedies.admit(filed, by=played.head)
    return on(filed, remedies.study, by=played.head)


def resolve_remedy():
    played, filed = _filed()
    studied(filed, played.head)
    return on(filed, remedies.resolve, by=played.head, outcome="confirmed", **WHY)


def conclude_report():
    report = ControlReportFactory()
    auditor = member(Role.AUDITOR)
    return on(report, reports.conclude, by=auditor, conclusion="Se revisó y se archiva.")


ACTS = {
    "HAND_IN": hand_in,
    "REOPEN": reopen,
    "DRAW": draw,
    "HAND_IN_SAMPLE": hand_in_sample,
    "OPEN_SESSION": open_session,
    "CLOSE_SESSION": close_session,
    "CANCEL_EMBARGO": cancel_embargo,
    "ANSWER_FEEDBACK": answer_feedback,
    "ADMIT_REMEDY": admit_remedy,
    "DISMISS_REMEDY": dismiss_remedy,
    "STUDY_REMEDY": study_remedy,
    "RESOLVE_REMEDY": resolve_remedy,
    "CONCLUDE_REPORT": conclude_report,
}
# Where more than one act decides who is first: test_race, test_embargo
ELSEWHERE = {"ISSUE", "RELEASE", "KEEP_EMBARGO", "FAIL_EMBARGO"}


def test_every_act_of_the_evaluation_is_raced():
    named = {name for name, one in vars(states).items() if isinstance(one, Act)}

    assert named == ACTS.keys() | ELSEWHERE


@pytest.mark.parametrize("name", ACTS)
def test_of_eight_that_press_one_does_it(name):
    pressed, act = ACTS[name](), getattr(states, name)

    answers = race(pressed.press)

    refused = [answer for answer in answers if isinstance(answer, Exception)]
    assert len(refused) == 7, answers
    assert {type(one) for one in refused} <= {ActNotPossible, *TOLD.get(name, ())}, refused
    assert again(pressed.thing).state == act.target
    assert TrailEntry.objects.about(pressed.thing).filter(act=act.name).count() == 1


TOLD = {
    "DRAW": (reviews.CannotAssign,),
    "REOPEN": (reviews.CannotReopen,),
    "OPEN_SESSION": (sessions.CannotOpen,),
    "CLOSE_SESSION": (sessions.CannotClose,),
}
