"""The trail as a sealed log: its entries in the order in which they were sealed, and the tree over them.

Written by the sequencer alone (``accounts.sequencing``); triggers on both databases refuse UPDATE and DELETE.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.trail import TrailEntry


class TrailLeaf(models.Model):
    """The place of an entry in the log, and what it commits to: opaque, so that it can be published."""

    index = models.PositiveBigIntegerField(primary_key=True)
    entry = models.OneToOneField(
        TrailEntry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="leaf"
    )
    commitment = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("leaf of the log")
        verbose_name_plural = _("leaves of the log")
        ordering = ["index"]

    def __str__(self):
        return f"{self.index}: {self.commitment[:12]}"


class TrailLeafSalt(models.Model):
    """The salt of a commitment, apart from it: deleting it erases what could be guessed from the leaf."""

    leaf = models.OneToOneField(
        TrailLeaf, on_delete=models.DO_NOTHING, db_constraint=False, related_name="salt", primary_key=True
    )
    salt = models.CharField(max_length=64)

    def __str__(self):
        return f"salt of {self.leaf_id}"


class TrailNode(models.Model):
    """The root of a complete subtree, in hex: ``level`` 0 holds the leaves."""

    level = models.PositiveSmallIntegerField()
    place = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "place"], name="trail_node_once")]

    def __str__(self):
        return f"{self.level}/{self.place}"
