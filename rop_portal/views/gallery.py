"""Every component in every tone, on one page: what screens are built from."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from rop_portal.tones import STATES, TONE_ICONS

CENTRAL = ZoneInfo("America/Mexico_City")


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
            steps=cycle(),
            soon=now + timedelta(days=2, hours=3),
            far=now + timedelta(days=26),
            past=now - timedelta(days=4),
            closes_at=datetime(2024, 4, 1, 0, 0, tzinfo=CENTRAL),
            happened_at=datetime(2024, 3, 29, 18, 5, tzinfo=CENTRAL),
            amount=Decimal("490000"),
            verdicts=verdicts(),
            requirements=requirements(),
            criteria=criteria(),
            crooked_criteria=[
                {**row, "points": row["points"] - (n == 0)} for n, row in enumerate(criteria())
            ],
            milestones=milestones(),
            former=[date(2024, 5, 14)],
            promised=date(2024, 5, 29),
            kept_on=date(2024, 4, 30),
            tasks=tasks(),
            happenings=happenings(),
            jobs=jobs(),
            levels=levels(),
            bars=bars(),
            spans=spans(),
            parts=parts(),
            recipients=["Casa Abierta, A.C.", "Manos del Sur, A.C."],
            page=Paginator(range(240), 20).get_page(5),
            years=[("2023", "2023"), ("2024", "2024"), ("2025", "2025")],
            views=views(),
            digest="9f3c5a0e4d1b72c6e8a4f0d93b7c2e15a6d8f4b0c3e7a9125d6f8b4c0e2aa17e",
        )


def cycle():
    return [
        {"label": _("Rules"), "detail": "27 feb", "status": "done"},
        {"label": _("Call"), "detail": "2 mar", "status": "done"},
        {"label": _("Reception"), "detail": "31 mar, 23:59", "status": "now"},
        {"label": _("Evaluation"), "detail": "1–24 abr", "status": "next"},
        {"label": _("Results"), "detail": "30 abr", "status": "next"},
        {"label": _("Agreement"), "detail": "15 may", "status": "next"},
        {"label": _("Support delivered"), "detail": "29 may", "status": "next"},
        {"label": _("Verification"), "detail": "30 nov", "status": "next"},
    ]


def verdicts():
    return [
        {"code": "adopted", "label": _("Adopted"), "proof": _("clause 9.3")},
        {"code": "planned", "label": _("Planned"), "proof": "2027"},
        {"code": "partial", "label": _("Partial"), "proof": _("term missing")},
        {"code": "limited", "label": _("Limitation"), "proof": _("ends in 2027")},
        {"code": "not_applicable", "label": _("Does not apply"), "proof": ""},
        {"code": "not_viable", "label": _("Not viable"), "proof": ""},
    ]


def requirements():
    electronic = _("Electronic")
    return [
        {"name": "Acta constitutiva", "modality": electronic, "form": _("Copy, PDF"), "basis": "9.2 a", "basis_url": "#tables"},
        {"name": "Constancia de situación fiscal", "modality": electronic, "form": _("Copy, PDF"), "validity": _("90 days"), "basis": "9.2 c"},
        {"name": "Carta bajo protesta de decir verdad", "modality": electronic, "form": _("Signed, one original"), "basis": "9.2 h"},
    ]  # fmt: skip


def criteria():
    return [
        {"name": "Pertinencia del diagnóstico", "points": 20, "levels": 4},
        {"name": "Coherencia de objetivos y actividades", "points": 30, "levels": 4},
        {"name": "Reducción de desigualdades y grupos prioritarios", "points": 25, "levels": 4},
        {"name": "Experiencia", "points": 25, "levels": 0},
    ]


def milestones():
    return [
        {"label": _("Reception"), "planned_from": date(2024, 3, 2), "planned_until": date(2024, 3, 31), "actual_from": date(2024, 3, 2), "actual_until": date(2024, 3, 31), "side": _("CSO"), "term": _("30 calendar days")},
        {"label": _("Evaluation"), "planned_from": date(2024, 4, 1), "planned_until": date(2024, 4, 24), "actual_from": date(2024, 4, 1), "actual_until": date(2024, 4, 26), "side": _("Committee")},
        {"label": _("Results"), "planned_until": date(2024, 4, 30), "actual_until": date(2024, 4, 30), "side": _("Agency")},
        {"label": _("Support delivered"), "planned_until": date(2024, 5, 29), "former": [date(2024, 5, 14)], "note": _("Moved by an amendment."), "side": _("Agency"), "term": _("10 business days")},
    ]  # fmt: skip


def tasks():
    return [
        {"label": _("The organization"), "url": "#lists", "state": "complete", "word": _("Complete")},
        {"label": _("The project"), "url": "#lists", "state": "in_progress", "word": _("In progress"), "hint": _("4 of 9 questions answered")},
        {"label": _("Documents"), "url": "#lists", "state": "missing", "word": _("Missing")},
        {"label": _("Read over and hand in"), "url": "", "state": "not_started", "word": _("Not yet"), "hint": _("When the three parts above are complete.")},
    ]  # fmt: skip


def happenings():
    at = datetime(2024, 3, 29, 18, 5, tzinfo=CENTRAL)
    return [
        {"title": _("Application handed in"), "at": at, "by": "Casa Abierta, A.C.", "tone": "done"},
        {"title": _("Notice of prevention"), "at": at + timedelta(days=4), "by": "SISEMH", "tone": "watch", "text": _("One document is out of date.")},
        {"title": _("Admitted"), "at": at + timedelta(days=8), "by": "SISEMH", "tone": "house"},
    ]  # fmt: skip


def jobs():
    states = [
        ("queued", _("Waiting"), 0, 0, ""),
        ("running", _("Running"), 12, 40, ""),
        ("failed", _("Failed"), 0, 0, _("The storage did not answer. It will be tried again.")),
        ("done", _("Done"), 40, 40, ""),
    ]
    return [
        SimpleNamespace(
            label=_("Harmonization report (PDF)"), state=state, get_state_display=lambda word=word: word,
            done_units=done, total_units=total, reason=reason,
        )
        for state, word, done, total, reason in states
    ]  # fmt: skip


def levels():
    return [
        {"value": 1, "points": 0, "label": _("Absent"), "descriptor": _("No diagnosis, or it has nothing to do with the project.")},
        {"value": 2, "points": 10, "label": _("Sufficient"), "descriptor": _("Describes the problem with data, without its causes.")},
        {"value": 3, "points": 20, "label": _("Outstanding"), "descriptor": _("Describes the problem, its causes and whom it affects, with local data.")},
    ]  # fmt: skip


def bars():
    return [
        {"label": "SSAS", "value": 75, "planned": 58, "text": _("75 days"), "tone": "wrong"},
        {"label": "SISEMH", "value": 58, "planned": 59, "text": _("58 days"), "tone": "done"},
        {"label": "SGG", "value": 64, "planned": 70, "text": _("64 days"), "tone": "done"},
    ]


def spans():
    return [{"label": "SSAS", "value": 9}, {"label": "SISEMH", "value": 7}, {"label": "SGG", "value": 3}]


def parts():
    return [
        {"label": _("Adopted"), "value": 22, "tone": "done"},
        {"label": _("Partial"), "value": 6, "tone": "watch"},
        {"label": _("Not stated"), "value": 27, "tone": "soft"},
    ]


def views():
    return [
        {"label": _("Practices"), "url": "?vista=practicas", "current": True},
        {"label": _("Comments"), "url": "?vista=comentarios", "count": 2},
        {"label": _("History"), "url": "?vista=historia"},
    ]
