"""The numbers that Word shows before a paragraph, counted as Word counts them. Pure."""

from dataclasses import dataclass, field

from programs.word.ooxml import name

LETTERS = "abcdefghijklmnopqrstuvwxyz"
ROMANS = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
KINDS = {"decimal": "1", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
DEEPEST = 8


@dataclass
class Level:
    kind: str = "decimal"
    label: str = ""
    start: int = 1
    restart: int | None = None
    style: str = ""
    is_legal: bool = False


@dataclass(frozen=True)
class Place:
    """Where a paragraph stands in a list: how deep, with which number, and what is written before it."""

    depth: int
    kind: str
    value: int
    label: str
    list_id: str

    @property
    def is_bullet(self):
        return self.kind == "bullet"

    @property
    def type(self):
        """The kind of number that HTML writes by itself; empty when it cannot."""
        bare = self.label.strip("().-º° ").removesuffix(")")
        return KINDS.get(self.kind, "") if bare == written(self.value, self.kind) else ""


@dataclass
class Numbering:
    """The lists of a document, with what each has counted so far."""

    levels: dict = field(default_factory=dict)  # of each abstract list, by depth
    abstract: dict = field(default_factory=dict)  # the abstract list of each list
    overrides: dict = field(default_factory=dict)  # where a list begins again, by list and depth
    by_style: dict = field(default_factory=dict)
    counters: dict = field(default_factory=dict)
    begun: set = field(default_factory=set)

    @classmethod
    def read(cls, root):
        found = cls()
        for one in root.findall(name("w:abstractNum")) if root is not None else ():
            found._abstract(one)
        for one in root.findall(name("w:num")) if root is not None else ():
            found._list(one)
        return found

    def _abstract(self, element):
        key = element.get(name("w:abstractNumId"))
        self.levels[key] = dict(map(_level, element.findall(name("w:lvl"))))
        for depth, level in self.levels[key].items():
            if level.style:
                self.by_style.setdefault(level.style, (key, depth))

    def _list(self, element):
        key, abstract = element.get(name("w:numId")), value(element, "w:abstractNumId")
        own = dict(map(_level, element.findall(f"{name('w:lvlOverride')}/{name('w:lvl')}")))
        if own:
            self.levels[f"{abstract}/{key}"] = {**self.levels.get(abstract, {}), **own}
            abstract = f"{abstract}/{key}"
        self.abstract[key] = abstract
        for one in element.findall(name("w:lvlOverride")):
            if (start := value(one, "w:startOverride")) is not None:
                self.overrides[key, number(one.get(name("w:ilvl")))] = number(start, 1)

    def count(self, list_id, depth):
        """The next number of a list at a depth; None when there is no such list."""
        abstract = self.abstract.get(list_id)
        level = self.levels.get(abstract, {}).get(depth)
        if level is None or level.kind == "none":
            return None
        counted = self.counters.setdefault(abstract, {})
        self._begin_again(list_id, depth, counted)
        counted[depth] = counted.get(depth, level.start - 1) + 1
        for deeper in [one for one in counted if one > depth]:
            restart = self.levels[abstract].get(deeper, Level()).restart
            if restart is None or restart > depth:
                del counted[deeper]
        label = "" if level.kind == "bullet" else self._label(abstract, level, counted)
        return Place(depth, level.kind, counted[depth], label, list_id)

    def _begin_again(self, list_id, depth, counted):
        override = self.overrides.get((list_id, depth))
        if override is not None and (list_id, depth) not in self.begun:
            self.begun.add((list_id, depth))
            counted[depth] = override - 1

    def _label(self, abstract, level, counted):
        label = level.label
        for depth in range(DEEPEST + 1):
            if f"%{depth + 1}" in label:
                other = self.levels[abstract].get(depth, Level())
                kind = "decimal" if level.is_legal else other.kind
                label = label.replace(f"%{depth + 1}", written(counted.get(depth, other.start), kind))
        return label


def written(count, kind):
    """A number as its kind writes it: 4, d, iv."""
    if kind in ("lowerLetter", "upperLetter") and count > 0:
        letters = LETTERS[(count - 1) % 26] * ((count - 1) // 26 + 1)
        return letters if kind == "lowerLetter" else letters.upper()
    if kind in ("lowerRoman", "upperRoman") and 0 < count < 4000:
        letters, left = "", count
        for size, letter in ROMANS:
            letters += letter * (left // size)
            left %= size
        return letters if kind == "lowerRoman" else letters.upper()
    return f"{count:02}" if kind == "decimalZero" else str(count)


def _level(element):
    restart = value(element, "w:lvlRestart")
    return number(element.get(name("w:ilvl"))), Level(
        kind=value(element, "w:numFmt") or "decimal",
        label=value(element, "w:lvlText") or "",
        start=number(value(element, "w:start"), 1),
        restart=None if restart is None else number(restart),
        style=value(element, "w:pStyle") or "",
        is_legal=element.find(name("w:isLgl")) is not None,
    )


def value(element, child):
    """The ``w:val`` of a child, or None."""
    found = element.find(name(child)) if element is not None else None
    return None if found is None else found.get(name("w:val"), "")


def number(words, otherwise=0):
    """A small number from outside; nothing monstrous."""
    try:
        return max(0, min(int(words), 100_000))
    except (TypeError, ValueError):
        return otherwise
