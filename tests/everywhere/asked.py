"""Every address of the URL configuration, with every thing of a world in the place of what it is asked about.

What fits is told by the samples: where a sample is the folio of a session, the folios of the world's sessions
go; where it is the number of an application, the numbers of its applications. So a new address is covered as
soon as it has a sample, which ``test_access`` demands.
"""

from itertools import product

from django.apps import apps
from django.urls import reverse

from tests.addresses import all_addresses
from tests.everywhere.poison import OURS

NAMES = ("public_id", "folio", "alias", "code", "token")
FEW = 3
# Parts that are no name of a row, with what of the world fits them
OTHERS = {"position": ["1", "2"]}
# What an evaluator's file may be asked for
BLIND_KEYS = ["acta-constitutiva", "cronograma", "_diagnostico"]


class Rows:
    """What each name of a row is the name of, and which rows there are."""

    def __init__(self):
        self.fields = [
            (model, name)
            for model in apps.get_models()
            if model._meta.app_label in OURS
            for name in NAMES
            if any(field.name == name for field in model._meta.concrete_fields)
        ]

    def last(self):
        """How far each table goes now: what comes after belongs to the world that is built next."""
        return {model: max(_numbers(model), default=0) for model, _name in self.fields}

    def kinds(self):
        """Of each name, whose it is."""
        return {
            str(value): (model, name)
            for model, name in self.fields
            for value in model._base_manager.values_list(name, flat=True)
        }

    def since(self, last, words):
        """The names that came after, by whose they are.

        Where a table has many new rows, those that hold one of the words, and the first.
        """
        found = {}
        for model, name in self.fields:
            new = model._base_manager.filter(pk__gt=last[model]).exclude(**{name: None}).order_by("pk")
            rows = list(new) if new.count() <= FEW else [*new[:1], *(row for row in new if holds(row, words))]
            found[model, name] = list(dict.fromkeys(str(getattr(row, name)) for row in rows))
        return found


def holds(row, words):
    """Whether any column of a row says one of the words."""
    said = " ".join(str(getattr(row, field.attname)) for field in row._meta.concrete_fields)
    return any(word in said for word in words)


def _numbers(model):
    return model._base_manager.values_list("pk", flat=True)


class Asked:
    """The addresses by name, each with its paths.

    ``given``: the samples; ``kinds``: whose they are; ``since``: the names of the world, by whose they are.
    """

    def __init__(self, given, kinds, since):
        self.given, self.kinds, self.since = given, kinds, since
        addresses = dict(all_addresses())
        self.paths = {name: list(self._paths(name, parts)) for name, parts in addresses.items()}

    def _paths(self, name, parts):
        fitting = [self._fitting(name, part, "alias" in parts) for part in parts]
        for values in product(*fitting):
            yield reverse(name, kwargs=dict(zip(parts, values, strict=True)))

    def _fitting(self, name, part, is_blind):
        sample = self.given[name][part]
        if part == "key" and is_blind:
            return BLIND_KEYS
        return self.since.get(self.kinds.get(sample), []) or OTHERS.get(part, [sample])


def samples_of(samples):
    """The sample of each part of each address."""
    return {name: samples.of(name, parts) for name, parts in all_addresses()}
