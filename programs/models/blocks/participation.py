"""Training of beneficiaries and their part in forming and watching the Rules."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.models.blocks.base import Block


class TrainingSession(Block):
    """A session of training, and how the need for it was found (GP-04)."""

    name = models.CharField(_("session"), max_length=200)
    need = models.CharField(_("how the need was identified"), max_length=300)
    on = models.DateField(_("date"), null=True, blank=True)
    place = models.CharField(_("place or link"), max_length=200, blank=True)

    columns = ("name", "need", "on", "place")

    class Meta(Block.Meta):
        verbose_name = _("training session")
        verbose_name_plural = _("training")


class ParticipationMechanism(Block):
    """A consultation in forming the Rules, or a mechanism of social control (GP-12)."""

    class Kind(models.TextChoices):
        CONSULTATION = "consultation", _("Consultation in forming the Rules")
        SOCIAL_CONTROL = "social_control", _("Social control committee or other mechanism")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = models.CharField(_("mechanism"), max_length=200)
    phase = models.CharField(_("phase in which it works"), max_length=200, blank=True)

    columns = ("kind", "name", "phase")

    class Meta(Block.Meta):
        verbose_name = _("mechanism of participation")
        verbose_name_plural = _("participation")
