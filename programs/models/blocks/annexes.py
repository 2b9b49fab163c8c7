"""The annexes of the Rules: forms, letters, rubrics and models of agreement, as a file or a link."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.models.blocks.base import Block


class Annex(Block):
    """An annex. Its file is kept under its hash; name and hash stand here too, for the snapshot."""

    class Kind(models.TextChoices):
        FORM = "form", _("Form")
        LETTER = "letter", _("Letter")
        RUBRIC = "rubric", _("Rubric")
        AGREEMENT = "agreement", _("Model of agreement")
        OTHER = "other", _("Other annex")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = models.CharField(_("annex"), max_length=200)
    purpose = models.CharField(_("what it is for"), max_length=300, blank=True)
    link = models.URLField(_("link"), max_length=300, blank=True)
    document = models.ForeignKey(
        "documents.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    file_name = models.CharField(_("file"), max_length=200, blank=True, editable=False)
    file_sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True, editable=False)

    columns = ("name", "kind", "purpose", "file_name", "link")

    class Meta(Block.Meta):
        verbose_name = _("annex")
        verbose_name_plural = _("annexes")
