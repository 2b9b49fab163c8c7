"""Public questions and answers of a call: anybody reads them, whoever is signed in asks."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View

from calls import asking, schedule
from calls.actions import questions
from calls.forms.questions import AskForm, SearchForm
from calls.models import Call, PublicQuestion
from jobs.idempotency import AnswersOnce, new_key

PER_PAGE = 20


def visible_call(user, folio):
    """A public call; one's own draft has no questions yet."""
    return get_object_or_404(Call.objects.visible_to(user).public().with_program(), folio=folio)


def facts(call, *, answers_here):
    """What every page of the questions of a call says."""
    now = timezone.now()
    return {
        "call": call,
        "clock": asking.clock_of(call, now=now),
        "term": asking.term(),
        "refusal": questions.why_not_asked(call, now=now),
        "answers_here": answers_here,
        "rules_url": call.edition.get_absolute_url(),
    }


def answers(user, call):
    return user.has_perm("calls.answer_questions", call)


@method_decorator(login_not_required, name="dispatch")
class QuestionList(View):
    """What was answered, found by its words; and what the person asked that still waits."""

    def get(self, request, folio):
        call, form = visible_call(request.user, folio), SearchForm(request.GET)
        found = asking.listed(call, q=form.words())
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        shown = facts(call, answers_here=answers(request.user, call)) | {
            "form": form,
            "page": page,
            "rows": [asking.row(one) for one in page],
            "own": _own_waiting(call, request.user),
        }
        if shown["refusal"]:
            shown["contacts"] = asking.advice(call)
        return render(request, "calls/question_list.html", shown)


def _own_waiting(call, user):
    if not user.is_authenticated:
        return []
    today = schedule.local_day(timezone.now(), call.zone)
    own = PublicQuestion.objects.of_call(call).open().filter(asked_by=user)
    return [asking.row(one, may_read=True, today=today) for one in own.order_by("asked_at", "pk")]


@method_decorator(login_not_required, name="dispatch")
class QuestionPage(View):
    """One question with everything that was answered; an open one only to who asked and who answers."""

    def get(self, request, folio, public_id):
        call = visible_call(request.user, folio)
        seen = PublicQuestion.objects.of_call(call).visible_to(request.user).with_answers()
        question = get_object_or_404(seen.select_related("merged_into"), public_id=public_id)
        shown = facts(call, answers_here=answers(request.user, call))
        is_own = request.user.is_authenticated and question.asked_by_id == request.user.pk
        today = schedule.local_day(timezone.now(), call.zone)
        may_read = is_own or shown["answers_here"]
        shown |= {"row": asking.row(question, may_read=may_read, today=today), "is_own": is_own}
        return render(request, "calls/question_page.html", shown)


class Asking(View):
    """The question is typed, what was answered alike is shown, and then it is sent."""

    def get(self, request, folio):
        return self._page(request, visible_call(request.user, folio), AskForm())

    def post(self, request, folio):
        call, form = visible_call(request.user, folio), AskForm(request.POST)
        if not form.is_valid():
            return self._page(request, call, form, status=422)
        text = form.cleaned_data["text"]
        alike = asking.alike_to(call, text)
        if not (form.has_seen(alike) or questions.why_not_asked(call, now=timezone.now())):
            seen = " ".join(one.public_id for one in alike)
            return self._page(request, call, AskForm(initial={"text": text, "seen": seen}), alike=alike)
        try:
            asked = questions.ask(call, text, by=request.user)
        except questions.CannotAsk as refusal:
            form.add_error(None, str(refusal))
            return self._page(request, call, form, status=422)
        messages.success(request, _("Your question was sent. You will be told when it is answered."))
        return redirect("calls:question", folio, asked.public_id)

    def _page(self, request, call, form, alike=(), status=200):
        shown = facts(call, answers_here=answers(request.user, call)) | {
            "form": form,
            "alike": [asking.row(one) for one in alike],
            "contacts": asking.advice(call),
            "idempotency_key": new_key(),
        }
        status = 409 if shown["refusal"] else status
        return render(request, "calls/question_ask.html", shown, status=status)


class Ask(AnswersOnce, Asking):
    """The same; a second POST with the same key asks nothing more."""
