"""Sessions of the committee: who was there, one file at a time, how each voted."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Role
from calls.models import Application
from evaluations.models.committees import Committee, CommitteeMember
from evaluations.models.rulings import Outcome
from evaluations.states import SessionState

IN_COMMITTEE = (Role.CHAIR, Role.SECRETARY, Role.MEMBER)


class SessionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A session is seen by its committee, by the head of the agency and by the comptroller."""
        if not user.is_authenticated:
            return self.none()
        held = Membership.objects.filter(user=user).current()
        seen = Q(committee__body__in=held.with_role(*IN_COMMITTEE).values("body"))
        heads = held.with_role(Role.HEAD).values("body")
        seen |= Q(committee__call__publication__edition__program__agency__body__in=heads)
        seen |= Exists(held.with_role(Role.AUDITOR))
        return self.filter(seen)


class Session(models.Model):
    """A meeting of the committee, with the quorum of the Rules. The recused decide nothing of their file."""

    folio = models.CharField(_("folio"), max_length=80, unique=True)
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=SessionState, default=SessionState.CONVENED)
    scheduled_for = models.DateTimeField(_("date and time"))
    place = models.CharField(_("place or link"), max_length=200)
    quorum = models.PositiveSmallIntegerField(_("members with a vote needed"))
    convened_at = models.DateTimeField()
    convened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    minutes = models.TextField(_("agreements and remarks for the minutes"), blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session of the committee")
        verbose_name_plural = _("sessions of the committee")
        ordering = ["-scheduled_for", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "number"], name="session_numbered"),
            models.CheckConstraint(
                condition=Q(state="convened") | Q(opened_at__isnull=False), name="session_opened_has_its_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False), name="session_closed_has_its_time"
            ),
        ]

    def __str__(self):
        return self.folio

    def get_absolute_url(self):
        return reverse("evaluations:session", args=[self.folio])

    @property
    def is_open(self):
        return self.state == SessionState.OPEN


class AgendaItem(models.Model):
    """One application to be decided in a session, in the order of the ranking."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="agenda")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="agenda_items")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["session", "application"], name="agenda_holds_a_file_once"),
            models.UniqueConstraint(fields=["session", "position"], name="agenda_is_ordered"),
        ]

    def __str__(self):
        return f"{self.session_id} · {self.position}"


class Attendance(models.Model):
    """Whether a member came."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendance")
    member = models.ForeignKey(CommitteeMember, on_delete=models.PROTECT, related_name="attendance")
    present = models.BooleanField(_("present"))
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "member"], name="attendance_once")]

    def __str__(self):
        return f"{self.session_id} · {self.member_id}"


class Vote(models.Model):
    """How a member voted on a file, by their own hand."""

    class Choice(models.TextChoices):
        AWARD = Outcome.AWARD.value, Outcome.AWARD.label
        RESERVE = Outcome.RESERVE.value, Outcome.RESERVE.label
        NOT_AWARDED = Outcome.NOT_AWARDED.value, Outcome.NOT_AWARDED.label
        ABSTAIN = "abstain", _("Abstention")

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="votes")
    member = models.ForeignKey(CommitteeMember, on_delete=models.PROTECT, related_name="votes")
    choice = models.CharField(_("vote"), max_length=12, choices=Choice)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="vote_once")]

    def __str__(self):
        return f"{self.item_id} · {self.get_choice_display()}"

    @property
    def code(self):
        """What the trail may say of it: which session and which file, never how."""
        return f"{self.item.session.folio}/{self.item.position}"
