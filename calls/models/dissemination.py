"""Evidence of how a call was made known. What was recorded stays as it was recorded."""

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id
from accounts.models import Membership
from calls.models.calls import COCKPIT, PUBLIC_STATES, Call
from calls.states import EvidenceState
from documents.models import Document
from programs.models import DisseminationAction

LONGEST_ACCOUNT, LONGEST_REASON = 500, 500
SCHEMES = ("http", "https")


class EvidenceQuerySet(models.QuerySet):
    """Evidence read as a sentence: ``Evidence.objects.of_call(call).standing()``."""

    def of_call(self, call):
        return self.filter(call=call)

    def standing(self):
        """What was not withdrawn."""
        return self.filter(state=EvidenceState.RECORDED)

    def public(self):
        return self.filter(call__state__in=PUBLIC_STATES)

    def with_file_for(self, user):
        """What has a file that a person may open: one that was withdrawn is for its agency alone."""
        found = self.filter(document__isnull=False)
        standing = Q(call__state__in=PUBLIC_STATES, state=EvidenceState.RECORDED)
        if not user.is_authenticated:
            return found.filter(standing)
        desk = Membership.objects.filter(user=user).current().with_role(*COCKPIT).values("body")
        return found.filter(standing | Q(call__publication__edition__program__agency__body__in=desk))

    def with_all(self):
        """With its file and the planned action, in the order in which things were done."""
        return self.select_related("action", "document").order_by("on", "pk")


class Evidence(models.Model):
    """Something that was done to make a call known: the day, what, and where it can be seen.

    ``action`` is the planned one of the Rules, a row of the publication that governed the call when it was
    recorded; what the plan does not have has a ``name`` instead. A withdrawn one stays, with its reason.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="evidence")
    action = models.ForeignKey(
        DisseminationAction, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("action that was not planned"), max_length=150, blank=True)
    on = models.DateField(_("day on which it was done"))
    account = models.TextField(_("what was done"), max_length=LONGEST_ACCOUNT)
    url = models.URLField(
        _("public address"), max_length=500, blank=True, validators=[URLValidator(schemes=SCHEMES)]
    )
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reached = models.PositiveIntegerField(_("people reached"), null=True, blank=True)
    state = models.CharField(max_length=20, choices=EvidenceState, default=EvidenceState.RECORDED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_reason = models.TextField(_("why it is withdrawn"), blank=True, max_length=LONGEST_REASON)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence of dissemination")
        verbose_name_plural = _("evidence of dissemination")
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["call", "state"], name="evidence_of_call")]
        constraints = [
            models.CheckConstraint(
                condition=Q(action__isnull=False, name="") | (Q(action=None) & ~Q(name="")),
                name="evidence_of_one_action",
            ),
            models.CheckConstraint(condition=~Q(account=""), name="evidence_says_what_was_done"),
            models.CheckConstraint(
                condition=~Q(url="") | Q(document__isnull=False), name="evidence_can_be_seen"
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="withdrawn", withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                    & ~Q(withdrawn_reason="")
                )
                | Q(state="recorded", withdrawn_at=None, withdrawn_by=None, withdrawn_reason=""),
                name="evidence_withdrawn_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.call_id} · {self.public_id}"

    @property
    def is_withdrawn(self):
        return self.state == EvidenceState.WITHDRAWN

    @property
    def file_url(self):
        """Where its file is opened, for whoever may; empty when there is none."""
        if self.document_id is None:
            return ""
        return reverse("calls:evidence_file", args=[self.call.folio, self.public_id])
