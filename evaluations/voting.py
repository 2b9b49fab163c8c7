"""Pure: what a committee decided by its votes."""

from collections import Counter

ABSTAIN = "abstain"


def decision(votes, *, casting=None):
    """The choice with most votes. A tie is broken by the casting vote, if it is among the tied.

    ``votes`` are the choices of those who may vote; abstentions do not count. ``None``: nothing decided.
    """
    counted = Counter(choice for choice in votes if choice != ABSTAIN)
    if not counted:
        return None
    most = max(counted.values())
    leading = {choice for choice, count in counted.items() if count == most}
    if len(leading) == 1:
        return leading.pop()
    return casting if casting in leading else None


def has_quorum(present, recused, needed):
    """Whether those present with a vote, without the recused, are enough."""
    return len(set(present) - set(recused)) >= needed
