"""What planning decides in a Guide. Every decision stays in the trail."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.acts import moment, record
from programs.draft_checks import CHECKS
from programs.models import CheckLevel, CheckSetting


class CannotChangeGuide(Exception):
    """Why the Guide cannot be changed so, in words for its owner."""


@transaction.atomic
def set_check(guide, code, level, *, by, note="", at=None):
    """Make a check blocking, advisory or switched off in the drafts of a Guide. Raises CannotChangeGuide."""
    at, note = moment(at), note.strip()
    if not by.has_perm("programs.change_guide", guide):
        raise CannotChangeGuide(_("Only the owner of the Guide in the planning secretariat can change it."))
    if code not in {check.code for check in CHECKS} or level not in CheckLevel.values:
        raise CannotChangeGuide(_("There is no such check or no such level."))
    if level == CheckLevel.OFF and not note:
        raise CannotChangeGuide(_("Say why the check is switched off: everybody will read it."))
    values = {"level": level, "note": note, "set_by": by, "set_at": at}
    setting, _new = CheckSetting.objects.update_or_create(guide=guide, code=code, defaults=values)
    told = f"{guide.year} {code} {level} {note}".strip()
    record("guide.set_check", setting, by=by, at=at, note=told, seals=("level", "note"))
    return setting
