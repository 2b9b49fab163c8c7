"""What the portal's own data say ties a person to an organization that applied, and what the person said."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.identifiers import public_id
from calls.models import Call, Organization


class DetectedTie(models.Model):
    """A tie found in the data, with its kind, and its answer: it bars by itself, is a tie, or is none.

    A hint that is answered “no tie” says why. Kept as it was answered: the database refuses to change it.
    """

    class Kind(models.TextChoices):
        MEMBERSHIP = "membership", gettext_lazy("Acts or acted for it")
        EMAIL = "email", gettext_lazy("Same e-mail address")
        INVITED = "invited", gettext_lazy("Invited to act for it")
        NAME = "name", gettext_lazy("Same name")
        SURNAME = "surname", gettext_lazy("Same surnames")
        DOMAIN = "domain", gettext_lazy("Same e-mail domain")
        PHONE = "phone", gettext_lazy("Same telephone")
        ADDRESS = "address", gettext_lazy("Same address")
        NAMED = "named", gettext_lazy("Named in its application")
        DECLARED = "declared", gettext_lazy("Declared in another call")
        BODY = "body", gettext_lazy("Both belonged to the same body")

    class Answer(models.TextChoices):
        BARRED = "barred", gettext_lazy("It bars by itself")
        TIE = "tie", gettext_lazy("It is a tie")
        NO_TIE = "no_tie", gettext_lazy("It is no tie")

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="detected_ties")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(gettext_lazy("what was found"), max_length=12, choices=Kind)
    basis = models.CharField(gettext_lazy("in what"), max_length=250, blank=True)
    answer = models.CharField(gettext_lazy("answer"), max_length=8, choices=Answer)
    reason = models.CharField(gettext_lazy("why it is no tie"), max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = gettext_lazy("tie found in the data")
        verbose_name_plural = gettext_lazy("ties found in the data")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "user", "organization", "kind"], name="detected_tie_answered_once"
            ),
            models.CheckConstraint(
                condition=Q(answer="no_tie") & ~Q(reason="") | ~Q(answer="no_tie") & Q(reason=""),
                name="detected_tie_denied_says_why",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["membership", "email"], answer="barred")
                | ~Q(kind__in=["membership", "email"]) & ~Q(answer="barred"),
                name="detected_tie_strong_bars_by_itself",
            ),
        ]

    def __str__(self):
        return f"{self.call.folio} · {self.get_kind_display()}"

    @property
    def in_words(self):
        return in_words(self.kind, self.basis)


STRONG = frozenset({DetectedTie.Kind.MEMBERSHIP.value, DetectedTie.Kind.EMAIL.value})


def in_words(kind, basis):
    """The reason of a detection in a sentence for the person it is about; it names nobody else."""
    return _sentences()[kind] % {"basis": basis}


def _sentences():
    kind = DetectedTie.Kind
    return {
        kind.MEMBERSHIP: _("You act or acted for this organization in the portal."),
        kind.EMAIL: _("The e-mail address of this organization is yours."),
        kind.INVITED: _("This organization invited your e-mail address to act for it."),
        kind.NAME: _("Somebody who acts or acted for it has the same name as you."),
        kind.SURNAME: _("Somebody who acts or acted for it has your surnames: %(basis)s."),
        kind.DOMAIN: _("The organization or its people write from the domain of your e-mail: %(basis)s."),
        kind.PHONE: _("Its telephone is that of an organization for which you act or acted: %(basis)s."),
        kind.ADDRESS: _("Its address is that of an organization for which you act or acted: %(basis)s."),
        kind.NAMED: _("Its application names you or gives your e-mail address."),
        kind.DECLARED: _("You declared a tie with this organization in the call %(basis)s."),
        kind.BODY: _("You and somebody who acts or acted for it belong or belonged to %(basis)s."),
    }
