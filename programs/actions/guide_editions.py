"""A Guide of a year: begun from an earlier one, put in order, published with notices to those who draft."""

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.acts import ActNotPossible, moment, perform, record
from accounts.models import Membership, Role
from accounts.notices import notify_all
from jobs import locks
from programs import guide_contents, states
from programs.actions.guide import CannotChangeGuide, require_owner
from programs.models import (
    ChecklistEdition,
    CheckSetting,
    Component,
    Edition,
    GuideEdition,
    GuideSection,
    Rubric,
    RubricCriterion,
)
from programs.states import EditionState, GuideState


@transaction.atomic
def begin(earlier, year, *, title, by, note="", at=None):
    """Begin the Guide of a year on an earlier one: its sections, components, checks, checklist and rubric.

    It is a draft that only planning sees. Raises CannotChangeGuide.
    """
    at = moment(at)
    require_owner(earlier, by)
    _require_place(earlier, year, title)
    guide = _create(
        year=year, title=title.strip(), note=note.strip(), begun_from=earlier, begun_by=by, begun_at=at
    )
    components = _copy_components(earlier, guide)
    _copy_rows(CheckSetting.objects.filter(guide=earlier), guide=guide)
    _copy_checklist(earlier, guide)
    _copy_rubric(earlier, guide, components)
    record("guide.begin", guide, by=by, at=at, note=earlier.code)
    return guide


def _create(**said):
    """Of two who begin the Guide of a year at once, the second is told."""
    try:
        with transaction.atomic():
            return GuideEdition.objects.create(state=GuideState.DRAFT, **said)
    except IntegrityError as error:
        raise CannotChangeGuide(_("There is a Guide of that year already.")) from error


def _require_place(earlier, year, title):
    if earlier.is_draft:
        raise CannotChangeGuide(_("A Guide begins on one that is published."))
    if year <= earlier.year:
        raise CannotChangeGuide(_("It must be of a later year than the Guide that it begins on."))
    if not title.strip():
        raise CannotChangeGuide(_("Give the Guide its title."))
    if GuideEdition.objects.filter(year=year).exists() or ChecklistEdition.objects.filter(year=year).exists():
        raise CannotChangeGuide(_("There is a Guide of that year already."))


def _copy_components(earlier, guide):
    """The sections and components of the earlier Guide, as rows of the new one. Gives them by slug."""
    sections = {one.numeral: one for one in _copy_rows(earlier.sections.all(), guide=guide)}
    copies = [
        _copy(one, guide=guide, section=sections[one.section.numeral])
        for one in earlier.components.select_related("section")
    ]
    return {one.slug: one for one in Component.objects.bulk_create(copies)}


def _copy_checklist(earlier, guide):
    checklist = ChecklistEdition.objects.create(
        year=guide.year,
        title_es=f"Buenas prácticas para las Reglas de Operación {guide.year}",
        title_en=f"Good practices for the Rules of Operation {guide.year}",
    )
    _copy_rows(guide_contents.practices_of(earlier), checklist=checklist)


def _copy_rubric(earlier, guide, components):
    before = Rubric.objects.filter(guide=earlier).first()
    rubric = _copy(before or Rubric(), guide=guide)
    rubric.save()
    criteria = RubricCriterion.objects.filter(rubric__guide=earlier).select_related("component")
    RubricCriterion.objects.bulk_create(
        _copy(one, rubric=rubric, component=components[one.component.slug]) for one in criteria
    )


def _copy_rows(rows, **owner):
    return rows.model.objects.bulk_create([_copy(row, **owner) for row in rows])


def _copy(row, **owner):
    """The row as a new one that belongs to another."""
    row.pk, row._state.adding = None, True
    for name, value in owner.items():
        setattr(row, name, value)
    return row


@transaction.atomic
def describe_guide(guide, *, title, note, by, at=None):
    """Write the title of a draft Guide and what is to be known of it. Raises CannotChangeGuide."""
    held(guide, by)
    if not title.strip():
        raise CannotChangeGuide(_("Give the Guide its title."))
    guide.title, guide.note = title.strip(), note.strip()
    guide.save(update_fields=["title", "note"])
    record("guide.entitle", guide, by=by, at=moment(at))
    return guide


def held(guide, by):
    """Hold a Guide while its owner changes it, so that nobody publishes it meanwhile. A draft only."""
    locks.exclusive(GuideEdition.objects.filter(pk=guide.pk))
    require_owner(guide, by)
    guide.refresh_from_db(fields=["state"])
    if not guide.is_draft:
        raise CannotChangeGuide(
            _("This Guide is published: only its help, its confirmations and its checks change.")
        )


def lacks(contents):
    """What a Guide lacks to be published, in words; empty when nothing."""
    empty = GuideSection.objects.filter(guide=contents.guide, components=None)
    homeless = [
        one for one in contents.practices.values() if not contents.components.keys() & set(one.components)
    ]
    return [
        *(_("Section %(name)s has no component.") % {"name": one} for one in empty),
        *(_("Practice %(code)s lives in no component of this Guide.") % {"code": one} for one in homeless),
        *([] if contents.components else [_("It has no component.")]),
    ]


@transaction.atomic
def publish(guide, *, by, at=None):
    """Publish a Guide. From here on drafts may begin on it, and those on an older one are told.

    Raises CannotChangeGuide, or ActNotPossible when it was published already.
    """
    at = moment(at)
    locks.exclusive(GuideEdition.objects.filter(pk=guide.pk))
    require_owner(guide, by)
    guide.refresh_from_db()
    if not states.PUBLISH_GUIDE.is_possible_for(guide):
        raise ActNotPossible(guide, states.PUBLISH_GUIDE)
    contents = guide_contents.read(guide)
    if missing := lacks(contents):
        raise CannotChangeGuide(" ".join(missing))
    digest = guide_contents.digest(contents)
    perform(states.PUBLISH_GUIDE, guide, by=by, at=at, published_at=at, published_by=by, sha256=digest)
    _tell(guide, recipients(guide), at)
    return guide


def drafts_behind(guide):
    """The drafts that a Guide will offer to move: of its year or later, on an older one."""
    drafts = Edition.objects.filter(state=EditionState.DRAFT, fiscal_year__gte=guide.year)
    return drafts.filter(guide__year__lt=guide.year)


def recipients(guide):
    """Who is told that a Guide is published: the Rules editors of the agencies with such drafts."""
    bodies = drafts_behind(guide).values("program__agency__body")
    seats = Membership.objects.current().with_role(Role.EDITOR).filter(body__in=bodies)
    return list(dict.fromkeys(seat.user for seat in seats.select_related("user").order_by("user__name")))


def subject(guide):
    return _("The Guide of %(year)s is published") % {"year": guide.year}


def _tell(guide, people, at):
    notify_all(
        people,
        kind="guide.published",
        subject=lambda: subject(guide),
        body=lambda: _(
            "Your agency has a draft on an earlier Guide. Open it to see what changed and to move it."
        ),
        link=reverse("programs:drafting"),
        at=at,
    )
