"""Pure: give each file to so many evaluators, loads as even as they can be, conflicts respected.

The loads are allowed to grow one file at a time; at each level the files still short of readers are
matched by augmenting paths, so that an even sharing is found whenever one exists.
"""

import random
from math import ceil


class CannotShare(Exception):
    """The files that lack evaluators without a conflict, in ``short``: file -> how many are missing."""

    def __init__(self, short):
        self.short = short
        super().__init__(short)


def share_out(files, evaluators, wanted, *, conflicts=frozenset(), given=None, seed=0):
    """Pairs ``(file, evaluator)`` to add so that every file has ``wanted`` evaluators.

    ``conflicts`` holds the pairs that must not be; ``given`` the evaluators each file has already (their
    load counts). ``seed`` decides among equals, so that the order of reception does not.
    """
    given = {file: set((given or {}).get(file, ())) for file in files}
    table = _Table(files, evaluators, wanted, conflicts, given, random.Random(seed))  # noqa: S311 -- no secret
    short = {file: missing for file in files if (missing := wanted - table.reach(file)) > 0}
    if short:
        raise CannotShare(short)
    return table.fill()


class _Table:
    def __init__(self, files, evaluators, wanted, conflicts, given, dice):
        self.files, self.evaluators = sorted(files), sorted(evaluators)
        dice.shuffle(self.files)
        dice.shuffle(self.evaluators)
        self.wanted, self.conflicts, self.given = wanted, conflicts, given
        self.added = {file: set() for file in self.files}
        self.load = dict.fromkeys(self.evaluators, 0)
        for holders in given.values():
            for evaluator in holders & self.load.keys():
                self.load[evaluator] += 1

    def reach(self, file):
        """How many evaluators a file has or could have."""
        return len(self.given[file]) + len(self._possible(file))

    def fill(self):
        needed = sum(self._missing(file) for file in self.files)
        total = sum(self.load.values()) + needed
        limit = ceil(total / len(self.evaluators)) if self.evaluators else 0
        while any(self._missing(file) for file in self.files):
            if not self._place_one(limit):
                limit += 1
        return [(file, evaluator) for file in self.files for evaluator in sorted(self.added[file])]

    def _place_one(self, limit):
        """Give one more evaluator to some file without anybody going over ``limit``."""
        return any(self._augment(file, limit, set()) for file in self.files if self._missing(file))

    def _augment(self, file, limit, seen):
        candidates = [e for e in self._possible(file) if e not in self.added[file] and e not in seen]
        for evaluator in sorted(candidates, key=self.load.__getitem__):
            seen.add(evaluator)
            if self.load[evaluator] < limit or self._hand_over(evaluator, limit, seen):
                self.added[file].add(evaluator)
                self.load[evaluator] += 1
                return True
        return False

    def _hand_over(self, evaluator, limit, seen):
        """Free ``evaluator`` of a file that somebody else can take."""
        for file in self.files:
            if evaluator in self.added[file]:
                self.added[file].discard(evaluator)
                if self._augment(file, limit, seen):
                    self.load[evaluator] -= 1
                    return True
                self.added[file].add(evaluator)
        return False

    def _missing(self, file):
        return max(self.wanted - len(self.given[file]) - len(self.added[file]), 0)

    def _possible(self, file):
        return [e for e in self.evaluators if (file, e) not in self.conflicts and e not in self.given[file]]
