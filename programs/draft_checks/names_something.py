from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import ApplicationQuestion, Criterion, CriterionLevel, Requirement, SupportModality


@check(
    "names-something",
    title=_("Rows that name another row name one that exists"),
    help=_("A requirement or question of one modality names it; a level names its criterion."),
    component="beneficiaries",
)
def names_something(contents):
    modalities, criteria = contents.keys(SupportModality), contents.keys(Criterion)
    message = gettext("“%(row)s” names “%(key)s”, which does not exist any more. Choose another.")
    for block, model in (("requirements", Requirement), ("application_questions", ApplicationQuestion)):
        for row in contents.rows(model):
            if row.modality_key and row.modality_key not in modalities:
                said = message % {"row": row, "key": row.modality_key}
                yield Found(said, block=block, key=row.key, field="modality_key")
    for row in contents.rows(CriterionLevel):
        if row.criterion_key not in criteria:
            said = message % {"row": row, "key": row.criterion_key}
            yield Found(said, block="criteria", key=row.key, field="criterion_key")
