"""Two worlds that differ in one secret alone look the same to everybody who may not know it (quality.md, S3).

The world of ``evaluated`` is taken two ways from the same point, with the same clock and the same names, and
every address is compared byte by byte, mails included. Size and root of the public log are excepted.
"""

import random
import re
import secrets
import zlib
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import combinations
from unittest.mock import patch

import pytest
from django.db import connection, transaction

from accounts import triggers
from accounts.models import Notice
from calls.folding import fold
from calls.models import Application, Barred, ReadingRight
from evaluations import drawing
from evaluations.actions import reviews
from evaluations.models import Assignment
from tests.everywhere import evaluated, looking

pytestmark = [pytest.mark.whole, pytest.mark.xdist_group("two worlds"), pytest.mark.django_db]
# Each of those left out finds what another one here does
PEOPLE = [who for who in looking.PEOPLE if who not in ("journalist", "secretary", "substitute")]
# What the public log says of its size and root; leaves are opaque
OF_THE_LOG = {"accounts:log", "accounts:log_day"}
WRITTEN = re.compile(r'^\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)


# The secrets, each with what is done in one world and in the other --------------------------------------


def hand_in(made, level, text):
    """Somebody else's review of A comes in: what it gives and why is its author's alone."""
    review = evaluated.review_of(made.scoring, made.people["other_reader"])
    evaluated.write(review, text, f"Nota: {text}", level)
    reviews.hand_in(review, by=made.people["other_reader"])


def swap_evaluators(made):
    """Two evaluators change files, with the rights that go with them; each has as many as before."""
    one, other = pair_of(made)
    for assignment, person in ((one, other.evaluator), (other, one.evaluator)):
        right = ReadingRight.objects.filter(user=assignment.evaluator, application=assignment.application)
        right.update(user=person)
        Assignment.objects.filter(pk=assignment.pk).update(evaluator=person)


def pair_of(made):
    """Two files that are being scored, each by somebody who has not the other one and may have it."""
    held = drawing.holders_of(made.scoring.call)
    drafts = Assignment.objects.of_call(made.scoring.call).filter(review__state="draft")
    return next(
        (one, other)
        for one, other in combinations(drafts.select_related("evaluator").order_by("pk"), 2)
        if other.evaluator_id not in held[one.application_id]
        and one.evaluator_id not in held[other.application_id]
        and not Barred.objects.filter(
            user__in=[one.evaluator, other.evaluator], application__in=[one.application, other.application]
        ).exists()
    )


def those_of_the_pair(made):
    users = [assignment.evaluator for assignment in pair_of(made)]
    return {who for who, user in made.people.items() if user in users}


def swap_applicants(made):
    """B and C change files: who is behind which, and nothing of what the files say."""
    pair = made.scoring.applications[1:]
    theirs = {one.pk: {name: getattr(one, name) for name in OF_AN_APPLICANT} for one in pair}
    Application.objects.filter(pk=pair[0].pk).update(ordinal=2)  # once for each organization and ordinal
    for one, other in (pair[::-1], pair):
        text = fold(f"{one.folio} {other.organization} {one.project_title}")
        Application.objects.filter(pk=one.pk).update(**theirs[other.pk], folded=text)
    Application.objects.filter(pk=pair[0].pk).update(ordinal=1)


OF_AN_APPLICANT = ("organization", "started_by", "submitted_by")


@dataclass(frozen=True)
class Secret:
    """What differs between two worlds, who may notice, and who does."""

    one: object
    other: object
    known_to: object


def nothing(made):
    """The world as it is."""


SECRETS = {
    "an evaluator's identity": Secret(nothing, swap_evaluators, those_of_the_pair),
    "another's score": Secret(
        lambda made: hand_in(made, -1, "Lo desarrolla por completo."),
        lambda made: hand_in(made, 0, "No hay elementos."),
        lambda made: {"other_reader"},
    ),
    "the applicant behind a file": Secret(
        nothing, swap_applicants,
        lambda made: {"other_representative", "operator", "barred_operator", "head", "auditor"},
    ),
    "a pending ruling": Secret(
        lambda made: evaluated.decide(made, "award"),
        lambda made: evaluated.decide(made, "not_awarded"),
        lambda made: {"chair", "member", "head"},
    ),
}  # fmt: skip


# Taking them ----------------------------------------------------------------------------------------------


@dataclass
class Worlds:
    """The point from which both worlds are taken, and what each person sees there, read once."""

    looking: looking.Looking
    there: dict = field(default_factory=dict)

    def at_that_point(self, who):
        """The status and words of every address, with the tables that it reads."""
        if who not in self.there:
            addresses = [(name, path) for name, path in self.looking.addresses if name not in OF_THE_LOG]
            seen = self.looking.at(who, addresses)
            self.there[who] = {path: (compressed(one), one.tables) for path, one in seen}
        return self.there[who]

    @contextmanager
    def made(self, act):
        """The world that ``act`` makes, which is undone; what it wrote."""
        with transaction.atomic(), always_the_same_names():
            yield tables_written(lambda: act(self.looking.world))
            transaction.set_rollback(True)

    def writes(self, act):
        with self.made(act) as written:
            return written

    def taken(self, act, written):
        """What everybody sees and is told in the world that ``act`` makes.

        A page that reads no table that is written takes the same steps as without the act: it is not
        asked again.
        """
        for who in PEOPLE:
            self.at_that_point(who)
        with self.made(act):
            return {who: self._seen(who, written if act is not nothing else set()) for who in PEOPLE}

    def _seen(self, who, written):
        known = self.at_that_point(who)
        again = [
            (name, path) for name, path in self.looking.addresses if self._may_differ(known, path, written)
        ]
        seen = {path: compressed(one) for path, one in self.looking.at(who, again)}
        person = self.looking.world.people[who]
        told = Notice.objects.filter(to=person, mailed_at=None) if person else Notice.objects.none()
        return {path: seen.get(path, one) for path, (one, _tables) in known.items()} | {
            "mails": [text for _to, text in evaluated.mailed(told)]
        }

    @staticmethod
    def _may_differ(known, path, written):
        return path in known and not written.isdisjoint(known[path][1])


def compressed(seen):
    return zlib.compress(seen.text.encode(), 1)


def tables_written(act):
    """Do it, and give the tables that it wrote."""
    written = set()

    def noting(run, sql, params, many, context):
        if found := WRITTEN.match(sql):
            written.add(found[1])
        return run(sql, params, many, context)

    with connection.execute_wrapper(noting):
        act()
    return written


@contextmanager
def always_the_same_names():
    """What is made gets the same random names in every world."""
    chance = random.Random(20260916)  # noqa: S311 -- names of a test, no secret
    names = {
        "choice": chance.choice,
        "token_hex": lambda size=16: chance.randbytes(size).hex(),
        "token_urlsafe": lambda size=16: chance.randbytes(size).hex(),
    }
    with ExitStack() as stack:
        for name, made in names.items():
            stack.enter_context(patch.object(secrets, name, made))
        yield


@pytest.fixture(scope="module")
def worlds(samples):
    guards = triggers.all_guards()
    begun = looking.begin(samples, is_decided=False)
    for guard in guards:  # a swap writes what is kept as it was; the module is undone
        triggers.remove(guard, connection)
    return Worlds(begun)


@pytest.fixture(scope="module")
def differences(worlds):
    """Of each secret, by person, the addresses at which its two worlds look different; taken once."""
    taken = {}

    def of(name):
        if name not in taken:
            secret = SECRETS[name]
            written = worlds.writes(secret.one) | worlds.writes(secret.other)
            taken[name] = compared(worlds.taken(secret.one, written), worlds.taken(secret.other, written))
        return taken[name]

    return of


def compared(one, other):
    found = {who: [path for path in one[who] if one[who][path] != other[who][path]] for who in PEOPLE}
    return {who: paths for who, paths in found.items() if paths}


@pytest.mark.parametrize("name", SECRETS)
def test_two_worlds_look_the_same_to_everybody_who_may_not_know(name, worlds, differences):
    known_to = SECRETS[name].known_to(worlds.looking.world)

    assert {who: paths for who, paths in differences(name).items() if who not in known_to} == {}


@pytest.mark.parametrize("name", SECRETS)
def test_somebody_who_may_know_sees_a_difference(name, worlds, differences):
    """Otherwise that nobody else does would prove nothing."""
    assert SECRETS[name].known_to(worlds.looking.world) & set(differences(name)) != set()
