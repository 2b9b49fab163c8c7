"""Editions of the Rules of Operation: their text, their sign-off and their publication."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Role
from programs.models.agencies import AgencyDuty, Program
from programs.models.guide import Component, GuideEdition
from programs.states import EditionState

PUBLIC_STATES = (EditionState.RECORDED, EditionState.PUBLISHED, EditionState.CLOSED)
DRAFTING = (Role.EDITOR, Role.LEGAL, Role.OPERATOR, Role.HEAD)
OVERSEEING = {
    AgencyDuty.Kind.GUIDES: (Role.GUIDE_OWNER, Role.ASSESSOR),
    AgencyDuty.Kind.BUDGETS: (Role.BUDGET,),
    AgencyDuty.Kind.CONTROLS: (Role.AUDITOR,),
}


class EditionQuerySet(models.QuerySet):
    """Editions read as a sentence: ``Edition.objects.published().of_year(2025)``."""

    def published(self):
        return self.filter(state__in=[EditionState.PUBLISHED, EditionState.CLOSED])

    def public(self):
        return self.filter(state__in=PUBLIC_STATES)

    def of_year(self, year):
        return self.filter(fiscal_year=year)

    def of_agency(self, agency):
        return self.filter(program__agency=agency)

    def visible_to(self, user):
        """Published Rules are everybody's; a draft is its agency's and, once sent, its reviewers'."""
        return self.filter(Q(state__in=PUBLIC_STATES) | Q(pk__in=drafts_visible_to(user).values("pk")))

    def for_listing(self):
        return self.select_related("program__agency__body", "guide")

    def newest_first(self):
        return self.order_by("-fiscal_year", "program__order", "pk")


class Edition(models.Model):
    """The Rules of Operation of one program for one fiscal year, an instance of a Guide edition."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="editions")
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    guide = models.ForeignKey(GuideEdition, on_delete=models.PROTECT, related_name="editions")
    code = models.CharField(_("code"), max_length=60, unique=True)
    state = models.CharField(max_length=20, choices=EditionState, default=EditionState.DRAFT)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    based_on = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("based on")
    )
    explanation_of_changes = models.TextField(_("explanation of changes"), blank=True)
    round = models.PositiveSmallIntegerField(_("round of sign-off"), default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.UniqueConstraint(
                fields=["program", "fiscal_year"],
                name="edition_one_per_program_and_year",
                violation_error_message=_("This program already has an edition for that year."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["signoff", "approved"])
                | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="edition_in_signoff_was_sent_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.program} {self.fiscal_year}"

    def get_absolute_url(self):
        return self.address

    @cached_property
    def address(self):
        """Where the Rules are read. A matrix asks it of each of its cells, so it is found once."""
        return reverse("programs:edition", args=[self.program.code, self.fiscal_year])

    @property
    def is_editable(self):
        return self.state == EditionState.DRAFT


def drafts_visible_to(user):
    """Drafts that a person may read: their own agency's, and, once sent, those they review."""
    if not user.is_authenticated:
        return Edition.objects.none()
    held = Membership.objects.filter(user=user).current()
    own = held.with_role(*DRAFTING).values("body")
    under_review = Q(state__in=[EditionState.SIGNOFF, EditionState.APPROVED]) & Exists(_overseeing(held))
    return Edition.objects.filter(Q(program__agency__body__in=own) | under_review)


def _overseeing(held):
    """Of the memberships held, those that review the drafts of every agency: where the duty lies today."""
    here = Q(pk__in=[])
    for kind, roles in OVERSEEING.items():
        where = AgencyDuty.objects.current().of_kind(kind).values("agency__body")
        here |= Q(role__in=roles, body__in=where)
    return held.filter(here)


class ComponentText(models.Model):
    """The prose of one component of one edition: sanitised HTML with references to the data as tokens.

    ``version`` grows with every save; a save that carries an older one never goes over it silently.
    ``sitting`` is the version with which the last writer sat down. ``values`` fill the variables of the
    Guide's model text, where the Guide leaves only those free.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="texts")
    component = models.ForeignKey(Component, on_delete=models.PROTECT, related_name="texts")
    text = models.TextField(_("text"), blank=True)
    not_applicable_reason = models.TextField(_("why this component does not apply"), blank=True)
    summary = models.TextField(_("plain-language summary"), blank=True)
    values = models.JSONField(_("values of the model text"), default=dict, blank=True)
    version = models.PositiveIntegerField(default=0)
    sitting = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["component__number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "component"], name="text_once_per_component")
        ]

    def __str__(self):
        return f"{self.edition} · {self.component}"

    @property
    def is_written(self):
        """It says something, or says why it does not apply."""
        return bool(self.text or self.not_applicable_reason)


class SignOff(models.Model):
    """One signature (or refusal) on the way of a draft: legal, budget, comptroller, planning."""

    class Step(models.TextChoices):
        LEGAL = "legal", _("Legal review")
        BUDGET = "budget", _("Budget review")
        COMPTROLLER = "comptroller", _("Comptroller's review")
        PLANNING = "planning", _("Planning's assessment")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="signoffs")
    round = models.PositiveSmallIntegerField(_("round of sign-off"))
    step = models.CharField(max_length=20, choices=Step)
    accepted = models.BooleanField()
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "round", "step"], name="signoff_once_per_round"),
            models.CheckConstraint(
                condition=Q(accepted=True) | ~Q(reason=""), name="signoff_refusal_has_a_reason"
            ),
        ]

    def __str__(self):
        return f"{self.edition} · {self.get_step_display()}"


class Publication(models.Model):
    """The published text of an edition: gazette citation, frozen snapshot and its hash. Never rewritten."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="publication")
    gazette_date = models.DateField(_("date in the gazette"))
    gazette_volume = models.CharField(_("volume"), max_length=40)
    gazette_number = models.CharField(_("number"), max_length=40)
    gazette_section = models.CharField(_("section"), max_length=40, blank=True)
    gazette_page = models.CharField(_("page"), max_length=40, blank=True)
    is_special_edition = models.BooleanField(_("special edition of the gazette"), default=False)
    in_force_from = models.DateField(_("in force from"))
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    snapshot = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(gazette_volume="") & ~Q(gazette_number=""), name="publication_cites_the_gazette"
            ),
            models.CheckConstraint(condition=~Q(snapshot="") & ~Q(sha256=""), name="publication_is_frozen"),
        ]

    def __str__(self):
        return f"{self.edition} · {self.gazette_date:%d/%m/%Y}"

    @property
    def code(self):
        """What the trail may call it: the code of its edition."""
        return self.edition.code
