from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import LegalReference


@check(
    "legal-cited",
    title=_("The legal basis cites norms with their articles"),
    help=_("A norm without its article cannot be checked: cite article and fraction."),
    component="legal-basis",
    blocking=False,
)
def legal_cited(contents):
    rows = contents.rows(LegalReference)
    if not rows:
        yield Found(
            gettext("No norm is cited as data yet. Add them with their articles."), block="legal_references"
        )
    for row in rows:
        if not row.article:
            message = gettext("“%(norm)s” is cited without its article.") % {"norm": row.norm}
            yield Found(message, block="legal_references", key=row.key, field="article")
