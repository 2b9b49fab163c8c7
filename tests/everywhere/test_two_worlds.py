"""Two worlds that differ in one secret alone look the same to everybody who may not know it (quality.md, S3).

The world of ``evaluated`` is taken two ways from the same point, with the same clock and the same names, and
what is said there is compared sign by sign, mails included. Size and root of the public log are excepted.
Which secrets there are, and who is asked, stands in ``kept_secret``.
"""

import hashlib
import random
import re
import secrets
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from unittest.mock import patch

import pytest
from django.db import connection, transaction

from accounts import triggers
from accounts.models import Notice
from tests.everywhere import evaluated, looking
from tests.everywhere.kept_secret import SECRETS, begin_in_the_open_call

pytestmark = [
    pytest.mark.whole, pytest.mark.once, pytest.mark.long, pytest.mark.xdist_group("two worlds"),
    pytest.mark.django_db,
]  # fmt: skip
# What can say something of a call; pages of the Rules, their drafting and of signing in read none of it
ASKED = re.compile(r"(calls|evaluations|api|accounts|documents|jobs):|portal:home|programs:(board|follow_up)")
# Of these each path is asked, of the others one
ALL_PATHS = ("calls:", "evaluations:", "api:", "documents:")
# What the public log says of its size and root; leaves are opaque
OF_THE_LOG = {"accounts:log", "accounts:log_day"}


@dataclass
class World:
    """What its tables hold, by digest; what each person sees at each path; the mails that each gets."""

    contents: dict
    seen: dict
    mails: dict = field(default_factory=dict)

    def of(self, people):
        return World(self.contents, {who: self.seen[who] for who in people})


@dataclass
class Worlds:
    """The point from which all worlds are taken, what each person sees there, and what was taken before."""

    looking: looking.Looking
    point: World
    firsts: dict = field(default_factory=dict)

    def both(self, secret):
        """The two worlds of a secret; the first one is taken once for all that begin with it."""
        if secret.one not in self.firsts:
            alike = [one for one in SECRETS.values() if one.one is secret.one]
            self.firsts[secret.one] = self.taken(secret.one, self.at_the_point(alike))
        one = self.firsts[secret.one]
        return one, self.taken(secret.other, one.of(secret.asked))

    def at_the_point(self, alike):
        people = {who: None for secret in alike for who in secret.asked}
        for who in people:
            if who not in self.point.seen:
                self.point.seen[who] = dict(self.looking.at(who, self.addresses))
        return self.point.of(people)

    @cached_property
    def addresses(self):
        """The pairs of an address and a path that can tell something."""
        pairs, known = [], set()
        for name, path in self.looking.addresses:
            is_another = name.startswith(ALL_PATHS) or name not in known
            if is_another and ASKED.match(name) and name not in OF_THE_LOG:
                pairs.append((name, path))
                known.add(name)
        return pairs

    @contextmanager
    def made(self, act):
        """The world that ``act`` makes, which is undone."""
        undone = transaction.atomic()
        undone._from_testcase = True  # the acts that must be outermost are, as far as the portal can tell
        with undone:
            with always_the_same_names():
                act(self.looking.world)
            yield
            transaction.set_rollback(True)

    def taken(self, act, before):
        """The world that ``act`` makes, as it is seen."""
        with self.made(act):
            now = contents()
            changed = {table for table in now if now[table] != before.contents[table]}
            seen = {who: known | self._again(who, known, changed) for who, known in before.seen.items()}
            return World(now, seen, {who: self._told(who) for who in before.seen})

    def _again(self, who, known, changed):
        """What a person sees where a table is read that is another now than in the world before.

        Any other page takes the same steps as there. Of what is denied, one path of each address is asked.
        """
        asked, denied = [], set()
        for name, path in self.addresses:
            if path not in known or changed.isdisjoint(known[path].tables) or name in denied:
                continue
            asked.append((name, path))
            if known[path].status != HTTPStatus.OK:
                denied.add(name)
        return dict(self.looking.at(who, asked))

    def _told(self, who):
        person = self.looking.world.people[who]
        told = Notice.objects.filter(to=person, mailed_at=None) if person else Notice.objects.none()
        return [text for _to, text in evaluated.mailed(told)]


def contents():
    """What each table holds, by digest."""
    with connection.cursor() as cursor:
        return {table: _digest(cursor, table) for table in connection.introspection.table_names(cursor)}


def _digest(cursor, table):
    rows = cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1').fetchall()
    return hashlib.blake2b(repr(rows).encode()).digest()


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
    begun = looking.begin(samples, begin_in_the_open_call, is_decided=False)
    for guard in guards:  # a swap writes what is kept as it was; the module is undone
        triggers.remove(guard, connection)
    return Worlds(begun, World(contents(), {}))


@pytest.fixture(scope="module")
def differences(worlds):
    """Of each secret, by person, where its two worlds look different, with the first words; taken once."""
    taken = {}

    def of(name):
        if name not in taken:
            taken[name] = compared(*worlds.both(SECRETS[name]))
        return taken[name]

    return of


def compared(one, other):
    """By person, each path (or the mails) that is not the same, with the first line that differs."""
    found = {}
    for who, seen in other.seen.items():
        pairs = {path: (one.seen[who][path].text, there.text) for path, there in seen.items()}
        pairs["mails"] = tuple("\n".join(world.mails[who]) for world in (one, other))
        if differing := {path: first_line_of(*pair) for path, pair in pairs.items() if pair[0] != pair[1]}:
            found[who] = differing
    return found


def first_line_of(one, other):
    lines = zip([*one.splitlines(), ""], [*other.splitlines(), ""], strict=False)
    differing = [pair for pair in lines if pair[0] != pair[1] and not pair[0].startswith("Content-Length")]
    return differing[0] if differing else ("", "")


@pytest.mark.parametrize("name", SECRETS)
def test_two_worlds_look_the_same_to_everybody_who_may_not_know(name, worlds, differences):
    known_to = SECRETS[name].known_to(worlds.looking.world)

    assert {who: paths for who, paths in differences(name).items() if who not in known_to} == {}


@pytest.mark.parametrize("name", SECRETS)
def test_somebody_who_may_know_sees_a_difference(name, worlds, differences):
    """Otherwise that nobody else does would prove nothing."""
    assert SECRETS[name].known_to(worlds.looking.world) & set(differences(name)) != set()
