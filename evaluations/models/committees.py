"""The ruling committee of a call: its seats are those of the published Rules, its people are appointed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Body, Membership, Role
from calls.models import Call
from programs.models import CommitteeSeat


class Committee(models.Model):
    """The committee that rules on one call. Who acts for it, and in which role, its body says."""

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="committee")
    body = models.OneToOneField(Body, on_delete=models.PROTECT, related_name="committee")
    formed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("ruling committee")
        verbose_name_plural = _("ruling committees")

    def __str__(self):
        return str(self.body)

    @property
    def public_id(self):
        return self.body.public_id

    def evaluators(self, *, at=None):
        """The memberships of the pool from which files are given out to be scored."""
        return self.body.memberships.current(at=at).with_role(Role.EVALUATOR).select_related("user")


class CommitteeMemberQuerySet(models.QuerySet):
    def current(self, *, at=None):
        at = at or timezone.now()
        return self.filter(Q(until=None) | Q(until__gt=at), since__lte=at)

    def voting(self):
        return self.filter(seat__has_vote=True)

    def in_order(self):
        return self.order_by("seat__position", "is_substitute", "since", "pk")


class CommitteeMember(models.Model):
    """Who holds a seat, or stands in for its holder, from a moment until another (not included)."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="members")
    seat = models.ForeignKey(CommitteeSeat, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="committee_seats"
    )
    is_substitute = models.BooleanField(_("substitute"), default=False)
    how_chosen = models.CharField(_("how this person was chosen"), max_length=300)
    since = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"), null=True, blank=True)

    objects = CommitteeMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of the committee")
        verbose_name_plural = _("members of the committee")
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "seat", "is_substitute"],
                condition=Q(until=None),
                name="seat_held_by_one",
            ),
            models.UniqueConstraint(
                fields=["committee", "user"], condition=Q(until=None), name="committee_member_once"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="seat_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=~Q(how_chosen=""), name="seat_says_how_it_was_filled"),
        ]

    def __str__(self):
        return f"{self.seat.name} · {self.user}"

    @property
    def membership(self):
        """The role in the committee's body that this seat gives."""
        return Membership.objects.filter(
            user=self.user_id, body=self.committee.body_id, role=self.seat.kind, until=None
        )
