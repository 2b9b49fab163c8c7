"""The checklist of good practices and what each edition does about each of them."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programs.models.agencies import Program, spoken
from programs.models.editions import PUBLIC_STATES, Edition, drafts_visible_to
from programs.models.guide import Component, GuideEdition
from programs.states import EditionState, GuideState


class ChecklistQuerySet(models.QuerySet):
    def published(self):
        """A checklist goes with the Guide of its year: it is a draft while that one is."""
        drafts = GuideEdition.objects.filter(state=GuideState.DRAFT)
        return self.exclude(year__in=drafts.values("year"))

    def with_guide_state(self):
        """Each saying whether it is a draft."""
        drafts = GuideEdition.objects.filter(state=GuideState.DRAFT, year=OuterRef("year"))
        return self.annotate(is_draft=Exists(drafts))

    def of_guide(self, year):
        """The newest published checklist that existed with the Guide of a year, or an expression of it."""
        return self.published().filter(year__lte=year).order_by("-year")[:1]


class ChecklistEdition(models.Model):
    """One year's checklist of good practices."""

    year = models.PositiveSmallIntegerField(unique=True)
    title_es = models.CharField(max_length=250)
    title_en = models.CharField(max_length=250, blank=True)

    objects = ChecklistQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]

    def __str__(self):
        return spoken(self.title_es, self.title_en)


class Named(models.Model):
    code = models.CharField(max_length=10, unique=True)
    name_es = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True
        ordering = ["code"]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return spoken(self.name_es, self.name_en)


class Topic(Named):
    """What a practice is about (T1 to T5). Our reading of the report; editable."""


class Dimension(Named):
    """What a practice does for openness (D1 to D5), as the report says."""


class PracticeQuerySet(models.QuerySet):
    def published(self):
        return self.filter(checklist__in=ChecklistEdition.objects.published())


class Practice(models.Model):
    """A good practice of the checklist. GP-12 comes from the Guide and is not one of the eleven."""

    checklist = models.ForeignKey(ChecklistEdition, on_delete=models.PROTECT, related_name="practices")
    code = models.CharField(_("code"), max_length=10)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="practices")
    dimension = models.ForeignKey(
        Dimension, null=True, blank=True, on_delete=models.PROTECT, related_name="practices"
    )
    title_es = models.CharField(_("short title"), max_length=150, blank=True)
    title_en = models.CharField(_("short title in English"), max_length=150, blank=True)
    statement_es = models.TextField(_("statement"))
    statement_en = models.TextField(_("statement in English"), blank=True)
    components = models.JSONField(_("slugs of the components where it lives"), default=list)
    check_text = models.TextField(_("what the data of an edition must show"), blank=True)
    source = models.CharField(_("source"), max_length=250, blank=True)
    why_it_matters = models.TextField(_("why it matters to organizations"), blank=True)
    government_view = models.TextField(_("the government's consideration"), blank=True)
    is_core = models.BooleanField(_("one of the eleven"), default=True)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")
        constraints = [
            models.UniqueConstraint(fields=["checklist", "code"], name="practice_once_in_a_checklist")
        ]

    def __str__(self):
        return self.code

    @property
    def title(self):
        return spoken(self.title_es, self.title_en) or self.statement

    @property
    def statement(self):
        return spoken(self.statement_es, self.statement_en)


class Verdict(models.TextChoices):
    """What an edition does about a practice. No row at all means *no data* (decision 15)."""

    ADOPTED = "adopted", _("Adopted")
    PLANNED = "planned", _("Will be adopted")
    PARTIAL = "partial", _("Partial")
    LIMITED = "limited", _("Regulatory limitation")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")
    NOT_VIABLE = "not_viable", _("Not viable")


class AssessmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Assessments of public editions, and those of the drafts a person works on."""
        return self.filter(Q(edition__state__in=PUBLIC_STATES) | Q(edition__in=drafts_visible_to(user)))

    def public(self):
        """What everybody may read: the assessments of recorded, published and closed editions."""
        return self.filter(edition__state__in=PUBLIC_STATES)

    def core(self):
        return self.filter(practice__is_core=True)

    def open_to_change(self):
        """Those whose agency may still declare again."""
        return self.filter(edition__state__in=[EditionState.DRAFT, EditionState.PUBLISHED])

    def expired(self, *, on):
        """The regulatory limitations whose last day is over."""
        return self.filter(verdict=Verdict.LIMITED, last_day__lt=on)

    def ending(self, *, on, days):
        """The limitations still in force that end within so many days."""
        return self.filter(verdict=Verdict.LIMITED, last_day__gte=on, last_day__lte=on + timedelta(days=days))


EXPIRED = "expired"  # how a limitation stands once its last day is over; no verdict of its own


class Said(models.Model):
    """What is said of a practice: the verdict, and the proof or the reason that holds it up."""

    verdict = models.CharField(_("verdict"), max_length=20, choices=Verdict)
    clause = models.ForeignKey(
        Component, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("clause")
    )
    excerpt = models.TextField(_("passage that proves it"), blank=True)
    source = models.TextField(_("public source"), blank=True)
    observation = models.TextField(_("observation"), blank=True)
    planned_year = models.PositiveSmallIntegerField(_("edition that will adopt it"), null=True, blank=True)
    norm = models.CharField(_("norm that limits it"), max_length=250, blank=True)
    article = models.CharField(_("article of the norm"), max_length=120, blank=True)
    last_day = models.DateField(_("last day of the limitation"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def evidence(self):
        """What proves it, in one sentence: the clause with its passage, or the public source."""
        if self.clause_id:
            return f"{self.clause}: «{self.excerpt}»" if self.excerpt else str(self.clause)
        return self.source

    @property
    def citation(self):
        """The norm with its article; once where the norm already names it."""
        return self.norm if self.article in self.norm else f"{self.norm}, {self.article}"

    def is_expired_on(self, day):
        """A limitation holds through its last day; afterwards it explains nothing."""
        return self.verdict == Verdict.LIMITED and self.last_day is not None and self.last_day < day

    @property
    def is_expired(self):
        return self.is_expired_on(timezone.localdate())

    @property
    def standing(self):
        """The verdict as it stands today: a limitation whose last day is over is *expired*."""
        return EXPIRED if self.is_expired else self.verdict

    def get_standing_display(self):
        return standing_word(self.standing)


def standing_word(standing):
    return _("Limitation expired") if standing == EXPIRED else Verdict(standing).label


class Assessment(Said):
    """What an agency declares of its edition for one practice, and what planning answers to it."""

    class Review(models.TextChoices):
        PENDING = "pending", _("Not yet reviewed by planning")
        CONFIRMED = "confirmed", _("Confirmed by planning")
        CONTESTED = "contested", _("Contested by planning")
        REPORT = "report", _("Stated by the report")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="assessments")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="assessments")
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    assessed_at = models.DateTimeField()
    review = models.CharField(max_length=20, choices=Review, default=Review.PENDING)
    review_note = models.TextField(_("planning's note"), blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)  # when both sides were told that it ends soon
    expired_at = models.DateTimeField(null=True, blank=True)  # and that it ended

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["practice__code", "edition__program__order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "practice"], name="assessment_once_per_practice"),
            models.CheckConstraint(
                condition=~Q(verdict="adopted") | Q(clause__isnull=False) | ~Q(source=""),
                name="assessment_adopted_has_its_proof",
            ),
            models.CheckConstraint(
                condition=~Q(verdict="limited") | ~Q(norm=""), name="assessment_limited_names_the_norm"
            ),
            models.CheckConstraint(
                condition=~Q(verdict="limited")
                | Q(review="report")
                | ~Q(article="") & Q(last_day__isnull=False),
                name="assessment_limited_has_article_and_end",
            ),
            models.CheckConstraint(
                condition=Q(verdict="limited") | Q(last_day=None), name="assessment_only_a_limitation_ends"
            ),
            models.CheckConstraint(
                condition=~Q(verdict="planned") | Q(planned_year__isnull=False),
                name="assessment_planned_names_the_year",
            ),
            models.CheckConstraint(
                condition=~Q(verdict__in=["partial", "not_applicable", "not_viable"]) | ~Q(observation=""),
                name="assessment_short_of_adopted_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.edition} · {self.practice}"

    @property
    def program(self) -> Program:
        return self.edition.program

    @property
    def explains_the_gap(self):
        """A norm in force, confirmed by planning, explains why the practice is not followed."""
        is_confirmed = self.review in (self.Review.CONFIRMED, self.Review.REPORT)
        return self.verdict == Verdict.LIMITED and is_confirmed and not self.is_expired
