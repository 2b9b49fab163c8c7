"""What published Rules ask of whoever applies, read once by each process.

The rows of a publication never change (the database refuses it, ``programs.freezing``), so that what every
page of every application needs is not read again for each of them.
"""

from copy import copy
from functools import lru_cache

PUBLICATIONS = 200  # so many are remembered of each block; the one least asked for is given up first


def rows(model, publication_id):
    """The rows of a block in the order of the Rules: the reader's own, to write beside them."""
    return [copy(row) for row in _kept(model, publication_id)]


@lru_cache(maxsize=PUBLICATIONS * 5)
def _kept(model, publication_id):
    return tuple(model.objects.of_publication(publication_id).order_by("position", "pk"))


def forget():
    """Read everything anew: for what builds its Rules and takes them back, as tests do."""
    _kept.cache_clear()
