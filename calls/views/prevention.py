"""The one notice of defects: the desk issues it, the organization corrects only what was marked."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.acts import ActNotPossible
from calls import people, typed
from calls.actions import answers, applications, desk, documents, vault
from calls.forms.applications import QuestionsForm, UploadForm
from calls.forms.desk import DefectsForm, PreventionForm
from calls.states import ApplicationState
from calls.views import pieces
from calls.views.documents import hint_for, newer_in_vault
from calls.views.filling import attach
from calls.views.reading import ReadsApplication, WritesApplication


class Correction(WritesApplication, TemplateView):
    """What was marked, why, and the field to correct it; nothing else is open."""

    permission = "calls.correct_application"
    template_name = "calls/prevention_correct.html"
    bad = None

    def refusal(self):
        return _("There is nothing to correct in this application now.")

    @property
    def prevention(self):
        return self.application.prevention

    @cached_property
    def defects(self):
        found = self.prevention.defects.select_related("requirement", "question")
        return list(found.order_by("pk"))

    @cached_property
    def form(self):
        marked = {d.question_id for d in self.defects if d.question_id}
        questions = [q for q in self.contents.all_questions if q.pk in marked]
        given = (self.request.POST, self.request.FILES) if self._is_answering() else ()
        places = pieces.places_of(self.request, self.application, questions)
        return QuestionsForm(questions, *given, places=places)

    def _is_answering(self):
        return self.request.method == "POST" and "key" not in self.kwargs

    def post(self, request, *args, **kwargs):
        try:
            if "key" in kwargs:
                return self._supply(kwargs["key"])
            return self._answer()
        except answers.CannotSave as reason:
            if "X-Autosave" in request.headers:
                return JsonResponse({"message": str(reason)}, status=409)
            messages.error(request, str(reason))
            return self.render_to_response(self.get_context_data(), status=409)

    def _supply(self, key):
        requirement = next(
            (d.requirement for d in self.defects if d.requirement and d.requirement.key == key), None
        )
        if requirement is None:
            raise answers.CannotSave(_("Only what the agency marked can be corrected now."))
        if "from_vault" in self.request.POST:
            documents.supply_from_vault(self.application, requirement, by=self.request.user)
            return redirect("calls:application_correction", self.application.public_id)
        form = self._form(requirement, self.request.POST, self.request.FILES)
        if form.is_valid():
            try:
                documents.supply(self.application, requirement, by=self.request.user, **form.supplied())
                return redirect("calls:application_correction", self.application.public_id)
            except vault.CannotKeep as reason:
                form.add_error(reason.field, str(reason))
            except documents.FileRefused as reason:
                form.add_error("file", str(reason))
        self.bad = (requirement, form)
        return self.render_to_response(self.get_context_data())

    def _answer(self):
        saved = answers.save_answers(self.application, self.form.typed(), by=self.request.user)
        if "X-Autosave" in self.request.headers:
            clock = f"{timezone.localtime():%H:%M}"
            return JsonResponse({"saved_at": clock, "marks": saved.marks, "errors": saved.errors})
        attach(self.application, self.form, saved, by=self.request.user)
        if saved.errors:
            self.form.tell(saved)
            return self.render_to_response(self.get_context_data())
        if "send" not in self.request.POST:
            return redirect(self.request.path)
        return self._send()

    def _send(self):
        if not self.request.user.has_perm("calls.submit_application", self.application):
            raise PermissionDenied(
                _("Only the legal representative of the organization can send the correction.")
            )
        try:
            applications.correct(self.application, by=self.request.user)
        except (applications.CannotCorrect, ActNotPossible) as reason:
            messages.error(self.request, str(reason))
            return redirect("calls:application_correction", self.application.public_id)
        messages.success(self.request, _("The correction was received. The agency checks it now."))
        return redirect(self.application)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            prevention=self.prevention,
            rows=[self._row(defect) for defect in self.defects],
            form=self.form,
            bad_form=self.bad[1] if self.bad else None,
            has_questions=bool(self.form.questions),
            may_send=self.request.user.has_perm("calls.submit_application", self.application),
            pending=sum(defect.corrected_at is None for defect in self.defects),
            **kwargs,
        )

    def _row(self, defect):
        if defect.question:
            question = self.form.questions[defect.question.key]
            field, limit = self.form[question.key], question.word_limit or 0
            return {"defect": defect, "field": field, "max_words": limit, "question": question}
        form = self._upload_form(defect.requirement)
        supplied = next((r.given for r in self.contents.requirements if r.pk == defect.requirement_id), None)
        kept = newer_in_vault(defect.requirement, supplied, self.in_vault)
        return {"defect": defect, "upload": form, "supplied": supplied, "kept": kept}

    @cached_property
    def in_vault(self):
        marked = [defect.requirement for defect in self.defects if defect.requirement]
        return vault.serving(self.application, marked, at=timezone.now())

    def _upload_form(self, requirement):
        if self.bad and self.bad[0].pk == requirement.pk:
            return self.bad[1]
        return self._form(requirement)

    def _form(self, requirement, *given):
        place = pieces.place_of(self.request, self.application, requirement, half=self.half)
        return UploadForm(*given, requirement=requirement, place=place, hint=hint_for(requirement))

    @cached_property
    def half(self):
        return pieces.half_way(self.request, self.application)


class Issue(ReadsApplication, TemplateView):
    """Mark what is wrong, see the notice as it will be read, send it once."""

    permission = "calls.check_application"
    template_name = "calls/prevention_issue.html"

    def refusal(self):
        return _("Only the desk of the agency, and nobody who scores this call, can do this.")

    def turned_away(self):
        if self.application.state == ApplicationState.SUBMITTED:
            return None
        messages.info(
            self.request, _("A notice of defects can be issued once, before admitting or discarding.")
        )
        return redirect("calls:desk_application", self.application.public_id)

    @cached_property
    def defects_form(self):
        return DefectsForm(self.contents, self.observed, self._data())

    @cached_property
    def form(self):
        return PreventionForm(self._data(), initial={"days": desk.USUAL_DAYS})

    @cached_property
    def observed(self):
        checks = self.application.checks.filter(outcome="observed")
        return {check.requirement_id: check.note for check in checks}

    def _data(self):
        return self.request.POST if self.request.method == "POST" else None

    def post(self, request, *args, **kwargs):
        if not (self.form.is_valid() & self.defects_form.is_valid()):
            return self.render_to_response(self.get_context_data())
        if "send" not in request.POST:
            return self.render_to_response(self.get_context_data(preview=self._preview()))
        try:
            desk.prevent(
                self.application, self.defects_form.found(), by=request.user, **self.form.cleaned_data
            )
        except (desk.CannotPrevent, desk.MustNotDecide, ActNotPossible) as reason:
            self.form.add_error(None, str(reason))
            return self.render_to_response(self.get_context_data(), status=409)
        messages.success(request, _("The organization was asked to correct; it received the notice."))
        return redirect("calls:desk_application", self.application.public_id)

    def _preview(self):
        """The notice as the organization will read it, and who will be written to."""
        return {
            "defects": self.defects_form.found(),
            "due_at": desk.due_of(
                timezone.now(), self.form.cleaned_data["days"], zone=self.application.call.zone
            ),
            "recipients": [str(person) for person in people.people_of(self.application.organization)],
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            form=self.form,
            defects_form=self.defects_form,
            rows=self.defects_form.rows(),
            answers={q.key: typed.in_words(q, q.given) for q in self.contents.questions},
            **kwargs,
        )
