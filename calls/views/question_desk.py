"""The desk of the public questions of a call: what waits, one question, and what is answered to it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.acts import ActNotPossible
from calls import asking, schedule
from calls.actions import questions
from calls.forms.questions import AnswerForm, CorrectForm, DeclineForm, MergeForm
from calls.models import PublicQuestion
from calls.states import QuestionState
from calls.views.questions import PER_PAGE, facts, visible_call
from jobs.idempotency import AnswersOnce, new_key


class AtTheDesk:
    """The call of the address, for those who answer its questions: they see who asks."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return
        self.call = visible_call(request.user, kwargs["folio"])
        if not request.user.has_perm("calls.answer_questions", self.call):
            raise PermissionDenied(questions.NOT_YOURS)
        self.today = schedule.local_day(timezone.now(), self.call.zone)


class DeskQuestions(AtTheDesk, View):
    """What waits first, by the day on which it is due; every state has its link."""

    def get(self, request, folio):
        state = request.GET.get("estado", "")
        asked = PublicQuestion.objects.of_call(self.call).select_related("asked_by")
        found = asked.order_by(F("settled_at").desc(nulls_first=True), "due_on", "pk")
        if state in QuestionState.values:
            found = found.filter(state=state)
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        shown = facts(self.call, answers_here=True) | {
            "page": page,
            "rows": [asking.in_short(one, today=self.today) for one in page],
            "states": QuestionState.choices,
            "state": state,
        }
        return render(request, "calls/desk_questions.html", shown)


class Answering(AtTheDesk, View):
    """One question: it is answered, joined to another, or not answered; its answer is corrected."""

    def get(self, request, folio, public_id):
        return self._page(request, self._found(public_id))

    def post(self, request, folio, public_id):
        question = self._found(public_id)
        name = next((name for name in FORMS if name in request.POST), "answer")
        form = self._form(name, question, request.POST)
        if form.is_valid() and self._done(name, question, form, request.user):
            messages.success(request, DONE[name])
            return redirect("calls:desk_questions", folio)
        return self._page(request, self._found(public_id), form, status=422)

    def _found(self, public_id):
        found = PublicQuestion.objects.of_call(self.call).with_askers().select_related("merged_into")
        question = get_object_or_404(found.prefetch_related("answers__component"), public_id=public_id)
        question.call = self.call
        return question

    def _form(self, name, question, data=None):
        if name == "merge":
            return MergeForm(data, **self._choices(question))
        if name == "decline":
            return DeclineForm(data)
        clauses = questions.clauses(self.call)
        if name == "answer":
            return AnswerForm(data, clauses=clauses)
        return CorrectForm(data, clauses=clauses, initial=_to_correct(question))

    def _choices(self, question):
        close = asking.closest(self.call, question.text)
        answered = list(PublicQuestion.objects.of_call(self.call).answered().order_by("-settled_at", "-pk"))
        near = [one for one in answered if one.pk in close]
        return {
            "alike": sorted(near, key=lambda one: close.index(one.pk)),
            "others": [one for one in answered if one.pk not in close],
        }

    def _done(self, name, question, form, by):
        try:
            FORMS[name](question, form.cleaned_data, by)
        except (questions.CannotAnswer, ActNotPossible) as refusal:
            form.refuse(refusal)
            return False
        return True

    def _page(self, request, question, refused=None, status=200):
        refusal = questions.why_not_answered(question)
        names = () if refusal else OFFERED.get(question.state, ())
        forms = {name: self._form(name, question) for name in names}
        if refused:
            forms[refused.name] = refused
        shown = {
            "call": self.call,
            "rules_url": self.call.edition.get_absolute_url(),
            "row": asking.row(question, may_read=True, today=self.today),
            "closed": refusal,
            "forms": forms,
            "given": list(forms.values()),
            "refused": refused,
            "recipients": [str(person) for person in questions.recipients(question)],
            "idempotency_key": new_key(),
        }
        return render(request, "calls/desk_question.html", shown, status=status)


class AnswerQuestion(AnswersOnce, Answering):
    """The same; a second POST with the same key does nothing more."""


def _to_correct(question):
    last = question.answers.all().last()
    if last is None:
        return {}
    return {"text": last.text, "component": last.component_id, "corrects": last.number}


def _answer(question, data, by):
    questions.answer(question, data["text"], component=data["component"], by=by)


def _correct(question, data, by):
    questions.correct(
        question, data["text"], corrects=data["corrects"], reason=data["reason"],
        component=data["component"], by=by,
    )  # fmt: skip


def _decline(question, data, by):
    questions.decline(question, reason=data["reason"], by=by)


def _merge(question, data, by):
    into = PublicQuestion.objects.of_call(question.call).filter(public_id=data["into"]).first()
    questions.merge(question, into, by=by)


FORMS = {"answer": _answer, "correct": _correct, "decline": _decline, "merge": _merge}
OFFERED = {QuestionState.OPEN: ("answer", "merge", "decline"), QuestionState.ANSWERED: ("correct",)}
DONE = {
    "answer": gettext_lazy("The answer is public. Whoever asked was told."),
    "correct": gettext_lazy("The corrected answer is public; the former one stays, struck through."),
    "decline": gettext_lazy("The reason is public. Whoever asked was told."),
    "merge": gettext_lazy("The question is joined to the other. Whoever asked was told."),
}
