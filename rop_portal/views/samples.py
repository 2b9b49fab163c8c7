"""What the gallery shows: small, believable, invented."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

CENTRAL = ZoneInfo("America/Mexico_City")


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
        {
            "name": "Acta constitutiva",
            "modality": electronic,
            "form": _("Copy, PDF"),
            "basis": "9.2 a",
            "basis_url": "#tables",
        },
        {
            "name": "Constancia de situación fiscal",
            "modality": electronic,
            "form": _("Copy, PDF"),
            "validity": _("90 days"),
            "basis": "9.2 c",
        },
        {
            "name": "Carta bajo protesta de decir verdad",
            "modality": electronic,
            "form": _("Signed, one original"),
            "basis": "9.2 h",
        },
    ]


def criteria():
    return [
        {"name": "Pertinencia del diagnóstico", "points": 20, "levels": 4},
        {"name": "Coherencia de objetivos y actividades", "points": 30, "levels": 4},
        {"name": "Reducción de desigualdades y grupos prioritarios", "points": 25, "levels": 4},
        {"name": "Experiencia", "points": 25, "levels": 0},
    ]


def milestones():
    return [
        {
            "label": _("Reception"),
            "planned_from": date(2024, 3, 2),
            "planned_until": date(2024, 3, 31),
            "actual_from": date(2024, 3, 2),
            "actual_until": date(2024, 3, 31),
            "side": _("CSO"),
            "term": _("30 calendar days"),
        },
        {
            "label": _("Evaluation"),
            "planned_from": date(2024, 4, 1),
            "planned_until": date(2024, 4, 24),
            "actual_from": date(2024, 4, 1),
            "actual_until": date(2024, 4, 26),
            "side": _("Committee"),
        },
        {
            "label": _("Results"),
            "planned_until": date(2024, 4, 30),
            "actual_until": date(2024, 4, 30),
            "side": _("Agency"),
        },
        {
            "label": _("Support delivered"),
            "planned_until": date(2024, 5, 29),
            "former": [date(2024, 5, 14)],
            "note": _("Moved by an amendment."),
            "side": _("Agency"),
            "term": _("10 business days"),
        },
    ]


def tasks():
    return [
        {"label": _("The organization"), "url": "#lists", "state": "complete", "word": _("Complete")},
        {
            "label": _("The project"),
            "url": "#lists",
            "state": "in_progress",
            "word": _("In progress"),
            "hint": _("4 of 9 questions answered"),
        },
        {"label": _("Documents"), "url": "#lists", "state": "missing", "word": _("Missing")},
        {
            "label": _("Read over and hand in"),
            "url": "",
            "state": "not_started",
            "word": _("Not yet"),
            "hint": _("When the three parts above are complete."),
        },
    ]


def happenings():
    at = datetime(2024, 3, 29, 18, 5, tzinfo=CENTRAL)
    return [
        {"title": _("Application handed in"), "at": at, "by": "Casa Abierta, A.C.", "tone": "done"},
        {
            "title": _("Notice of prevention"),
            "at": at + timedelta(days=4),
            "by": "SISEMH",
            "tone": "watch",
            "text": _("One document is out of date."),
        },
        {"title": _("Admitted"), "at": at + timedelta(days=8), "by": "SISEMH", "tone": "house"},
    ]


def jobs():
    states = [
        ("queued", _("Waiting"), 0, 0, ""),
        ("running", _("Running"), 12, 40, ""),
        ("failed", _("Failed"), 0, 0, _("The storage did not answer. It will be tried again.")),
        ("done", _("Done"), 40, 40, ""),
    ]
    return [
        SimpleNamespace(
            label=_("Harmonization report (PDF)"),
            state=state,
            get_state_display=lambda word=word: word,
            done_units=done,
            total_units=total,
            reason=reason,
        )
        for state, word, done, total, reason in states
    ]


def levels():
    return [
        {
            "value": 1,
            "points": 0,
            "label": _("Absent"),
            "descriptor": _("No diagnosis, or it has nothing to do with the project."),
        },
        {
            "value": 2,
            "points": 10,
            "label": _("Sufficient"),
            "descriptor": _("Describes the problem with data, without its causes."),
        },
        {
            "value": 3,
            "points": 20,
            "label": _("Outstanding"),
            "descriptor": _("Describes the problem, its causes and whom it affects, with local data."),
        },
    ]


def bars():
    return [
        {"label": "SSAS", "value": 75, "planned": 58, "text": _("75 days"), "tone": "wrong"},
        {"label": "SISEMH", "value": 58, "planned": 59, "text": _("58 days"), "tone": "done"},
        {"label": "SGG", "value": 64, "planned": 70, "text": _("64 days"), "tone": "done"},
    ]


def spans():
    return [{"label": "SSAS", "value": 9}, {"label": "SISEMH", "value": 7}, {"label": "SGG", "value": 3}]


def days():
    """How adoption moved over three days that were kept."""
    told = [(date(2024, 2, 20), 12), (date(2024, 3, 11), 30), (date(2024, 4, 1), 40)]
    return [{"on": on, "value": 100 * n / 55, "text": f"{n} / 55"} for on, n in told]


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
