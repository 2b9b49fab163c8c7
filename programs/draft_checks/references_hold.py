from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs import references
from programs.draft_checks.base import Found, check


@check(
    "references-hold",
    title=_("Every reference in the text shows something"),
    help=_(
        "A reference such as [[criterios.total]] shows data of the edition. Insert it from the Data menu."
    ),
)
def references_hold(contents):
    """A reference that names nothing, or whose data are still empty, would be read as it was typed."""
    for text in contents.texts:
        unknown, empty = references.broken(text.text, contents)
        for token in unknown:
            message = gettext("[[%(token)s]] is not a reference. Choose one from the Data menu.")
            yield Found(message % {"token": token}, component=text.component.slug, field="text")
        for token in empty:
            message = gettext("[[%(token)s]] has nothing to show yet: complete its data.")
            yield Found(message % {"token": token}, component=text.component.slug, field="text")
