"""Applications that the agency's staff enter because an organization asked them to (assisted digital)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models import Document


class AssistanceQuerySet(models.QuerySet):
    def going_on(self):
        """Not ended: the helper still writes."""
        return self.filter(ended_at=None)


class Assistance(models.Model):
    """That the organization asked for help with one application: how, through whom, signed on what.

    The helper writes and hands in that application and no other. The organization's own people see it from
    the first line, go on with it whenever they want, and end the help when they want.
    """

    class Channel(models.TextChoices):
        IN_PERSON = "in_person", _("In person, at the agency")
        TELEPHONE = "telephone", _("By telephone")
        PAPER = "paper", _("On paper, by post or messenger")

    application = models.OneToOneField(
        "calls.Application", on_delete=models.PROTECT, related_name="assistance"
    )
    helper = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_by = models.CharField(_("who asked for the help"), max_length=150)
    channel = models.CharField(_("how it was asked for"), max_length=10, choices=Channel)
    authorization = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="+", verbose_name=_("signed authorization")
    )
    declaration = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("signed declaration"),
    )  # fmt: skip
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = AssistanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("help with an application")
        verbose_name_plural = _("help with applications")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="assistance_ended_at_and_by",
            ),
            models.CheckConstraint(condition=~Q(asked_by=""), name="assistance_says_who_asked"),
        ]

    def __str__(self):
        return f"{self.application} · {self.asked_by}"

    @property
    def papers(self):
        """The signed papers that are attached, with what each is."""
        named = [(_("Signed authorization"), self.authorization), (_("Signed declaration"), self.declaration)]
        return [(name, document) for name, document in named if document]
