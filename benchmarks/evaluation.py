"""The simulator at a thousand applications, five evaluators each and eight criteria."""

from datetime import timedelta
from functools import partial
from random import Random

from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts import triggers
from accounts.models import Role
from benchmarks.measuring import against, count, queries_of, seconds
from calls.models import Application
from evaluations import beside, scenarios, simulation, standing
from evaluations.models import Assignment, Review, Score
from evaluations.states import ReviewState
from programs.models import Criterion
from tests.factories.accounts import UserFactory, member
from tests.factories.calls import CLOSE
from tests.factories.evaluations import AFTER, CommitteeFactory, ReceivedApplicationFactory

FEW, FILES, READERS, CRITERIA = 20, 1000, 5, 8
chance = Random(2025)  # noqa: S311 -- the same scores each time


def measures():
    world = Scored()
    world.grow(FEW)
    world.page()  # what is read once is not of the measure
    few = queries_of(world.page)
    world.grow(FILES)
    yield from arithmetic(world)
    yield from pages(world, few)


def arithmetic(world):
    """A scenario and the adjusted scores, beside reading the scores that both need."""
    ground = scenarios.of_call(world.call)
    other = scenario(ground.rules)
    compared = partial(simulation.compare, ground.files, ground.rules, other)
    adjusted = partial(beside.adjusted_of, standing.places(world.call))
    read = partial(scenarios.of_call, world.call)
    for name, work in (
        (f"F12 a scenario, {FILES} × {READERS} × {CRITERIA}", compared),
        ("F11 the adjusted scores", adjusted),
    ):
        yield against(name, work, read, to="reading the scores", below=1)


def pages(world, few):
    """The whole page, with what it reads: under a second, in as many queries for many files as for few."""
    taken = sorted(seconds(world.page) for _round in range(5))[2]
    yield count(
        f"F12 simulator, {FILES} files", round(taken, 2), unit="s", goal="under a second", holds=taken < 1
    )
    asked = queries_of(world.page)
    yield count(
        "F12 simulator, queries", asked, unit="queries", goal=f"the {few} of {FEW} files", holds=asked == few
    )


def scenario(rules):
    """Other points for every criterion, a hundred in all."""
    keys = list(rules.weights)
    weights = dict.fromkeys(keys, 100 // len(keys))
    weights[keys[0]] += 100 - sum(weights.values())
    return simulation.Rules(weights, 60, rules.budget * 2, tuple(keys[:3]))


class Scored:
    """A sealed call, its chair, and as many files as asked for with every review handed in."""

    def __init__(self):
        committee = CommitteeFactory()
        self.call, self.files = committee.call, 0
        publication = self.call.publication
        for guard in triggers.all_guards():  # published rows come from publishing alone; here more are needed
            if guard.table == Criterion._meta.db_table:
                triggers.remove(guard, connection)
        Criterion.objects.bulk_create(
            Criterion(edition=publication.edition, publication=publication, key=f"c{n}", name=f"Criterio {n}",
                      weight=10, position=10 + n)
            for n in range(CRITERIA - len(standing.criteria_of(self.call)))
        )  # fmt: skip
        self.call = type(self.call).objects.get(pk=self.call.pk)
        self.criteria = standing.criteria_of(self.call)
        self.levels = standing.levels_of(self.call)
        self.readers = [UserFactory() for _n in range(READERS)]
        self.first = ReceivedApplicationFactory(call=self.call)
        self.client = Client()
        self.client.force_login(member(Role.CHAIR, committee.body))

    def page(self):
        other = scenario(scenarios.rules_of_call(self.call))
        asked = {f"peso-{key}": weight for key, weight in other.weights.items()}
        asked |= {"minimo": other.pass_mark, "presupuesto": other.budget}
        answer = self.client.get(reverse("evaluations:simulator", args=[self.call.folio]), asked)
        assert answer.status_code == 200, answer.status_code  # noqa: S101 -- a measure of an error is none

    def grow(self, files):
        self._receive(files)
        waiting = Application.objects.filter(call=self.call, assignments=None)
        given = Assignment.objects.bulk_create(
            Assignment(application=one, evaluator=reader, assigned_at=AFTER, assigned_by=reader)
            for one in waiting
            for reader in self.readers
        )
        marks = [self._marks() for _one in given]
        reviews = Review.objects.bulk_create(
            Review(assignment=one, state=ReviewState.HANDED_IN, total=sum(mark.values()), handed_in_at=AFTER,
                   scores_sha256="0" * 64)
            for one, mark in zip(given, marks, strict=True)
        )  # fmt: skip
        Score.objects.bulk_create(
            self._score(review, criterion, mark[criterion.key])
            for review, mark in zip(reviews, marks, strict=True)
            for criterion in self.criteria
        )
        self.files = files

    def _receive(self, files):
        Application.objects.bulk_create(
            Application(
                call=self.call, organization=self.first.organization, ordinal=n + 2, folio=f"SOL-MED-{n:05}",
                state=self.first.state, project_title=f"Proyecto {n}", requested_amount=100_000,
                started_at=CLOSE - timedelta(days=3), started_by=self.first.started_by,
                submitted_at=CLOSE - timedelta(days=2) + timedelta(seconds=n),
                submitted_by=self.first.started_by,
            )
            for n in range(self.files, files)
        )  # fmt: skip

    def _marks(self):
        return {one.key: chance.randint(0, one.weight) for one in self.criteria}

    def _score(self, review, criterion, points):
        level = next(iter(self.levels.values()))[0]
        return Score(review=review, criterion=criterion, level=level, points=points, justification="Medida.")
