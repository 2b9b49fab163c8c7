"""Everything a Guide asks for, read once: its components, checks, checklist and rubric."""

import hashlib
import json
from dataclasses import dataclass, field, replace

from programs.draft_checks import CHECKS
from programs.models import ChecklistEdition, CheckSetting, Component, Practice, RubricCriterion

OF_COMPONENT = (
    "slug", "number", "title_es", "title_en", "blocks", "lock_level", "lock_reason", "model_text", "help",
    "is_confirmed",
)  # fmt: skip
OF_PRACTICE = (
    "code", "title_es", "title_en", "statement_es", "statement_en", "topic_id", "dimension_id", "components",
    "why_it_matters", "government_view", "is_core",
)  # fmt: skip
OF_CRITERION = (
    "key", "axis", "statement_es", "statement_en", "max_points", "partial_points", "absent", "partial",
    "complete",
)  # fmt: skip


@dataclass(frozen=True)
class GuideContents:
    """A Guide with its components by slug, practices by code, criteria by key and checks by code."""

    guide: object
    components: dict
    practices: dict = field(default_factory=dict)
    criteria: dict = field(default_factory=dict)
    levels: dict = field(default_factory=dict)

    def blocks(self):
        """Every block that some component carries."""
        return {block for component in self.components.values() for block in component.blocks}


def read(guide):
    return read_all(guide)[0]


def read_all(*guides):
    """Several Guides at once, in five queries whatever they hold."""
    criteria = RubricCriterion.objects.filter(rubric__guide__in=guides).select_related("component", "rubric")
    settings = CheckSetting.objects.filter(guide__in=guides)
    return [
        replace(
            one,
            criteria={row.key: row for row in criteria if row.rubric.guide_id == one.guide.pk},
            levels=LEVELS | {row.code: row.level for row in settings if row.guide_id == one.guide.pk},
        )
        for one in read_components(*guides)
    ]


LEVELS = {check.code: str(check.level) for check in CHECKS}


def read_components(*guides):
    """Of several Guides their components and their practices alone, in three queries."""
    components = Component.objects.filter(guide__in=guides).select_related("section")
    every = list(ChecklistEdition.objects.with_guide_state().order_by("-year"))
    checklists = {guide.pk: _checklist_of(guide, every) for guide in guides}
    practices = Practice.objects.filter(checklist__in=checklists.values())
    practices = practices.select_related("topic", "dimension")
    return [
        GuideContents(
            guide=guide,
            components={one.slug: one for one in components if one.guide_id == guide.pk},
            practices={one.code: one for one in practices if one.checklist_id == checklists[guide.pk]},
        )
        for guide in guides
    ]


def _checklist_of(guide, checklists):
    """The number of a Guide's checklist: its own while it is written, else the newest that it had."""
    if guide.is_draft:
        return next((one.pk for one in checklists if one.year == guide.year), 0)
    return next((one.pk for one in checklists if one.year <= guide.year and not one.is_draft), 0)


def practices_of(guide):
    """The practices of a Guide: its own checklist's while it is written, else the newest it had."""
    checklists = ChecklistEdition.objects.filter(year=guide.year)
    newest = checklists if guide.is_draft else ChecklistEdition.objects.of_guide(guide.year)
    return Practice.objects.filter(checklist__in=newest.values("pk")).select_related("topic", "dimension")


def fingerprint(thing, names):
    """What a page saw of a row: sent back with a change, so that nobody goes over another's silently."""
    return _sha256(_values(thing, names))[:16]


def digest(contents):
    """The SHA-256 of all that a Guide says, in one canonical form."""
    guide = contents.guide
    return _sha256(
        {
            "guide": [guide.year, guide.title, guide.note],
            "components": _each(contents.components, (*OF_COMPONENT, "section_id")),
            "practices": _each(contents.practices, OF_PRACTICE),
            "criteria": _each(contents.criteria, OF_CRITERION),
            "checks": contents.levels,
        }
    )


def _each(things, names):
    return [_values(things[key], names) for key in sorted(things)]


def _values(thing, names):
    return {name: getattr(thing, name) for name in names}


def _sha256(data):
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
