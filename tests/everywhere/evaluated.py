"""Two calls under evaluation beside the demo world: one is being scored, of the other every ruling is sealed.

The same people take part in both. What nobody may know yet carries a word of its own wherever somebody wrote
it (``words``), so that it can be looked for in everything that the portal says.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.core import mail
from django.utils import timezone

from accounts import notices
from accounts.models import Body, Role, User
from calls.actions import answers, applications, desk, documents, organizations
from calls.actions import calls as call_acts
from calls.models import Call
from documents import renderings
from documents.models import Rendering
from evaluations import standing
from evaluations.actions import calibration, committees, conflicts, embargoes, reviews, rulings, sessions
from evaluations.models import Assignment, Draw
from programs.models import Agency, CommitteeSeat, Publication
from rop_portal.demo import calls as demo
from rop_portal.demo.papers import paper
from tests.everywhere.roles import person_of
from tests.factories.accounts import MembershipFactory, UserFactory, member
from tests.factories.calls import CallFactory
from tests.factories.evaluations import Evaluation

AMOUNT = Decimal("273419.57")  # awarded in A's ruling, and written nowhere else
BUDGET = Decimal(3_000_000)
EVALUATORS = [
    ("Evaluxia Barzun", "evaluxiamail"),
    ("Dictaminia Corvet", "dictaminiamail"),
    ("Ponderia Dosal", "ponderiamail"),
    ("Valuntia Estero", "valuntiamail"),
]


@dataclass
class Evaluated:
    """The world: its people by what they are in it, and the words that stand for what is secret."""

    people: dict = field(default_factory=lambda: {"anonymous": None})
    words: dict = field(default_factory=dict)
    applicants: list = field(default_factory=list)
    pool: list = field(default_factory=list)
    scoring: Evaluation = None
    ruled: Evaluation = None
    begun: list = field(default_factory=list)


def build(edition, *, is_decided=True):
    """Everything, played by the portal's own acts from the Rules of ``edition``."""
    made = Evaluated()
    _gather(made, edition)
    publication = Publication.objects.filter(edition=edition).latest("pk")
    made.scoring = _receive(made, publication, "1")
    made.ruled = _receive(made, publication, "2")
    for played in (made.scoring, made.ruled):
        _appoint(made, played)
        _declare(made, played)
    _score(made)
    _convene(made)
    if is_decided:
        decide(made)
        _leave_for_later(made)
        _draw_papers(made)
    return made


# People -----------------------------------------------------------------------------------------------


def _gather(made, edition):
    """Who takes part, who applies, and who has nothing to do with it in every other role there is."""
    agency = edition.program.agency.body
    made.people |= {
        name: person_of(name)
        for name in ("chair", "secretary", "member", "operator", "head", "auditor", "administrator")
    }
    made.people |= {
        "journalist": UserFactory(name="Petra Cronista"),
        "barred_member": User.objects.get(email="member2@demo.example"),
        "substitute": UserFactory(name="Sustituta Fierro"),
        "barred_operator": member(Role.OPERATOR, agency, name="Operaria Galarza"),
        "outsider": _outsider(agency),
    }
    made.pool = [UserFactory(name=name, email=f"{local}@demo.example") for name, local in EVALUATORS]
    _organizations(made)


def _holding(*held, name):
    user = UserFactory(name=name)
    for body, roles in held:
        for role in roles:
            MembershipFactory(user=user, body=body, role=role)
    return user


def _outsider(agency):
    """One person with every role that sees nothing of it: with any of them alone one finds no more."""

    def body(acronym):
        return Agency.objects.get(acronym=acronym).body

    elsewhere = [Role.EDITOR, Role.LEGAL, Role.OPERATOR, Role.VERIFIER, Role.HEAD]
    return _holding(
        (agency, [Role.EDITOR, Role.LEGAL, Role.VERIFIER]),
        (body("SSAS"), elsewhere),
        (body("SPPC"), [Role.GUIDE_OWNER, Role.ASSESSOR]),
        (body("SHP"), [Role.BUDGET, Role.PAYER]),
        (Body.objects.get(kind="monitoring"), [Role.MONITORING]),
        name="Ajena Jurado",
    )


def _organizations(made):
    """A, whose secrets they are, B and C; A has a representative and a drafter."""
    representatives = [
        UserFactory(name="Representunda Kuri", email="representundamail@demo.example"),
        UserFactory(name="Berta Lomas"),
        UserFactory(name="Ciro Macedo"),
    ]
    names = ["Zorbalunia", "Bernarda del Bosque", "Cantera Clara"]
    for number, (name, by) in enumerate(zip(names, representatives, strict=True), start=61):
        made.applicants.append(_register(number, name, by))
    first = made.applicants[0]
    made.people |= {
        "representative": representatives[0],
        "drafter": member(Role.DRAFTER, first.body, name="Capturina Nava"),
        "other_representative": representatives[1],
    }
    made.words |= {
        "organization": "Zorbalunia", "rfc": first.rfc, "clabe": first.clabe,
        "representative": "Representunda", "representative's mail": "representundamail",
        "drafter": "Capturina", "address": "Callezuela",
    }  # fmt: skip


def _register(number, name, by):
    founded = date(2010, 5, 1 + number % 20)
    return organizations.register(
        name=f"{name}, A.C.", rfc=demo.fictional_rfc(number, founded), by=by,
        at=demo.at(date(2026, 2, 25), 9, number % 60), legal_form="ac",
        clabe=demo.fictional_clabe(number), constituted_on=founded, purpose="Fines sociales.",
        address=f"{'Callezuela' if number == 61 else 'Avenida'} {number}", phone=f"33000000{number}",
        municipality=demo.Municipality.objects.get(name="Zapopan"), postal_code="45010",
    )  # fmt: skip


# Reception --------------------------------------------------------------------------------------------


def _receive(made, publication, mark):
    """A call with an application of each organization, admitted; A's carries ``mark`` in its words."""
    operator = made.people["operator"]
    call = CallFactory(publication=publication, until="published", by=operator, budget=BUDGET)
    rows = demo.Published.of(call)
    sent = [_send(made, call, number, rows, mark) for number in range(3)]
    call = call_acts.seal(call, at=call.closes_at)
    for application in sent:
        for requirement in rows.requirements:
            desk.check(application, requirement, outcome="met", note="", by=operator)
        desk.admit(application, by=operator)
        application.refresh_from_db()  # with the call as it is now
    first = sent[0]
    made.words |= {f"folio {mark}": first.folio, f"number {mark}": first.public_id}
    return Evaluation(
        call=Call.objects.get(pk=call.pk), operator=operator, head=made.people["head"], applications=sent,
        chair=made.people["chair"], secretary=made.people["secretary"],
        members=[made.people["member"], made.people["barred_member"]],
    )  # fmt: skip


def _send(made, call, number, rows, mark):
    organization = made.applicants[number]
    when = {"by": demo.representative_of(organization), "at": call.opens_at + timedelta(days=1 + number)}
    application = demo.fill(call, organization, number + 2, by=when["by"], moment=when["at"], published=rows)
    if number == 0:
        _mark(made, application, rows, mark, **when)
    applications.submit(application, **when)
    return application


def _mark(made, application, rows, mark, **when):
    """Words of its own in the title, in an answer that names, in one that does not, and in a file's name."""
    said = {
        f"title {mark}": f"Titulumbra{mark}", f"naming answer {mark}": f"Nombradia{mark}",
        f"blind answer {mark}": f"Problematia{mark}", f"file {mark}": f"Archivunda{mark}",
    }  # fmt: skip
    title, naming, blind, file = said.values()
    answers.save_project(application, {"project_title": answers.Typed(f"Taller {title}")}, **when)
    texts = {"experiencia": answers.Typed(f"Somos {naming}."), "problema": answers.Typed(f"Es {blind}.")}
    answers.save_answers(application, texts, **when)
    upload = paper("carta")
    upload.name = f"{file}.pdf"
    letter = next(one for one in rows.requirements if one.key == "carta-protesta")
    documents.supply(application, letter, upload, **when)
    made.words |= said


# Evaluation -------------------------------------------------------------------------------------------


def _appoint(made, played):
    """Every seat, a substitute for the member who will be recused, and four evaluators."""
    played.evaluators = made.pool
    played.appoint()
    recused_seat = CommitteeSeat.objects.of_publication(played.call.publication_id).get(key="vocal-ciudadana")
    committees.appoint(
        played.call, recused_seat, made.people["substitute"], by=played.operator,
        how_chosen="Por convocatoria pública.", substitute=True,
    )  # fmt: skip


def _declare(made, played):
    """Three are in conflict with A; only the evaluator says how in a word of their own."""
    first, barred = made.applicants[0], played.evaluators[-1]
    made.people["barred_evaluator"] = barred
    made.words["conflict"] = "Parentescura"
    for person in [*played.committee_people, *played.evaluators, *_others(made)]:
        tied = person in (barred, made.people["barred_member"], made.people["barred_operator"])
        detail = "Por Parentescura." if person == barred else "Lo conozco."
        conflicts.declare(played.call, by=person, conflicts=[(first, "friendship", detail)] if tied else ())


def _others(made):
    return [made.people["substitute"], made.people["barred_operator"]]


def _score(made):
    """In the first call files are drawn, some reviews are in; in the second, given by hand, all are."""
    made.scoring.commit()
    reviews.distribute(made.scoring.call, by=made.scoring.operator)
    _name_readers(made)
    _sample(made)
    first = review_of(made.scoring, made.people["reader"])
    write(first, "Justifiquia1", "Privadoria1")
    reviews.hand_in(first, by=made.people["reader"])
    write(review_of(made.scoring, made.people["other_reader"]), "Borradoria1", "Privadencia1")
    _score_all(made)
    made.words |= {
        "justification": "Justifiquia1", "note": "Privadoria1", "draft": "Borradoria1",
        "draft's note": "Privadencia1", "justification 2": "Justifiquia2", "note 2": "Privadoria2",
        "former justification": "Antesdicho2", "former note": "Antesnota2",
        "why reopened": "Reaperturia2",
    }  # fmt: skip


def _name_readers(made):
    """Who reads A's file is chance; from here on they are called by it."""
    held = Assignment.objects.filter(application=made.scoring.applications[0]).order_by("pk")
    first, second = [assignment.evaluator for assignment in held]
    (unassigned,) = set(made.pool) - {first, second, made.people["barred_evaluator"]}
    made.people |= {"reader": first, "other_reader": second, "unassigned": unassigned}
    draw = Draw.objects.get(call=made.scoring.call)
    made.words |= {
        "evaluator": first.name.split()[0], "evaluator's mail": first.email.partition("@")[0],
        "salt": draw.salt, "draw": _someone_of(draw),
        "alias": held[0].alias, "other alias": held[1].alias,
    }  # fmt: skip


def _someone_of(draw):
    """The alias under which a person stands in the document of the draw."""
    at = draw.instance.index('{"alias":"p') + len('{"alias":"')
    return draw.instance[at : at + 21]


def _sample(made):
    """What everybody scores to compare; one has handed it in."""
    call, reader = made.scoring.call, made.people["reader"]
    title, text = "Red de vecinas", "Texto inventado que todas leen."
    sample = calibration.choose(call, by=made.scoring.operator, title=title, text=text)
    calibration.save(sample, _entries(call, "Muestrario", ""), by=reader)
    calibration.hand_in(sample, by=reader)
    made.words["sample"] = "Muestrario"


def review_of(played, evaluator, application=0):
    held = Assignment.objects.select_related("review")
    return held.get(application=played.applications[application], evaluator=evaluator).review


def _entries(call, justification, note, level=-1):
    return {
        key: {"level": rows[level].key, "justification": justification, "private_note": note}
        for key, rows in standing.levels_of(call).items()
    }


def write(review, justification, note, level=-1):
    call = review.assignment.application.call
    reviews.save(review, _entries(call, justification, note, level), by=review.assignment.evaluator)


def _score_all(made):
    """The second call: A is read by the same two as in the first one, and one review was reopened."""
    played, people = made.ruled, made.people
    given = [("reader", 0), ("other_reader", 0), ("unassigned", 1), ("reader", 1), ("other_reader", 2),
             ("barred_evaluator", 2)]  # fmt: skip
    for name, number in given:
        reviews.assign(played.applications[number], people[name], by=played.operator)
        review, is_first = review_of(played, people[name], number), (name, number) == ("reader", 0)
        reopened = (name, number) == ("other_reader", 0)
        texts = ("Justifiquia2", "Privadoria2") if is_first else ("Cumple.", "Nada.")
        write(review, *(("Antesdicho2", "Antesnota2") if reopened else texts))
        reviews.hand_in(review, by=people[name])
    made.words |= {
        "alias 2": review_of(played, people["reader"]).code,
        "other alias 2": review_of(played, people["other_reader"]).code,
    }
    review = review_of(played, people["other_reader"])
    reviews.reopen(review, by=played.chair, reason="Por Reaperturia2.")
    write(review, "Cumple.", "Nada.")
    reviews.hand_in(review, by=people["other_reader"])


def _convene(made):
    """The committee of the second call meets, its substitute too."""
    played = made.ruled
    played.session = sessions.convene(
        played.call, by=played.secretary, scheduled_for=timezone.now() + timedelta(days=2), place="Salonia"
    )
    played.open()
    made.words["place"] = "Salonia"


def decide(made, outcome="award"):
    """A is awarded less than it asked for, or nothing; B departs from the ranking. All is sealed."""
    played, people = made.ruled, made.people
    played.session.refresh_from_db()  # decided before, and undone, in another world
    choices = zip(played.applications, (outcome, "reserve", "award"), strict=True)
    for number, (application, choice) in enumerate(choices):
        for name in ("chair", "member", "barred_member" if number else "substitute"):
            sessions.vote(played.session, application, choice, by=people[name])
    _write_rulings(played, outcome)
    rulings.issue_all(played.session, by=played.chair)
    sessions.close(played.session, by=played.secretary, minutes="Se acordó Minutaria.")
    made.words |= {
        "minutes": "Minutaria", "reasons": "Razonaria", "why less": "Menosura",
        "amount": f"{AMOUNT:,.2f}", "legal basis": "Fundamentaria", "departure": "Apartadura",
    }  # fmt: skip


def _leave_for_later(made):
    """The head leaves the results for a minute to come."""
    release_at = timezone.now() + timedelta(days=3)
    embargoes.set_for(made.ruled.call, release_at=release_at, by=made.ruled.head, reason="Por Embargunda.")
    made.words["embargo"] = "Embargunda"


def _write_rulings(played, outcome):
    first, second, _third = played.applications
    is_award = outcome == "award"
    rulings.draft(
        played.session, first, by=played.secretary, outcome=outcome, amount=AMOUNT if is_award else None,
        amount_reason="Por Menosura." if is_award else "", reasons="Por Razonaria.",
        legal_basis="Según Fundamentaria.", departure_reason="" if is_award else "Por Apartarse.",
    )  # fmt: skip
    rulings.draft(
        played.session, second, by=played.secretary, outcome="reserve", reasons="Cumple.",
        legal_basis="Reglas.", departure_reason="Por Apartadura.",
    )  # fmt: skip
    rulings.propose_all(played.session, by=played.secretary)


# Papers and mails -------------------------------------------------------------------------------------


def _draw_papers(made):
    """The minutes and A's receipts, which wait for a worker otherwise."""
    first = [played.applications[0].public_id for played in (made.scoring, made.ruled)]
    papers = [renderings.request("receipt", number) for number in first]
    for rendering in [*papers, *Rendering.objects.of("session_minutes", made.ruled.session.folio)]:
        renderings.render(rendering)


def mailed(told):
    """What those notices say by e-mail: to whom, and in which words."""
    before = len(mail.outbox)
    for notice in told.select_related("to"):
        notices.deliver(notice)
    return [(one.to, _all_of(one)) for one in mail.outbox[before:]]


def _all_of(message):
    """Subject and text, plain and as a page."""
    pages = [text for text, _kind in getattr(message, "alternatives", [])]
    return "\n".join([message.subject, message.body, *pages])
