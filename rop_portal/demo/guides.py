"""Next year's Guide begun by the demonstration's planning secretariat, and past Rules rated by the rubric."""

from programs import guide_contents, guide_places, rating_results
from programs.actions import guide, guide_editions, guide_lists, guide_parts, ratings
from programs.actions.ratings import Said
from programs.models import Edition, GuideEdition, RatingLevel, Topic
from rop_portal.demo.people import who
from rop_portal.demo.reading import read
from rop_portal.demo.rules import Staff, at

COMPONENT = ("title_es", "title_en", "help", "blocks", "lock_level", "lock_reason", "model_text")


def begin_guide(year, *, day):
    """A draft Guide of a year: one component renamed and one new, a practice and a check."""
    told, owner = read("guides"), who("guide_owner")
    earlier = GuideEdition.objects.published().first()
    begun = guide_editions.begin(
        earlier, year, title=told["title"].format(year=year), note=told["note"], by=owner, at=at(day)
    )
    for slug, title in told["renamed"].items():
        change(begun, slug, by=owner, moment=at(day, 11), title_es=title)
    for slug, text in told["helped"].items():
        change(begun, slug, by=owner, moment=at(day, 11), help=text)
    guide_parts.add_component(begun, by=owner, at=at(day, 12), lock_level="free", **told["added"])
    practice = told["practice"] | {"topic": Topic.objects.get(code=told["practice"]["topic"])}
    guide_lists.add_practice(begun, by=owner, at=at(day, 13), is_core=False, **practice)
    check = told["check"]
    guide.set_check(begun, check["code"], check["level"], note=check["note"], by=owner, at=at(day, 14))
    return begun


def change(begun, slug, *, by, moment, **said):
    """Change one component as its form does: whatever is not said stays."""
    component = begun.components.select_related("guide", "section").get(slug=slug)
    stands = {name: getattr(component, name) for name in COMPONENT} | {"place": guide_places.of(component)}
    seen = guide_contents.fingerprint(component, guide_contents.OF_COMPONENT)
    guide_parts.change_component(component, seen=seen, by=by, at=moment, **stands | said)


def rate(edition, *, day):
    """The assessor rates published Rules criterion by criterion and hands it in; the agency replies once."""
    told = read("guides")["rating"]
    edition = Edition.objects.select_related("program__agency__body", "guide").get(pk=edition.pk)
    rating = ratings.begin(edition, by=who("assessor"), at=at(day))
    said = [_said(criterion, told) for _mark, criterion in rating_results.read(rating).rows]
    ratings.mark(rating, said, by=who("assessor"), at=at(day, 12))
    ratings.hand_in(rating, by=who("assessor"), at=at(day, 17))
    for mark in rating.marks.select_related("criterion", "rating__edition__program__agency"):
        if text := told["reply"].get(mark.criterion.key):
            ratings.reply(mark, text=text, by=Staff.of(edition.program).editor, at=at(day, 18))


def _said(criterion, told):
    """Partial or absent with its comment, as the contents say; all else is complete."""
    for level in (RatingLevel.PARTIAL, RatingLevel.ABSENT):
        if comment := told[level].get(criterion.key):
            return Said(criterion, level.value, comment)
    return Said(criterion, RatingLevel.COMPLETE.value)
