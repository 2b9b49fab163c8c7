from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check


@check(
    "component-written",
    title=_("Every component has its text"),
    help=_("Write the component, or say why it does not apply to this program."),
)
def component_written(contents):
    """Every component of the Guide has text, or a written “does not apply”."""
    for text in contents.texts:
        if not text.is_written:
            message = gettext("Component %(number)d has no text. Write it, or say why it does not apply.")
            yield Found(message % {"number": text.component.number}, component=text.component.slug)
