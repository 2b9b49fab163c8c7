"""How planning sets the checks of a Guide: blocking, advisory or off, with who, when and why."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.models.guide import GuideEdition


class CheckLevel(models.TextChoices):
    """What a check does to a draft that does not pass it."""

    BLOCKING = "blocking", _("Blocks the draft")
    ADVISORY = "advisory", _("Advises")
    OFF = "off", _("Switched off")


class CheckSetting(models.Model):
    """The level that planning gave a check in a Guide. Without a row, the check's own level counts."""

    guide = models.ForeignKey(GuideEdition, on_delete=models.PROTECT, related_name="check_settings")
    code = models.SlugField(max_length=60)
    level = models.CharField(_("what it does"), max_length=10, choices=CheckLevel)
    note = models.TextField(_("why"), blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["guide", "code"], name="check_set_once_in_a_guide"),
            models.CheckConstraint(
                condition=~Q(level="off") | ~Q(note=""), name="check_switched_off_says_why"
            ),
        ]

    def __str__(self):
        return f"{self.guide} · {self.code}"
