from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import PlannedPayment, SupportModality

WHOLE = 100


@check(
    "payments-add-up",
    title=_("The instalments of each modality add up to the whole support"),
    help=_("What a selected organization receives in instalments is all of its support: 100 %."),
    component="spending",
)
def payments_add_up(contents):
    rows = contents.rows(PlannedPayment)
    for name, paid in _by_modality(rows, contents):
        total = sum(row.share for row in paid)
        if total != WHOLE:
            said = {"name": name, "total": f"{total.normalize():f}"}
            message = gettext("The instalments%(name)s add up to %(total)s %%. They must add up to 100.")
            yield Found(message % said, block="payments", key=paid[0].key, field="share")


def _by_modality(rows, contents):
    """The instalments that each modality receives: its own, and those of every modality."""
    own = {row.modality_key for row in rows} - {""}
    if rows and not own:
        yield "", rows
    for modality in contents.rows(SupportModality) if own else []:
        if paid := [row for row in rows if row.modality_key in ("", modality.key)]:
            yield f" ({modality})", paid
