"""Words that nobody says, as many different ones as in prose: what is compared and searched."""

from random import Random

LETTERS = "abcdefghilmnñoprstuáé"
chance = Random(7)  # noqa: S311 -- the same texts each time
WORDS = ["".join(chance.choices(LETTERS, k=chance.randint(2, 10))) for _word in range(3000)]


def some(words):
    return " ".join(chance.choices(WORDS, k=words))


def rewritten(text, *, words):
    """The text with some of its words others, but for the first and the last."""
    parts = text.split(" ")
    for _word in range(words):
        parts[chance.randrange(1, len(parts) - 1)] = chance.choice(WORDS)
    return " ".join(parts)


def is_likely(probability):
    return chance.random() < probability
