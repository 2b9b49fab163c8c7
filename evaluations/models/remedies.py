"""Remedies against a result: what an organization files, and what the authority decides and why."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id
from accounts.models import Role
from calls.models import Application
from documents.models import Document
from evaluations.models.rulings import Outcome
from evaluations.states import RemedyState
from programs.models import Remedy

LONGEST_TEXT = 20_000
Kind = Remedy.Kind
# What the portal itself can receive and decide; an appeal is filed with its authority
RECEIVED_HERE = ("clarification", "reconsideration")
SETTLED = ("dismissed", "resolved")


class Dismissal(models.TextChoices):
    LATE = "late", _("It came after its term")
    UNFOUNDED = "unfounded", _("It is clearly unfounded")


class RemedyOutcome(models.TextChoices):
    CONFIRMED = "confirmed", _("The result is confirmed")
    MODIFIED = "modified", _("The result is modified")
    REPLACED = "replaced", _("The result is replaced by another")


class RemedyQuerySet(models.QuerySet):
    """Remedies read as a sentence: ``RemedyRequest.objects.visible_to(user).of_call(call)``."""

    def visible_to(self, user):
        """Who may see the application: its organization, the desk, the committee and the comptroller."""
        return self.filter(application__in=Application.objects.visible_to(user))

    def of_call(self, call):
        return self.filter(application__call=call)

    def waiting(self):
        return self.exclude(state__in=SETTLED)

    def with_effect(self):
        """Those that changed a result: what they say is public, with its day."""
        changing = [RemedyOutcome.MODIFIED, RemedyOutcome.REPLACED]
        return self.filter(state=RemedyState.RESOLVED, outcome__in=changing).order_by("settled_at", "pk")

    def with_application(self):
        """With what every page of a remedy says of its application."""
        return self.select_related(
            "application__call__publication__edition__program__agency__body",
            "application__organization__body",
            "remedy",
            "filed_by",
            "settled_by",
            "studied_by",
        ).defer("application__call__publication__snapshot")


class RemedyRequest(models.Model):
    """A remedy filed against one result: sealed as it came; in time or not by the clock of the database.

    It never changes the ruling. What a resolution changes is an outcome of its own (``new_outcome``), read
    beside the ruling with the day on which it was decided.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    folio = models.CharField(_("folio"), max_length=100, unique=True)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="filed_remedies")
    remedy = models.ForeignKey(Remedy, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.TextField(_("what is asked and why"), max_length=LONGEST_TEXT)
    sha256 = models.CharField(max_length=64)
    request_key = models.CharField(max_length=64, unique=True, editable=False)
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    last_day = models.DateField(_("last day of the term"), null=True, blank=True)
    in_time = models.BooleanField()
    due_on = models.DateField(_("decision due on"), null=True, blank=True)
    state = models.CharField(max_length=16, choices=RemedyState, default=RemedyState.RECEIVED)
    studied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    studied_as = models.CharField(_("studied by"), max_length=20, choices=Role, blank=True)
    dismissal = models.CharField(_("why it is dismissed"), max_length=12, choices=Dismissal, blank=True)
    outcome = models.CharField(_("what was decided"), max_length=12, choices=RemedyOutcome, blank=True)
    new_outcome = models.CharField(_("the new result"), max_length=12, choices=Outcome, blank=True)
    effect = models.TextField(_("what changes"), blank=True, max_length=LONGEST_TEXT)
    reasons = models.TextField(_("reasons"), blank=True, max_length=LONGEST_TEXT)
    legal_basis = models.TextField(_("legal basis"), blank=True, max_length=2000)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RemedyQuerySet.as_manager()

    class Meta:
        verbose_name = _("remedy that was filed")
        verbose_name_plural = _("remedies that were filed")
        constraints = [
            models.UniqueConstraint(fields=["application", "kind"], name="remedy_once_of_each_kind"),
            models.CheckConstraint(condition=Q(kind__in=RECEIVED_HERE), name="remedy_received_here"),
            models.CheckConstraint(condition=~Q(text=""), name="remedy_says_something"),
            models.CheckConstraint(
                condition=Q(in_time=True) | Q(state__in=["remedy_received", "dismissed"]),
                name="remedy_late_is_not_admitted",
            ),
            models.CheckConstraint(
                condition=Q(in_time=False) | ~Q(dismissal="late"), name="remedy_in_time_is_not_late"
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=SETTLED, settled_at__isnull=False, settled_by__isnull=False)
                    & ~Q(reasons="")
                    & ~Q(legal_basis="")
                )
                | (~Q(state__in=SETTLED) & Q(settled_at=None, settled_by=None)),
                name="remedy_settled_says_who_and_why",
            ),
            models.CheckConstraint(
                condition=(Q(state="dismissed") & ~Q(dismissal=""))
                | (~Q(state="dismissed") & Q(dismissal="")),
                name="remedy_dismissed_says_the_ground",
            ),
            models.CheckConstraint(
                condition=(Q(state="resolved") & ~Q(outcome="")) | (~Q(state="resolved") & Q(outcome="")),
                name="remedy_resolved_says_what",
            ),
            models.CheckConstraint(
                condition=(Q(outcome="replaced", kind="reconsideration") & ~Q(new_outcome=""))
                | (~Q(outcome="replaced") & Q(new_outcome="")),
                name="remedy_replaced_has_a_new_outcome",
            ),
            models.CheckConstraint(
                condition=(Q(outcome__in=["modified", "replaced"]) & ~Q(effect=""))
                | (~Q(outcome__in=["modified", "replaced"]) & Q(effect="")),
                name="remedy_that_changes_says_what_changes",
            ),
        ]

    def __str__(self):
        return self.folio

    def get_absolute_url(self):
        return reverse("evaluations:remedy", args=[self.public_id])

    @property
    def is_settled(self):
        return self.state in SETTLED

    @property
    def is_reconsideration(self):
        return self.kind == Kind.RECONSIDERATION


class RemedyFile(models.Model):
    """A file that came with a remedy."""

    request = models.ForeignKey(RemedyRequest, on_delete=models.PROTECT, related_name="files")
    number = models.PositiveSmallIntegerField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("file of a remedy")
        verbose_name_plural = _("files of remedies")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="remedy_file_numbered")]

    def __str__(self):
        return f"{self.request_id} · {self.number}"
