"""Writing a component: its text in any state, saved as it is typed; nobody overwrites anybody silently."""

from django.db.models import F
from django.utils.translation import gettext as _

from accounts.acts import moment, record
from programs import prose
from programs.models import ComponentText
from programs.states import EditionState


class CannotWrite(Exception):
    """Why the text cannot be changed, in words for its editor."""


class StaleText(CannotWrite):
    """Somebody saved the component meanwhile. Both texts are kept here: theirs (saved) and mine (typed)."""

    def __init__(self, saved, mine):
        self.saved, self.mine = saved, mine
        super().__init__(
            _("Somebody saved this component while you were writing. Your text is kept: compare both.")
        )


def save_text(text, *, html, version, by, at=None):
    """Save the prose of a component, sanitised. ``version`` is the one that the writer began from.

    Raises StaleText when it is no longer the last, CannotWrite when the edition is not a draft.
    """
    clean = prose.clean(html)
    return _save(text, version, mine=clean, by=by, at=at, text=clean)


def mark_not_applicable(text, *, reason, version, by, at=None):
    """Say why a component does not apply to this program; with an empty reason, that it does after all."""
    reason = reason.strip()
    _save(text, version, mine=reason, by=by, at=at, not_applicable_reason=reason)
    act = "edition.not_applicable" if reason else "edition.applicable"
    record(act, text.edition, by=by, at=at, note=text.component.slug)
    return text


def _save(component_text, version, *, mine, by, at, **changes):
    """Write over the version that the writer saw and no other, in a draft and nowhere else."""
    at = moment(at)
    if not by.has_perm("programs.change_edition", component_text.edition):
        raise CannotWrite(_("This edition cannot be changed by you now."))
    saved = ComponentText.objects.filter(
        pk=component_text.pk, version=version, edition__state=EditionState.DRAFT
    ).update(version=F("version") + 1, saved_at=at, saved_by=by, **changes)
    if not saved:
        raise _refusal(component_text, mine)
    for name, value in {**changes, "version": version + 1, "saved_at": at, "saved_by": by}.items():
        setattr(component_text, name, value)
    return component_text


def _refusal(text, mine):
    text.refresh_from_db(fields=["text", "not_applicable_reason", "version", "saved_at", "saved_by"])
    text.edition.refresh_from_db(fields=["state"])
    if text.edition.is_editable:
        return StaleText(text, mine)
    return CannotWrite(
        _("This edition is not a draft any more. Your text was not saved: copy it before you leave.")
    )
