"""Commenting a component: said, answered, resolved, made a task."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View

from jobs.idempotency import AnswersOnce
from programs.actions import comments
from programs.draftforms import AnswerForm, CommentForm, TaskForm
from programs.models import Comment
from programs.views.company import COMMENTS
from programs.views.studio import DraftView
from programs.views.writing import Studio


class SaysComment(Studio):
    """Say something of the component or of a passage of it. What cannot be said stays typed."""

    http_method_names = ["post"]
    panel = COMMENTS
    comment_form: CommentForm | None = None

    def post(self, request, *args, **kwargs):
        if not request.user.has_perm("programs.comment_draft", self.edition):
            raise PermissionDenied(_("A draft is commented until it is published, by those who may read it."))
        form = self.comment_form = CommentForm(request.POST, auto_id="id_comment_%s")
        if form.is_valid() and (said := self._say(form)):
            messages.success(request, _("The comment is kept, and those concerned are told."))
            return redirect(said.get_absolute_url())
        return self._again(*args, **kwargs)

    def _say(self, form):
        try:
            return comments.comment(self.text, by=self.request.user, **form.cleaned_data)
        except comments.PassageGone as refusal:
            form.add_error("quote", str(refusal))
        except comments.CannotComment as refusal:
            form.add_error(None, str(refusal))

    def _again(self, *args, **kwargs):
        response = self.get(self.request, *args, **kwargs)
        response.status_code = 422
        return response


class NewComment(AnswersOnce, SaysComment):
    """The same comment sent twice is said once."""


class CommentAct(DraftView, View):
    """Answer a comment, resolve it, open it again, or make it somebody's task."""

    http_method_names = ["post"]

    @cached_property
    def thread(self):
        threads = Comment.objects.visible_to(self.request.user).threads()
        found = threads.select_related(
            "text__edition__program__agency__body", "text__component", "author", "owner"
        )
        return get_object_or_404(
            found, text__edition__code=self.kwargs["code"], public_id=self.kwargs["comment"]
        )

    def post(self, request, *args, **kwargs):
        acts = {
            "answer": self._answer,
            "resolve": comments.resolve,
            "reopen": comments.reopen,
            "assign": self._assign,
        }
        thread, act = self.thread, acts.get(request.POST.get("act", ""))
        if act is None:
            return redirect(thread.get_absolute_url())
        try:
            act(thread, by=request.user)
        except comments.CannotComment as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        return redirect(thread.get_absolute_url())

    def _answer(self, thread, *, by):
        form = AnswerForm(self.request.POST)
        if form.is_valid():
            comments.answer(thread, by=by, **form.cleaned_data)
        else:
            messages.error(self.request, _("Write the answer before you send it."))

    def _assign(self, thread, *, by):
        form = TaskForm(self.request.POST, people=comments.people_for(thread.text.edition), thread=thread)
        if form.is_valid():
            comments.assign(thread, by=by, **form.cleaned_data)
            messages.success(self.request, _("It is kept."))
        else:
            messages.error(self.request, _("Choose a person of the list, and a day such as 2026-11-30."))
