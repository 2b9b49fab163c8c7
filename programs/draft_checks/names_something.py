from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import BLOCKS, NAMES


@check(
    "names-something",
    title=_("Rows that name another row name one that exists"),
    help=_("A requirement names its modality, a level its criterion, an instalment the report it waits for."),
    component="beneficiaries",
)
def names_something(contents):
    message = gettext("“%(row)s” names “%(key)s”, which does not exist any more. Choose another.")
    for block, models in BLOCKS.items():
        for model in models:
            for row, name in _lost(model, contents):
                said = message % {"row": row, "key": getattr(row, name)}
                yield Found(said, block=block, key=row.key, field=name)


def _lost(model, contents):
    """The rows of a block that name a row which is not there, with the field that names it."""
    for name in [field.name for field in model.data_fields() if field.name in NAMES]:
        there = contents.keys(NAMES[name])
        for row in contents.rows(model):
            if getattr(row, name) and getattr(row, name) not in there:
                yield row, name
