"""The sections and components of a Guide while it is written: added, named, moved, taken out."""

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.acts import moment, record
from programs import guide_contents, guide_places
from programs.actions.guide import CannotChangeGuide
from programs.actions.guide_editions import held
from programs.models import BLOCKS, Component, GuideSection, LockLevel, Practice, RubricCriterion

OF_SECTION = ("numeral", "title_es", "title_en")


def require_seen(thing, names, seen):
    """Refuse a change that was typed over something else than what stands."""
    if guide_contents.fingerprint(thing, names) != seen:
        raise CannotChangeGuide(
            _("Somebody changed this meanwhile. What you typed is kept here; read what stands first.")
        )


@transaction.atomic
def add_section(guide, *, by, at=None, **said):
    """Add a section at the end of a draft Guide. Raises CannotChangeGuide."""
    held(guide, by)
    position = 1 + max((one.position for one in guide.sections.all()), default=0)
    section = GuideSection(guide=guide, position=position, **said)
    _require_numeral(section)
    section.save()
    record("guide.add_section", guide, by=by, at=moment(at), note=section.numeral)
    return section


@transaction.atomic
def change_section(section, *, seen, by, at=None, **said):
    """Change the numeral and the titles of a section. Raises CannotChangeGuide."""
    held(section.guide, by)
    section.refresh_from_db()
    require_seen(section, OF_SECTION, seen)
    for name, value in said.items():
        setattr(section, name, value)
    section.is_confirmed = False
    _require_numeral(section)
    section.save(update_fields=[*said, "is_confirmed"])
    record("guide.change_section", section.guide, by=by, at=moment(at), note=section.numeral)
    return section


@transaction.atomic
def remove_section(section, *, by, at=None):
    """Take out a section that holds nothing. Raises CannotChangeGuide."""
    guide = section.guide
    held(guide, by)
    if section.components.exists():
        raise CannotChangeGuide(_("Move its components to another section first, or take them out."))
    section.delete()
    record("guide.remove_section", guide, by=by, at=moment(at), note=section.numeral)


def _require_numeral(section):
    others = GuideSection.objects.filter(guide=section.guide_id, numeral=section.numeral)
    if others.exclude(pk=section.pk).exists():
        raise CannotChangeGuide(_("Another section has that numeral."))


@transaction.atomic
def add_component(guide, *, place, by, at=None, **said):
    """Add a component where ``place`` says; the others are numbered anew. Raises CannotChangeGuide."""
    held(guide, by)
    component = Component(guide=guide, slug=_free_slug(guide, said["title_es"]), number=0, **said)
    _require_lock(component)
    _put(component, place)
    record("guide.add_component", component, by=by, at=moment(at), note=f"{guide.year} {component.slug}")
    return component


@transaction.atomic
def change_component(component, *, place, seen, by, at=None, **said):
    """Change what a draft Guide says of a component, and its place. A new title keeps the old one beside it.

    What no longer is as it was confirmed is not confirmed any more. Raises CannotChangeGuide.
    """
    guide = component.guide
    held(guide, by)
    component.refresh_from_db()
    require_seen(component, guide_contents.OF_COMPONENT, seen)
    _rename(component, said["title_es"])
    for name, value in said.items():
        setattr(component, name, value)
    _require_lock(component)
    _put(component, place)
    record("guide.change_component", component, by=by, at=moment(at), note=f"{guide.year} {component.slug}")
    return component


def _rename(component, title):
    """Keep what the Guide that this one began from called it; with that title again, its own past."""
    if component.title_es == title:
        return
    before = Component.objects.filter(guide=component.guide.begun_from_id, slug=component.slug).first()
    if before and before.title_es != title:
        component.renamed_from, component.renamed_in = before.title_es, component.guide.year
    else:
        component.renamed_from = before.renamed_from if before else ""
        component.renamed_in = before.renamed_in if before else None
    component.is_confirmed = False


def _require_lock(component):
    component.blocks = [block for block in BLOCKS if block in component.blocks]
    if component.lock_level == LockLevel.FREE:
        return
    if not (component.lock_reason.strip() and component.model_text.strip()):
        raise CannotChangeGuide(
            _("What is not free says why, and gives the text: write the reason and the model text.")
        )


def _put(component, place):
    """Stand a component in its place, keep it, and number all components in the order of the Guide."""
    found = guide_places.find(component, place)
    if found is None:
        raise CannotChangeGuide(_("Choose where it stands."))
    component.section, order = found
    component.save()
    _number_anew(order)


def _number_anew(order):
    """One, two, three… A number that changes is not confirmed any more."""
    for number, component in enumerate(order, start=1):
        if component.number != number:
            component.number, component.is_confirmed = number, False
            component.save(update_fields=["number", "is_confirmed"])


def goes_with(component):
    """What leaves the Guide with a component: its criteria, and its place in practices."""
    practices = guide_contents.practices_of(component.guide)
    return {
        "criteria": list(RubricCriterion.objects.filter(component=component)),
        "practices": [one for one in practices if component.slug in one.components],
    }


@transaction.atomic
def remove_component(component, *, by, at=None):
    """Take a component out of a draft Guide, with its criteria. Raises CannotChangeGuide.

    Texts that were written for it stand on the earlier Guide and stay there until their draft is moved.
    """
    guide, slug = component.guide, component.slug
    held(guide, by)
    gone = goes_with(component)
    for practice in gone["practices"]:
        practice.components = [one for one in practice.components if one != slug]
    Practice.objects.bulk_update(gone["practices"], ["components"])
    RubricCriterion.objects.filter(component=component).delete()
    component.delete()
    _number_anew(guide_places.in_order(guide))
    record("guide.remove_component", guide, by=by, at=moment(at), note=slug)


def _free_slug(guide, title):
    base = slugify(title)[:50] or "componente"
    taken = set(Component.objects.filter(guide=guide).values_list("slug", flat=True))
    names = [base, *(f"{base}-{n}" for n in range(2, 100))]
    return next(name for name in names if name not in taken)
