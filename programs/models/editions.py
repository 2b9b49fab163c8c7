"""Editions of the Rules of Operation: their text, their sign-off and their publication."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Role
from programs.models.agencies import AgencyDuty, Program
from programs.models.guide import Component, GuideEdition
from programs.states import OPEN_AMENDMENT, AmendmentState, EditionState

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

    def with_text(self):
        """Those whose text the portal holds as it was published."""
        return self.published().filter(publications__number=0)

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

    def with_newer_guide(self):
        """Each with the year of the newest Guide that a draft of it could be moved to, or None."""
        later = GuideEdition.objects.published().filter(
            year__gt=OuterRef("guide__year"), year__lte=OuterRef("fiscal_year")
        )
        return self.annotate(newer_guide_year=Subquery(later.order_by("-year").values("year")[:1]))

    def newest_first(self):
        return self.order_by("-fiscal_year", "program__order", "pk")

    def at_stage(self, *states):
        """Editions that are written, signed or approved: themselves, or, once published, their amendment."""
        amended = OuterRef("pk")
        open_amendments = Amendment.objects.filter(edition=amended, state__in=states).open()
        return self.filter(Q(state__in=states) | Exists(open_amendments))


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

    def open_amendment(self):
        """The amendment that is being written, signed or approved, or None."""
        if self.state != EditionState.PUBLISHED:
            return None
        return next((one for one in self.amendments.all() if one.is_open), None)

    def stage(self):
        """Where what is being written stands: the edition itself, or, once published, its amendment."""
        amendment = self.open_amendment()
        return amendment.state if amendment else self.state

    def is_editable(self):
        return self.stage() == EditionState.DRAFT

    def in_force_today(self):
        """Of its publications, read beforehand, the one in force today; the first while none is; or None."""
        today, every = timezone.localdate(), sorted(self.publications.all(), key=lambda one: one.number)
        begun = [one for one in every if one.in_force_from <= today]
        return next(iter([*reversed(begun), *every]), None)

    def publication_on(self, day):
        """The publication in force on a day; before the first one is in force, that one. None in a draft."""
        return self.publications.in_force_on(day).first()


def drafts_visible_to(user):
    """Drafts that a person may read: their own agency's, and, once sent, those they review."""
    if not user.is_authenticated:
        return Edition.objects.none()
    held = Membership.objects.filter(user=user).current()
    own = held.with_role(*DRAFTING).values("body")
    reviewed = Edition.objects.at_stage(EditionState.SIGNOFF, EditionState.APPROVED).values("pk")
    under_review = Q(pk__in=reviewed) & Exists(_overseeing(held))
    return Edition.objects.filter(Q(program__agency__body__in=own) | under_review)


def _overseeing(held):
    """Of the memberships held, those that review the drafts of every agency: where the duty lies today."""
    here = Q(pk__in=[])
    for kind, roles in OVERSEEING.items():
        where = AgencyDuty.objects.bodies_of(kind)
        here |= Q(role__in=roles, body__in=where)
    return held.filter(here)


class Prose(models.Model):
    """What a component says: its text, its summary, why it does not apply, the values of its model text."""

    text = models.TextField(_("text"), blank=True)
    not_applicable_reason = models.TextField(_("why this component does not apply"), blank=True)
    summary = models.TextField(_("plain-language summary"), blank=True)
    values = models.JSONField(_("values of the model text"), default=dict, blank=True)

    class Meta:
        abstract = True

    @property
    def is_written(self):
        """It says something, or says why it does not apply."""
        return bool(self.text or self.not_applicable_reason)

    def said(self):
        names = ("text", "not_applicable_reason", "summary", "values")
        return {name: getattr(self, name) for name in names}

    def say(self, said):
        for name, value in said.items():
            setattr(self, name, value)


class TextManager(models.Manager):
    """The texts of the components that the Guide of their edition has."""

    def get_queryset(self):
        return super().get_queryset().filter(set_aside_at=None)


class ComponentText(Prose):
    """The prose of one component of one edition: sanitised HTML with references to the data as tokens.

    ``version`` grows with every save; a save that carries an older one never goes over it silently.
    ``sitting`` is the version with which the last writer sat down. ``values`` fill the variables of the
    Guide's model text, where the Guide leaves only those free.

    A text whose component a newer Guide took out is set aside with its versions and comments: it is found
    through ``every`` and nowhere else.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="texts")
    component = models.ForeignKey(Component, on_delete=models.PROTECT, related_name="texts")
    version = models.PositiveIntegerField(default=0)
    sitting = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    set_aside_at = models.DateTimeField(null=True, blank=True)

    every = models.Manager()
    objects = TextManager()

    class Meta:
        default_manager_name = "objects"
        ordering = ["component__number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "component"], name="text_once_per_component")
        ]

    def __str__(self):
        return f"{self.edition} · {self.component}"


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


class AmendmentQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state__in=OPEN_AMENDMENT)


class Amendment(models.Model):
    """A numbered change to published Rules, with its reason. It ends in a further publication of the edition.

    While it is open, the texts and rows of the edition that belong to no publication are its working copy.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField(_("number"))
    reason = models.TextField(_("reason"))
    reaches_calls = models.BooleanField(_("it reaches open calls"), default=False)
    reaching_reason = models.TextField(_("why it reaches open calls"), blank=True)
    state = models.CharField(max_length=20, choices=AmendmentState, default=AmendmentState.DRAFT)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"],
                condition=~Q(state=AmendmentState.WITHDRAWN),
                name="amendment_numbered",
            ),
            models.UniqueConstraint(
                fields=["edition"], condition=Q(state__in=OPEN_AMENDMENT), name="amendment_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="amendment_has_a_reason"),
            models.CheckConstraint(
                condition=Q(reaches_calls=False) | ~Q(reaching_reason=""),
                name="amendment_reaches_with_a_reason",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="amendment_counts_from_one"),
        ]

    def __str__(self):
        return f"{self.edition} · {self.number}"

    @property
    def code(self):
        return f"{self.edition.code}-M{self.number}"

    @property
    def is_open(self):
        return self.state in OPEN_AMENDMENT
