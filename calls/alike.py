"""Which texts say something like another one, by their plain words. Pure."""

import re

from calls.folding import fold

# Words that say nothing of what a question is about, folded, in both languages of the portal
EMPTY = """
    como cual cuales cuando cuanto cuanta cuantos cuantas donde quien quienes porque para pero desde hasta
    sobre entre este esta estos estas ese esa esos esas aquel eso esto otro otra otros otras una uno unos
    unas que con sin por los las del nos les sus mis hay ser son sera fue puede pueden puedo podemos podria
    debe deben debo debemos tiene tienen tengo tenemos hace hacer tambien solo cada todo toda todos todas
    muy mas menos nuestra nuestro nuestras nuestros convocatoria pregunta duda gracias favor buenas buenos
    dias tardes how what when where which who why can may must should does the and for with from that this
    these those have has are our your about call question please thanks
"""
_EMPTY = frozenset(EMPTY.split())
SHORTEST = 3
ENOUGH = 0.4  # of the words of the shorter text


def words_of(text):
    """The words that say what a text is about, without accents or plural."""
    found = re.findall(r"\w+", fold(text))
    return {_root(word) for word in found if len(word) >= SHORTEST and word not in _EMPTY}


def _root(word):
    """«viajes» and «viaje», «organizaciones» and «organización» are one word."""
    root = word.removesuffix("s").removesuffix("e")
    return root if len(root) >= SHORTEST else word


def most_alike(text, candidates, *, most):
    """The keys of the candidates that share most words with a text, the closest first.

    ``candidates``: pairs of key and text. Two words in common, or the only one of a text, and no fewer than
    two in five of the shorter one.
    """
    wanted = words_of(text)
    scored = [(_closeness(wanted, words_of(said)), key) for key, said in candidates]
    close = sorted((one for one in scored if one[0]), key=lambda one: -one[0])
    return [key for _score, key in close[:most]]


def _closeness(wanted, said):
    shared, shorter = len(wanted & said), min(len(wanted), len(said))
    if not shared or shared < min(2, shorter) or shared / shorter < ENOUGH:
        return 0
    return shared / shorter + shared / 100
