"""The Guide: the sections and components of which every edition of the Rules is an instance."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Role
from programs.models.agencies import AgencyDuty, spoken
from programs.states import GuideState

PREPARE_GUIDES = (Role.GUIDE_OWNER, Role.ASSESSOR)


def works_on_guides(user, *roles):
    """Whether a person holds, today, one of those seats of planning; any from which Guides are prepared."""
    if not user.is_authenticated:
        return False
    planning = AgencyDuty.objects.bodies_of(AgencyDuty.Kind.GUIDES)
    seats = Membership.objects.filter(user=user, body__in=planning).current()
    return seats.with_role(*(roles or PREPARE_GUIDES)).exists()


class GuideQuerySet(models.QuerySet):
    """Guides read as a sentence: ``GuideEdition.objects.published().up_to(2027)``."""

    def published(self):
        return self.filter(state=GuideState.PUBLISHED)

    def up_to(self, year):
        return self.filter(year__lte=year)

    def visible_to(self, user):
        """A published Guide is everybody's; one that is being written, planning's."""
        return self if works_on_guides(user) else self.published()


class GuideEdition(models.Model):
    """One year's Guide for preparing Rules of Operation, owned by the planning secretariat.

    Those of the reference data are published. One that the portal began stands on an earlier one and is a
    draft until it is published; ``sha256`` is then that of all it says.
    """

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    title = models.CharField(_("title"), max_length=250)
    note = models.TextField(_("note"), blank=True)
    state = models.CharField(max_length=10, choices=GuideState, default=GuideState.PUBLISHED)
    begun_from = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("begun from"),
    )
    begun_at = models.DateTimeField(null=True, blank=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sha256 = models.CharField(max_length=64, blank=True)

    objects = GuideQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]
        verbose_name = _("edition of the Guide")
        verbose_name_plural = _("editions of the Guide")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="draft") | Q(begun_from__isnull=False, begun_by__isnull=False),
                name="guide_draft_was_begun_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(begun_from=None) | ~Q(state="published") | Q(published_by__isnull=False),
                name="guide_begun_here_was_published_by_somebody",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("programs:guide", args=[self.year])

    @property
    def code(self):
        return f"GUIA-{self.year}"

    @property
    def is_draft(self):
        return self.state == GuideState.DRAFT


class GuideSection(models.Model):
    """A section of the Guide (I to V)."""

    guide = models.ForeignKey(GuideEdition, on_delete=models.PROTECT, related_name="sections")
    numeral = models.CharField(max_length=5)
    title_es = models.CharField(_("title"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    is_confirmed = models.BooleanField(_("confirmed"), default=False)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["guide", "numeral"], name="section_once_in_a_guide")]

    def __str__(self):
        return f"{self.numeral}. {self.title}"

    @property
    def title(self):
        return spoken(self.title_es, self.title_en)


class LockLevel(models.TextChoices):
    """What of a component the Guide leaves to the agencies."""

    FREE = "free", _("Free")
    VARIABLES = "variables", _("Variables only")
    LOCKED = "locked", _("Locked")


class Component(models.Model):
    """A numbered component of a Guide. Known by its slug: numbers and titles change from year to year.

    A component that is not free takes its text from ``model_text``; where only variables are free, those
    are what it marks as ``{name}``.
    """

    guide = models.ForeignKey(GuideEdition, on_delete=models.PROTECT, related_name="components")
    section = models.ForeignKey(GuideSection, on_delete=models.PROTECT, related_name="components")
    slug = models.SlugField(max_length=60)
    number = models.PositiveSmallIntegerField(_("number"))
    title_es = models.CharField(_("title"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    blocks = models.JSONField(_("blocks of data"), default=list, blank=True)
    is_confirmed = models.BooleanField(_("confirmed"), default=False)
    renamed_from = models.CharField(max_length=200, blank=True)
    renamed_in = models.PositiveSmallIntegerField(null=True, blank=True)
    lock_level = models.CharField(_("lock"), max_length=10, choices=LockLevel, default=LockLevel.FREE)
    lock_reason = models.TextField(_("why it is locked"), blank=True)
    model_text = models.TextField(_("model text"), blank=True)
    help = models.TextField(_("help for those who write it"), blank=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("component")
        verbose_name_plural = _("components")
        constraints = [
            models.UniqueConstraint(fields=["guide", "slug"], name="component_once_in_a_guide"),
            models.CheckConstraint(
                condition=Q(lock_level="free") | (~Q(lock_reason="") & ~Q(model_text="")),
                name="component_locked_says_why_and_gives_its_text",
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.title}"

    @property
    def title(self):
        return spoken(self.title_es, self.title_en)
