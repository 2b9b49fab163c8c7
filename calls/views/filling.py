"""Filling in a draft: one subject a page. Every page can be saved in any state, with scripts or without."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from calls import budget, completeness, eligibility
from calls.actions import answers, documents
from calls.forms.applications import EligibilityForm, ProjectForm, QuestionsForm, lines_form
from calls.models import SetAside
from calls.views import pieces
from calls.views.reading import WritesApplication, next_after, visible_application


class Subject(WritesApplication, TemplateView):
    """One subject of the form. Keeps what came, says what is not valid yet, and goes on."""

    permission = "calls.change_application"
    template_name = "calls/application_subject.html"
    code = title = lead = ""

    def refusal(self):
        if self.application.folio:
            return _("The application was sent with the folio %(folio)s: it can be read, not changed.") % {
                "folio": self.application.folio
            }
        return super().refusal()

    @cached_property
    def form(self):
        return self.make_form(self.request.POST if self.request.method == "POST" else None)

    def post(self, request, *args, **kwargs):
        try:
            saved = self.save()
        except answers.CannotSave as reason:
            return self.refused(str(reason))
        if self.by_script:
            return self.told(saved)
        if saved.errors:
            self.form.tell(saved)
            return self.render_to_response(self.get_context_data())
        if saved.set_aside:
            return redirect(request.path)
        return redirect(self.after())

    @property
    def by_script(self):
        return "X-Autosave" in self.request.headers

    def refused(self, reason):
        if self.by_script:
            return JsonResponse({"message": reason}, status=409)
        messages.error(self.request, reason)
        return self.render_to_response(self.get_context_data(), status=409)

    def told(self, saved):
        """What a script learns: when it was kept, the new marks, what somebody else changed."""
        clock = f"{timezone.localtime():%H:%M}"
        if saved.set_aside:
            message = _(
                "Somebody else changed this page meanwhile. What you typed is kept beside it: "
                "reload the page to see both."
            )
            return JsonResponse({"message": message, "kept": True}, status=409)
        return JsonResponse({"saved_at": clock, "marks": saved.marks, "errors": saved.errors})

    def after(self):
        if "later" in self.request.POST:
            return self.application.get_absolute_url()
        return next_after(self.contents, self.code)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            form=self.form,
            title=self.title,
            lead=self.lead,
            set_aside=self.set_aside(),
            next_page=next_after(self.contents, self.code),
            **kwargs,
        )

    def set_aside(self):
        """What people of the organization typed here while somebody else changed the same field."""
        found = SetAside.objects.filter(
            application=self.application, field__in=list(self.form.fields), settled_at=None
        )
        return [(self.form.fields[one.field].label, one) for one in found.select_related("by")]


class Eligibility(Subject):
    code = completeness.ELIGIBILITY

    @property
    def title(self):
        return _("Conditions to apply")

    @property
    def lead(self):
        return _("They are those of the Rules. If one is not met, you see here what can be done.")

    def make_form(self, data):
        return EligibilityForm(self.contents, data)

    def save(self):
        answers.save_eligibility(self.application, self.form.answers(), by=self.request.user)
        wrong = eligibility.Check.of(self.contents.eligibility_rules, self.form.answers()).not_met
        return answers.Saved(errors={one.key: completeness.not_eligible(one.rule) for one in wrong})


class Project(Subject):
    code = completeness.PROJECT

    @property
    def title(self):
        return _("Data of the project")

    def make_form(self, data):
        return ProjectForm(self.contents, data)

    def save(self):
        saved = answers.save_project(self.application, self.form.typed(), by=self.request.user)
        if "requested_amount" not in saved.errors:
            for message in budget.amount_problems(
                self.application.requested_amount, self.application.modality
            ):
                saved.errors["requested_amount"] = message
        return saved


class Questions(Subject):
    template_name = "calls/application_questions.html"

    @cached_property
    def section(self):
        number = self.kwargs["number"]
        if not 1 <= number <= len(self.contents.sections):
            raise Http404
        return self.contents.sections[number - 1]

    @property
    def code(self):
        return completeness.questions_section(self.section.number)

    @property
    def title(self):
        return self.section.title

    def make_form(self, data):
        if self.by_script:
            return QuestionsForm([q for q in self.contents.questions_alone if not q.is_file], data)
        shown = self.section.shown
        places = pieces.places_of(self.request, self.application, shown)
        return QuestionsForm(shown, data, self.request.FILES or None, places=places)

    def save(self):
        saved = answers.save_answers(self.application, self.form.typed(), by=self.request.user)
        for key, given in self.form.typed().items():
            if message := completeness.too_many_words(self.form.questions[key], given.text):
                saved.errors[key] = message
        if not self.by_script:
            attach(self.application, self.form, saved, by=self.request.user)
            self._take_out()
        return saved

    def _take_out(self):
        question = self.form.questions.get(self.request.POST.get("remove", ""))
        if question and question.is_file:
            documents.remove(self.application, question, by=self.request.user)

    def after(self):
        return self.request.path if "remove" in self.request.POST else super().after()


def attach(application, form, saved, *, by):
    """Hand in the files that came with the answers; what is wrong with one is told beside its question."""
    files, wrong = form.attached()
    saved.errors |= wrong
    for key, upload in files.items():
        question = form.questions[key]
        try:
            question.given = documents.supply_answer(application, question, upload, by=by)
        except (documents.FileRefused, answers.CannotSave) as reason:
            saved.errors[key] = str(reason)


class Budget(Subject):
    """The lines of the budget, saved together, with their totals and what the Rules say of them."""

    template_name = "calls/application_budget.html"
    code = completeness.BUDGET

    @property
    def title(self):
        return _("Budget")

    @cached_property
    def mark(self):
        return answers.budget_mark(self.contents.lines)

    def make_form(self, data):
        return lines_form(self.contents, data)

    def post(self, request, *args, **kwargs):
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data())
        try:
            answers.save_budget(
                self.application, self.form.lines(), by=request.user, mark=request.POST.get("mark")
            )
        except answers.ChangedMeanwhile as changed:
            return self.refused_with(changed)
        except answers.CannotSave as reason:
            return self.refused(str(reason))
        return redirect(request.path if "more" in request.POST else self.after())

    def refused_with(self, changed):
        messages.warning(self.request, str(changed))
        context = self.get_context_data(theirs=changed.stored)
        return self.render_to_response(context, status=409)

    def get_context_data(self, **kwargs):
        lines, problems = self.contents.lines, []
        if lines:
            problems = list(completeness.of_budget(self.contents))
        return super().get_context_data(
            totals=self.contents.totals,
            problems=problems,
            rules=self.contents.budget_rules,
            mark=self.mark,
            **kwargs,
        )

    def set_aside(self):
        return []


@require_POST
def settle(request, public_id):
    """What was set aside of a field is not needed any more."""
    application = visible_application(request.user, public_id)
    if not request.user.has_perm("calls.change_application", application):
        raise PermissionDenied(_("Only the people of the organization can do this."))
    try:
        answers.settle(application, request.POST.get("field", ""), by=request.user)
    except answers.CannotSave as reason:
        messages.error(request, str(reason))
    return redirect(application)
