"""The variables of a model text: what an agency fills in where the Guide leaves nothing else free. Pure."""

import re

from django.utils.html import escape

VARIABLE = re.compile(r"\{\s*([^{}<>]+?)\s*\}")


def names_in(model_text):
    """The variables that a model text marks as ``{name}``, once each, in their order."""
    return list(dict.fromkeys(" ".join(name.split()) for name in VARIABLE.findall(model_text)))


def filled(model_text, values):
    """The model text with the values given; what has no value stays marked."""

    def value(match):
        given = values.get(" ".join(match[1].split()), "").strip()
        return str(escape(given)) if given else match[0]

    return VARIABLE.sub(value, model_text)


def missing(model_text, values):
    """The variables that nobody filled in yet."""
    return [name for name in names_in(model_text) if not values.get(name, "").strip()]
