"""What the committee decided of each application, and why."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Role
from calls.models import Application, Call
from evaluations.states import RulingState
from programs.models.blocks.money import money_field


class Outcome(models.TextChoices):
    AWARD = "award", _("Awarded")
    RESERVE = "reserve", _("On the reserve list")
    NOT_AWARDED = "not_awarded", _("Not awarded")


class RulingQuerySet(models.QuerySet):
    def released(self):
        return self.filter(state=RulingState.RELEASED)

    def settled(self):
        return self.exclude(state=RulingState.DRAFTED)

    def visible_to(self, user):
        """Released rulings are everybody's. A pending one is seen by the committee and the agency's head.

        Whoever is barred from the application sees nothing of it until it is released.
        """
        if not user.is_authenticated:
            return self.released()
        held = Membership.objects.filter(user=user).current()
        committees = held.with_role(Role.CHAIR, Role.SECRETARY, Role.MEMBER).values("body")
        heads = held.with_role(Role.HEAD).values("body")
        pending = Q(call__committee__body__in=committees) | (
            Q(call__publication__edition__program__agency__body__in=heads) & ~Q(state=RulingState.DRAFTED)
        )
        barred = Q(application__in=user.barred_from.values("application"))
        return self.filter(Q(state=RulingState.RELEASED) | (pending & ~barred))

    def in_rank_order(self):
        return self.order_by("rank", "pk")


class Ruling(models.Model):
    """One ruling for each application. Sealed, it has decider, date, reasons and legal basis, and is frozen.

    ``departs`` says that the outcome is not the one that the ranking, the pass mark and the budget give;
    then a written reason is owed.
    """

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="ruling")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="rulings")
    session = models.ForeignKey("evaluations.Session", on_delete=models.PROTECT, related_name="rulings")
    state = models.CharField(max_length=10, choices=RulingState, default=RulingState.DRAFTED)
    outcome = models.CharField(_("ruling"), max_length=12, choices=Outcome)
    amount = money_field(_("amount awarded"), null=True, blank=True)
    amount_reason = models.TextField(_("why less than was asked for"), blank=True)
    reserve_order = models.PositiveSmallIntegerField(_("place on the reserve list"), null=True, blank=True)
    rank = models.PositiveSmallIntegerField(_("place in the ranking"))
    total = models.DecimalField(_("total"), max_digits=6, decimal_places=2)
    spread = models.DecimalField(_("spread of the totals"), max_digits=6, decimal_places=2, default=0)
    tie_note = models.CharField(_("how its tie was broken"), max_length=300, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)
    legal_basis = models.TextField(_("legal basis"), blank=True)
    departs = models.BooleanField(_("departs from the ranking"), default=False)
    departure_reason = models.TextField(_("why it departs from the ranking"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = RulingQuerySet.as_manager()

    class Meta:
        verbose_name = _("ruling")
        verbose_name_plural = _("rulings")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="drafted")
                | (
                    Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(reasons="")
                    & ~Q(legal_basis="")
                ),
                name="ruling_sealed_says_who_when_why",
            ),
            models.CheckConstraint(
                condition=Q(outcome="award", amount__isnull=False, amount__gt=0)
                | (~Q(outcome="award") & Q(amount=None)),
                name="ruling_award_has_an_amount",
            ),
            models.CheckConstraint(
                condition=Q(state="drafted")
                | Q(outcome="reserve", reserve_order__isnull=False)
                | (~Q(outcome="reserve") & Q(reserve_order=None)),
                name="ruling_reserve_has_its_place",
            ),
            models.CheckConstraint(
                condition=Q(state="drafted") | Q(departs=False) | ~Q(departure_reason=""),
                name="ruling_that_departs_says_why",
            ),
            models.UniqueConstraint(
                fields=["call", "reserve_order"],
                condition=~Q(state="drafted"),
                name="ruling_one_for_each_reserve_place",
            ),
        ]

    def __str__(self):
        return f"{self.application} · {self.get_outcome_display()}"

    @property
    def folio(self):
        return self.application.folio

    @property
    def promoted(self):
        """Its award from the reserve list, or None."""
        return getattr(self, "promotion", None)

    @property
    def is_pending(self):
        return self.state != RulingState.RELEASED
