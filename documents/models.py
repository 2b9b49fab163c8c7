"""Files kept and never rewritten, and documents rendered, each with the code that proves it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id


class Document(models.Model):
    """A file as it came or as it was rendered: name, type found in its bytes, size, SHA-256, when, by whom.

    The bytes lie in the storage under their hash; equal bytes are kept once.
    """

    class Origin(models.TextChoices):
        RECEIVED = "received", _("Received")
        RENDERED = "rendered", _("Rendered")

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    name = models.CharField(_("name"), max_length=200)
    storage_key = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("size"))
    media_type = models.CharField(_("type"), max_length=100)
    origin = models.CharField(max_length=10, choices=Origin)
    stored_at = models.DateTimeField(default=timezone.now)
    stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self):
        return self.name


class RenderingQuerySet(models.QuerySet):
    def of(self, kind, subject_id):
        return self.filter(kind=kind, subject_id=str(subject_id))

    def current(self):
        return self.filter(superseded_by=None)


class Rendering(models.Model):
    """A PDF of the portal: its code is reserved before it is rendered, its dates are fixed by its data.

    ``content_key`` = template version + canonical context: the same content is never rendered twice.
    A newer rendering of the same kind and subject supersedes the older one; both stay verifiable.
    """

    code = models.CharField(_("code"), max_length=14, unique=True)
    kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    title = models.CharField(_("title"), max_length=250)
    language = models.CharField(max_length=5, default="es-mx")
    content_key = models.CharField(max_length=64, db_index=True)
    is_public = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    issued_at = models.DateTimeField(_("issued"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    document = models.OneToOneField(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="rendering"
    )
    pages = models.PositiveIntegerField(default=0)
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RenderingQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "-pk"]
        indexes = [models.Index(fields=["kind", "subject_id"], name="rendering_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id", "content_key"],
                condition=Q(superseded_by=None),
                name="rendering_once_per_content",
            )
        ]

    def __str__(self):
        return f"{self.title} · {self.code}"
