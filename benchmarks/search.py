"""The search of clauses over every published component: a word that few of them hold, and one that all do."""

from functools import partial

from benchmarks.measuring import against, count, queries_of

ADDRESS = "/clausulas/"


def measures(ask, bare, *, rare, common):
    """``ask`` opens an address; the words are some that the world was built with."""
    for name, word in (("rare", rare), ("common", common)):
        page = partial(ask, f"{ADDRESS}?q={word}")
        yield against(f"B8 search, a {name} word", page, bare, to="a bare page", below=10)
    few, many = (queries_of(partial(ask, f"{ADDRESS}?q={word}")) for word in (rare, common))
    yield count(
        "B8 search, queries", many, unit="queries", goal=f"the {few} of a rare word", holds=few == many
    )
