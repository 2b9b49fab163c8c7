"""Whom to ask, where to complain, and how the call is made known."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.models.blocks.base import Block


class Contact(Block):
    """One channel for one purpose (GP-01, GP-10)."""

    class Purpose(models.TextChoices):
        ADVICE = "advice", _("Advice")
        INTERNAL_CONTROL = "internal_control", _("Internal control body: complaints and reports")
        PRIVACY = "privacy", _("Personal data")

    class Channel(models.TextChoices):
        PHONE = "phone", _("Telephone")
        EMAIL = "email", _("E-mail")
        ADDRESS = "address", _("Address")
        WEB = "web", _("Web")

    purpose = models.CharField(_("for"), max_length=20, choices=Purpose)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    value = models.CharField(_("number, address or page"), max_length=250)
    name = models.CharField(_("office"), max_length=200, blank=True)
    hours = models.CharField(_("hours"), max_length=120, blank=True)

    columns = ("purpose", "name", "channel", "value", "hours")
    named_by = ("purpose", "channel")

    class Meta(Block.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self):
        return self.value


class DisseminationAction(Block):
    """A way in which the call is made known: how, when, where and to whom (GP-11)."""

    medium = models.CharField(_("medium"), max_length=150)
    on = models.DateField(_("date"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    audience = models.CharField(_("audience"), max_length=200, blank=True)
    language_or_format = models.CharField(_("language or format"), max_length=150, blank=True)

    columns = ("medium", "on", "place", "audience", "language_or_format")
    named_by = ("medium",)

    class Meta(Block.Meta):
        verbose_name = _("dissemination action")
        verbose_name_plural = _("dissemination")

    def __str__(self):
        return self.medium
