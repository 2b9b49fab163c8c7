"""Writing a component: its text in any state, saved as it is typed; nobody overwrites anybody silently.

Every save is kept as a version. A save that began from an older version is refused with both texts, or
joined with what was saved meanwhile where the two changed different paragraphs.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.acts import moment, record
from jobs import locks
from programs import merging, prose, variables
from programs.models import ComponentText, Edition, LockLevel, TextVersion
from programs.states import EditionState

Origin = TextVersion.Origin
SITTING = timedelta(minutes=10)
KEPT = ["text", "summary", "not_applicable_reason", "values", "version", "sitting", "saved_at", "saved_by"]


class CannotWrite(Exception):
    """Why the text cannot be changed, in words for its editor."""


class StaleText(CannotWrite):
    """Somebody saved the component meanwhile. Both texts are kept here: theirs (saved) and mine (typed).

    ``merge`` and ``summary_merge`` join the two over the version from which mine was written.
    """

    def __init__(self, saved, mine, summary="", base=None):
        self.saved, self.mine, self.summary = saved, mine, summary
        began = base or {"html": None, "summary": None}
        self.merge = merging.merge(began["html"], saved.text, mine)
        self.summary_merge = merging.merge_whole(began["summary"], saved.summary, summary)
        super().__init__(
            _("Somebody saved this component while you were writing. Your text is kept: compare both.")
        )

    @property
    def can_be_joined(self):
        return self.merge.is_clean and self.summary_merge.is_clean


@dataclass(frozen=True)
class Hand:
    """The page in which somebody writes, and the turn of this save among those it sent.

    A save that the page sent again, or sent while another was on its way, is known by it as its own.
    """

    writer: str = ""
    turn: int = 0


NO_HAND = Hand()


@dataclass(frozen=True)
class Saved:
    """What became of a save: ``is_joined`` with somebody else's text, or ``is_overtaken`` by a later one."""

    text: ComponentText
    is_joined: bool = False
    is_overtaken: bool = False


def save_text(text, *, html, version, by, at=None, summary=None, origin=Origin.TYPED, hand=NO_HAND):
    """Save the prose of a component, sanitised. ``version`` is the one that the writer began from.

    Raises StaleText when it is no longer the last, CannotWrite when the edition is not a draft or the
    Guide locks the component. Without ``summary``, the summary stays as it is.
    """
    _require_free(text.component)
    changes = {"text": prose.clean(html)} | ({} if summary is None else {"summary": summary.strip()})
    return _save(text, version, by=by, at=at, origin=origin, hand=hand, **changes)


def save_or_join(text, *, html, version, by, summary=None, hand=NO_HAND):
    """Save the prose; when somebody saved other paragraphs meanwhile, join both.

    Raises StaleText when both changed the same paragraph.
    """
    try:
        return Saved(save_text(text, html=html, version=version, by=by, summary=summary, hand=hand))
    except StaleText as refusal:
        if _came_already(text, by, hand):
            return Saved(text, is_overtaken=True)
        if not refusal.can_be_joined:
            raise
        return _join(text, refusal, by=by, hand=hand)


def _join(text, refusal, *, by, hand):
    changes = {"text": refusal.merge.html, "summary": refusal.summary_merge.html}
    typed = {"html": refusal.mine, "summary": refusal.summary}
    is_joined = typed != {"html": changes["text"], "summary": changes["summary"]}
    origin, how = (Origin.MERGED, {"typed": typed}) if is_joined else (Origin.TYPED, {})
    saved = _save(text, refusal.saved.version, by=by, hand=hand, origin=origin, how=how, **changes)
    return Saved(saved, is_joined=is_joined)


def fill_variables(text, *, values, version, by, at=None):
    """Fill in the variables of a component whose other text is the Guide's. Raises StaleText."""
    component = text.component
    if component.lock_level != LockLevel.VARIABLES:
        raise CannotWrite(_("The Guide marks no variables in this component."))
    names = variables.names_in(component.model_text)
    given = {name: " ".join(values.get(name, "").split()) for name in names}
    html = prose.clean(variables.filled(component.model_text, given))
    return _save(text, version, by=by, at=at, text=html, values=given)


def take_model_text(text, *, by, version, at=None):
    """Put the Guide's model text in place of a component's own, with the values filled in so far."""
    component = text.component
    if component.lock_level == LockLevel.FREE:
        raise CannotWrite(_("The Guide leaves this component free: its text is the agency's own."))
    return _save(text, version, by=by, at=at, origin=Origin.GUIDE, text=model_text_of(component, text.values))


def model_text_of(component, values):
    """What a component that is not free says: the Guide's text with the agency's values."""
    return prose.clean(variables.filled(component.model_text, values))


def restore(text, number, *, by, version, at=None):
    """Make an earlier version the text of today. It is a new version: nothing is undone. Raises StaleText."""
    _require_free(text.component)
    old = text.versions.get(number=number)
    changes = {"text": old.html, "summary": old.summary, "not_applicable_reason": old.not_applicable_reason}
    saved = _save(
        text, version, by=by, at=at, origin=Origin.RESTORED, how={"restored_from": number}, **changes
    )
    record("edition.restore_text", text.edition, by=by, at=at, note=f"{text.component.slug} {number}")
    return saved


def name_version(version, *, name, by, at=None):
    """Give a version a name by which it is found again, or take it away."""
    edition = version.text.edition
    if not by.has_perm("programs.change_edition", edition):
        raise CannotWrite(_("This edition cannot be changed by you now."))
    version.name = " ".join(name.split())
    version.save(update_fields=["name"])
    slug = version.text.component.slug
    record("edition.name_version", edition, by=by, at=at, note=f"{slug} {version.number}")
    return version


def mark_not_applicable(text, *, reason, version, by, at=None):
    """Say why a component does not apply to this program; with an empty reason, that it does after all.

    A text that was saved meanwhile is no obstacle: only the reason changes.
    """
    _require_free(text.component)
    reason = reason.strip()
    try:
        _save(text, version, by=by, at=at, not_applicable_reason=reason)
    except StaleText as refusal:
        if not _same_reason(text, version):
            raise
        _save(text, refusal.saved.version, by=by, at=at, not_applicable_reason=reason)
    act = "edition.not_applicable" if reason else "edition.applicable"
    record(act, text.edition, by=by, at=at, note=text.component.slug)
    return text


def _same_reason(text, version):
    seen = text.versions.filter(number=version).first()
    return seen is not None and seen.not_applicable_reason == text.not_applicable_reason


def _require_free(component):
    if component.lock_level != LockLevel.FREE:
        raise CannotWrite(
            _("The Guide locks this component: its text is the same in every edition. The reason: %(reason)s")
            % {"reason": component.lock_reason}
        )


@transaction.atomic
def _save(component_text, version, *, by, at=None, hand=NO_HAND, origin=Origin.TYPED, how=None, **changes):
    """Write over the version that the writer saw and no other, in a draft and nowhere else; keep it."""
    at, saved = moment(at), component_text
    locks.share(Edition.objects.filter(pk=saved.edition_id))
    if not by.has_perm("programs.change_edition", saved.edition):
        raise CannotWrite(_("This edition cannot be changed by you now."))
    if saved.version != version:
        saved.refresh_from_db(fields=KEPT)
    if saved.version == version and _says_already(saved, changes):
        return saved

    sitting = _sitting(saved, version, by, at) if origin == Origin.TYPED else version + 1
    now = {**changes, "version": version + 1, "sitting": sitting, "saved_at": at, "saved_by": by}
    if not _as_seen(saved, version).update(**now):
        raise _refusal(saved, version, by, hand, changes)
    for name, value in now.items():
        setattr(saved, name, value)
    version_of(saved, origin=origin, **vars(hand), **(how or {})).save(force_insert=True)
    return saved


def _as_seen(text, version):
    """The row while it is the version that the writer saw, in a draft.

    The version is asked of the row itself and the draft by a query of its own: through a join, PostgreSQL
    would ask both of the rows as they stood when it began, and of two writers at once neither would be told.
    """
    drafts = Edition.objects.at_stage(EditionState.DRAFT)
    return ComponentText.objects.filter(pk=text.pk, version=version, edition__in=drafts)


def version_of(text, **how):
    """What a component says now, as the version to be kept."""
    state = {
        "number": text.version,
        "html": text.text,
        "summary": text.summary,
        "not_applicable_reason": text.not_applicable_reason,
        "values": text.values,
        "sitting": text.sitting,
        "saved_at": text.saved_at,
        "saved_by": text.saved_by,
    }
    return TextVersion(text=text, **state, **how)


def _says_already(text, changes):
    return text.version > 0 and all(getattr(text, name) == value for name, value in changes.items())


def _sitting(text, version, by, at):
    """The sitting goes on while the same person saves without a long pause."""
    goes_on = text.saved_by_id == by.pk and text.saved_at is not None and at - text.saved_at < SITTING
    return text.sitting if goes_on and text.sitting else version + 1


def _refusal(text, version, by, hand, changes):
    text.refresh_from_db(fields=KEPT)
    text.edition.refresh_from_db(fields=["state"])
    if text.edition.is_editable():
        mine, summary = changes.get("text", text.text), changes.get("summary", text.summary)
        return StaleText(text, mine, summary, base=_base(text, version, by, hand))
    return CannotWrite(
        _("This edition is not a draft any more. Your text was not saved: copy it before you leave.")
    )


def _base(text, version, by, hand):
    """What the writer began from: what their page last sent, when that came after the version it names."""
    known = text.versions.filter(number__gte=version).order_by("number")
    own = [one for one in known if hand.writer and one.writer == hand.writer and one.saved_by_id == by.pk]
    if own and own[-1].number > version:
        return own[-1].was_typed
    if version == 0:
        return {"html": "", "summary": ""}
    seen = next((one for one in known if one.number == version), None)
    return seen and {"html": seen.html, "summary": seen.summary}


def _came_already(text, by, hand):
    """A later turn of the same page was saved before this one came."""
    if not hand.writer:
        return False
    return text.versions.filter(writer=hand.writer, saved_by=by, turn__gte=hand.turn).exists()
