"""A machine walks the life of a call: what is lawful is done, and everything else is refused (S4).

At each step it does what is owed next or takes a turn beside the way, and before that lets others try the
same deed, and people of every role try deeds that are not theirs or whose time has not come: each is refused
in words and changes nothing. After each step everything in ``life.holds`` holds.
"""

import importlib
import inspect
import pkgutil
from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from accounts import acts
from calls import actions as acts_of_calls
from evaluations import actions as acts_of_evaluations
from evaluations.actions import sessions
from evaluations.sharing_out import CannotShare
from programs.actions import amendments, publication
from tests.journeys.life import holds, way, world
from tests.journeys.life.deeds import DEEDS

pytestmark = [pytest.mark.django_db]
WALK = settings(
    derandomize=True, deadline=None, max_examples=4, stateful_step_count=7, print_blob=False,
    phases=[Phase.generate], report_multiple_bugs=False, suppress_health_check=list(HealthCheck),
)  # fmt: skip
ENDS = ("cancel", "void")
MOST_OF_THEM = 24  # deeds of some thirty-six: a machine that stands still has seen nothing


NO = ("Cannot", "Not", "Must", "Entered", "Already")


def refusals_of(package):
    """Every way in which the acts of a package say no."""
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        for one in vars(importlib.import_module(module.name)).values():
            if inspect.isclass(one) and issubclass(one, Exception) and one.__name__.startswith(NO):
                yield one


REFUSALS = (
    PermissionDenied, acts.ActNotPossible, acts.Refused, CannotShare,
    *dict.fromkeys(one for package in (acts_of_calls, acts_of_evaluations) for one in refusals_of(package)),
)  # fmt: skip


def apart():
    """A part that may be undone by itself, in which what is durable in life is durable as well."""
    part = transaction.atomic()
    part._from_testcase = True
    return part


class LifeOfACall(RuleBasedStateMachine):
    """One call, taken up somewhere on its way. Each life is undone at its end."""

    begun = "draft"
    done, refused = Counter(), Counter()

    def __init__(self):
        super().__init__()
        self.undone = apart()
        self.undone.__enter__()
        self.travel = time_machine.travel(world.BEGINS, tick=False)
        self.clock = self.travel.start()

    @initialize()
    def is_taken_up(self):
        self.life, moment = way.lived(self.begun)
        self.clock.move_to(moment)
        self.published, self.before = self.life.publications(), holds.states()
        self.picture = holds.picture()
        self.check()

    def teardown(self):
        self.travel.stop()
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    # What is done

    @rule(data=st.data())
    def goes_on(self, data):
        """What is owed next, by everybody who owes it; or time passes."""
        deed, due = way.owed(self.life) or (None, [])
        if deed is None:
            self.clock.move_to(way.next_moment(self.life))
        if due:
            self.by_others_first(data, deed, due[0][0])
        for thing, names in due:
            for name in names if deed.when(self.life, thing) else []:
                self.does(deed, thing, name)
        self.check()

    @rule(data=st.data(), name=st.sampled_from([name for name in DEEDS if name not in ENDS]))
    def turns_aside(self, data, name):
        """Anything but the end of the call: done where its time has come, otherwise refused to everybody."""
        if DEEDS[name].ready(self.life):
            self.somebody_does(data, name)
        else:
            self.out_of_turn(data, name)

    @rule(data=st.data(), what=st.sampled_from([*ENDS, "days", "weeks", "rules"]))
    def seldom(self, data, what):
        """What ends a call, time that passes, somebody who writes the Rules anew."""
        if what in ENDS and DEEDS[what].ready(self.life) and not data.draw(st.integers(0, 2)):
            self.somebody_does(data, what)
        elif what in ENDS:
            self.out_of_turn(data, what)
        elif what == "rules":
            self.rewrites_the_rules(data.draw(st.sampled_from(world.NAMES)))
        else:
            self.clock.shift(timedelta(**{what: data.draw(st.integers(1, 5))}))
            self.check()

    # What is tried and refused

    def out_of_turn(self, data, name):
        """A deed on any thing, by those who might and by others: whoever may not now is refused."""
        deed = DEEDS[name]
        if things := list(deed.things(self.life)):
            thing = data.draw(st.sampled_from(things))
            may = deed.whose(self.life, thing)
            tries = set(data.draw(st.lists(st.sampled_from(world.NAMES), min_size=2, max_size=2)))
            tries = tries - may if deed.when(self.life, thing) else tries | may
            for person in sorted(tries):
                self.is_refused(deed, thing, person)

    def rewrites_the_rules(self, name):
        """Nobody alone changes published Rules, nor by an amendment that nobody signed."""
        edition, person = self.life.call.publication.edition, self.life.people[name]
        cited = self.life.call.publication.gazette_date
        with pytest.raises((publication.CannotPublish, acts.ActNotPossible)), transaction.atomic():
            publication.publish(
                edition, in_force_from=timezone.localdate(), by=person,
                gazette_date=cited, gazette_volume="1", gazette_number="1",
            )  # fmt: skip
        if name != "editor":
            with pytest.raises(amendments.CannotAmend), transaction.atomic():
                amendments.start(edition, reason="Conviene.", by=person)
        assert holds.picture() == self.picture

    def by_others_first(self, data, deed, thing):
        may = deed.whose(self.life, thing)
        others = [name for name in world.NAMES if name not in may]
        for name in sorted(set(data.draw(st.lists(st.sampled_from(others), min_size=1, max_size=2)))):
            self.is_refused(deed, thing, name)

    # How

    def somebody_does(self, data, name):
        thing, names = data.draw(st.sampled_from(DEEDS[name].ready(self.life)))
        self.by_others_first(data, DEEDS[name], thing)
        self.does(DEEDS[name], thing, data.draw(st.sampled_from(names)))
        self.check()

    def does(self, deed, thing, name):
        deed.do(self.life, thing, self.life.people[name])
        self.life.moved()
        self.picture = holds.picture()
        self.done[deed.name] += 1
        self.clock.shift(timedelta(minutes=1))

    def is_refused(self, deed, thing, name):
        said = None
        try:
            with apart():
                deed.do(self.life, thing, self.life.people[name])
        except REFUSALS as refusal:
            said = str(refusal)
        self.life.moved()
        assert said, f"{name} could {deed.name}: {thing!r}"
        assert holds.picture() == self.picture, f"refused to {deed.name}, {name} changed something"
        self.refused[deed.name] += 1

    def check(self):
        assert (found := holds.broken(self.life, self.before, self.published)) == [], found
        self.before = holds.states()


def walked(begun):
    """Several lives that are taken up there. Gives how often each deed was done, and refused."""
    counted = {"done": Counter(), "refused": Counter()}
    run_state_machine_as_test(type("Life", (LifeOfACall,), {"begun": begun, **counted}), settings=WALK)
    return counted["done"], counted["refused"]


def test_whatever_happens_in_the_life_of_a_call_its_rules_hold():
    done, refused = Counter(), Counter()
    for begun in way.BEGUN:
        found = walked(begun)
        done += found[0]
        refused += found[1]

    assert len(done) >= MOST_OF_THEM, sorted(set(DEEDS) - set(done))
    assert len(refused) >= MOST_OF_THEM, sorted(set(DEEDS) - set(refused))


# The machine sees what it is there to see: with one protection lifted, it finds somebody who gets through


def nothing(*args):
    """A protection that protects from nothing."""


def anybody(session, application, by):
    return sessions.voters(session, application)[0]


LIFTED = {
    "anybody signs rulings": ("voted", {"rulings.demand_issuing": nothing}),
    "an evaluator votes": ("scored", {"sessions.demand_vote": nothing, "sessions._voter": anybody}),
    "anybody decides remedies": ("reconsidered", {"remedies.demand": nothing}),
    "anybody draws": ("sealed", {"reviews._refuse_unless_assignable": nothing}),
}


@pytest.mark.parametrize("lifted", LIFTED)
def test_the_machine_finds_what_a_lifted_protection_lets_through(monkeypatch, lifted):
    begun, patches = LIFTED[lifted]
    for name, instead in patches.items():
        monkeypatch.setattr(f"evaluations.actions.{name}", instead)

    with pytest.raises(AssertionError):
        walked(begun)
