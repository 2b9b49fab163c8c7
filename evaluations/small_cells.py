"""Pure: counts that may be published without pointing at anybody, and how long something took.

A count between one and four is hidden; where it could be worked out from a total and the other counts, so is
the next one. Nothing at all is no secret.
"""

import math

FLOOR = 5


def is_small(count):
    return 0 < count < FLOOR


def published(counts):
    """The counts by name, ``None`` in the place of those that are not published. Their sum is public."""
    hidden = {name for name, count in counts.items() if is_small(count)}
    while hidden and (len(hidden) == 1 or sum(counts[name] for name in hidden) < FLOOR):
        others = [name for name in counts if name not in hidden and counts[name]]
        if not others:
            break
        hidden.add(min(others, key=counts.get))
    return {name: None if name in hidden else count for name, count in counts.items()}


def part(count, total):
    """A count of some of a public total: hidden when it, or what is left, is small."""
    return None if is_small(count) or is_small(total - count) else count


def added(rows):
    """The sum of what was counted in several places, whose own counts are public where they are not small.

    ``rows`` pairs each count with what is published of it. It is hidden where it would tell one of them.
    """
    kept_back = [count for count, shown in rows if shown is None]
    if kept_back and (len(kept_back) == 1 or sum(kept_back) < FLOOR):
        return None
    total = sum(count for count, _shown in rows)
    return None if is_small(total) else total


def percentile(values, share):
    """The smallest value that at least that share of them does not exceed; None where there are too few."""
    if len(values) < FLOOR:
        return None
    return sorted(values)[math.ceil(share * len(values)) - 1]
