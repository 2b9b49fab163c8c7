"""What every block of structured data has in common."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class BlockQuerySet(models.QuerySet):
    def of_draft(self, edition):
        """The rows that are edited: those of the edition that belong to no publication."""
        return self.filter(edition=edition, publication=None)

    def of_publication(self, publication):
        """The immutable rows of a publication."""
        return self.filter(publication=publication)


class Block(models.Model):
    """A row of structured data of an edition.

    A draft's rows have no publication; publishing copies them to rows that have one, which the database
    refuses to change. ``key`` stays the same from draft to publication and from year to year, so that
    answers and comparisons can follow it. Rows name one another by key, never by number.
    """

    edition = models.ForeignKey("programs.Edition", on_delete=models.PROTECT, related_name="+")
    publication = models.ForeignKey(
        "programs.Publication",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    key = models.SlugField(_("key"), max_length=60, editable=False)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = BlockQuerySet.as_manager()

    # Overridden by each block: the columns of its table; those of its readers' table, where fields are
    # joined to keep it narrow; the fields its key is made from; whether there is only one row, and whether
    # two rows may be alike; and, where the block is nested in another, the field that names it
    columns: tuple[str, ...] = ()
    reading_columns: tuple = ()
    named_by: tuple[str, ...] = ("name",)
    is_single = False
    can_be_copied = True
    parent_field = ""

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "key"], condition=Q(publication=None), name="%(class)s_key_once_in_a_draft"
            ),
            models.UniqueConstraint(
                fields=["publication", "key"], name="%(class)s_key_once_in_a_publication"
            ),
        ]

    def __str__(self):
        return getattr(self, "name", "") or self.key

    def refuse_among(self, others):
        """Raise ValidationError when the row does not agree with the other rows of its block in the draft."""

    @classmethod
    def own_fields(cls):
        """The fields that an editor gives: all but row number, owner, key and place."""
        owned = {"id", "edition", "publication", "key", "position"}
        return [field for field in cls._meta.concrete_fields if field.name not in owned]

    @classmethod
    def data_fields(cls):
        """The fields that carry the data: of a file that is kept elsewhere, its name and its hash."""
        return [field for field in cls.own_fields() if not field.is_relation]
