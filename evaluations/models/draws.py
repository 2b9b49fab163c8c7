"""The draw of a call: committed by its hash beforehand, and told so that anybody can do it again."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from calls.models import Call
from evaluations.states import DrawState


class DrawQuerySet(models.QuerySet):
    def of_call(self, call):
        return self.filter(call=call).select_related("call").order_by("number")

    def committed(self):
        return self.filter(state=DrawState.COMMITTED)

    def published(self):
        """Those whose instance everybody may read: drawn, in calls whose results were released."""
        return self.filter(state=DrawState.DRAWN, call__released_at__isnull=False)


class Draw(models.Model):
    """One draw: its seed and the salt of its aliases, kept secret and told by their SHA-256 beforehand.

    The draw reveals the seed and the hash of the instance, which everybody may read once results are
    released. The salt is never told: without it nobody can say whose aliases they are.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="draws")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=DrawState, default=DrawState.COMMITTED)
    seed = models.CharField(max_length=64, editable=False)
    salt = models.CharField(max_length=64, editable=False)
    seed_sha256 = models.CharField(max_length=64)
    salt_sha256 = models.CharField(max_length=64)
    committed_at = models.DateTimeField()
    committed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField(null=True, blank=True)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    instance = models.TextField(blank=True, editable=False)
    instance_sha256 = models.CharField(max_length=64, blank=True)
    given = models.PositiveIntegerField(null=True, blank=True)

    objects = DrawQuerySet.as_manager()

    class Meta:
        verbose_name = _("draw")
        verbose_name_plural = _("draws")
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="draw_numbered"),
            models.UniqueConstraint(
                fields=["call"], condition=Q(state="committed"), name="draw_committed_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="committed", drawn_at=None, drawn_by=None, given=None, instance="")
                | Q(state="drawn", drawn_at__isnull=False, drawn_by__isnull=False, given__isnull=False)
                & ~Q(instance="")
                & ~Q(instance_sha256=""),
                name="draw_drawn_says_who_when_and_what",
            ),
        ]

    def __str__(self):
        return self.code

    @property
    def code(self):
        return f"{self.call.folio}-S{self.number}"

    @property
    def is_drawn(self):
        return self.state == DrawState.DRAWN

    @property
    def shown_seed(self):
        """The seed, once the draw revealed it."""
        return self.seed if self.is_drawn else ""


class Specialty(models.Model):
    """What an evaluator of the pool knows best: a modality of the Rules or a region. Telling is optional."""

    class Kind(models.TextChoices):
        MODALITY = "modality", _("Modality")
        REGION = "region", _("Region")

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("specialty")
        verbose_name_plural = _("specialties")
        constraints = [
            models.UniqueConstraint(fields=["membership", "kind", "key"], name="specialty_once"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.key}"
