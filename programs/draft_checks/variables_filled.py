from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs import variables
from programs.draft_checks.base import Found, check
from programs.models import LockLevel


@check(
    "variables-filled",
    title=_("Every variable of the Guide's model texts is filled in"),
    help=_("Where the Guide leaves only variables free, each needs its value before the Rules are sent."),
)
def variables_filled(contents):
    """A variable without a value would be published as the Guide marks it."""
    for text in contents.texts:
        if text.component.lock_level != LockLevel.VARIABLES:
            continue
        for name in variables.missing(text.component.model_text, text.values):
            message = gettext("Fill in: %(name)s.") % {"name": name}
            yield Found(message, component=text.component.slug, field="text")
