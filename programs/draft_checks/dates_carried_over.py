from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.dates import day_in_words
from programs.carrying import date_fields
from programs.draft_checks.base import Found, check
from programs.models import BLOCKS


@check(
    "dates-carried-over",
    title=_("Dates carried over are reviewed"),
    help=_("Open the row and save it, with this date or another: then it counts as reviewed."),
    component="process",
    blocking=False,
)
def dates_carried_over(contents):
    for block, models in BLOCKS.items():
        for model in models:
            for row in filter(contents.is_carried_over, contents.rows(model)):
                for name in date_fields(model):
                    if day := getattr(row, name):
                        message = gettext("“%(row)s” keeps its date of an earlier edition, moved to %(day)s.")
                        said = {"row": row, "day": day_in_words(day)}
                        yield Found(
                            message % said,
                            block=block,
                            key=row.key,
                            field=name,
                            component=contents.home_of(block),
                        )
