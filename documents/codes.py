"""The codes printed on documents, written so that a person can read them over the telephone."""

import re

from accounts.identifiers import public_id


def rendering_code():
    """Twelve letters and digits in three groups: ``ABCD-2345-WXYZ``."""
    code = public_id()
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def as_typed(text):
    """The code that a person meant: without case, spaces or the wrong dashes. Empty if it cannot be one."""
    letters = re.sub(r"[^0-9A-Za-z]", "", text).upper()
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}" if len(letters) == 12 else ""
