"""Word files brought into a draft: what was read of each, what became of it, who accepted it."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.identifiers import public_id
from programs.models.editions import Edition


class WordImport(models.Model):
    """A Word file that somebody brings into a draft.

    ``plan`` says what was read and where it would go; nothing changes in the draft until a person accepts
    it, once. ``outcome`` says what the acceptance wrote.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="word_imports")
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    plan = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, plan__isnull=False),
                name="word_import_accepted_was_read",
            )
        ]

    def __str__(self):
        return f"{self.edition} · {self.public_id}"

    def get_absolute_url(self):
        return reverse("programs:word_import", args=[self.edition.code, self.public_id])

    @property
    def code(self):
        """What the trail may call it: the code of its edition."""
        return self.edition.code

    @property
    def is_read(self):
        return self.plan is not None

    @property
    def is_accepted(self):
        return self.accepted_at is not None
