"""Reads: what a draw decides from, under aliases that nobody can tie to people, files or other aliases."""

import hmac
from collections import Counter, defaultdict
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain

import networkx
import rfc8785
from django.db.models import Count

from calls.models import Application, Barred
from evaluations import sharing_out, standing, ties
from evaluations.models import Assignment, Specialty
from evaluations.states import ReviewState

FORMER_CALLS = 3  # how many former calls with the same organization weigh, at most


def digest(text):
    return sha256(text.encode()).hexdigest()


def alias(salt, letter, key):
    """What stands for a file (f) or a person (p) in one draw alone."""
    return letter + hmac.new(bytes.fromhex(salt), f"{letter} {key}".encode(), sha256).hexdigest()[:20]


@dataclass(frozen=True)
class Laid:
    """An instance, and whose its aliases are."""

    instance: dict
    files: dict
    people: dict

    def drawn(self):
        """The document of the draw, and its pairs with the files and people they are of."""
        pairs = sharing_out.draw(self.instance)
        named = [(self.files[file], self.people[person]) for file, person in pairs]
        return canonical(self.instance | {"pairs": pairs}), named


def canonical(document):
    """The one text of a document (RFC 8785), which is what is hashed."""
    return rfc8785.dumps(document).decode()


def lay_out(draw, applications, evaluators):
    """The instance of a draw: both arguments are dictionaries by row. What each file still wants counts."""
    call = draw.call
    files = {alias(draw.salt, "f", key): one for key, one in applications.items()}
    people = {alias(draw.salt, "p", key): one for key, one in evaluators.items()}
    holders = holders_of(call)
    loads = Counter(chain.from_iterable(holders.values()))
    wanted = standing.evaluators_wanted(call)
    instance = sharing_out.lay(
        {name: max(wanted - len(holders.get(one.pk, ())), 0) for name, one in files.items()},
        {name: loads[one.pk] for name, one in people.items()},
        _edges(call, files, people, holders),
        seed=draw.seed,
        call=call.folio,
        number=draw.number,
        seed_sha256=draw.seed_sha256,
        salt_sha256=draw.salt_sha256,
        solver={"name": "networkx", "version": networkx.__version__, "algorithm": "network_simplex"},
    )
    return Laid(instance, files, people)


def _edges(call, files, people, holders):
    """The pairs that may be, each with what it costs."""
    never = impossible(call, list(files.values()), list(people.values()))
    outside, former = _Specialties(call), _former(call, files.values(), people.values())
    specialty, rotation = sharing_out.COSTS["specialty"], sharing_out.COSTS["rotation"]
    return {
        (file, person): specialty * outside.weigh(one, evaluator)
        + rotation * former.get((evaluator.pk, one.organization_id), 0)
        for file, one in files.items()
        for person, evaluator in people.items()
        if (one.pk, evaluator.pk) not in never and evaluator.pk not in holders.get(one.pk, ())
    }


def ready_evaluators(call, *, at=None):
    """The evaluators of the pool who declared, by number: only they get files."""
    committee = getattr(call, "committee", None)
    declared = call.conflict_declarations.filter(organization=None).values("user")
    pool = committee.evaluators(at=at).filter(user__in=declared) if committee else ()
    return {held.user_id: held.user for held in pool}


def kept_apart(call, applications):
    """Pairs that must not be: a bar, a file held before and withdrawn, one's own organization."""
    keys = [one.pk for one in applications]
    barred = Barred.objects.filter(application__in=keys).values_list("application", "user")
    withdrawn = Assignment.objects.of_call(call).exclude(withdrawn_at=None)
    own = Application.objects.filter(pk__in=keys).values_list("pk", "organization__body__memberships__user")
    return {*barred, *withdrawn.values_list("application", "evaluator"), *own}


def impossible(call, applications, evaluators):
    """The same, and those whom a tie keeps apart.

    Ties are looked for once more: what bars by itself or waits for an answer keeps a file from a person.
    """
    tied = {
        (one.pk, person)
        for person, organizations in ties.unsettled(call, evaluators).items()
        for one in applications
        if one.organization_id in organizations
    }
    return kept_apart(call, applications) | tied


def holders_of(call):
    """Who holds each application now, by row."""
    held = {}
    rows = Assignment.objects.active().of_call(call).values_list("application", "evaluator")
    for application, evaluator in rows:
        held.setdefault(application, set()).add(evaluator)
    return held


def _former(call, applications, evaluators):
    """In how many other calls each person scored each organization."""
    scored = Assignment.objects.active().filter(
        review__state=ReviewState.HANDED_IN,
        evaluator__in=[one.pk for one in evaluators],
        application__organization__in={one.organization_id for one in applications},
    )
    pairs = scored.exclude(application__call=call).values_list("evaluator", "application__organization")
    counted = pairs.annotate(calls=Count("application__call", distinct=True))
    return {(evaluator, organization): min(calls, FORMER_CALLS) for evaluator, organization, calls in counted}


class _Specialties:
    """Whether a file lies outside of what a person said they know; who said nothing knows all."""

    def __init__(self, call):
        held = Specialty.objects.filter(membership__body__committee__call=call, membership__until=None)
        self.told = defaultdict(lambda: defaultdict(set))
        for user, kind, key in held.values_list("membership__user", "kind", "key"):
            self.told[user][kind].add(key)

    def weigh(self, application, evaluator):
        """How many of the kinds that the person told leave the file out."""
        if evaluator.pk not in self.told:
            return 0
        own = {
            Specialty.Kind.MODALITY: application.modality and application.modality.key,
            Specialty.Kind.REGION: application.municipality and application.municipality.region,
        }
        return sum(own[kind] not in keys for kind, keys in self.told[evaluator.pk].items())
