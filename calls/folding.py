"""Words as they are searched: without accents or capitals. Pure."""

import unicodedata


def fold(text):
    """«Núñez» is found by «nunez»."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return " ".join("".join(sign for sign in decomposed if not unicodedata.combining(sign)).split())
