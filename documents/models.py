"""Files kept and never rewritten, and documents rendered, each with the code that proves it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id
from documents import storage
from documents.codes import rendering_code


class DocumentQuerySet(models.QuerySet):
    def store(self, *, name, content, media_type, origin, by=None, at=None, scan=""):
        """Keep ``content`` (a file object or bytes) under its hash; bytes kept already are not written."""
        key, digest, size = storage.keep(content)
        return self.create(
            name=name,
            storage_key=key,
            sha256=digest,
            size=size,
            media_type=media_type,
            origin=origin,
            stored_by=by if getattr(by, "pk", None) else None,
            stored_at=at or timezone.now(),
            scan=scan,
            scanned_at=(at or timezone.now()) if scan == Document.Scan.CLEAN else None,
        )


class Document(models.Model):
    """A file as it came or as it was rendered: name, type found in its bytes, size, SHA-256, when, by whom.

    The bytes lie in the storage under their hash; equal bytes are kept once.
    """

    class Origin(models.TextChoices):
        RECEIVED = "received", _("Received")
        RENDERED = "rendered", _("Rendered")

    class Scan(models.TextChoices):
        """How it stands with the antivirus; nothing where none was asked."""

        UNASKED = "", "—"
        WAITING = "waiting", _("Waits for the antivirus")
        CLEAN = "clean", _("Scanned")
        INFECTED = "infected", _("Withheld by the antivirus")

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
    scan = models.CharField(max_length=8, choices=Scan, blank=True, default=Scan.UNASKED)
    scanned_at = models.DateTimeField(null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(scan__in=["", "waiting"], scanned_at=None)
                | Q(scan__in=["clean", "infected"], scanned_at__isnull=False),
                name="document_scanned_says_when",
            )
        ]
        indexes = [models.Index(fields=["scan"], condition=Q(scan="waiting"), name="document_waits_for_scan")]

    def __str__(self):
        return self.name

    @property
    def verdict(self):
        """What a list says of it beside its name: only what keeps it from being opened."""
        return self.get_scan_display() if self.scan in (self.Scan.WAITING, self.Scan.INFECTED) else ""

    def open(self):
        """The bytes, as a file object."""
        return storage.read(self.storage_key)


class RenderingQuerySet(models.QuerySet):
    def of(self, kind, subject_id):
        return self.filter(kind=kind, subject_id=str(subject_id))

    def current(self):
        return self.filter(superseded_by=None)


class Rendering(models.Model):
    """A PDF of the portal: its code is reserved before it is rendered, its dates are fixed by its data.

    ``content`` is the canonical text of what the template shows, ``content_key`` the hash of it and of the
    template's version: the same content is never rendered twice, and can be rendered again byte by byte.
    A newer rendering of the same kind and subject supersedes the older one; both stay verifiable.
    """

    code = models.CharField(_("code"), max_length=14, unique=True, default=rendering_code, editable=False)
    kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    title = models.CharField(_("title"), max_length=250)
    language = models.CharField(max_length=5, default="es-mx")
    folio = models.CharField(_("folio"), max_length=60, blank=True)
    filename = models.CharField(max_length=120, blank=True)
    content = models.TextField(blank=True, editable=False)
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

    def get_absolute_url(self):
        return reverse("documents:rendering", args=[self.code])

    @property
    def is_ready(self):
        return self.document_id is not None

    @property
    def is_superseded(self):
        return self.superseded_by_id is not None


class Infection(models.Model):
    """What the antivirus found: its name, the hash of the file, when, from whom. Nothing of the bytes.

    ``document`` is there when the file had been received while the antivirus did not answer.
    """

    find = models.CharField(_("what was found"), max_length=120)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("size"))
    name = models.CharField(_("name"), max_length=200)
    found_at = models.DateTimeField(_("found"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="infections"
    )

    class Meta:
        ordering = ["-found_at", "-pk"]

    def __str__(self):
        return self.find

    @property
    def sender(self):
        """Whoever handed the file in, when that is known."""
        return self.document.stored_by if self.document else self.by


class UploadInProgress(models.Model):
    """A file that arrives in pieces: from whom, for what, how much of it is here, until when it is awaited.

    ``purpose`` says for which place of the portal it is sent, ``counted_to`` in which file its size is
    counted. The bytes lie apart (``documents.pieces``); once handed in, row and bytes are gone.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=120)
    counted_to = models.CharField(max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=255)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    received = models.PositiveBigIntegerField(default=0)
    begun_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "purpose", "sha256", "name"], name="upload_once_for_each_file"
            ),
            models.CheckConstraint(condition=Q(received__lte=F("size")), name="upload_no_more_than_its_size"),
        ]
        indexes = [models.Index(fields=["counted_to"], name="upload_counted_to")]

    def __str__(self):
        return self.name

    @property
    def is_whole(self):
        return self.received == self.size
