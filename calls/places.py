"""Where a call works: the places that its Rules cover, as the list of calls and subscriptions name them.

A place is a region by its name or a municipality by its INEGI key. Rules that cover the whole state, or say
nothing of where they work, reach every place; a region is reached by any of its municipalities.
"""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from programs.models import CoverageArea, Municipality

Level = CoverageArea.Level


def choices():
    """Every region with its municipalities under it, for a select."""
    return [
        (region, [(region, _("The whole region %(region)s") % {"region": region}), *held])
        for region, held in by_region()
    ]


def by_region():
    """Every region with the key and name of its municipalities: one query."""
    groups: dict[str, list] = {}
    places = Municipality.objects.order_by("region", "name")
    for region, key, name in places.values_list("region", "key", "name"):
        groups.setdefault(region, []).append((key, name))
    return list(groups.items())


def reached(found, place, publication="publication"):
    """Of rows with a publication, those whose Rules reach a place."""
    stated = CoverageArea.objects.filter(publication=OuterRef(publication)).order_by()
    return found.filter(~Exists(stated) | Exists(stated.filter(_holds(place))))


def _holds(place):
    """The areas that reach a place: the state, the place itself, its region, or a part of it."""
    municipality = Municipality.objects.filter(key=place).first()
    if municipality is None:
        return Q(level=Level.STATE) | Q(region=place)
    around = Q(level=Level.REGION, region=municipality.region)
    return Q(level=Level.STATE) | around | Q(municipality_key=place)


def of_publication(publication_id):
    """Every place that the Rules of a publication reach, or None when they reach them all."""
    areas = list(CoverageArea.objects.of_publication(publication_id))
    if not areas or any(area.level == Level.STATE for area in areas):
        return None
    whole = {area.region for area in areas if area.level == Level.REGION}
    inside = Municipality.objects.filter(region__in=whole).values_list("key", flat=True)
    parts = {area.municipality_key for area in areas if area.level == Level.MUNICIPALITY}
    return {*whole, *inside, *parts, *(area.region for area in areas)}


def names_of(places):
    """The name of each place: a region is called by its own."""
    keys = {place for place in places if place.isdigit()}
    named = dict(Municipality.objects.filter(key__in=keys).values_list("key", "name")) if keys else {}
    return {place: named.get(place, place) for place in places}
