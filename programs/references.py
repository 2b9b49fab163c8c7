"""References from prose to data: one table of tokens, each with its label and what it shows.

A token in a text, such as ``[[criterios.minimo]]``, shows the value that the blocks hold now, so
that a date, an amount or a list is written once and cannot contradict itself. The Rules are Spanish,
and so are the tokens and what they show.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.dates import day_in_words
from documents import pesos
from programs import references_of_spending, workdays
from programs.models import (
    Budget,
    CommitteeSeat,
    Contact,
    Criterion,
    DisseminationAction,
    EligibilityRule,
    FeedbackWindow,
    Milestone,
    MilestoneCode,
    Remedy,
    Requirement,
    ScoringRule,
    SupportModality,
)
from programs.schedule import in_order

TOKEN = re.compile(r"\[\[\s*([^\[\]]+?)\s*\]\]")
TOKEN_ALONE = re.compile(r"<p>\s*\[\[\s*([^\[\]]+?)\s*\]\]\s*</p>")


@dataclass(frozen=True)
class Reference:
    """A token, what it is called in the menu, and how it is read from the contents of an edition."""

    token: str
    label: object
    read: Callable
    is_list: bool = False

    def value(self, contents):
        """What it shows now: a text, or the entries of a list; empty when the data are not there yet."""
        with override("es-mx"):
            found = self.read(contents)
            return list(found) if self.is_list else str(found or "")


def amount(value):
    """$490,000.00 (cuatrocientos noventa mil pesos 00/100 M.N.)"""
    return f"{pesos.figures(value)} ({pesos.in_words(value)})" if value is not None else ""


def _single(model, read):
    """Read something of a block that has at most one row."""

    def from_contents(contents):
        row = contents.single(model)
        return read(row) if row else ""

    return from_contents


def _milestone(code):
    return lambda contents: _when(
        next((m for m in contents.rows(Milestone) if m.code == code), None), contents
    )


def _when(milestone, contents):
    """The date of a milestone: a day, a day at the latest, or a term counted from another milestone."""
    if milestone is None:
        return ""
    if milestone.on and milestone.latest:
        return f"entre el {day_in_words(milestone.on)} y el {day_in_words(milestone.latest)}"
    if milestone.on:
        return day_in_words(milestone.on)
    after = MilestoneCode(milestone.after).label.lower()
    rule = f"{milestone.days} {milestone.get_unit_display()} después de: {after}"
    planned = contents.dates.get(milestone.code)
    return f"{rule} ({day_in_words(planned)})" if planned else rule


def _window_days(contents):
    opens, closes = (
        contents.dates.get(code) for code in (MilestoneCode.CALL_ISSUED, MilestoneCode.CALL_CLOSED)
    )
    return workdays.window(opens, closes) if opens and closes else ""


def _extreme(pick, column):
    def read(contents):
        amounts = [getattr(row, column) for row in contents.rows(SupportModality)]
        return amount(pick(amounts)) if amounts else ""

    return read


def _first_tie_break(contents):
    placed = [row for row in contents.rows(Criterion) if row.tie_break]
    return min(placed, key=lambda row: row.tie_break).name if placed else ""


def _points(number):
    return f"{number} punto" if number == 1 else f"{number} puntos"


def _contacts(*purposes):
    return lambda contents: [
        ", ".join(filter(None, [row.name, f"{row.get_channel_display().lower()}: {row.value}", row.hours]))
        for row in contents.rows(Contact)
        if row.purpose in purposes
    ]


def _requirements(*stages):
    return lambda contents: [
        row.name if row.is_obligatory else f"{row.name} (si aplica)"
        for row in contents.rows(Requirement)
        if row.stage in stages
    ]


def _seats(contents):
    for row in contents.rows(CommitteeSeat):
        rights = " y ".join(word for word, held in (("voz", row.has_voice), ("voto", row.has_vote)) if held)
        yield f"{row.get_kind_display()}: {row.name}" + (f", con {rights}" if rights else "")


def _modalities(contents):
    for row in contents.rows(SupportModality):
        yield f"{row.name}: de {pesos.figures(row.minimum)} a {pesos.figures(row.maximum)}"


MILESTONES = {
    "calendario.convocatoria": MilestoneCode.CALL_ISSUED,
    "calendario.cierre": MilestoneCode.CALL_CLOSED,
    "calendario.documentos": MilestoneCode.DOCUMENTS_DELIVERED,
    "calendario.dictamen": MilestoneCode.RULING,
    "calendario.resultados": MilestoneCode.RESULTS_PUBLISHED,
    "calendario.convenios": MilestoneCode.AGREEMENTS_SIGNED,
    "calendario.entrega": MilestoneCode.BENEFIT_DELIVERED,
    "calendario.ejecucion": MilestoneCode.PROJECT_OPERATION,
    "calendario.informes": MilestoneCode.REPORTS_DELIVERED,
    "calendario.comprobacion": MilestoneCode.VERIFICATION_CLOSED,
}

TABLE = [
    Reference("programa.nombre", _("Name of the program"), lambda c: c.edition.program.name_es),
    Reference("programa.dependencia", _("Agency"), lambda c: c.edition.program.agency.body.name_es),
    Reference("programa.unidad", _("Unit in charge"), lambda c: c.edition.program.agency.unit_es),
    Reference("edicion.ejercicio", _("Fiscal year"), lambda c: c.edition.fiscal_year),
    *[Reference(token, code.label, _milestone(code)) for token, code in MILESTONES.items()],
    Reference("calendario.ventana", _("Days to apply"), _window_days),
    Reference(
        "calendario.lista",
        _("The whole schedule"),
        lambda c: [f"{row.get_code_display()}: {_when(row, c)}" for row in in_order(c.rows(Milestone))],
        is_list=True,
    ),
    Reference(
        "presupuesto.autorizado", _("Authorised budget"), _single(Budget, lambda r: amount(r.authorized))
    ),
    Reference(
        "presupuesto.operacion", _("Operating expenses"), _single(Budget, lambda r: amount(r.operating))
    ),
    Reference("presupuesto.clave", _("Budget key"), _single(Budget, lambda r: r.budget_key)),
    Reference("apoyos.minimo", _("Least amount of all modalities"), _extreme(min, "minimum")),
    Reference("apoyos.maximo", _("Greatest amount of all modalities"), _extreme(max, "maximum")),
    Reference("apoyos.lista", _("List of modalities"), _modalities, is_list=True),
    Reference(
        "elegibilidad.lista",
        _("List of conditions to apply"),
        lambda c: [row.statement for row in c.rows(EligibilityRule)],
        is_list=True,
    ),
    Reference(
        "requisitos.solicitud",
        _("Requirements of the application"),
        _requirements("application"),
        is_list=True,
    ),
    Reference("requisitos.pago", _("Requirements of the payment"), _requirements("payment"), is_list=True),
    Reference(
        "requisitos.comprobacion",
        _("Requirements of the verification"),
        _requirements("verification"),
        is_list=True,
    ),
    Reference(
        "criterios.total",
        _("Points that all criteria add up to"),
        lambda c: sum(row.weight for row in c.rows(Criterion)),
    ),
    Reference("criterios.minimo", _("Pass mark"), _single(ScoringRule, lambda r: r.pass_mark)),
    Reference("criterios.desempate", _("Criterion that breaks a tie"), _first_tie_break),
    Reference(
        "criterios.lista",
        _("List of criteria with their points"),
        lambda c: [f"{row.name}: {_points(row.weight)}" for row in c.rows(Criterion)],
        is_list=True,
    ),
    Reference("comite.quorum", _("Quorum of the committee"), _single(ScoringRule, lambda r: r.quorum)),
    Reference("comite.integrantes", _("Seats of the committee"), _seats, is_list=True),
    Reference(
        "retroalimentacion.plazo",
        _("Days to ask for feedback"),
        _single(FeedbackWindow, lambda r: f"{r.days} {r.get_unit_display()}"),
    ),
    Reference(
        "retroalimentacion.respuesta",
        _("Days to answer it"),
        _single(FeedbackWindow, lambda r: f"{r.answer_days} {r.get_answer_unit_display()}"),
    ),
    Reference("medios.lista", _("Remedies"), lambda c: [row.name for row in c.rows(Remedy)], is_list=True),
    Reference("contacto.asesoria", _("Contacts for advice"), _contacts("advice"), is_list=True),
    Reference("contacto.oic", _("Internal control body"), _contacts("internal_control"), is_list=True),
    Reference("contacto.datos", _("Contacts for personal data"), _contacts("privacy"), is_list=True),
    Reference(
        "difusion.lista",
        _("Ways of dissemination"),
        lambda c: [r.medium for r in c.rows(DisseminationAction)],
        is_list=True,
    ),
    *[Reference(*each, is_list=True) for each in references_of_spending.TABLE],
]


def _of_a_modality(row):
    place = f"apoyos.{row.key}"
    yield Reference(
        f"{place}.minimo", _("%(name)s: minimum") % {"name": row.name}, lambda c: amount(row.minimum)
    )
    yield Reference(
        f"{place}.maximo", _("%(name)s: maximum") % {"name": row.name}, lambda c: amount(row.maximum)
    )


def _of_a_criterion(row):
    label = _("%(name)s: points") % {"name": row.name}
    yield Reference(f"criterios.{row.key}.puntos", label, lambda c: row.weight)


def available(contents):
    """Every reference that a text of this edition may make, by token."""
    keyed = [one for row in contents.rows(SupportModality) for one in _of_a_modality(row)]
    keyed += [one for row in contents.rows(Criterion) for one in _of_a_criterion(row)]
    return {reference.token: reference for reference in [*TABLE, *keyed]}


def tokens_in(text):
    """The tokens that a text names, in their order."""
    return [plain_token(token) for token in TOKEN.findall(text)]


def plain_token(token):
    """Capitals, accents and blanks do not matter in a token."""
    return ".".join(slugify(part) for part in token.split("."))


def broken(text, contents):
    """The tokens of a text that name nothing, and those whose data are still empty: two lists."""
    known = available(contents)
    unknown = [token for token in tokens_in(text) if token not in known]
    empty = [token for token in tokens_in(text) if token in known and not known[token].value(contents)]
    return unknown, empty


def resolved(text, contents) -> SafeString:
    """The text with every reference showing its data. The text is sanitised HTML; the data are escaped."""
    known = available(contents)

    def alone(match):
        reference = known.get(plain_token(match[1]))
        value = reference.value(contents) if reference else ""
        return _as_list(value) if value and reference.is_list else match[0]

    def inline(match):
        reference = known.get(plain_token(match[1]))
        value = reference.value(contents) if reference else ""
        return _as_span(value, match[0])

    return mark_safe(TOKEN.sub(inline, TOKEN_ALONE.sub(alone, text)))


def in_plain(text, contents):
    """A plain text with its references as they read now; for what is shown escaped."""
    known = available(contents)

    def value(match):
        reference = known.get(plain_token(match[1]))
        found = reference.value(contents) if reference else ""
        return ("; ".join(found) if isinstance(found, list) else found) or match[0]

    return TOKEN.sub(value, text) if "[[" in text else text


def _as_list(entries):
    return format_html(
        '<ul class="ref-list">{}</ul>', format_html_join("", "<li>{}</li>", ((e,) for e in entries))
    )


def _as_span(value, token):
    if not value:
        return format_html('<span class="ref ref--missing">{}</span>', _unescaped(token))
    text = "; ".join(value) if isinstance(value, list) else value
    return format_html('<span class="ref">{}</span>', text)


def _unescaped(token):
    """The token as it was typed: it comes from HTML, where it is already escaped."""
    return mark_safe(escape(token) if "<" in token else token)


def menu(contents):
    """What the *Data* menu offers: token, label and value now, grouped by the first word of the token."""
    groups = {}
    for reference in available(contents).values():
        value = reference.value(contents)
        shown = "; ".join(value) if reference.is_list else value
        groups.setdefault(reference.token.split(".")[0], []).append(
            {"token": f"[[{reference.token}]]", "label": reference.label, "value": shown}
        )
    return groups
