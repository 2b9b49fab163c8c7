"""What an organization asks about its result, and the one answer of the agency (good practice GP-02)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id
from calls.models import Application
from evaluations.states import FeedbackState
from programs.models import Criterion

LONGEST_QUESTION, LONGEST_ANSWER = 2000, 8000


class FeedbackReason(models.TextChoices):
    """The main reason of a result: a closed list, so that they can be counted."""

    NEED = "need", _("The problem is not shown with data")
    DESIGN = "design", _("Activities, goals or dates are not clear")
    POPULATION = "population", _("The people or places are not those of the priority of the call")
    BUDGET = "budget", _("The budget does not fit what is to be done")
    EXPERIENCE = "experience", _("The capacity of the organization is not shown")
    FUNDS = "funds", _("The budget of the call was used up by those placed before")
    OTHER = "other", _("Another reason")


class FeedbackQuerySet(models.QuerySet):
    """Requests read as a sentence: ``FeedbackRequest.objects.visible_to(user).open()``."""

    def visible_to(self, user):
        """Who may see the application: its organization, the desk, the committee and the comptroller.

        Never who scores it, nor whoever is barred from it.
        """
        return self.filter(application__in=Application.objects.visible_to(user))

    def of_call(self, call):
        return self.filter(application__call=call)

    def open(self):
        return self.filter(state=FeedbackState.REQUESTED)

    def with_application(self):
        """With what every page of a request says of its application."""
        return self.select_related(
            "application__call__publication__edition__program__agency__body",
            "application__organization__body",
            "answered_by",
        ).defer("application__call__publication__snapshot")


class FeedbackRequest(models.Model):
    """One for each application. What was asked never changes; the answer is a draft until it is sent once."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="feedback_request")
    question = models.TextField(_("what you want to know"), blank=True, max_length=LONGEST_QUESTION)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("answer due on"))
    state = models.CharField(max_length=12, choices=FeedbackState, default=FeedbackState.REQUESTED)
    answer = models.TextField(_("answer"), blank=True, max_length=LONGEST_ANSWER)
    main_reason = models.CharField(_("main reason"), max_length=12, choices=FeedbackReason, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    saved_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for feedback")
        verbose_name_plural = _("requests for feedback")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="requested", answered_at=None, answered_by=None)
                | (
                    Q(state="answered", answered_at__isnull=False, answered_by__isnull=False)
                    & ~Q(answer="")
                    & ~Q(main_reason="")
                ),
                name="feedback_answered_says_what_and_who",
            )
        ]

    def __str__(self):
        return self.public_id

    def get_absolute_url(self):
        return reverse("evaluations:feedback", args=[self.public_id])

    @property
    def folio(self):
        """What the trail calls it: the folio of its application."""
        return self.application.folio

    @property
    def is_answered(self):
        return self.state == FeedbackState.ANSWERED


class FeedbackPoint(models.Model):
    """What is asked about one criterion, and what is answered to it."""

    request = models.ForeignKey(FeedbackRequest, on_delete=models.PROTECT, related_name="points")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    question = models.TextField(_("question"), max_length=LONGEST_QUESTION)
    answer = models.TextField(_("answer"), blank=True, max_length=LONGEST_ANSWER)

    class Meta:
        verbose_name = _("question about a criterion")
        verbose_name_plural = _("questions about criteria")
        ordering = ["criterion__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "criterion"], name="feedback_once_per_criterion"),
            models.CheckConstraint(condition=~Q(question=""), name="feedback_point_says_something"),
        ]

    def __str__(self):
        return f"{self.request_id} · {self.criterion_id}"
