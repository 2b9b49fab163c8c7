"""Calls and their dates. A call holds only what the published Rules leave open."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id
from accounts.models import Membership, Role
from calls.states import CallState
from programs.models import Milestone, MilestoneCode, Publication
from programs.models.blocks.money import money_field

PUBLIC_STATES = (
    CallState.PUBLISHED,
    CallState.SEALED,
    CallState.RELEASED,
    CallState.FINISHED,
    CallState.CANCELLED,
    CallState.VOID,
)


ENDED_STATES = (CallState.CANCELLED, CallState.VOID)
COCKPIT = (Role.OPERATOR, Role.HEAD)


class CallQuerySet(models.QuerySet):
    """Calls read as a sentence: ``Call.objects.public().open(at=now)``."""

    def public(self):
        return self.filter(state__in=PUBLIC_STATES)

    def open(self, *, at):
        return self.filter(state=CallState.PUBLISHED, opens_at__lte=at, closes_at__gt=at)

    def coming(self, *, at):
        return self.filter(state=CallState.PUBLISHED, opens_at__gt=at)

    def with_results(self):
        """Those whose results are public, void afterwards or not."""
        return self.public().filter(released_at__isnull=False)

    def visible_to(self, user):
        """Published calls are everybody's; a draft is its agency's (operator and head)."""
        if not user.is_authenticated:
            return self.public()
        desk = Membership.objects.filter(user=user).current().with_role(*COCKPIT).values("body")
        return self.filter(
            Q(state__in=PUBLIC_STATES) | Q(publication__edition__program__agency__body__in=desk)
        )

    def managed_by(self, user):
        """The calls of the agencies that a person operates or heads."""
        if not user.is_authenticated:
            return self.none()
        desk = Membership.objects.filter(user=user).current().with_role(*COCKPIT).values("body")
        return self.filter(publication__edition__program__agency__body__in=desk)

    def with_dates(self):
        """With its dates, promised and real, and what moved them."""
        return self.prefetch_related("planned_dates", "actual_dates", "extensions")

    def with_program(self):
        """With program and agency at hand, without the long text of the snapshot."""
        return self.select_related("publication__edition__program__agency__body").defer(
            "publication__snapshot"
        )


class Call(models.Model):
    """A call for applications made from a publication: its requirements, criteria, amounts and seats.

    The reception is half-open: ``opens_at`` is inside, ``closes_at`` is not (a person enters minute M, all
    of M is accepted, ``closes_at`` is M + 1 minute). A call without dates is closed.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    folio = models.CharField(_("folio"), max_length=60, unique=True)
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="calls")
    amended_by = models.ForeignKey(
        Publication, null=True, blank=True, on_delete=models.PROTECT, related_name="calls_reached"
    )
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("in few words"), blank=True)
    topics = models.CharField(_("topics"), max_length=200, blank=True)
    budget = money_field(_("budget of this call"), null=True, blank=True)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes (not included)"), null=True, blank=True)
    zone = models.CharField(max_length=40, default="America/Mexico_City")
    short_window_reason = models.TextField(_("why fewer than 30 days"), blank=True)
    short_window_authority = models.CharField(_("who authorised it"), max_length=200, blank=True)
    short_window_reference = models.CharField(_("gazette or agreement"), max_length=200, blank=True)
    state = models.CharField(max_length=20, choices=CallState, default=CallState.DRAFT)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_reason = models.TextField(_("why it was cancelled or is void"), blank=True)
    ended_basis = models.CharField(_("legal basis"), max_length=300, blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-opens_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(opens_at__lt=F("closes_at")),
                name="call_opens_before_it_closes",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "sealed", "released", "finished"])
                | Q(opens_at__isnull=False, closes_at__isnull=False, published_at__isnull=False),
                name="call_published_has_its_window",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sealed", "released", "finished"]) | Q(sealed_at__isnull=False),
                name="call_sealed_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["released", "finished"]) | Q(released_at__isnull=False),
                name="call_released_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["cancelled", "void"])
                | (
                    Q(ended_at__isnull=False, ended_by__isnull=False)
                    & ~Q(ended_reason="")
                    & ~Q(ended_basis="")
                ),
                name="call_ended_says_why",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("calls:call", args=[self.folio])

    @property
    def edition(self):
        return self.publication.edition

    @property
    def dated_by_id(self):
        """Whose dates and contacts govern: those of the last amendment that reached it, or its own."""
        return self.amended_by_id or self.publication_id

    @property
    def agency(self):
        return self.publication.edition.program.agency

    @property
    def is_draft(self):
        return self.state == CallState.DRAFT

    @property
    def is_ended(self):
        """Cancelled or void: nothing of it goes on."""
        return self.state in ENDED_STATES

    @property
    def has_results(self):
        """Its results are public, even when it was declared void afterwards."""
        return self.released_at is not None

    def is_open(self, *, at):
        """Whether an application may be received at a moment. A missing date means closed."""
        return (
            self.state == CallState.PUBLISHED
            and self.opens_at is not None
            and self.closes_at is not None
            and self.opens_at <= at < self.closes_at
        )


class PlannedDateQuerySet(models.QuerySet):
    def in_force(self):
        """The last date given to each milestone; the ones before it are struck through."""
        newer = PlannedDate.objects.filter(
            call=OuterRef("call"), milestone=OuterRef("milestone"), number__gt=OuterRef("number")
        )
        return self.filter(~Exists(newer))

    def promised(self):
        """The dates of public calls, the former ones included."""
        return self.filter(is_promise=True, call__state__in=PUBLIC_STATES)

    def with_outcome(self):
        """Beside each date, the day on which its milestone happened and the side that owes it."""
        happened = ActualDate.objects.filter(call=OuterRef("call"), milestone=OuterRef("milestone"))
        rules = Milestone.objects.filter(
            publication=Coalesce(OuterRef("call__amended_by"), OuterRef("call__publication")),
            code=OuterRef("milestone"),
        )
        return self.annotate(
            actual=Subquery(happened.values("on")[:1]),
            actual_reason=Subquery(happened.values("reason")[:1]),
            side=Subquery(rules.values("side")[:1]),
        )


class PlannedDate(models.Model):
    """The date of a milestone of a call: a proposal in a draft, a promise from its publication on.

    A promise is never overwritten (the database refuses it); a new one keeps the old one readable.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="planned_dates")
    milestone = models.CharField(max_length=30, choices=MilestoneCode)
    on = models.DateField(_("planned date"))
    reason = models.TextField(_("reason of the change"), blank=True)
    number = models.PositiveSmallIntegerField(default=1)
    is_promise = models.BooleanField(default=False, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = PlannedDateQuerySet.as_manager()

    class Meta:
        ordering = ["call", "milestone", "number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "milestone", "number"], name="planned_date_numbered"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="planned_date_changed_with_reason"
            ),
        ]

    def __str__(self):
        return f"{self.call} · {self.get_milestone_display()} · {self.on}"


class ActualDate(models.Model):
    """When a milestone of a call really happened."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="actual_dates")
    milestone = models.CharField(max_length=30, choices=MilestoneCode)
    on = models.DateField(_("date it happened"))
    reason = models.TextField(_("reason of the delay"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "milestone"], name="actual_date_once")]

    def __str__(self):
        return f"{self.call} · {self.get_milestone_display()} · {self.on}"
