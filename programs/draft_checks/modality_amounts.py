from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import SupportModality


@check(
    "modality-amounts",
    title=_("Each modality gives from a least to a greatest amount"),
    help=_("The maximum is above zero, not below the minimum, and fits the modality's ceiling."),
    component="benefits",
)
def modality_amounts(contents):
    modalities = contents.rows(SupportModality)
    if not modalities:
        yield Found(
            gettext("There is no modality of support yet. Add at least one."), block="support_modalities"
        )
    for row in modalities:
        if message := _wrong(row):
            yield Found(
                message % {"name": row.name}, block="support_modalities", key=row.key, field="maximum"
            )


def _wrong(row):
    if row.maximum <= 0:
        return gettext("“%(name)s” gives nothing: its maximum is zero.")
    if row.minimum > row.maximum:
        return gettext("The minimum of “%(name)s” exceeds its maximum.")
    if row.ceiling is not None and row.maximum > row.ceiling:
        return gettext("The maximum of “%(name)s” for one project exceeds the ceiling of the whole modality.")
    return ""
