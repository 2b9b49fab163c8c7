"""Fictional editions of the Rules, drafted, signed and published through the acts of the portal."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfo

from programs.actions import amendments, annexes, blocks, commons, drafting, editions, publication, signoff
from programs.models import (
    AdoptedClause,
    Annex,
    ApplicationQuestion,
    Budget,
    BudgetRule,
    CommitteeSeat,
    Contact,
    CoverageArea,
    Criterion,
    CriterionLevel,
    DisseminationAction,
    Edition,
    EligibilityRule,
    FeedbackWindow,
    GuideEdition,
    Indicator,
    LegalReference,
    Milestone,
    ParticipationMechanism,
    PlannedPayment,
    PlannedReport,
    Program,
    Remedy,
    Requirement,
    ScoringRule,
    SupportModality,
    TrainingSession,
    VerificationRule,
)
from rop_portal.demo.papers import paper
from rop_portal.demo.people import who
from rop_portal.demo.reading import read

ZONE = ZoneInfo("America/Mexico_City")
ROWS = {
    "eligibility_rules": EligibilityRule,
    "requirements": Requirement,
    "application_questions": ApplicationQuestion,
    "budget_rules": BudgetRule,
    "committee_seats": CommitteeSeat,
    "remedies": Remedy,
    "participation": ParticipationMechanism,
    "legal_references": LegalReference,
    "coverage": CoverageArea,
    "reports": PlannedReport,
    "payments": PlannedPayment,
    "verification_rules": VerificationRule,
    "indicators": Indicator,
}


def at(day, hour=10, minute=0):
    """A moment of a day in central Mexico."""
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE)


@dataclass(frozen=True)
class Staff:
    """Who drafts, signs and publishes the Rules of a program in the demonstration."""

    editor: object
    legal: object
    operator: object
    head: object

    @classmethod
    def of(cls, program):
        tail = "" if program.agency.acronym == "SISEMH" else f".{program.agency.acronym.lower()}"
        legal = who("legal") if not tail else who(f"legal{tail}")
        return cls(who(f"editor{tail}"), legal, who(f"operator{tail}"), who(f"head{tail}"))


def draft(code, year, *, opens, started, skip=()):
    """A complete draft of a program's Rules for a year, whose call opens on a day.

    ``skip`` names blocks left out, so that the draft has something open.
    """
    program = Program.objects.select_related("agency__body").get(code=code)
    staff = Staff.of(program)
    guide = GuideEdition.objects.published().up_to(year).first()
    edition = editions.start_draft(program, year, guide, by=staff.editor, at=at(started), is_demo=True)
    writer = Writer(edition, staff.editor, at(started, 12))
    writer.write_texts()
    writer.write_blocks(code, opens, skip)
    return edition


def publish(edition, *, sent, gazette):
    """Send, sign by everybody, and publish with its (fictional) citation of the gazette."""
    staff = Staff.of(edition.program)
    signoff.send(edition, by=staff.editor, at=at(sent))
    for hour, signer in enumerate([staff.legal, who("budget"), who("auditor"), who("assessor")], start=11):
        edition.refresh_from_db()
        signoff.sign(edition, by=signer, at=at(sent + timedelta(days=1), hour))
    edition.refresh_from_db()
    return publication.publish(
        edition,
        by=staff.head,
        at=at(gazette, 18),
        gazette_date=gazette,
        gazette_volume="DEMOSTRACIÓN",
        gazette_number="0",
        gazette_section="I",
        in_force_from=gazette + timedelta(days=1),
    )


def amend(edition, *, started, sent, gazette):
    """Amend published Rules: longer hours of advice, and by video; signed and published as the Rules were."""
    told, editor = read("rules")["amendment"], Staff.of(edition.program).editor
    amendments.start(edition, reason=told["reason"], by=editor, at=at(started))
    edition = Edition.objects.select_related("program__agency__body").get(pk=edition.pk)
    for slug, html in told["texts"].items():
        text = edition.texts.select_related("component", "edition__program").get(component__slug=slug)
        drafting.save_text(text, html=html, version=text.version, by=editor, at=at(started, 11))
    for key, hours in told["hours"].items():
        contact = Contact.objects.of_draft(edition).get(key=key)
        blocks.change(contact, by=editor, at=at(started, 12), hours=hours)
    return publish(edition, sent=sent, gazette=gazette)


def adopt(publication, slug, edition, *, day):
    """The editor of a draft takes a clause of other published Rules in place of their own."""
    clause = publication.clauses.get(component__slug=slug)
    text = edition.texts.select_related("component", "edition__program__agency").get(component__slug=slug)
    by = Staff.of(edition.program).editor
    way = AdoptedClause.Way.REPLACE
    commons.adopt(clause, text, way=way, version=text.version, by=by, at=at(day, 13))


def gazette_day(day):
    """The last day on or before ``day`` on which the gazette appears: Tuesday, Thursday or Saturday."""
    while day.weekday() not in (1, 3, 5):
        day -= timedelta(days=1)
    return day


class Writer:
    """Fills one draft, component by component and block by block."""

    def __init__(self, edition, by, moment):
        self.edition, self.by, self.moment = edition, by, moment

    @cached_property
    def differs(self):
        """How this edition departs from what all have: what it asks, how long it takes, what it says."""
        told = read("rules")["differs"]
        code = self.edition.program.code
        return told.get(f"{code} {self.edition.fiscal_year}") or told.get(code, {})

    def write_texts(self):
        prose = read("rules")["texts"] | self.differs.get("texts", {})
        for text in self.edition.texts.select_related("component"):
            html = prose[text.component.slug]
            drafting.save_text(text, html=html, version=text.version, by=self.by, at=self.moment)

    def write_blocks(self, code, opens, skip):
        told = read("rules")
        for block, model in ROWS.items():
            own = self.differs.get(block, {})
            for row in [] if block in skip else told["blocks"][block]:
                self.add(model, **row | own.get(row["key"], {}))
        self._criteria(told["blocks"]["criteria"])
        self._add_unless(skip, "scoring_rule", ScoringRule, told["blocks"]["scoring_rule"])
        self._add_unless(skip, "feedback_window", FeedbackWindow, told["blocks"]["feedback_window"])
        self._money(told["programs"][code])
        self._contacts(told["programs"][code]["office"])
        self._schedule(told["schedule"], opens)
        self._dated(told["blocks"], opens)
        self._annexes(told["blocks"]["annexes"])

    def add(self, model, **values):
        blocks.add(model, self.edition, by=self.by, at=self.moment, **values)

    def _add_unless(self, skip, block, model, values):
        if block not in skip:
            self.add(model, **values)

    def _criteria(self, rows):
        for row in rows:
            values = {name: value for name, value in row.items() if name != "levels"}
            self.add(Criterion, **values)
            for points, label, descriptor in row["levels"]:
                level = {
                    "criterion_key": row["key"],
                    "points": points,
                    "label": label,
                    "descriptor": descriptor,
                }
                self.add(CriterionLevel, key=f"{row['key']}-{points}", **level)

    def _money(self, told):
        budget = {name: Decimal(value) for name, value in told["budget"].items()}
        self.add(Budget, **budget)
        amounts = ("minimum", "maximum", "ceiling", "own_share")
        modality = {n: Decimal(v) if n in amounts else v for n, v in told["modality"].items()}
        self.add(SupportModality, **modality)

    def _annexes(self, rows):
        """Those with a file keep a small real one."""
        for row in rows:
            values = {name: value for name, value in row.items() if name != "file"}
            if row.get("file"):
                values |= annexes.keep(paper(row["name"]), by=self.by, at=self.moment)
            self.add(Annex, **values)

    def _contacts(self, office):
        for row in read("rules")["contacts"]:
            self.add(Contact, **{"name": office, **row})

    def _schedule(self, told, opens):
        closes = opens + timedelta(days=told["window_days"] - 1)
        self.add(Milestone, key="call_issued", code="call_issued", side="agency", on=opens)
        self.add(Milestone, key="call_closed", code="call_closed", side="cso", on=closes)
        own = self.differs.get("schedule", {})
        for rule in told["rules"]:
            self.add(Milestone, key=rule["code"], **rule | own.get(rule["code"], {}))

    def _dated(self, told, opens):
        for row in told["dissemination"]:
            self.add(DisseminationAction, on=opens, **row)
        for row in told["training"]:
            self.add(TrainingSession, on=opens + timedelta(days=75), **row)
