"""Public questions about a call, and the answers of its agency. What was said stays as it was said."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id
from accounts.models import Membership
from calls.models.applications import Application
from calls.models.calls import COCKPIT, ENDED_STATES, PUBLIC_STATES, Call
from calls.models.rights import ReadingRight
from calls.states import ApplicationState, QuestionState
from programs.models import Component

LONGEST_QUESTION, LONGEST_ANSWER, LONGEST_REASON = 1000, 4000, 500


def answered_by(user):
    """The public calls whose questions a person answers, knowing who asks.

    Operators and the head of the agency; nobody who scores the call, nor who acts for an organization that
    applies to it.
    """
    if not user.is_authenticated:
        return Call.objects.none()
    held = Membership.objects.filter(user=user).current()
    of_this_call = ReadingRight.objects.filter(user=user, application__call=OuterRef("pk"))
    scoring = of_this_call.filter(kind=ReadingRight.Kind.EVALUATOR)
    applying = Application.objects.filter(call=OuterRef("pk"), organization__body__in=held.values("body"))
    applying = applying.exclude(state=ApplicationState.WITHDRAWN)
    desk = Call.objects.public().filter(
        publication__edition__program__agency__body__in=held.with_role(*COCKPIT).values("body")
    )
    return desk.exclude(Exists(scoring)).exclude(Exists(applying))


class PublicQuestionQuerySet(models.QuerySet):
    """Questions read as a sentence: ``PublicQuestion.objects.of_call(call).open()``."""

    def of_call(self, call):
        return self.filter(call=call)

    def open(self):
        return self.filter(state=QuestionState.OPEN)

    def answered(self):
        return self.filter(state=QuestionState.ANSWERED)

    def settled(self):
        """What anybody reads: answered, joined to another one, or declined (without its text)."""
        return self.filter(call__state__in=PUBLIC_STATES).exclude(state=QuestionState.OPEN)

    def standing_alone(self):
        """Those that are rows of the public list: what was joined to another stands under it."""
        return self.settled().exclude(state=QuestionState.MERGED)

    def visible_to(self, user):
        """What is settled is everybody's; an open one is of whoever asked and of those who answer it."""
        if not user.is_authenticated:
            return self.settled()
        settled = Q(call__state__in=PUBLIC_STATES) & ~Q(state=QuestionState.OPEN)
        return self.filter(settled | Q(asked_by=user) | Q(call__in=answered_by(user)))

    def waiting_at_the_desk_of(self, user):
        """The open ones that a person is to answer, in calls that go on."""
        return self.open().filter(call__in=answered_by(user).exclude(state__in=ENDED_STATES))

    def late(self, *, on):
        """The open ones whose day has passed, in calls that go on."""
        return self.open().filter(due_on__lt=on).exclude(call__state__in=ENDED_STATES)

    def with_answers(self):
        """With everything that was answered, the clause of each answer, and what was joined to it."""
        return self.prefetch_related("answers__component", "joined")

    def with_askers(self):
        """With who asked it and who asked what was joined to it: for its desk and for notices."""
        joined = Prefetch("joined", queryset=self.model._default_manager.select_related("asked_by"))
        return self.select_related("asked_by").prefetch_related(joined)


class PublicQuestion(models.Model):
    """A question about a call, asked by a person whose name only the agency's desk sees.

    ``due_on`` is the last day for its answer, counted in business days when it was asked; it is late from
    the day after. ``place`` counts the open questions of one person in a call, so that the database bounds
    them. A declined question keeps its text from the public and gives the reason; a joined one
    (``merged_into``) is answered where that one is.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="public_questions")
    text = models.TextField(_("question"), max_length=LONGEST_QUESTION)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    place = models.PositiveSmallIntegerField(default=1, editable=False)
    due_on = models.DateField(_("answer due on"))
    state = models.CharField(max_length=20, choices=QuestionState, default=QuestionState.OPEN)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(_("why it is not answered"), blank=True, max_length=LONGEST_REASON)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="joined"
    )
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = PublicQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("public question")
        verbose_name_plural = _("public questions")
        ordering = ["asked_at", "pk"]
        indexes = [models.Index(fields=["call", "state"], name="public_question_of_call")]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "asked_by", "place"],
                condition=Q(state="open"),
                name="public_question_each_open_one_in_its_place",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="public_question_says_something"),
            models.CheckConstraint(
                condition=Q(state="open", settled_at=None, settled_by=None)
                | (~Q(state="open") & Q(settled_at__isnull=False, settled_by__isnull=False)),
                name="public_question_settled_by_somebody",
            ),
            models.CheckConstraint(
                condition=(Q(state="declined") & ~Q(reason="")) | (~Q(state="declined") & Q(reason="")),
                name="public_question_declined_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into=None)),
                name="public_question_merged_says_where",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")),
                name="public_question_not_merged_into_itself",
            ),
        ]

    def __str__(self):
        return f"{self.call_id} · {self.public_id}"

    def get_absolute_url(self):
        return reverse("calls:question", args=[self.call.folio, self.public_id])

    @property
    def is_open(self):
        return self.state == QuestionState.OPEN

    @property
    def is_answered(self):
        return self.state == QuestionState.ANSWERED

    @property
    def is_declined(self):
        return self.state == QuestionState.DECLINED


class PublicAnswer(models.Model):
    """What the agency answers to a question. A corrected answer is another row: the former one stays.

    ``component`` is the clause of the Rules that it refers to. Only ``digested_at``, when those who are
    applying were told of it, is written afterwards.
    """

    question = models.ForeignKey(PublicQuestion, on_delete=models.PROTECT, related_name="answers")
    number = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(_("answer"), max_length=LONGEST_ANSWER)
    component = models.ForeignKey(
        Component, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(_("why it is corrected"), blank=True, max_length=LONGEST_REASON)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    digested_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("public answer")
        verbose_name_plural = _("public answers")
        ordering = ["question", "number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="public_answer_numbered"),
            models.CheckConstraint(condition=~Q(text=""), name="public_answer_says_something"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="public_answer_corrected_with_reason"
            ),
        ]

    def __str__(self):
        return f"{self.question_id} · {self.number}"
