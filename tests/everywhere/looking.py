"""The people of the world of ``evaluated``, what each may find there, and a look at all that is said."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.everywhere import evaluated
from tests.everywhere.asked import Asked, Rows, samples_of
from tests.everywhere.conftest import signed_in
from tests.everywhere.visitor import Visitor

DECLARED = yaml.safe_load((Path(__file__).parent / "secrets.yaml").read_text())
GROUPS = DECLARED.pop("groups")
# The drafter may find what the representative may, and the outsider has all roles that may find nothing
PEOPLE = [
    "anonymous", "journalist", "representative", "other_representative", "reader", "other_reader",
    "unassigned", "barred_evaluator", "chair", "secretary", "member", "barred_member", "substitute",
    "operator", "barred_operator", "head", "auditor", "administrator", "outsider",
]  # fmt: skip
# The mailbox on screen is of the demonstration alone: it holds everybody's letters
OF_THE_DEMONSTRATION = {"accounts:mailbox", "accounts:letter"}


def entitled(secret):
    """The people who may find it: groups of them, or single ones."""
    return {person for name in DECLARED[secret] for person in GROUPS.get(name, [name])}


@dataclass
class Looking:
    """The world, every address with what fits it there, and its people."""

    world: evaluated.Evaluated
    asked: Asked
    visitors: dict

    @property
    def addresses(self):
        """The pairs of an address and one of its paths."""
        chosen = {name: paths for name, paths in self.asked.paths.items() if name not in OF_THE_DEMONSTRATION}
        return [(name, path) for name, paths in chosen.items() for path in paths]

    def at(self, who, addresses):
        """What a person sees at each of them. A button has nothing to read, whatever it is about."""
        buttons = set()
        for name, path in addresses:
            if name in buttons:
                continue
            seen = self.visitors[who].see(path)
            if seen.status >= 500:
                raise AssertionError(f"{path} answers {seen.status} to {who}")
            if seen.status == 405:
                buttons.add(name)
            yield path, seen


def begin(samples, besides=None, **how):
    """Build the world of ``evaluated`` beside the one of the samples, and in it what ``besides`` makes."""
    rows, given = Rows(), samples_of(samples)
    last, kinds = rows.last(), rows.kinds()
    made = evaluated.build(samples.in_force, **how)
    if besides:
        besides(made)
    since = rows.since(last, made.words.values())
    visitors = {who: Visitor(signed_in(made.people[who]) if made.people[who] else "") for who in PEOPLE}
    return Looking(made, Asked(given, kinds, since), visitors)
