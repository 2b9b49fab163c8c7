"""A new edition: an instance of the Guide for one program and year, empty or on Rules that stand already."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.acts import moment, record
from programs import carrying
from programs.actions import commons
from programs.actions.drafting import model_text_of, version_of
from programs.clauses import publication_of
from programs.models import (
    BLOCK_MODELS,
    ComponentText,
    Edition,
    LockLevel,
    NonWorkingDay,
    PublishedText,
    TextVersion,
)


class CannotStart(Exception):
    """Why a draft cannot be started, in words for its editor."""


@transaction.atomic
def start_draft(program, fiscal_year, guide, *, by, at=None, based_on=None, is_demo=None):
    """Start the draft of a program's Rules for a year: each component of the Guide, its text to be written.

    ``based_on`` an edition of the program, or on the published Rules of another one, it begins with the text
    and data found there, the dates moved to the new fiscal year; all of it is to be reviewed. What came from
    another program says so, clause by clause. Raises CannotStart.
    """
    at = moment(at)
    if not by.has_perm("programs.start_edition", program):
        raise CannotStart(_("Only a Rules editor of the program's agency can start a draft."))
    if guide.is_draft:
        raise CannotStart(_("That Guide is not published yet: an edition begins on a published one."))
    is_borrowed = based_on is not None and based_on.program_id != program.pk
    if is_borrowed and publication_of(based_on) is None:
        raise CannotStart(_("Of another program, a draft can only begin on Rules that are published."))

    edition = _create(program, fiscal_year, guide, at=at, based_on=based_on, is_demo=is_demo)
    _write_texts(edition, based_on, by=by, at=at)
    if based_on:
        _carry_rows(based_on, edition)
        commons.carry_over(based_on, edition)
    if is_borrowed:
        commons.name_sources(publication_of(based_on), edition, by=by, at=at)
    record("edition.start", edition, by=by, at=at, note=based_on.code if based_on else "")
    return edition


def _create(program, fiscal_year, guide, *, at, based_on, is_demo):
    try:
        with transaction.atomic():
            return Edition.objects.create(
                program=program,
                fiscal_year=fiscal_year,
                guide=guide,
                code=_next_code(program.agency, fiscal_year),
                is_demo=settings.DEMO if is_demo is None else is_demo,
                created_at=at,
                based_on=based_on,
            )
    except IntegrityError as error:
        taken = _("This program already has an edition for %(year)d.") % {"year": fiscal_year}
        raise CannotStart(taken) from error


def _next_code(agency, fiscal_year):
    """ROP-SISEMH-2026-01: a series per agency and year, never used again."""
    series = f"ROP-{agency.acronym.upper()}-{fiscal_year}-"
    used = Edition.objects.filter(code__startswith=series).values_list("code", flat=True)
    last = max((int(code.removeprefix(series)) for code in used), default=0)
    return f"{series}{last + 1:02}"


def _write_texts(edition, earlier, *, by, at):
    """Each component with its first version: the Guide's where it is locked, else the earlier edition's.

    Components are known by slug, not by number.
    """
    written = _texts_of(earlier) if earlier else {}
    texts = [
        _first_text(edition, component, written.get(component.slug), by=by, at=at)
        for component in edition.guide.components.all()
    ]
    ComponentText.objects.bulk_create(texts)
    versions = [version_of(text, origin=_origin(text)) for text in texts if text.version]
    TextVersion.objects.bulk_create(versions)


def _first_text(edition, component, before, *, by, at):
    text = ComponentText(edition=edition, component=component)
    if before:
        text.say(before.said())
    if component.lock_level != LockLevel.FREE:
        text.text, text.not_applicable_reason = model_text_of(component, text.values), ""
    if before or text.is_written:
        text.version, text.sitting, text.saved_at, text.saved_by = 1, 1, at, by
    return text


def _origin(text):
    is_free = text.component.lock_level == LockLevel.FREE
    return TextVersion.Origin.CARRIED if is_free else TextVersion.Origin.GUIDE


def _carry_rows(earlier, edition):
    """The data of the earlier edition, as published where it is, each day moved to the new fiscal year."""
    years = edition.fiscal_year - earlier.fiscal_year
    holidays = frozenset(NonWorkingDay.objects.values_list("on", flat=True))
    published = publication_of(earlier)
    for model in BLOCK_MODELS:
        rows = carrying.move(
            model.objects.filter(edition=earlier, publication=published), model, years, holidays
        )
        copy_rows(rows, model, edition=edition, publication=None)


def _texts_of(earlier):
    """The texts of an edition by component: as published, where it is; no amendment under way counts."""
    texts = (publication_of(earlier) or earlier).texts
    return {text.component.slug: text for text in texts.select_related("component")}


def copy_rows(rows, model, *, edition, publication):
    """Copy rows of a block to another owner; keys and places stay."""
    copies = []
    for row in rows:
        row.pk, row._state.adding = None, True
        row.edition, row.publication = edition, publication
        copies.append(row)
    return model.objects.bulk_create(copies)


def copy_texts(texts, publication):
    """Copy the texts of a draft into its publication."""
    return PublishedText.objects.bulk_create(
        PublishedText(publication=publication, component=text.component, version=text.version, **text.said())
        for text in texts
    )
