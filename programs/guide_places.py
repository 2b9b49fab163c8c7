"""Where a component stands in its Guide: at the beginning of a section, or after another component."""

from django.utils.translation import gettext as _


def in_order(guide):
    """The components in the order of the Guide: section by section, by number within each."""
    return list(guide.components.select_related("section").order_by("section__position", "number", "pk"))


def choices(guide, component=None):
    """Every place where a component can stand, as a form offers them."""
    found = []
    for section in guide.sections.prefetch_related("components"):
        others = [one for one in section.components.all() if component is None or one.pk != component.pk]
        found.append((f"section {section.numeral}", _("At the beginning of %(name)s") % {"name": section}))
        found += [(f"after {one.slug}", _("After %(name)s") % {"name": one}) for one in others]
    return found


def of(component):
    """The place where a component stands now."""
    before = component.section.components.filter(number__lt=component.number).order_by("-number").first()
    return f"after {before.slug}" if before else f"section {component.section.numeral}"


def find(component, place):
    """The section of a place and the whole order with the component there; None where there is none."""
    kind, _space, key = place.partition(" ")
    order = [one for one in in_order(component.guide) if one.pk != component.pk]
    if kind == "after":
        index = next((index for index, one in enumerate(order) if one.slug == key), None)
        section = None if index is None else order[index].section
        ahead = 0 if index is None else index + 1
    else:
        section = component.guide.sections.filter(numeral=key).first()
        ahead = sum(one.section.position < section.position for one in order) if section else 0
    return section and (section, [*order[:ahead], component, *order[ahead:]])
