"""What a newer Guide changes of an older one, in words for those who write Rules. Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.draft_checks import CHECKS
from programs.guide_contents import OF_CRITERION
from programs.models import BLOCKS, CheckLevel, LockLevel

COMPONENT, PRACTICE, CHECK, CRITERION = "component", "practice", "check", "criterion"
TITLES = {
    COMPONENT: gettext_lazy("Components"),
    CHECK: gettext_lazy("Checks of a draft"),
    PRACTICE: gettext_lazy("Good practices"),
    CRITERION: gettext_lazy("Rubric"),
}


@dataclass(frozen=True)
class Change:
    """One thing that changed: of what kind, which one by its key, its name, and what happened to it."""

    kind: str
    key: str
    name: str
    words: str
    is_number: bool = False


def changes(old, new):
    """Every change between two Guides (as read by ``guide_contents``), in the order of the newer."""
    return [
        *_of(COMPONENT, old.components, new.components, _said_of_component, str),
        *_numbers(old.components, new.components),
        *_checks(old.levels, new.levels),
        *_of(PRACTICE, old.practices, new.practices, practice_changes, _practice_name),
        *_of(CRITERION, old.criteria, new.criteria, _criterion_changes, lambda one: one.statement),
    ]


def by_kind(found):
    """The changes for a page: under the title of their kind each thing with its words, mere numbers last."""
    return [
        (title, sorted(things.values(), key=lambda one: one[2]))
        for kind, title in TITLES.items()
        if (things := _things(one for one in found if one.kind == kind))
    ]


def _things(found):
    """Each thing that changed: its name, its words, and whether only its number is another."""
    things: dict[str, tuple] = {}
    for one in found:
        _name, words, is_number = things.get(one.key, ("", [], True))
        things[one.key] = (one.name, [*words, one.words], is_number and one.is_number)
    return things


def _practice_name(practice):
    return f"{practice.code} · {practice.title}"


def _of(kind, old, new, differ, name):
    for key, thing in new.items():
        words = differ(old[key], thing) if key in old else [_("Added")]
        yield from (Change(kind, key, name(thing), one) for one in words)
    for key, thing in old.items():
        if key not in new:
            yield Change(kind, key, name(thing), _("Taken out"))


def component_changes(before, after):
    """What changed of a component, in words, its number included."""
    yield from _said_of_component(before, after)
    yield from _said_of_number(before, after)


def _numbers(old, new):
    for key, thing in new.items():
        words = _said_of_number(old[key], thing) if key in old else []
        yield from (Change(COMPONENT, key, str(thing), one, is_number=True) for one in words)


def _said_of_number(before, after):
    if before.number != after.number:
        yield _("Number %(before)s becomes %(after)s") % {"before": before.number, "after": after.number}


def _said_of_component(before, after):
    if before.title_es != after.title_es:
        yield _("Renamed: it was “%(before)s”") % {"before": before.title}
    sections = {"before": before.section.numeral, "after": after.section.numeral}
    if sections["before"] != sections["after"]:
        yield _("It moved from section %(before)s to section %(after)s") % sections
    yield from _lock_changes(before, after)
    yield from _block_changes(before, after)
    if before.help != after.help:
        yield _("What it must contain is said differently")


def _lock_changes(before, after):
    if before.lock_level != after.lock_level:
        said = {"before": before.get_lock_level_display(), "after": after.get_lock_level_display()}
        yield _("What is left to the agency: “%(before)s” becomes “%(after)s”") % said
    elif after.lock_level != LockLevel.FREE and before.model_text != after.model_text:
        yield _("The model text of the Guide changed")


def _block_changes(before, after):
    if added := _block_names(block for block in after.blocks if block not in before.blocks):
        yield _("Data that it carries now: %(names)s") % {"names": added}
    if gone := _block_names(block for block in before.blocks if block not in after.blocks):
        yield _("Data that it no longer carries: %(names)s") % {"names": gone}


def _block_names(blocks):
    return ", ".join(str(BLOCKS[block][0]._meta.verbose_name_plural) for block in blocks if block in BLOCKS)


def practice_changes(before, after):
    """What changed of a practice, in words."""
    if (before.statement_es, before.title_es) != (after.statement_es, after.title_es):
        yield _("It is stated differently")
    if before.is_core != after.is_core:
        yield _("It counts for the index now") if after.is_core else _("It stands apart from the index now")
    if sorted(before.components) != sorted(after.components):
        yield _("It lives in other components")
    if (before.topic_id, before.dimension_id) != (after.topic_id, after.dimension_id):
        yield _("Its topic or its dimension changed")


def _criterion_changes(before, after):
    points = {"before": before.max_points, "after": after.max_points}
    if points["before"] != points["after"]:
        yield _("%(before)s points become %(after)s") % points
    others = [name for name in OF_CRITERION if name != "max_points"]
    if any(getattr(before, name) != getattr(after, name) for name in others):
        yield _("What it asks or its levels are said differently")


def _checks(old, new):
    titles = {check.code: str(check.title) for check in CHECKS}
    for code, level in new.items():
        if old[code] != level:
            said = {"before": CheckLevel(old[code]).label, "after": CheckLevel(level).label}
            yield Change(CHECK, code, titles[code], _("“%(before)s” becomes “%(after)s”") % said)
