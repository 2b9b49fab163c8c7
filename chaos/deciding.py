"""Of the crash matrix: reviews handed in, votes cast and rulings signed, one file after the other."""

import asyncio
import time

from django.urls import reverse

from accounts import acts
from accounts.models import TrailEntry
from chaos import world
from evaluations import seals, standing
from evaluations.actions import rulings
from evaluations.models import Assignment, Review, Ruling, Vote
from evaluations.states import ReviewState, RulingState
from tests.factories.evaluations import evaluation

FILES, PAUSE = 12, 0.6


class Deciding:
    """Three calls: one is scored, in one the committee votes, in one its chair signs."""

    def __init__(self, scene):
        self.scene = scene
        with acts.explicit_time():
            self.scored = evaluation("distribute", applications=FILES)
            self.voted = evaluation("open", applications=FILES)
            self.ruled = evaluation("vote", applications=FILES)
            rulings.propose_all(self.ruled.session, by=self.ruled.secretary)
        self.handed_in, self.cast, self.signed = [], [], []
        self.evaluator = self.scored.evaluators[0]
        self.levels = {key: of[1].key for key, of in standing.levels_of(self.scored.call).items()}

    async def play(self):
        await asyncio.gather(self.score(), self.vote(), self.rule())

    async def press(self, person, steps, told):
        """Each step is an address and its fields; it is acknowledged by a redirect."""
        browser = self.scene.browser(person)
        for subject, addresses in steps:
            for path, fields in addresses:
                answer = await browser.post_until_answered(path, fields)
            told.append((subject, answer.status == 302))
            await asyncio.sleep(PAUSE)
            if time.time() > self.scene.ends:
                return

    async def score(self):
        mine = await asyncio.to_thread(self._to_score)
        person = await asyncio.to_thread(world.session_of, self.evaluator)
        await self.press(person, mine, self.handed_in)

    def _to_score(self):
        mine = Assignment.objects.of_call(self.scored.call).filter(evaluator=self.evaluator)
        return [(one.review.pk, self._of_review(one.alias)) for one in mine.select_related("review")]

    def _of_review(self, alias):
        said = {f"level-{key}": level for key, level in self.levels.items()}
        said |= {f"reason-{key}": "Se ve en el presupuesto." for key in self.levels}
        return [
            (reverse("evaluations:autosave", args=[alias]), said),
            (reverse("evaluations:hand_in", args=[alias]), {}),
        ]

    async def vote(self):
        folio, member = self.voted.session.folio, self.voted.members[0]
        steps = [
            (place, [(reverse("evaluations:cast_vote", args=[folio, place]), {"choice": "award"})])
            for place in range(1, FILES + 1)
        ]
        await self.press(await asyncio.to_thread(world.session_of, member), steps, self.cast)

    async def rule(self):
        steps = await asyncio.to_thread(self._to_sign)
        await self.press(await asyncio.to_thread(world.session_of, self.ruled.chair), steps, self.signed)

    def _to_sign(self):
        return [(one.pk, [self._of_ruling(one)]) for one in Ruling.objects.filter(call=self.ruled.call)]

    def _of_ruling(self, one):
        place = one.application.agenda_items.get(session=self.ruled.session).position
        written = ("outcome", "reasons", "legal_basis", "amount_reason", "departure_reason")
        said = {name: getattr(one, name) for name in written} | {"amount": one.amount or "", "issue": "1"}
        return reverse("evaluations:rule", args=[self.ruled.session.folio, place]), said


# What came of it


def wrongs_of(deciding):
    return [*wrong_reviews(deciding), *wrong_votes(deciding), *wrong_rulings(deciding)]


def wrong_reviews(deciding):
    handed_in = {pk for pk, is_acknowledged in deciding.handed_in if is_acknowledged}
    for review in Review.objects.of_call(deciding.scored.call):
        lines = _lines(review, "review.hand_in")
        is_in = review.state == ReviewState.HANDED_IN
        if (review.pk in handed_in and not is_in) or lines != is_in:
            yield f"score: review {review.pk} is {review.state} with {lines} in the trail"
    for changed in seals.broken(deciding.scored.call):
        yield f"score: {changed} is not what was sealed"


def wrong_votes(deciding):
    mine = Vote.objects.filter(item__session=deciding.voted.session)
    kept = {vote.item.position: _lines(vote, "session.vote") for vote in mine.select_related("item")}
    for place, is_acknowledged in deciding.cast:
        if is_acknowledged and not kept.get(place):
            yield f"vote: on file {place} was acknowledged and is lost"
    for place, lines in kept.items():
        if lines < 1:
            yield f"vote: on file {place} is not in the trail"


def wrong_rulings(deciding):
    signed = {pk for pk, is_acknowledged in deciding.signed if is_acknowledged}
    for ruling in Ruling.objects.filter(call=deciding.ruled.call):
        lines, is_sealed = _lines(ruling, "ruling.issue"), ruling.state == RulingState.SEALED
        if (ruling.pk in signed and not is_sealed) or lines != is_sealed:
            yield f"rule: ruling {ruling.pk} is {ruling.state} with {lines} in the trail"


def _lines(thing, act):
    return TrailEntry.objects.about(thing).filter(act=act).count()
