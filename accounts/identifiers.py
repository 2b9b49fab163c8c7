"""Random public names. Addresses carry these, never a row's number."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def public_id():
    """Twelve letters and digits that nobody confuses when read aloud (58 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(12))
