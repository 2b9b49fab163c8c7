"""Electoral blackouts: while one is in force publicity is withheld and procedures go on."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id
from programs import workdays
from programs.states import BlackoutState


class BlackoutPeriodQuerySet(models.QuerySet):
    """Periods read as a sentence: ``BlackoutPeriod.objects.in_force(at=now).withholding("poster")``."""

    def in_force(self, *, at):
        """Those that planning confirmed and did not end: from the first moment on, before the last one."""
        return self.filter(state=BlackoutState.CONFIRMED, starts_at__lte=at, ends_at__gt=at)

    def withholding(self, kind, reference=""):
        """Those in which that item was not let through. ``reference`` may be an expression of a query."""
        let = BlackoutException.objects.filter(period=OuterRef("pk"), kind=kind, reference=reference)
        return self.exclude(Exists(let))

    def last_to_end(self):
        return self.order_by("-ends_at", "pk")


class BlackoutPeriod(models.Model):
    """The time of an election in which government publicity is withheld, with the norm that says so.

    Half-open: ``starts_at`` is inside, ``ends_at`` is not. It withholds nothing until planning confirms it.
    """

    class Kind(models.TextChoices):
        FEDERAL = "federal", _("Federal election")
        LOCAL = "local", _("Local election")

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    kind = models.CharField(_("election"), max_length=10, choices=Kind)
    starts_at = models.DateTimeField(_("first moment"))
    ends_at = models.DateTimeField(_("end (not included)"))
    zone = models.CharField(max_length=40, default="America/Mexico_City")
    source = models.CharField(_("norm or agreement that says so"), max_length=300)
    link = models.URLField(_("link to the text"), max_length=300, blank=True)
    former_ends_at = models.DateTimeField(_("end before it was moved"), null=True, blank=True)
    moved_reason = models.TextField(_("why its end was moved"), blank=True, max_length=500)
    note = models.TextField(_("what is to be known of it"), blank=True, max_length=1000)
    state = models.CharField(max_length=20, choices=BlackoutState, default=BlackoutState.NOTED)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_reason = models.TextField(_("why it ends early"), blank=True, max_length=500)

    objects = BlackoutPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("electoral blackout")
        verbose_name_plural = _("electoral blackouts")
        ordering = ["-starts_at", "kind"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="blackout_starts_before_it_ends"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="blackout_says_its_norm"),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "ended"])
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="blackout_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="ended", ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_reason="")
                )
                | (~Q(state="ended") & Q(ended_at=None, ended_by=None, ended_reason="")),
                name="blackout_ended_says_why",
            ),
            models.CheckConstraint(
                condition=Q(former_ends_at=None, moved_reason="")
                | (Q(former_ends_at__isnull=False) & ~Q(moved_reason="")),
                name="blackout_moved_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.starts_at:%Y}"

    def get_absolute_url(self):
        return reverse("programs:blackout", args=[self.public_id])

    @property
    def is_noted(self):
        return self.state == BlackoutState.NOTED

    @property
    def is_confirmed(self):
        return self.state == BlackoutState.CONFIRMED

    def is_in_force(self, *, at):
        return self.is_confirmed and workdays.covers(self.starts_at, self.ends_at, at)


class BlackoutException(models.Model):
    """One withheld item that planning let through in a period, with the reason and the legal basis. Public.

    ``kind`` is one of those that the apps declare (``programs.withholding``); ``reference`` names the item
    (a folio, a public id), and is empty where there is only one.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    period = models.ForeignKey(BlackoutPeriod, on_delete=models.PROTECT, related_name="exceptions")
    kind = models.CharField(_("what is let through"), max_length=40)
    reference = models.CharField(_("folio or code"), max_length=60, blank=True)
    reason = models.TextField(_("reason"), max_length=500)
    basis = models.CharField(_("legal basis"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("exception to a blackout")
        verbose_name_plural = _("exceptions to a blackout")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["period", "kind", "reference"], name="blackout_exception_once"),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(basis=""), name="blackout_exception_says_why"
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.reference}".strip()
