"""The adjusted score beside the one that counts, in numbers and in words."""

from django.utils.translation import gettext as _

from evaluations import adjustment
from evaluations.adjustment import Undefined


def adjusted_of(places):
    """The adjusted scores of the files of a ranking."""
    given = {
        place.scored.key: dict(zip(place.scored.readers, place.scored.totals, strict=True))
        for place in places
    }
    return adjustment.adjusted(given, list(given))


def formula():
    """How it is counted, for whoever reads the page."""
    return _(
        "What an evaluator gives a file is taken as the worth of the file plus what that evaluator gives "
        "over or under the others. The evaluators' part is found by least squares over all files and adds "
        "up to zero; the adjusted score is the mean of the totals of the file, each less the part of who "
        "gave it, rounded to two decimals. It can go below 0 or above 100."
    )


def decides_nothing():
    return _(
        "It is information: it decides nothing. The ranking is that of the mean. A committee that takes it "
        "into account departs from the ranking, and has to write so and why in the ruling."
    )


def why_undefined(adjusted):
    """Why there is no adjusted score, in a sentence; empty where there is one."""
    said = {
        Undefined.NOTHING: _("No evaluation has been handed in: there is nothing to adjust."),
        Undefined.ONE_READER: _("One person evaluated every file: there is nobody to compare with."),
        Undefined.ONE_EACH: _(
            "Each file was evaluated by one person: a severe evaluator cannot be told from a weak project."
        ),
        Undefined.APART: _(
            "The evaluators worked in %(panels)s groups that share no file: what one group gives cannot be "
            "compared with what another gives."
        ),
    }
    return said[adjusted.undefined] % {"panels": adjusted.panels} if adjusted.undefined else ""
