"""The difference of two documents as a patch: applied to the first it gives the second, whole. Pure."""

import json
from dataclasses import dataclass

from programs.comparison import words
from programs.comparison.alignment import align

TEXTS = ("text", "resolved")


@dataclass(frozen=True)
class Part:
    """A component or a row of the second document: which of the first it is, and what is written anew."""

    source: int | None
    values: dict
    dropped: tuple = ()
    edits: dict | None = None

    def apply(self, before):
        if self.source is None:
            return dict(self.values)
        kept = {name: value for name, value in before[self.source].items() if name not in self.dropped}
        written = {name: words.apply(changes, kept[name]) for name, changes in (self.edits or {}).items()}
        return kept | self.values | written


@dataclass(frozen=True)
class Patch:
    """What turns one document into another."""

    header: dict
    components: tuple
    blocks: dict

    def apply(self, before):
        """The second document, from the first."""
        ours = before.get("blocks", {})
        blocks = {
            block: {
                name: [part.apply(ours.get(block, {}).get(name, [])) for part in parts]
                for name, parts in models.items()
            }
            for block, models in self.blocks.items()
        }
        components = [part.apply(before.get("components", [])) for part in self.components]
        return self.header | {"components": components, "blocks": blocks}


def diff(before: dict, after: dict) -> Patch:
    """The patch from one document to another."""
    ours, theirs = before.get("blocks", {}), after.get("blocks", {})
    return Patch(
        header={name: value for name, value in after.items() if name not in ("components", "blocks")},
        components=_parts(before.get("components", []), after.get("components", []), "slug"),
        blocks={
            block: {
                name: _parts(ours.get(block, {}).get(name, []), rows, "key") for name, rows in models.items()
            }
            for block, models in theirs.items()
        },
    )


def _parts(before, after, name):
    places = {id(one): place for place, one in enumerate(before)}
    pairs = align(before, after, names=[lambda one: one[name]])
    return tuple(
        _part(places.get(id(pair.before)), pair.before, pair.after) for pair in pairs if not pair.is_removed
    )


def _part(source, before, after):
    if before is None:
        return Part(None, dict(after))
    changed = {
        name: value for name, value in after.items() if name not in before or not _same(before[name], value)
    }
    edited = {name for name in changed if name in TEXTS and isinstance(before.get(name), str)}
    return Part(
        source,
        {name: value for name, value in changed.items() if name not in edited},
        tuple(name for name in before if name not in after),
        {name: words.edits(before[name], changed[name]) for name in sorted(edited)},
    )


def _same(one, other):
    """The same as JSON writes it: true is not 1."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
