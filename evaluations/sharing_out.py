"""Pure: give each file its evaluators at the least cost, so that anybody can do it again.

An instance is plain data under aliases: files with how many evaluators they still want, people with the
files they have, and the pairs that may be, each with its cost. It is solved as a flow of least cost: each
further file of the same person costs more than the one before, so that loads stay even; a pair outside of
a person's specialty costs, and so does one who scored that organization in former calls. A conflict is no
edge. Among the cheapest, the seed decides: it gives each pair a share of chance too small to outweigh
anything, and so large a range that two solutions hardly ever tie. Whatever the order of the data, the pairs
are the same.
"""

from collections import Counter
from hashlib import sha256

import networkx

FORMAT = "armoniza-draw/1"
COSTS = {"load": 2, "specialty": 5, "rotation": 3}
CHANCES = 2**40  # what the seed gives each pair lies below
SPARE = 2  # how many files over an even share a person may get before more room is made


class CannotShare(Exception):
    """The files that lack evaluators without a conflict, in ``short``: file -> how many are missing."""

    def __init__(self, short):
        self.short = short
        super().__init__(short)


def lay(files, people, edges, *, seed, costs=None, **more):
    """An instance in the one order it has: ``files`` with what they want, ``people`` with their loads.

    ``edges`` gives the cost of each pair that may be; ``more`` is told with it and decides nothing.
    """
    return more | {
        "format": FORMAT,
        "seed": seed,
        "costs": COSTS if costs is None else costs,
        "files": [{"alias": alias, "wanted": files[alias]} for alias in sorted(files)],
        "people": [{"alias": alias, "load": people[alias]} for alias in sorted(people)],
        "edges": [[file, person, edges[file, person]] for file, person in sorted(edges)],
    }


def draw(instance):
    """The pairs ``[file, person]`` of an instance, in order. Raises CannotShare, naming files."""
    table = _Table(instance)
    if short := table.short():
        raise CannotShare(short)
    return table.pairs() if table.wanted_in_all else []


def chance(seed, file, person):
    """What the seed gives a pair: the first five bytes of a SHA-256, as a number."""
    return int.from_bytes(sha256(f"{seed}|{file}|{person}".encode()).digest()[:5])


class _Table:
    def __init__(self, instance):
        self.seed, self.costs = instance["seed"], instance["costs"]
        self.wanted = {one["alias"]: one["wanted"] for one in instance["files"]}
        self.load = {one["alias"]: one["load"] for one in instance["people"]}
        self.edges = {(file, person): cost for file, person, cost in instance["edges"]}
        self.wanted_in_all = sum(self.wanted.values())
        self.scale = CHANCES * (self.wanted_in_all + 1)
        self.most = Counter(person for _file, person in self.edges)

    def short(self):
        """Files that more evaluators would be needed for, with how many are missing."""
        reach = Counter(file for file, _person in self.edges)
        return {file: some - reach[file] for file, some in self.wanted.items() if some > reach[file]}

    def pairs(self):
        """Solved with room for somewhat more than an even share; whoever fills it gets more, and again.

        Costs are convex: where no limit is reached, no limit has decided anything.
        """
        room = self._first_room()
        while True:
            try:
                found = self._solve(room)
            except networkx.NetworkXUnfeasible:
                full = set(room)
            else:
                given = Counter(person for _file, person in found)
                full = {person for person in room if given[person] == room[person]}
            full = {person for person in full if room[person] < self.most[person]}
            if not full:
                return sorted(found)
            for person in full:
                room[person] = min(2 * room[person] + SPARE, self.most[person])

    def _first_room(self):
        even = -(-(self.wanted_in_all + sum(self.load.values())) // len(self.load))
        return {
            person: min(max(even - load, 0) + SPARE, self.most[person]) for person, load in self.load.items()
        }

    def _solve(self, room):
        _cost, flow = networkx.network_simplex(self._network(room))
        return [[file, person] for file, person in sorted(self.edges) if flow["f", file].get(("p", person))]

    def _network(self, room):
        """Files give as many units as they want; each further one of a person goes a dearer way."""
        network = networkx.DiGraph()
        network.add_node("end", demand=self.wanted_in_all)
        for file in sorted(self.wanted):
            network.add_node(("f", file), demand=-self.wanted[file])
        for person in sorted(room):
            for step in range(room[person]):
                dearer = self.costs["load"] * (2 * (self.load[person] + step) + 1)
                network.add_edge(("p", person), ("s", person, step), capacity=1, weight=dearer * self.scale)
                network.add_edge(("s", person, step), "end", capacity=1, weight=0)
        for (file, person), cost in sorted(self.edges.items()):
            weight = cost * self.scale + chance(self.seed, file, person)
            network.add_edge(("f", file), ("p", person), capacity=1, weight=weight)
        return network
