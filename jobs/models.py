"""Work done later: rows written in the transaction of the act that asks for it."""

import secrets

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def job_id():
    return secrets.token_hex(8)


class JobState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    HANDED = "handed", _("Handed over")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class JobQuerySet(models.QuerySet):
    """Jobs read as a sentence: ``Job.objects.due(at=now)``, ``Job.objects.visible_to(ana)``."""

    def unfinished(self):
        return self.exclude(state__in=[JobState.DONE, JobState.FAILED])

    def due(self, *, at):
        """What may begin now; what somebody waits for comes first."""
        waiting = self.filter(state=JobState.QUEUED, run_after__lte=at)
        return waiting.order_by("in_background", "run_after", "pk")

    def waited_for(self):
        """What could begin and has not, although somebody waits for it: not what is tried again later."""
        waiting = self.filter(state__in=[JobState.QUEUED, JobState.HANDED], in_background=False)
        return waiting.filter(run_after__lte=timezone.now())

    def told(self):
        """All but the clock's own work that went well: it says nothing to anybody."""
        return self.exclude(state=JobState.DONE, once_key__isnull=False)

    def abandoned(self, *, at):
        """Running for somebody who no longer says so: the process died."""
        return self.filter(state=JobState.RUNNING, claimed_until__lte=at)

    def visible_to(self, user):
        """A person sees the jobs they asked for; an administrator sees them all."""
        if not user.is_authenticated:
            return self.none()
        return self if user.has_perm("jobs.view_all_jobs") else self.filter(requested_by=user)

    def about(self, subject):
        return self.filter(subject=subject)


class Job(models.Model):
    """One task to run: its name and arguments, where it stands, how far it got, why it failed.

    ``subject`` names what it is about (a folio, a code), so that a page can find its own jobs. Work
    ``in_background`` is waited for by nobody: it begins when nothing else is left.
    """

    public_id = models.CharField(max_length=16, unique=True, default=job_id, editable=False)
    task = models.CharField(_("task"), max_length=120)
    arguments = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    subject = models.CharField(_("about"), max_length=120, blank=True, db_index=True)
    label = models.CharField(_("what it does"), max_length=200, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    in_background = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    done_units = models.PositiveIntegerField(default=0)
    total_units = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField(_("why it failed"), blank=True)
    once_key = models.CharField(max_length=160, null=True, blank=True, unique=True, editable=False)
    claimed_by = models.CharField(max_length=80, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    run_after = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    handed_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "in_background", "run_after"], name="job_next")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["done", "failed"]) | Q(finished_at__isnull=False),
                name="job_finished_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | (Q(claimed_until__isnull=False) & ~Q(claimed_by="")),
                name="job_running_is_somebodys",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(reason=""), name="job_failed_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(total_units=0) | Q(done_units__lte=F("total_units")),
                name="job_progress_within_total",
            ),
        ]

    def __str__(self):
        return self.label or self.task

    def get_absolute_url(self):
        return reverse("jobs:job", args=[self.public_id])

    @property
    def is_finished(self):
        return self.state in (JobState.DONE, JobState.FAILED)

    @property
    def percent(self):
        """How much is done, out of a hundred; nothing is known before the task says its total."""
        if self.state == JobState.DONE:
            return 100
        return 100 * self.done_units // self.total_units if self.total_units else None


class IdempotencyKey(models.Model):
    """The first answer to a request that may come twice: a retry gets the same one."""

    key = models.CharField(max_length=64)
    scope = models.CharField(max_length=120)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "scope", "key"], name="idempotency_key_once")]

    def __str__(self):
        return self.key


class Lease(models.Model):
    """Who alone may do a thing until when: the embedded runner, the relay, the sequencer."""

    name = models.CharField(max_length=60, primary_key=True)
    holder = models.CharField(max_length=60)
    until = models.DateTimeField()

    def __str__(self):
        return f"{self.name}: {self.holder}"
