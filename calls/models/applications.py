"""What one organization asks of one call."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import held
from accounts.identifiers import public_id
from accounts.models import Role
from calls.folding import fold
from calls.models.calls import Call
from calls.models.organizations import ACTS_FOR, Organization
from calls.models.rights import Barred, ReadingRight
from calls.states import ApplicationState
from programs.models import Municipality, SupportModality
from programs.models.blocks.money import money_field

DESK = (Role.OPERATOR, Role.HEAD)


READ_TO_WRITE = (
    *("public_id", "state", "folio", "organization", "modality"),
    *("call__publication", "call__state", "call__folio"),
)


class ApplicationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What ``calls.view_application`` allows, as a filter (a test keeps the two equal).

        The organization sees its own; the agency's desk sees what has left the drawer; committee members
        see what an act let them read; the comptroller reads all that was handed in; who helps the
        organization sees that one application. Whoever is barred sees nothing of it.
        Evaluators are not here: they read the blind copy by their alias.
        """
        if not user.is_authenticated:
            return self.none()
        seats = held.by(user)
        desk = {body for role, body in seats if role in DESK}
        handed_in = ~Q(state__in=[ApplicationState.DRAFT, ApplicationState.WITHDRAWN])
        visible = Q(organization__body__in={body for role, body in seats if role in ACTS_FOR})
        visible |= Q(Exists(ReadingRight.objects.of_committee(user).filter(application=OuterRef("pk"))))
        if desk:
            of_agency = Q(call__publication__edition__program__agency__body__in=desk)
            helped = Q(assistance__helper=user, assistance__ended_at=None)
            visible |= of_agency & (handed_in | helped)
        if any(role == Role.AUDITOR for role, _body in seats):
            visible |= handed_in
        return self.filter(visible).exclude(
            Exists(Barred.objects.filter(user=user, application=OuterRef("pk")))
        )

    def at_the_desk_of(self, call, user):
        """Of one call, what ``visible_to`` gives to whoever works at its desk (a test keeps them equal).

        That is all that was handed in, but for what the person is barred from. Who works there is known
        before anything is asked, so that a hundred thousand rows are found by their index alone.
        """
        agency = call.publication.edition.program.agency
        if not (held.anywhere(user, Role.AUDITOR) or (agency and held.in_body(user, agency.body_id, *DESK))):
            return self.none()
        barred = Barred.objects.filter(user=user).values("application")
        return self.filter(call=call).exclude(pk__in=barred).handed_in()

    def written_by(self, user):
        """Those of the organizations for which the person acts today, unless barred.

        Found and allowed at once: each row carries its ``writer``, so that a rule that asks about the same
        person asks nothing. Who helps an organization writes too, but is not here: few do, and it would make
        the question of all others dear.
        """
        if not user.is_authenticated:
            return self.none()
        seats = user.memberships.current().with_role(*ACTS_FOR).filter(body=OuterRef("organization__body"))
        barred = Barred.objects.filter(user=user, application=OuterRef("pk"))
        return self.filter(Exists(seats), ~Exists(barred)).annotate(writer=Value(user.pk))

    def for_pages(self):
        """With what every page of an application says of it."""
        return self.select_related(
            "call__publication__edition__program__agency__body",
            "organization__body",
            "modality",
            "municipality",
            "prevention",
            "submitted_by",
            "assistance__helper",
            "renunciation",
        ).defer("call__publication__snapshot")

    def for_acts(self):
        """With what decides whether somebody may act on it: its call and its organization."""
        return self.select_related("call", "organization__body")

    def for_writing(self):
        """With what decides what its pages ask, no more: this is read at every pause of a keyboard."""
        return self.select_related("call").only(*READ_TO_WRITE)

    def about(self, words):
        """Those whose folio, organization or title hold every word, accents and capitals apart."""
        found = self
        for word in fold(words).split():
            found = found.filter(folded__contains=word)
        return found

    def handed_in(self):
        return self.exclude(state__in=[ApplicationState.DRAFT, ApplicationState.WITHDRAWN])


class Application(models.Model):
    """An application of an organization to a call. After submission only a prevention changes it."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="applications")
    ordinal = models.PositiveSmallIntegerField(default=1)
    folio = models.CharField(_("folio"), max_length=80, unique=True, null=True, blank=True, editable=False)
    state = models.CharField(max_length=20, choices=ApplicationState, default=ApplicationState.DRAFT)

    project_title = models.CharField(_("title of the project"), max_length=200, blank=True)
    modality = models.ForeignKey(
        SupportModality, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("modality"),
    )  # fmt: skip
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("municipality of the project"),
    )  # fmt: skip
    requested_amount = money_field(_("amount requested"), null=True, blank=True)

    started_at = models.DateTimeField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    folded = models.CharField(max_length=700, blank=True, editable=False)
    discard_reason = models.TextField(_("why it was discarded"), blank=True)
    awarded_amount = money_field(_("amount awarded"), null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-submitted_at", "-pk"]
        indexes = [
            models.Index(fields=["call", "submitted_at", "id", "state"], name="application_as_received")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "organization", "ordinal"],
                condition=~Q(state="withdrawn"),
                name="application_once_per_ordinal",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by=None)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="application_submitted_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"])
                | Q(submitted_at__isnull=False, folio__isnull=False, requested_amount__isnull=False),
                name="application_past_draft_was_submitted",
            ),
            models.CheckConstraint(
                condition=~Q(state="discarded") | ~Q(discard_reason=""), name="application_discarded_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["awarded", "formalized"]) | Q(awarded_amount__isnull=False),
                name="application_awarded_has_its_amount",
            ),
        ]

    def __str__(self):
        return self.folio or self.project_title or self.public_id

    def get_absolute_url(self):
        return reverse("calls:application", args=[self.public_id])

    @property
    def entered_for(self):
        """The help with which staff enter it for its organization, or None."""
        return getattr(self, "assistance", None)

    @property
    def given_up(self):
        """The renunciation of its award, or None."""
        return getattr(self, "renunciation", None)

    @property
    def is_draft(self):
        return self.state == ApplicationState.DRAFT
