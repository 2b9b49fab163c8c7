from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import Criterion


@check(
    "weights-add-up",
    title=_("The criteria add up to 100"),
    help=_("The points of all criteria together are the hundred that an application may reach."),
    component="beneficiaries",
)
def weights_add_up(contents):
    total = sum(row.weight for row in contents.rows(Criterion))
    if not contents.rows(Criterion):
        yield Found(
            gettext("There are no criteria yet. Add them; they must add up to 100."), block="criteria"
        )
    elif total != 100:
        yield Found(_says(total), block="criteria", field="weight")


def _says(total):
    lacking = gettext("They add up to %(total)d. They must add up to 100 to be published: %(gap)d missing.")
    beyond = gettext("They add up to %(total)d. They must add up to 100 to be published: %(gap)d too many.")
    return (lacking if total < 100 else beyond) % {"total": total, "gap": abs(100 - total)}
