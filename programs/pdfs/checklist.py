"""The checklist report of an edition: each practice declared, proven, shown by the data and answered."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import renderings
from programs import findings, harmony
from programs.models import Edition, Verdict
from programs.models.editions import PUBLIC_STATES
from programs.pdfs.matrix import declared_values, is_reported


@renderings.kind("checklist", template="pdf/checklist.html", version=2)
class ChecklistReport(renderings.Kind):
    """Of one edition, public when the edition is; a draft's is for those who may read the draft."""

    name = gettext_lazy("Checklist report")

    def __init__(self, subject_id):
        super().__init__(subject_id)
        editions = Edition.objects.select_related("program__agency__body", "guide")
        self.edition = editions.get(code=subject_id)

    @property
    def title(self):
        return _("Good practices: %(edition)s") % {"edition": self.edition}

    @property
    def folio(self):
        return self.edition.code

    @property
    def filename(self):
        return f"practicas-{self.edition.code}.pdf"

    @property
    def is_public(self):
        return self.edition.state in PUBLIC_STATES

    @property
    def is_demo(self):
        return self.edition.is_demo

    def visible_to(self, user):
        return Edition.objects.visible_to(user).filter(pk=self.edition.pk).exists()

    def context(self):
        found = findings.findings_of(self.edition)
        rows = [
            row._replace(finding=found.get(row.practice.code)) for row in harmony.practices_of(self.edition)
        ]
        core = [row for row in rows if row.practice.is_core]
        return {
            "program": self.edition.program.name,
            "agency": self.edition.program.agency.body.name_es,
            "year": self.edition.fiscal_year,
            "state": self.edition.get_state_display(),
            "adopted": sum(_is_adopted(row) for row in core),
            "core": len(core),
            "without_data": sum(row.assessment is None for row in core),
            "rows": [_row(row, self.edition) for row in rows],
            "report": next((row.assessment.source for row in rows if _is_reported(row)), ""),
        }


def _is_adopted(row):
    return row.assessment is not None and row.assessment.verdict == Verdict.ADOPTED


def _is_reported(row):
    return row.assessment is not None and is_reported(row.assessment)


def _row(row, edition):
    finding = row.finding
    return {
        "code": row.practice.code,
        "title": row.practice.title,
        "statement": row.practice.statement,
        "is_core": row.practice.is_core,
        "declared": declared_values(row.assessment, row.practice, edition) if row.assessment else None,
        "finding": {"word": str(finding.result.label), "words": finding.words} if finding else None,
    }
