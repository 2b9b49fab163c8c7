from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check


@check(
    "changes-explained",
    title=_("What changes from the earlier edition is explained"),
    help=_("See both editions side by side, requirement by requirement, and write what changes and why."),
    component="legal-basis",
    blocking=False,
)
def changes_explained(contents):
    edition = contents.edition
    if edition.based_on_id and not edition.explanation_of_changes.strip():
        message = gettext("These Rules began on an earlier edition and do not explain what they change.")
        yield Found(message, page="programs:draft_comparison")
