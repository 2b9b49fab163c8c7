"""Reads: whether a text still says whose application it was made from."""

from accounts.models import Membership
from calls.folding import fold

SHORTEST = 4  # letters: what is shorter stands in other words by chance


def names_left(application, text):
    """What of the organization, its people and the folio is still in the text, as it is written there."""
    said = fold(text)
    return [name for name in _names_of(application) if len(name) >= SHORTEST and fold(name) in said]


def _names_of(application):
    organization, body = application.organization, application.organization.body
    people = Membership.objects.filter(body=body).values_list("user__name", "user__email")
    own = [application.folio, organization.rfc, body.name_es, body.name_en, body.short_name]
    return list(dict.fromkeys([*own, *(name for pair in people for name in pair)]))
