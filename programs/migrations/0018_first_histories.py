import re
from datetime import date

from django.db import migrations, models

NOT_STATED = "artículo no precisado"


def give_each_limitation_its_article_and_its_end(apps, schema_editor):
    """The article is read from the norm, if it stands there; the end is that of the fiscal year."""
    Assessment = apps.get_model("programs", "Assessment")
    limited = Assessment.objects.filter(verdict="limited").exclude(review="report").select_related("edition")
    for one in limited:
        found = re.search(r"\bart(?:ículo|iculo|\.).*", one.norm, re.IGNORECASE)
        one.article = found[0][:120] if found else NOT_STATED
        one.last_day = date(one.edition.fiscal_year, 12, 31)
        one.save(update_fields=["article", "last_day"])


SAID = (
    "verdict", "clause_id", "excerpt", "source", "observation", "planned_year", "norm", "article", "last_day",
)


def begin_each_history(apps, schema_editor):
    """What stood before histories were kept: the declaration that is valid, and planning's answer to it."""
    Version = apps.get_model("programs", "AssessmentVersion")
    assessments = apps.get_model("programs", "Assessment").objects.select_related("edition__program__agency")
    planning = _planning(apps)
    for one in assessments.order_by("pk").iterator(chunk_size=500):
        said = {name: getattr(one, name) for name in SAID} | {
            "edition_id": one.edition_id, "practice_id": one.practice_id,
        }
        is_reported = one.review == "report"
        agency = one.edition.program.agency
        Version.objects.create(
            number=1,
            kind="recorded" if is_reported else "declared",
            body_id=None if is_reported or agency is None else agency.body_id,
            by_id=one.assessed_by_id,
            at=one.assessed_at,
            **said,
        )
        if one.review in ("confirmed", "contested"):
            Version.objects.create(
                number=2,
                kind=one.review,
                note=one.review_note,
                body_id=planning,
                by_id=one.reviewed_by_id,
                at=one.reviewed_at or one.assessed_at,
                **said,
            )


def _planning(apps):
    """The body of the agency that owns the Guide, if one does."""
    duties = apps.get_model("programs", "AgencyDuty").objects.filter(kind="guides", until=None)
    return duties.values_list("agency__body", flat=True).first()


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0017_limits_histories_and_days'),
    ]

    operations = [
        migrations.RunPython(give_each_limitation_its_article_and_its_end, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(('verdict', 'limited'), _negated=True), ('review', 'report'), models.Q(models.Q(('article', ''), _negated=True), ('last_day__isnull', False)), _connector='OR'),
                name='assessment_limited_has_article_and_end',
            ),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(
                condition=models.Q(('verdict', 'limited'), ('last_day', None), _connector='OR'),
                name='assessment_only_a_limitation_ends',
            ),
        ),
        migrations.RunPython(begin_each_history, migrations.RunPython.noop),
    ]
