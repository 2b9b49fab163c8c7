from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import TrainingSession


@check(
    "training-dated",
    title=_("Each training session has its date"),
    help=_("Good practice GP-04: who receives training knows beforehand when it is. Date each session."),
    component="process",
    blocking=False,
)
def training_dated(contents):
    for row in contents.rows(TrainingSession):
        if row.on is None:
            message = gettext("The session “%(name)s” has no date.") % {"name": row.name}
            yield Found(message, block="training", key=row.key, field="on")
