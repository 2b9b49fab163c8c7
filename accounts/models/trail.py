"""The append-only trail of acts. Triggers on both databases refuse UPDATE and DELETE."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class TrailIsAppendOnly(Exception):
    """Somebody tried to rewrite or remove a line of the trail."""


class TrailQuerySet(models.QuerySet):
    def about(self, thing):
        return self.filter(subject_label=thing._meta.label_lower, subject_id=str(thing.pk))

    def update(self, **changes):
        raise TrailIsAppendOnly

    def delete(self):
        raise TrailIsAppendOnly

    def sealed(self):
        return self.exclude(digest="")


class TrailEntry(models.Model):
    """One act: what, on what, from which state to which, by whom, when it happened and when it was recorded.

    The subject is named by label and id, without a foreign key, so that nothing can be kept from the
    trail by deleting it. ``subject_name`` is a folio or a code, never a person's name. ``digest`` is
    the salted SHA-256 of ``sealed_fields`` as they stood: a later change to them is found.
    """

    act = models.CharField(max_length=80)
    subject_label = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=40)
    subject_name = models.CharField(max_length=120, blank=True)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="trail", db_index=True
    )
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    note = models.TextField(blank=True)
    sealed_fields = models.JSONField(default=list, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    objects = TrailQuerySet.as_manager()

    class Meta:
        verbose_name = _("trail entry")
        verbose_name_plural = _("trail")
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject_label", "subject_id"], name="trail_subject")]

    def __str__(self):
        return f"{self.act} · {self.subject_name}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TrailIsAppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TrailIsAppendOnly


class TrailSalt(models.Model):
    """The salt of an entry's digest, apart from it: deleting the salt erases what the digest could prove."""

    entry = models.OneToOneField(
        TrailEntry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="salt"
    )
    salt = models.CharField(max_length=64)

    def __str__(self):
        return f"salt of {self.entry_id}"
