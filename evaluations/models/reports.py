"""Reports to the internal control body: read by the comptroller, by nobody of the agency."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id
from accounts.models import Membership, Role
from calls.models import Application, Call
from documents.models import Document
from evaluations.models.remedies import LONGEST_TEXT
from evaluations.states import ReportState
from programs.models import Remedy


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The comptroller sees them, and whoever filed one in their own name sees that one. Nobody else.

        A comptroller who is barred from an application does not see what is said about it.
        """
        if not user.is_authenticated:
            return self.none()
        controls = Membership.objects.filter(user=user).current().with_role(Role.AUDITOR)
        found = self.filter(Q(Exists(controls)) | Q(filed_by=user))
        return found.exclude(application__in=user.barred_from.values("application"))

    def waiting(self):
        return self.filter(state=ReportState.RECEIVED)


class ControlReport(models.Model):
    """What somebody of an organization reports about a call. Without a name, nothing here leads to them.

    Its folio says neither call nor agency: the trail carries it.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    folio = models.CharField(_("folio"), max_length=30, unique=True)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="control_reports")
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.PROTECT, related_name="control_reports"
    )
    remedy = models.ForeignKey(Remedy, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("what happened"), max_length=LONGEST_TEXT)
    sha256 = models.CharField(max_length=64)
    request_key = models.CharField(max_length=64, unique=True, editable=False)
    is_anonymous = models.BooleanField(_("without a name"), default=False)
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(_("decision due on"), null=True, blank=True)
    state = models.CharField(max_length=16, choices=ReportState, default=ReportState.RECEIVED)
    conclusion = models.TextField(_("conclusion"), blank=True, max_length=LONGEST_TEXT)
    concluded_at = models.DateTimeField(null=True, blank=True)
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report to the internal control body")
        verbose_name_plural = _("reports to the internal control body")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_anonymous=True, filed_by=None, application=None)
                | Q(is_anonymous=False, filed_by__isnull=False, application__isnull=False),
                name="report_without_a_name_leads_to_nobody",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="report_says_something"),
            models.CheckConstraint(
                condition=Q(state="report_received", concluded_at=None, concluded_by=None, conclusion="")
                | (
                    Q(state="concluded", concluded_at__isnull=False, concluded_by__isnull=False)
                    & ~Q(conclusion="")
                ),
                name="report_concluded_says_what",
            ),
        ]

    def __str__(self):
        return self.folio

    def get_absolute_url(self):
        return reverse("evaluations:report", args=[self.public_id])

    @property
    def is_concluded(self):
        return self.state == ReportState.CONCLUDED


class ReportFile(models.Model):
    """A file that came with a report."""

    report = models.ForeignKey(ControlReport, on_delete=models.PROTECT, related_name="files")
    number = models.PositiveSmallIntegerField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("file of a report")
        verbose_name_plural = _("files of reports")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="report_file_numbered")]

    def __str__(self):
        return f"{self.report_id} · {self.number}"
