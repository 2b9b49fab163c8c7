"""What the forms of every app have in common: days, hours, and a refusal said beside what it is about."""

from django import forms

DAYS = ["%Y-%m-%d", "%d/%m/%Y"]
MINUTES = ["%H:%M", "%H:%M:%S"]


def day_field(label, **options):
    """A day, as the browser's own date box or as dd/mm/yyyy."""
    widget = forms.DateInput(attrs={"type": "date", "class": "w-10"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, input_formats=DAYS, **options)


def time_field(label, **options):
    """An hour and minute."""
    widget = forms.TimeInput(attrs={"type": "time", "class": "w-10"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, input_formats=MINUTES, **options)


class Refusable(forms.Form):
    """A form that actions refuse after it was found valid; their refusals name its entries."""

    def refuse(self, refusal):
        """Say a refusal of the domain beside the entry that it is about (``refusal.field``)."""
        field = getattr(refusal, "field", "")
        self.add_error(field if field in self.fields else None, str(refusal))
