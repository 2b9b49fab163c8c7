"""What the tokens of payment, verification, measure and place show: token, label, how it is read.

Each reads the contents of an edition and gives the entries of a list, in the Spanish of the Rules.
"""

from django.utils.translation import gettext_lazy as _

from programs.models import (
    Annex,
    CoverageArea,
    Indicator,
    LegalReference,
    PlannedPayment,
    PlannedReport,
    VerificationRule,
)
from programs.tables import term


def _payments(contents):
    for row in contents.rows(PlannedPayment):
        parts = [f"{row.name}: {percent(row.share)} del apoyo", term(row, contents), row.condition]
        yield "; ".join(filter(None, parts))


def _reports(contents):
    for row in contents.rows(PlannedReport):
        received = f"lo recibe: {row.received_by}" if row.received_by else ""
        yield "; ".join(filter(None, [row.name, term(row, contents), received]))


def _concepts(*, eligible):
    def read(contents):
        for row in contents.rows(VerificationRule):
            if row.is_eligible == eligible:
                proof = row.proof if eligible else row.note
                yield f"{row.concept}: {proof}" if proof else row.concept

    return read


def _indicators(contents):
    for row in contents.rows(Indicator):
        goal = "" if row.goal is None else f"meta: {row.goal.normalize():,f} {row.measure.lower()}".strip()
        yield "; ".join(filter(None, [f"{row.get_level_display()}: {row.name}", goal]))


def percent(share):
    return f"{share.normalize():f} %"


TABLE = [
    (
        "fundamento.lista",
        _("Norms that the Rules stand on"),
        lambda c: [str(row) for row in c.rows(LegalReference)],
    ),
    (
        "cobertura.lista",
        _("Where the program works"),
        lambda c: [
            row.name if row.level == CoverageArea.Level.MUNICIPALITY else _whole(row)
            for row in c.rows(CoverageArea)
        ],
    ),
    ("ministraciones.lista", _("Instalments of the support"), _payments),
    ("informes.lista", _("Reports that are owed"), _reports),
    (
        "comprobacion.permitidos",
        _("Expenses that may be paid, with their proof"),
        _concepts(eligible=True),
    ),
    ("comprobacion.prohibidos", _("Expenses that may not be paid"), _concepts(eligible=False)),
    ("indicadores.lista", _("Indicators with their goals"), _indicators),
    ("anexos.lista", _("List of annexes"), lambda c: [row.name for row in c.rows(Annex)]),
]


def _whole(row):
    return "todo el estado" if row.level == CoverageArea.Level.STATE else f"región {row.name}"
