"""The checklist of an edition: what its data show, what the agency declares, what planning answers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from accounts.models import TrailEntry
from documents import renderings
from programs import clauses, contents, findings, gaps, harmony
from programs.actions import practices
from programs.assessment_forms import AnswerForm, AssessmentForm
from programs.models import Assessment, Edition, Verdict
from programs.views.public import EditionOfYear, current_rendering, file_or_progress, public

REPORT = "checklist"
CHEAPEST = 3


class OfEdition:
    """The edition of the address, if the person may see it; otherwise it does not exist."""

    @cached_property
    def edition(self):
        visible = Edition.objects.visible_to(self.request.user)
        return get_object_or_404(
            visible.select_related("program__agency__body", "guide"), code=self.kwargs["code"]
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(edition=self.edition, **kwargs)


class OfPractice(OfEdition):
    """One practice of the edition's checklist, with what is declared of it, if anything is."""

    @cached_property
    def practice(self):
        if self.assessment:
            return self.assessment.practice
        return get_object_or_404(harmony.practices_for(self.edition.guide.year), code=self.kwargs["practice"])

    @cached_property
    def assessment(self):
        found = Assessment.objects.filter(edition=self.edition, practice__code=self.kwargs["practice"])
        return found.select_related(
            "clause",
            "assessed_by",
            "reviewed_by",
            "practice__topic",
            "practice__dimension",
            "edition__program",
        ).first()

    @cached_property
    def says(self):
        """What the edition says, read once: the clauses and the findings are both taken from it."""
        return contents.read(self.edition, clauses.publication_of(self.edition))

    @cached_property
    def finding(self):
        return findings.finding_of(self.edition, self.practice, self.says)

    @cached_property
    def components(self):
        return list(self.edition.guide.components.all())

    @property
    def here(self):
        """The components that should hold the practice."""
        return [one for one in self.components if one.slug in self.practice.components]

    @property
    def history(self):
        """Every change of the assessment, newest first."""
        if self.assessment is None:
            return []
        lines = TrailEntry.objects.about(self.assessment).select_related("by").order_by("-pk")
        return [
            {"title": ACTS.get(line.act, line.act), "at": line.at, "by": line.by, "text": in_words(line)}
            for line in lines
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            practice=self.practice,
            assessment=self.assessment,
            finding=self.finding,
            history=self.history,
            **kwargs,
        )


ACTS = {
    "assessment.record": gettext_lazy("Recorded from the report"),
    "assessment.assess": gettext_lazy("Declared by the agency"),
    "assessment.confirm": gettext_lazy("Confirmed by planning"),
    "assessment.contest": gettext_lazy("Contested by planning"),
    "assessment.warn": gettext_lazy("Warned that a limitation ends"),
    "assessment.expire": gettext_lazy("The limitation expired"),
}


def in_words(line):
    """What a line of the trail says of an assessment: the verdict by its name, planning's note as written."""
    said = line.note.partition(" ")[2]
    return dict(Verdict.choices).get(said, said) if line.act != "assessment.record" else line.note


class Checklist(OfEdition, TemplateView):
    """Every practice with the machine's finding, the verdict, the clause and planning's stance."""

    template_name = "programs/assessment_checklist.html"

    def get_context_data(self, **kwargs):
        user, edition = self.request.user, self.edition
        shown = findings.findings_of(edition)
        rows = [row._replace(finding=shown.get(row.practice.code)) for row in harmony.practices_of(edition)]
        core = [row for row in rows if row.practice.is_core]
        return super().get_context_data(
            rows=rows,
            core=len(core),
            adopted=sum(
                row.assessment is not None and row.assessment.verdict == Verdict.ADOPTED for row in core
            ),
            without_data=sum(row.assessment is None for row in core),
            gaps=gaps.gaps_of_edition(edition, core)[:CHEAPEST],
            may_assess=user.has_perm("programs.assess_edition", edition),
            answerable=answerable(user, edition, rows),
            **kwargs,
        )


def answerable(user, edition, rows):
    """The practices that the person may answer for planning: not the report's, nor what they declared."""
    if not user.has_perm("programs.answer_assessments", edition):
        return set()
    declared = [row for row in rows if row.assessment]
    return {row.practice.code for row in declared if is_open_to(user, row.assessment)}


def is_open_to(user, assessment):
    return assessment.review != Assessment.Review.REPORT and assessment.assessed_by_id != user.pk


class AssessPractice(OfPractice, FormView):
    """Declare one practice. What the data show is on the screen and fills in an empty form."""

    template_name = "programs/assessment_form.html"
    form_class = AssessmentForm

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.has_perm(
            "programs.assess_edition", self.edition
        ):
            raise PermissionDenied(
                _("Only the editor or the head of the agency can assess this edition now.")
            )
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"edition": self.edition, "components": self.components}

    def get_initial(self):
        usual = {"last_day": practices.usual_last_day(self.edition)}
        if found := self.assessment:
            kept = {name: getattr(found, name) for name in AssessmentForm.base_fields}
            return kept | ({} if found.last_day and not found.is_expired else usual)
        if self.finding and self.finding.is_met:
            return usual | {"verdict": Verdict.ADOPTED, "clause": next(iter(self.here), None)}
        return usual | {"clause": None}

    def get_context_data(self, **kwargs):
        texts = clauses.clauses_of(self.edition, self.says)
        return super().get_context_data(
            clauses=[(component, texts.get(component.slug, "")) for component in self.here], **kwargs
        )

    def form_valid(self, form):
        try:
            practices.assess(self.edition, self.practice, by=self.request.user, **form.cleaned_data)
        except practices.CannotAssess as refused:
            for field, words in refused.errors.items():
                form.add_error(field or None, words)
            return self.form_invalid(form)
        messages.success(self.request, _("What you declared was kept. Planning can now answer it."))
        return redirect("programs:checklist", self.edition.code)


class AnswerAssessment(OfPractice, FormView):
    """Planning confirms or contests what the agency declared."""

    template_name = "programs/assessment_answer.html"
    form_class = AnswerForm

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            self._check(request.user)
        return super().dispatch(request, *args, **kwargs)

    def _check(self, user):
        if self.assessment is None:
            raise Http404
        may = user.has_perm("programs.review_assessment", self.assessment)
        if not (may and is_open_to(user, self.assessment)):
            raise PermissionDenied(
                _("Only planning's assessor or the owner of the Guide can answer an assessment.")
            )

    def get_initial(self):
        return {"seen": self.assessment.assessed_at.isoformat(), "note": self.assessment.review_note}

    def form_valid(self, form):
        said = form.cleaned_data
        self.assessment.assessed_at = seen_at(said["seen"]) or self.assessment.assessed_at
        try:
            if said["stance"] == AnswerForm.CONFIRM:
                practices.confirm(self.assessment, note=said["note"], by=self.request.user)
            else:
                practices.contest(self.assessment, note=said["note"], by=self.request.user)
        except practices.CannotReview as refused:
            form.add_error("note", str(refused))
            return self.form_invalid(form)
        messages.success(self.request, _("Planning's answer was kept beside what the agency declared."))
        return redirect("programs:checklist", self.edition.code)


def seen_at(text):
    """When the assessment that the reader saw was made; None if the field was tampered with."""
    try:
        return parse_datetime(text)
    except ValueError:
        return None


class ReportPage(TemplateView):
    """The checklist report of an edition in PDF: its file, its progress, or a button to ask for it."""

    template_name = "programs/assessment_report.html"

    def get_context_data(self, **kwargs):
        kwargs["edition"] = edition = self.get_edition()
        found = current_rendering(REPORT, edition.code)
        link = file_or_progress(found) if found else ""
        return super().get_context_data(rendering=found, link=link, **kwargs)

    def post(self, request, *args, **kwargs):
        return redirect(renderings.request(REPORT, self.get_edition().code, by=request.user))


class DraftChecklistReport(OfEdition, ReportPage):
    """For those who work on the edition."""

    def get_edition(self):
        return self.edition


@public
class ChecklistReport(EditionOfYear, ReportPage):
    """For everybody, of a public edition."""

    def get_edition(self):
        return self.get_object()

    def get_context_data(self, **kwargs):
        return ReportPage.get_context_data(self, **kwargs)
