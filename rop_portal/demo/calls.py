"""Fictional calls, organizations and applications, made through the acts of the portal."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from accounts.models import Role
from calls import tabular
from calls.actions import answers, applications, assisting, desk, documents, organizations
from calls.actions import calls as call_acts
from calls.identifiers import clabe_check_digit, rfc_check_digit
from calls.models import Assistance, Call, Organization
from programs.models import (
    ApplicationQuestion,
    BudgetRule,
    EligibilityRule,
    Municipality,
    Requirement,
    SupportModality,
)
from rop_portal.demo.papers import paper
from rop_portal.demo.people import give, person, who
from rop_portal.demo.reading import read
from rop_portal.demo.rules import Staff, at

MARK = "(demostración)"


def open_call(publication, *, opens, opened, title=""):
    """A call published with the window of its Rules: from nine in the morning to the end of the last day."""
    staff = Staff.of(publication.edition.program)
    told = read("rules")["programs"][publication.edition.program.code]
    window = read("rules")["schedule"]["window_days"]
    call = call_acts.open(publication, by=staff.operator, at=at(opened, 9))
    call_acts.describe(
        call,
        by=staff.operator,
        at=at(opened, 10),
        title=title or call.title,
        summary=told["modality"]["description"],
        topics=told["topics"],
        budget=Decimal(told["modality"]["ceiling"]),
    )
    closes = opens + timedelta(days=window - 1)
    call_acts.set_window(call, at(opens, 9), at(closes, 23, 59), by=staff.operator, at=at(opened, 11))
    call_acts.publish(Call.objects.get(pk=call.pk), by=staff.operator, at=at(opened, 12))
    return Call.objects.get(pk=call.pk)


def register_organizations(count):
    """So many organizations, each with its fictional legal representative; the first has a drafter too."""
    names = read("organizations")["names"][:count]
    return [register(number, name) for number, name in enumerate(names, start=1)]


def register(number, name):
    places = read("organizations")["municipalities"]
    place = Municipality.objects.get(key=places[number % len(places)])
    representative = (
        who("representative") if number == 1 else person(f"org{number:02}", f"Representante de {name} {MARK}")
    )
    founded = date(1998 + number % 22, 1 + number % 12, 1 + number % 28)
    organization = organizations.register(
        name=f"{name}, A.C. {MARK}",
        rfc=fictional_rfc(number, founded),
        by=representative,
        at=at(date(2025, 2, 24), 9, number),
        is_demo=True,
        legal_form=Organization.LegalForm.AC,
        clabe=fictional_clabe(number),
        constituted_on=founded,
        purpose="Fines sociales de demostración.",
        address=f"Calle de la Demostración {number}",
        postal_code=place.postal_min,
        municipality=place,
        phone="3300000000",
        email=representative.email,
    )
    if number == 1:
        give(who("drafter"), organization.body, Role.DRAFTER)
    return organization


def first_person(number, name):
    """The legal representative: the one of the closed list of roles for the first organization."""
    if number == 1:
        return who("representative")
    return person(f"org{number:02}", f"Representante de {name} {MARK}")


def fictional_rfc(number, founded):
    """An RFC with a right check digit whose first letters, DEM, say that it is of the demonstration."""
    body = f"DEM{founded:%y%m%d}{number:02d}"
    return body + rfc_check_digit(body)


def fictional_clabe(number):
    body = f"032180{number:011d}"
    return body + clabe_check_digit(body)


RECENT = timedelta(days=12)


@dataclass(frozen=True)
class Published:
    """The frozen rows of a publication that every application of a call needs, read once."""

    rules: list
    questions: list
    requirements: list
    budget_rules: dict
    modality: SupportModality

    @classmethod
    def of(cls, call):
        def rows(model):
            return list(model.objects.of_publication(call.publication))

        return cls(
            rows(EligibilityRule),
            rows(ApplicationQuestion),
            [r for r in rows(Requirement) if r.stage == Requirement.Stage.APPLICATION and r.is_obligatory],
            {rule.key: rule for rule in rows(BudgetRule)},
            rows(SupportModality)[0],
        )


def fill(call, organization, number, *, by, moment, published, complete=True):
    """An application filled in; ``complete=False`` leaves the budget and the documents for later."""
    application = applications.start(call, organization, by=by, at=moment, modality=published.modality)
    when = {"by": by, "at": moment}
    answers.save_eligibility(application, {rule.key: rule.right_answer for rule in published.rules}, **when)
    answers.save_project(application, project(organization, number, published.modality), **when)
    answers.save_answers(application, said(call, number, published.questions), **when)
    if number % 10 == 1:
        attach(application, published.questions, **when)
    if complete:
        answers.save_budget(application, budget(number, published), **when)
        for requirement in published.requirements:
            issued_on = moment.date() - RECENT if requirement.document_kind else None
            documents.supply(application, requirement, paper(requirement.name), issued_on=issued_on, **when)
    return application


def attach(application, questions, **when):
    """The files that some bring as an answer."""
    for question in [question for question in questions if question.is_file]:
        documents.supply_answer(application, question, paper(f"Diagnóstico {MARK}"), **when)


def amount_of(number, modality):
    """What the application asks: steps between the least and the most of the modality."""
    steps = (modality.maximum - modality.minimum) / 10
    return (modality.minimum + steps * (number * 7 % 11)).quantize(Decimal("0.01"))


def project(organization, number, modality):
    titles = read("organizations")["titles"]
    return {
        "project_title": answers.Typed(f"{titles[number % len(titles)]} {number}"),
        "modality": answers.Typed(modality.key),
        "municipality": answers.Typed(organization.municipality_id),
        "requested_amount": answers.Typed(f"{amount_of(number, modality):.2f}"),
    }


def said(call, number, questions):
    told, opens = read("organizations"), call.opens_at.date()
    texts = {
        "problema": told["problems"][number % 4],
        "objetivo": told["goals"][number % 4],
        "actividades": told["activities"][number % 4],
        "experiencia": "La organización (ficticia) ha trabajado en el tema desde su fundación.",
        "personas-atendidas": str(60 + number * 7),
        "inicio": f"{opens + timedelta(days=120):%d/%m/%Y}",
        "capacitacion": "Comprobación del gasto",
        "indicadores": tabular.as_text(
            [["Personas que terminan las actividades", "Personas", "0", str(50 + number * 6), "Listas"]]
        ),
        "cobertura": "",
        "en-alianza": "yes" if number % 3 else "no",
        "alianza": "Presta el espacio y convoca a las personas." if number % 3 else "",
    }
    for question in questions:
        if question.kind == ApplicationQuestion.Kind.CHOICE:
            choices = question.choices.splitlines()
            texts[question.key] = choices[number % len(choices)]
    return {one.key: answers.Typed(texts[one.key]) for one in questions if not one.is_file}


def budget(number, published):
    """Three lines that add up to the amount asked, inside the ceilings, with the own share that is due."""
    asked = amount_of(number, published.modality)
    fees, travel = (
        (asked * Decimal("0.45")).quantize(Decimal(1)),
        (asked * Decimal("0.10")).quantize(Decimal(1)),
    )
    share = published.modality.own_share / 100
    own = (asked * share / (1 - share) + 1).quantize(Decimal(1)) if share else Decimal(0)
    lines = [
        ("honorarios", "Facilitación de los talleres", fees),
        ("traslados", "Visitas a las localidades", travel),
    ]
    lines.append(("materiales", "Materiales de las actividades", asked - fees - travel))
    return [
        {
            "rule": published.budget_rules[key],
            "description": text,
            "from_grant": grant,
            "own_money": Decimal(0),
            "own_kind": own if key == "materiales" else Decimal(0),
        }
        for key, text, grant in lines
    ]


PREVENTED, NOT_CORRECTED = (3, 12, 20, 27), 27


def receive_past(call, count):
    """An application of each organization, sent during the reception, some in its last minute."""
    published = Published.of(call)
    received = []
    for number, organization in enumerate(register_organizations(count), start=1):
        moment = at(date(2025, 3, 3) + timedelta(days=min(28, number * 3 // 4)), 9 + number % 9, number % 60)
        if number % 10 == 0:
            moment = at(date(2025, 3, 31), 23, 59)
        representative = representative_of(organization)
        application = fill(call, organization, number, by=representative, moment=moment, published=published)
        applications.submit(application, by=representative, at=moment)
        received.append(application)
    return received


def representative_of(organization):
    held = organization.body.memberships.filter(role=Role.REPRESENTATIVE).select_related("user")
    return held.get().user


def check_past(call, received):
    """The desk's work: every document looked at, four preventions, three corrected, one discarded."""
    operator = Staff.of(call.publication.edition.program).operator
    requirements = Published.of(call).requirements
    for number, application in enumerate(received, start=1):
        moment = at(date(2025, 4, 1), 9 + number % 8, number % 60)
        flawed = requirements[1] if number in PREVENTED else None
        for requirement in requirements:
            note = "" if requirement != flawed else "La constancia tiene más de 90 días."
            outcome = "observed" if note else "met"
            desk.check(application, requirement, outcome=outcome, note=note, by=operator, at=moment)
        if flawed:
            prevent(application, flawed, number, by=operator)
        else:
            desk.admit(application, by=operator, at=moment + timedelta(minutes=5))


def prevent(application, requirement, number, *, by):
    comment = "Adjunte una constancia emitida en los últimos 90 días."
    defect = desk.DefectFound(requirement=requirement, kind="outdated", comment=comment)
    desk.prevent(application, [defect], by=by, at=at(date(2025, 4, 2), 10))
    application.refresh_from_db()
    if number == NOT_CORRECTED:
        reason = "No se atendió la prevención en el plazo: la constancia de situación fiscal no está vigente."
        desk.discard(application, reason=reason, by=by, at=at(date(2025, 4, 15), 10))
        return
    representative = representative_of(application.organization)
    moment = at(date(2025, 4, 4), 12)
    documents.supply(
        application, requirement, paper(requirement.name + " (nueva)"), by=representative, at=moment
    )
    applications.correct(application, by=representative, at=moment)
    application.refresh_from_db()
    desk.check(application, requirement, outcome="met", by=by, at=at(date(2025, 4, 7), 10))
    desk.admit(application, by=by, at=at(date(2025, 4, 7), 10, 5))


def drafts_of_today(call, today):
    """In the call that is open: one draft of the first organization, one sent by another."""
    published = Published.of(call)
    first, second = Organization.objects.order_by("pk")[:2]
    moment = at(today - timedelta(days=3), 11)
    fill(call, first, 1, by=who("drafter"), moment=moment, published=published, complete=False)
    sender = representative_of(second)
    sent = fill(call, second, 2, by=sender, moment=moment, published=published)
    applications.submit(sent, by=sender, at=moment)


def help_in_the_past(call):
    """One begun at the desk for an organization without account, which was not finished in time."""
    founded = date(2011, 5, 20)
    assisting.begin(
        call,
        None,
        newcomer={
            "name": f"Bordadoras del Llano, A.C. {MARK}",
            "rfc": fictional_rfc(99, founded),
            "legal_form": Organization.LegalForm.AC,
            "is_demo": True,
        },
        asked_by=f"Petra Bordadora, presidenta {MARK}",
        channel=Assistance.Channel.IN_PERSON,
        authorization=paper("carta de autorización firmada"),
        by=Staff.of(call.publication.edition.program).operator,
        at=at(date(2025, 3, 26), 12),
    )
