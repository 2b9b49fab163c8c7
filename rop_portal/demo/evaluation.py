"""The past cycle's committee, reviews, session and released results, made through the acts of the portal."""

from datetime import date
from zlib import crc32

from accounts import teams
from accounts.models import Role
from calls import ledger
from calls.actions import promises, renouncing
from calls.models import Call
from evaluations import diverging, notices, reserve, ties
from evaluations.actions import (
    calibration,
    committees,
    conflicts,
    divergence,
    draws,
    promoting,
    releasing,
    reviews,
    rulings,
    sessions,
)
from evaluations.models import CommitteeMember, Divergence, EvaluationSettings, Outcome, Review, Ruling
from programs.models import CommitteeSeat, CriterionLevel, SupportModality
from rop_portal.demo.people import who
from rop_portal.demo.reading import read
from rop_portal.demo.rules import Staff, at

JUSTIFICATIONS = (
    "No hay elementos suficientes en la solicitud para valorar este criterio.",
    "La solicitud lo aborda de manera general; faltan datos y responsables.",
    "Lo desarrolla con claridad; convendría precisar metas y fechas.",
    "Lo desarrolla por completo, con datos, metas y responsables.",
)
NEVER_ACCEPTED = "Me invitaron por error: no acepté ni conozco a la organización (demostración)."
THRESHOLD, STRICTER = 40, 2  # points of a hundred; levels
SAMPLE = """Texto inventado para que todas las personas evaluadoras califiquen lo mismo (demostración).

Un grupo de vecinas acompaña a mujeres que viven violencia. Pide apoyo para capacitar a doce promotoras, abrir
un punto de atención dos tardes por semana y llevar un registro de los casos canalizados.

Presenta un diagnóstico con datos del municipio, un cronograma de ocho meses y un presupuesto por actividad.
No dice cómo seguirá el punto de atención cuando termine el apoyo."""
REOPENED = "La justificación del primer criterio no corresponde al nivel elegido (demostración)."
NOTE = "Nota privada de demostración: revisar en la sesión."


def appoint(call, *, day):
    """Give every seat to its person and bring the evaluators in."""
    operator = Staff.of(call.publication.edition.program).operator
    seats = {seat.key: seat for seat in CommitteeSeat.objects.of_publication(call.publication)}
    told = read("people")
    for entry in told["committee"]:
        seat = seats[entry["seat"]]
        committees.appoint(
            call, seat, who(entry["email"]), by=operator, how_chosen=seat.chosen_by, at=at(day, 10)
        )
    for entry in told["evaluators"]:
        committees.add_evaluator(call, who(entry["email"]), by=operator, at=at(day, 11))


def commit(call, *, day):
    """The draw is bound before anybody declares; seed and salt are those of the demonstration."""
    operator = Staff.of(call.publication.edition.program).operator
    chosen = tuple(draws.digest(f"{word} (demostración)") for word in ("semilla", "sal"))
    draws.commit(call, by=operator, at=at(day, 9), chosen=chosen)
    specialist = who("evaluator")
    modality = SupportModality.objects.of_publication(call.publication_id).first()
    draws.tell_specialties(call, by=specialist, modalities=[modality.key], at=at(day, 12))


def declare(call, *, day):
    """Everybody declares; one evaluator worked for an organization, another was once invited by one."""
    told = read("people")
    known, inviting = ties.organizations_of(call)[2:4]
    invited = who("evaluator4")
    representative = inviting.body.memberships.order_by("pk").first().user
    teams.invite(inviting.body, invited.email, Role.DRAFTER, by=representative, at=at(date(2025, 3, 5), 9))
    for entry in [*told["committee"], *told["evaluators"]]:
        tie = [(known, "labour", "Trabajó en ella hasta 2023.")] if entry["email"] == "evaluator2" else []
        denials = {inviting.pk: NEVER_ACCEPTED} if entry["email"] == "evaluator4" else {}
        conflicts.declare(call, by=who(entry["email"]), conflicts=tie, denials=denials, at=at(day, 12))


def calibrate(call, *, day):
    """A threshold for a third evaluator, and a sample that everybody scores before the first real file."""
    operator = Staff.of(call.publication.edition.program).operator
    divergence.set_threshold(
        call, by=operator, divergence=THRESHOLD, unit=EvaluationSettings.Unit.POINTS, at=at(day, 13)
    )
    title, text = "Red de apoyo entre vecinas (muestra de demostración)", SAMPLE
    sample = calibration.choose(call, by=operator, title=title, text=text, is_required=True, at=at(day, 14))
    levels = levels_by_criterion(call)
    for told in read("people")["evaluators"]:
        reader = who(told["email"])
        entries = {key: entry(rows, quality_of(0, reader.email, key)) for key, rows in levels.items()}
        calibration.save(sample, entries, by=reader, at=at(day, 16))
        calibration.hand_in(sample, by=reader, at=at(day, 17))


def call_thirds(call, *, day):
    """The least loaded person without a conflict reads each file whose reviews differ too much."""
    levels, secretary = levels_by_criterion(call), who("secretary")
    for called in Divergence.objects.of_call(call).open().select_related("application__call", "third"):
        people = diverging.candidates(call, [called.application])[called.application_id]
        third = divergence.call_third(called, people[0], by=secretary, at=at(day, 19))
        entries = {key: entry(rows, 2) for key, rows in levels.items()}
        reviews.save(third.review, entries, by=third.evaluator, at=at(day, 20))
        reviews.hand_in(third.review, by=third.evaluator, at=at(day, 21))


def score(call, *, day):
    """Give the files out, score all of them and hand them in; one reader is strict with the best project."""
    operator = Staff.of(call.publication.edition.program).operator
    reviews.distribute(call, by=operator, at=at(day, 9))
    levels = levels_by_criterion(call)
    numbers = {
        pk: number
        for number, pk in enumerate(call.applications.order_by("folio").values_list("pk", flat=True))
    }
    waiting = Review.objects.filter(assignment__application__call=call).select_related(
        "assignment__evaluator"
    )
    given, strict = list(waiting.order_by("pk")), None
    best = max((numbers[one.assignment.application_id] for one in given), key=project_quality)
    for review in given:
        number, reader = numbers[review.assignment.application_id], review.assignment.evaluator.email
        strict = strict or (review if number == best else None)
        less = STRICTER if review is strict else 0
        entries = {key: entry(rows, quality_of(number, reader, key) - less) for key, rows in levels.items()}
        reviews.save(review, entries, by=review.assignment.evaluator, at=at(date(2025, 4, 14), 10))
        reviews.hand_in(review, by=review.assignment.evaluator, at=at(date(2025, 4, 21), 18))


def reopen_one(call, *, day):
    """The chair gives one review back, with the reason; its evaluator puts one level right."""
    review = Review.objects.of_call(call).filter(assignment__evaluator=who("evaluator")).order_by("pk")[0]
    levels, reader = levels_by_criterion(call), review.assignment.evaluator
    reviews.reopen(review, by=who("chair"), reason=REOPENED, at=at(day, 19))
    score = review.scores.select_related("criterion").order_by("criterion__position")[0]
    rows = levels[score.criterion.key]
    place = next(n for n, level in enumerate(rows) if level.pk == score.level_id)
    corrected = entry(rows, place - 1 if place else 1)
    reviews.save(review, {score.criterion.key: corrected}, by=reader, at=at(day, 20))
    reviews.hand_in(review, by=reader, at=at(day, 21))


def levels_by_criterion(call):
    found = {}
    for level in CriterionLevel.objects.of_publication(call.publication).order_by("points", "position"):
        found.setdefault(level.criterion_key, []).append(level)
    return found


def project_quality(number):
    return crc32(f"project {number}".encode()) % 100 / 100


def quality_of(number, evaluator, key):
    """How good a fictional project is in a criterion, from 0 to 3; its readers differ a little."""
    project = project_quality(number)
    criterion = crc32(f"{number} {key}".encode()) % 100 / 100
    reader = crc32(f"{number} {key} {evaluator}".encode()) % 100 / 100
    return 0.9 + 1.7 * project + 0.7 * criterion + 0.5 * reader - 0.6


def entry(levels, quality):
    place = max(0, min(len(levels) - 1, round(quality)))
    note = NOTE if place == 0 else ""
    return {"level": levels[place].key, "justification": JUSTIFICATIONS[place], "private_note": note}


def decide(call, *, day):
    """The session: quorum, a vote on every file, rulings with their reasons, closed with its minutes."""
    chair, secretary = who("chair"), who("secretary")
    place, called = "Sala de juntas (demostración)", at(date(2025, 4, 22), 10)
    session = sessions.convene(call, by=secretary, scheduled_for=at(day, 10), place=place, at=called)
    present = list(CommitteeMember.objects.filter(committee=call.committee))
    sessions.open(session, by=chair, present=present, at=at(day, 10))
    for member in present:
        if member.seat.has_vote:
            sessions.vote_as_proposed(session, by=member.user, at=at(day, 11))
    rulings.propose_all(session, by=chair, at=at(day, 12))
    rulings.issue_all(session, by=chair, at=at(day, 13))
    session.refresh_from_db()
    minutes = "Sesión de demostración. Se resolvieron todos los expedientes."
    sessions.close(session, by=secretary, minutes=minutes, at=at(day, 14))


def release(call, *, day):
    head = Staff.of(call.publication.edition.program).head
    releasing.release(call, by=head, at=at(day, 12))


def call_the_reserve_list(call, *, renounced, promoted):
    """The last of those awarded gives its support up; the first of the list gets it, or what is left."""
    awarded = Ruling.objects.released().filter(call=call, outcome=Outcome.AWARD)
    ruling, following = awarded.in_rank_order().last(), reserve.waiting(call).first()
    if ruling is None or following is None:
        return
    person = notices.representatives_of([ruling.application.organization])[
        ruling.application.organization.body_id
    ]
    why = "No contamos ya con la sede del proyecto (demostración)."
    renouncing.renounce(ruling.application, reason=why, by=person[0], at=at(renounced, 10))
    asked, left = following.application.requested_amount, reserve.left(call)
    promoting.promote(
        following, by=Staff.of(call.publication.edition.program).head, at=at(promoted, 12),
        amount=min(asked, left), amount_reason="" if asked <= left else "Es lo que queda (demostración).",
        reasons="Es la primera de la lista y una organización renunció a su apoyo (demostración).",
        legal_basis=rulings.legal_basis_of(call),
    )  # fmt: skip


def keep_promises(call):
    """What happened after the results: one date kept, one late with its reason."""
    operator = Staff.of(call.publication.edition.program).operator
    planned = ledger.dates_of(call)
    happened = {
        "documents_delivered": ("", 0),
        "agreements_signed": ("", 0),
        "benefit_delivered": ("La ministración se programó en la segunda quincena (demostración).", 12),
        "project_operation": ("Los proyectos empezaron al recibir el apoyo (demostración).", 9),
    }
    for code, (reason, late) in happened.items():
        day = planned[code].fromordinal(planned[code].toordinal() + late)
        promises.record_actual(call, code, day, reason=reason, by=operator, at=at(day, 17))


def play(call):
    """The whole evaluation of the past cycle, on its days of April 2025."""
    appoint(call, day=date(2025, 3, 20))
    commit(call, day=date(2025, 4, 7))
    declare(call, day=date(2025, 4, 8))
    calibrate(call, day=date(2025, 4, 8))
    score(call, day=date(2025, 4, 9))
    call_thirds(call, day=date(2025, 4, 21))
    reopen_one(call, day=date(2025, 4, 21))
    decide(call, day=date(2025, 4, 24))
    release(Call.objects.get(pk=call.pk), day=date(2025, 4, 30))
    call = Call.objects.get(pk=call.pk)
    call_the_reserve_list(call, renounced=date(2025, 5, 8), promoted=date(2025, 5, 12))
    keep_promises(call)
