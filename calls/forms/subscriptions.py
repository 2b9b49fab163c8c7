"""What is typed to be told of calls: which ones, and, by who is not signed in, at which address."""

from django import forms
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from calls import listing, places
from calls.interests import Wanted
from programs.models import Agency

CARRIED = ("agency", "topic", "place")  # the filters of the list that a subscription knows


class WantedForm(forms.Form):
    """Calls of which agency, on which topic and where; what is left open is any."""

    agency = forms.ModelChoiceField(
        label=_("Agency"),
        required=False,
        to_field_name="acronym",
        queryset=Agency.objects.none(),
        empty_label=_("All"),
    )
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    place = forms.ChoiceField(
        label=_("Region or municipality"),
        required=False,
        help_text=_("You are also told of calls for the whole state."),
    )

    def __init__(self, data=None, **options):
        super().__init__(data, **options)
        operating = Agency.objects.filter(programs__isnull=False).distinct()
        self.fields["agency"].queryset = operating.order_by("acronym")
        every = [(topic, topic) for topic in listing.topics()]
        self.fields["topic"].choices = [("", pgettext("masculine", "All")), *every]
        self.fields["place"].choices = [("", _("Anywhere")), *places.choices()]

    @classmethod
    def carrying(cls, query):
        """Empty but for the filters that were in use in the list."""
        return cls(initial={name: query.get(name, "") for name in CARRIED})

    def wanted(self):
        data = self.cleaned_data
        return Wanted(data["agency"], data["topic"], data["place"])


class AskForm(WantedForm):
    """The same, with the address of somebody who is not signed in."""

    address = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("We send a link there to confirm it. It is used for nothing else."),
        error_messages={
            "required": _("Write the address at which you want to be told."),
            "invalid": _("Write an address such as nombre@ejemplo.mx."),
        },
    )

    def refuse_for_now(self):
        self.add_error(
            None,
            gettext(
                "Many requests were made from your connection in this minute. Wait a moment and try again."
            ),
        )
