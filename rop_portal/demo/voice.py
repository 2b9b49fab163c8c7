"""What organizations asked after the results of the past call, and what they were answered."""

from datetime import date

from evaluations.actions import feedback, remedies, reports
from evaluations.models import Ruling
from programs.models import Remedy
from rop_portal.demo import calls
from rop_portal.demo.people import who
from rop_portal.demo.rules import Staff, at

REASONED = (
    "El proyecto perdió puntos sobre todo donde no presentó datos propios ni responsables por actividad. "
    "(Respuesta de demostración.)"
)


def hear(call):
    """Feedback, remedies and a report without a name."""
    ask_and_answer(call)
    file_and_decide(call)


def ask_and_answer(call):
    """One answer in time, one late, one that nobody has given yet."""
    desk = Staff.of(call.publication.edition.program).operator
    mine, second, third = _of_the_story(call)
    asked = _ask(mine, date(2025, 5, 5), points={"diagnostico": "¿Qué datos del municipio faltaron?"})
    _answer(asked, desk, date(2025, 5, 8), "need")
    _answer(_ask(second, date(2025, 5, 6)), desk, date(2025, 5, 20), "design")
    _ask(third, date(2025, 5, 9))


def file_and_decide(call):
    """A reconsideration that corrects, a clarification that waits, a report that is concluded."""
    mine, second, _third = _of_the_story(call)
    head, offered = Staff.of(call.publication.edition.program).head, _offered(call)
    filed = _file(mine, offered["reconsideration"], "Pedimos revisar el diagnóstico. (Demostración.)")
    remedies.admit(filed, by=head, at=at(date(2025, 5, 9), 10))
    remedies.study(filed, by=head, at=at(date(2025, 5, 12), 10))
    remedies.resolve(
        filed, by=head, outcome="modified", at=at(date(2025, 5, 16), 10), legal_basis="Componente 10.",
        effect="Se corrige el motivo sobre el diagnóstico; el resultado y el dinero quedan igual.",
        reasons="Los puntos corresponden a los niveles publicados. (Resolución de demostración.)",
    )  # fmt: skip
    _file(second, offered["clarification"], "¿A qué presupuesto se refiere el motivo? (Demostración.)")
    report = reports.file(
        second, offered["internal_control"], "Relato ficticio, solo de demostración.", key="demo-denuncia",
        by=calls.representative_of(second.organization), anonymous=True, at=at(date(2025, 5, 7), 9),
    )  # fmt: skip
    reports.conclude(
        report, by=who("auditor"), conclusion="Conclusión ficticia, solo de demostración.",
        at=at(date(2025, 5, 21), 9),
    )  # fmt: skip


def _offered(call):
    return {remedy.kind: remedy for remedy in Remedy.objects.of_publication(call.publication_id)}


def _file(application, remedy, text):
    by, key = calls.representative_of(application.organization), f"demo-{remedy.key}-{application.folio}"
    return remedies.file(application, remedy, text, by=by, key=key, at=at(date(2025, 5, 6), 12))


def _of_the_story(call):
    """The application of the representative of the closed list of roles, and the last two of the ranking."""
    rulings = Ruling.objects.filter(call=call).select_related("application__organization__body")
    files = [ruling.application for ruling in rulings.order_by("-rank")]
    of_mine = who("representative").memberships.values_list("body", flat=True)
    mine = next(one for one in files if one.organization.body_id in of_mine)
    return mine, *[one for one in files if one != mine][:2]


def _ask(application, day, **what):
    by = calls.representative_of(application.organization)
    return feedback.ask(application, by=by, at=at(day, 11), **what)


def _answer(asked, desk, day, reason):
    points = {point.pk: "Los de población del municipio. (Demostración.)" for point in asked.points.all()}
    feedback.answer(
        asked, by=desk, version=0, answer=REASONED, main_reason=reason, points=points, at=at(day, 13)
    )
