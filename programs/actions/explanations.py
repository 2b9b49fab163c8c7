"""The explanation of changes: what an agency says, in its own words, of what its new Rules change and why."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.acts import moment, record
from programs.models import Edition
from programs.states import EditionState


class CannotExplain(Exception):
    """Why the explanation cannot be kept, in words for its editor."""


@transaction.atomic
def explain(edition, *, text, seen, by, at=None):
    """Keep the explanation of a draft. ``seen`` is the text that the writer began from: nobody's is lost."""
    if not by.has_perm("programs.change_edition", edition):
        raise CannotExplain(_("This edition cannot be changed by you now."))
    written = text.replace("\r\n", "\n").strip()
    same = Edition.objects.filter(
        pk=edition.pk, state=EditionState.DRAFT, explanation_of_changes=seen.replace("\r\n", "\n").strip()
    )
    if not same.update(explanation_of_changes=written):
        edition.refresh_from_db(fields=["state", "explanation_of_changes"])
        raise CannotExplain(_refusal(edition))
    edition.explanation_of_changes = written
    record("edition.explain", edition, by=by, at=moment(at))
    return edition


def _refusal(edition):
    if edition.state != EditionState.DRAFT:
        return _("This edition is not a draft any more. Your text was not saved: copy it before you leave.")
    return _(
        "Somebody changed the explanation meanwhile. Both texts are below: put them together and keep it."
    )
