"""How large compressed bytes become, found out without keeping what they become."""

import zlib

from documents.opening.bounds import MEGABYTE


class Swells(Exception):
    """It becomes larger than it may."""


class Inflation:
    """Compressed bytes given piece by piece; ``size`` is what they became so far."""

    def __init__(self, most):
        self.most, self.size, self._zlib = most, 0, zlib.decompressobj()

    def feed(self, piece):
        """Raises Swells above ``most`` bytes, and zlib.error where the bytes are not what they should be."""
        while not self._zlib.eof:
            given = len(self._zlib.decompress(piece, MEGABYTE))
            self.size += given
            if self.size > self.most:
                raise Swells
            piece = self._zlib.unconsumed_tail
            if not piece and given < MEGABYTE:
                return


def size_of(content, most):
    """The size of a compressed piece. Raises Swells; what breaks off counts up to there."""
    inflation = Inflation(most)
    try:
        inflation.feed(content)
    except zlib.error:
        return inflation.size
    return inflation.size
