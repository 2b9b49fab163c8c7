"""What is typed of how a call was made known: what was done and where it is seen, or why it is withdrawn."""

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.dates import short_day
from accounts.entries import Refusable, day_field
from calls.actions.dissemination import KINDS
from calls.models.dissemination import LONGEST_ACCOUNT, LONGEST_REASON
from documents.forms import CheckedFileField, accepted_in_words

LONG = {"rows": 4}
NOT_PLANNED = ""


class EvidenceForm(Refusable):
    """Which action, the day, what was done, and where it can be seen."""

    action = forms.ChoiceField(label=_("Action of the plan"), required=False)
    name = forms.CharField(
        label=_("Name of the action"),
        required=False,
        max_length=150,
        help_text=_("Only if it is not in the plan. It is published as an action besides the plan."),
    )
    on = day_field(_("Day on which it was done"))
    account = forms.CharField(
        label=_("What was done"),
        max_length=LONGEST_ACCOUNT,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("In few words, without personal data: it is published."),
        error_messages={"required": _("Say in few words what was done.")},
    )
    url = forms.CharField(
        label=_("Public address"),
        required=False,
        max_length=500,
        widget=forms.URLInput(attrs={"inputmode": "url"}),
        help_text=_("Where anybody sees it, as https://… The portal publishes the link and never opens it."),
    )
    file = CheckedFileField(label=pgettext_lazy("evidence", "File"), required=False, allowed=KINDS)
    reached = forms.IntegerField(
        label=_("People reached"),
        required=False,
        min_value=0,
        max_value=99_999_999,
        help_text=_("Only if the agency counted them. It is published as its own count."),
        widget=forms.NumberInput(attrs={"class": "w-10", "inputmode": "numeric"}),
    )

    def __init__(self, data=None, files=None, *, actions, **options):
        super().__init__(data, files, **options)
        planned = [(one.key, _in_words(one)) for one in actions]
        self.fields["action"].choices = [*planned, (NOT_PLANNED, _("Another one, which is not in the plan"))]
        self.fields["file"].help_text = " ".join(
            [gettext("Needed if there is no address. Anybody may open it."), accepted_in_words(KINDS)]
        )


def _in_words(action):
    return f"{action.medium} · {short_day(action.on)}" if action.on else action.medium


class WithdrawForm(Refusable):
    """Why evidence is withdrawn."""

    reason = forms.CharField(
        label=_("Why it is withdrawn"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("It is published beside what you withdraw, which stays in sight, struck through."),
        error_messages={"required": _("Say why it is withdrawn: it is published beside it.")},
    )
