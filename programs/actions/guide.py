"""What planning decides in a Guide. Every decision stays in the trail."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.acts import moment, record
from programs.draft_checks import CHECKS
from programs.models import CheckLevel, CheckSetting, Component


class CannotChangeGuide(Exception):
    """Why the Guide cannot be changed so, in words for its owner."""


@transaction.atomic
def set_check(guide, code, level, *, by, note="", at=None):
    """Make a check blocking, advisory or switched off in the drafts of a Guide. Raises CannotChangeGuide."""
    at, note = moment(at), note.strip()
    require_owner(guide, by)
    if code not in {check.code for check in CHECKS} or level not in CheckLevel.values:
        raise CannotChangeGuide(_("There is no such check or no such level."))
    if level == CheckLevel.OFF and not note:
        raise CannotChangeGuide(_("Say why the check is switched off: everybody will read it."))
    values = {"level": level, "note": note, "set_by": by, "set_at": at}
    setting, _new = CheckSetting.objects.update_or_create(guide=guide, code=code, defaults=values)
    told = f"{guide.year} {code} {level} {note}".strip()
    record("guide.set_check", setting, by=by, at=at, note=told, seals=("level", "note"))
    return setting


@transaction.atomic
def describe(component, *, help, is_confirmed, by, source="", at=None):
    """Write the help of a component, and confirm its number and title or take that back, with the source.

    What published Rules show of a component does not change. Raises CannotChangeGuide.
    """
    at, source, seen = moment(at), source.strip(), component.is_confirmed
    require_owner(component.guide, by)
    if is_confirmed != seen and not source:
        raise CannotChangeGuide(_("Say where it was confirmed, or why it is not any more."))
    found = Component.objects.filter(pk=component.pk, is_confirmed=seen)
    if not found.update(help=help.strip(), is_confirmed=is_confirmed):
        raise CannotChangeGuide(_("Somebody changed this component meanwhile. Read it again."))
    component.refresh_from_db()
    act = "guide.describe" if is_confirmed == seen else _CONFIRMING[is_confirmed]
    told = f"{component.guide.year} {component.slug} {source}".strip()
    sealed = () if component.guide.is_draft else ("is_confirmed", "help")  # a draft is sealed whole, later
    record(act, component, by=by, at=at, note=told, seals=sealed)
    return component


_CONFIRMING = {True: "guide.confirm", False: "guide.take_back"}


def require_owner(guide, by):
    """Only the owner of the Guide writes it."""
    if not by.has_perm("programs.change_guide", guide):
        raise CannotChangeGuide(_("Only the owner of the Guide in the planning secretariat can change it."))
