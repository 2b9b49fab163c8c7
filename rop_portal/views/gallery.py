"""Every component in every tone, on one page: what screens are built from."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from rop_portal.tones import STATES, TONE_ICONS
from rop_portal.views import samples


class SampleForm(forms.Form):
    """A form with a control of each kind, filled wrongly to show how errors read."""

    name = forms.CharField(
        label=gettext_lazy("Name of the project"),
        max_length=120,
        help_text=gettext_lazy("As it will appear in the published results."),
    )
    amount = forms.DecimalField(label=gettext_lazy("Amount asked for"), max_value=Decimal("490000"))
    begins = forms.DateField(
        label=gettext_lazy("First day of work"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    municipality = forms.ChoiceField(
        label=gettext_lazy("Municipality"),
        choices=[("", "—"), ("039", "Guadalajara"), ("098", "San Pedro Tlaquepaque"), ("120", "Zapopan")],
    )
    strand = forms.ChoiceField(
        label=gettext_lazy("Strand"),
        widget=forms.RadioSelect,
        choices=[("a", gettext_lazy("Prevention of violence")), ("b", gettext_lazy("Economic autonomy"))],
    )
    groups = forms.MultipleChoiceField(
        label=gettext_lazy("Who the project is for"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("w", gettext_lazy("Women")), ("g", gettext_lazy("Girls and adolescents"))],
    )
    summary = forms.CharField(
        label=gettext_lazy("Summary"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    deed = forms.FileField(
        label=gettext_lazy("Articles of incorporation"),
        help_text=gettext_lazy("PDF of up to 20 MB."),
        required=False,
    )
    truth = forms.BooleanField(label=gettext_lazy("I declare under oath that what I say is true"))


def sample_form():
    filled = {
        "name": "",
        "amount": "600000",
        "municipality": "039",
        "strand": "a",
        "groups": ["w"],
        "truth": "on",
    }
    return SampleForm(filled)


@method_decorator(login_not_required, name="dispatch")
class Gallery(TemplateView):
    """The gallery. What it shows is invented and belongs to nobody."""

    template_name = "portal/gallery.html"

    def get_context_data(self, **kwargs):
        now = timezone.now()
        return super().get_context_data(
            **kwargs,
            tones=list(TONE_ICONS),
            states=list(STATES),
            form=sample_form(),
            steps=samples.cycle(),
            soon=now + timedelta(days=2, hours=3),
            far=now + timedelta(days=26),
            past=now - timedelta(days=4),
            closes_at=datetime(2024, 4, 1, 0, 0, tzinfo=samples.CENTRAL),
            happened_at=datetime(2024, 3, 29, 18, 5, tzinfo=samples.CENTRAL),
            amount=Decimal("490000"),
            verdicts=samples.verdicts(),
            requirements=samples.requirements(),
            criteria=samples.criteria(),
            crooked_criteria=[
                {**row, "points": row["points"] - (n == 0)} for n, row in enumerate(samples.criteria())
            ],
            milestones=samples.milestones(),
            former=[date(2024, 5, 14)],
            promised=date(2024, 5, 29),
            kept_on=date(2024, 4, 30),
            tasks=samples.tasks(),
            happenings=samples.happenings(),
            jobs=samples.jobs(),
            levels=samples.levels(),
            bars=samples.bars(),
            spans=samples.spans(),
            days=samples.days(),
            parts=samples.parts(),
            recipients=["Casa Abierta, A.C.", "Manos del Sur, A.C."],
            page=Paginator(range(240), 20).get_page(5),
            years=[("2023", "2023"), ("2024", "2024"), ("2025", "2025")],
            views=samples.views(),
            digest="9f3c5a0e4d1b72c6e8a4f0d93b7c2e15a6d8f4b0c3e7a9125d6f8b4c0e2aa17e",
        )
