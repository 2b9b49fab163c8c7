"""A whole evaluation, from the committee to released results, each step by the portal's own actions."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

import factory
from django.utils import timezone

from accounts.models import BodyKind, Role, User
from calls.models import Application, Call, Organization
from calls.states import ApplicationState
from evaluations import standing
from evaluations.actions import committees, conflicts, draws, releasing, reviews, rulings, sessions
from evaluations.drawing import digest
from evaluations.models import (
    AgendaItem,
    Assignment,
    Attendance,
    Committee,
    CommitteeMember,
    ConflictDeclaration,
    DetectedTie,
    Draw,
    Review,
    Ruling,
    Score,
    Session,
    Specialty,
    Vote,
)
from programs.models import CommitteeSeat
from tests.factories.accounts import BodyFactory, MembershipFactory, UserFactory, member
from tests.factories.calls import CLOSE, CallFactory, operator_of
from tests.harness.taped import TapedFactory, taped

AFTER = CLOSE + timedelta(days=1)
NAMES = [
    "Casa Luna",
    "Red Norte",
    "Voces del Sur",
    "Semilla",
    "Raíces",
    "Puente",
    "Aurora",
    "Colibrí",
    "Faro",
    "Tejido",
]


class CommitteeFactory(TapedFactory):
    class Meta:
        model = Committee

    call = factory.SubFactory(CallFactory, sealed=True)
    body = factory.SubFactory(BodyFactory, committee=True)
    formed_at = AFTER


class CommitteeMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CommitteeMember

    committee = factory.SubFactory(CommitteeFactory)
    seat = factory.LazyAttribute(
        lambda o: CommitteeSeat.objects.of_publication(o.committee.call.publication_id).first()
    )
    user = factory.SubFactory(UserFactory)
    how_chosen = "Por su cargo."
    since = AFTER


class OrganizationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organization

    body = factory.SubFactory(BodyFactory, kind=BodyKind.ORGANIZATION)
    legal_form = "ac"
    rfc = factory.Sequence(lambda n: f"EVA2401{n:05}")


class ReceivedApplicationFactory(TapedFactory):
    """An admitted application, as the desk leaves it."""

    class Meta:
        model = Application

    call = factory.SubFactory(CallFactory, sealed=True)
    organization = factory.SubFactory(OrganizationFactory)
    folio = factory.LazyAttributeSequence(lambda o, n: f"SOL-{o.call.folio}-{n:04}")
    state = ApplicationState.ADMITTED
    project_title = factory.Sequence(lambda n: f"Proyecto {n}")
    requested_amount = Decimal(100_000)
    started_at = CLOSE - timedelta(days=3)
    started_by = factory.SubFactory(UserFactory)
    submitted_at = factory.Sequence(lambda n: CLOSE - timedelta(days=2) + timedelta(minutes=n))
    submitted_by = factory.SelfAttribute("started_by")


class ConflictDeclarationFactory(TapedFactory):
    class Meta:
        model = ConflictDeclaration

    call = factory.SubFactory(CallFactory, sealed=True)
    user = factory.SubFactory(UserFactory)
    capacity = "evaluator"
    kind = "none"
    at = AFTER


class DetectedTieFactory(TapedFactory):
    class Meta:
        model = DetectedTie

    call = factory.SubFactory(CallFactory, sealed=True)
    user = factory.SubFactory(UserFactory)
    organization = factory.SubFactory(OrganizationFactory)
    kind = "invited"
    answer = "no_tie"
    reason = "No acepté la invitación."
    at = AFTER


class DrawFactory(TapedFactory):
    class Meta:
        model = Draw

    call = factory.SubFactory(CallFactory, sealed=True)
    number = 1
    seed = "1" * 64
    salt = "2" * 64
    seed_sha256 = digest("1" * 64)
    salt_sha256 = digest("2" * 64)
    committed_at = AFTER
    committed_by = factory.SubFactory(UserFactory)


class SpecialtyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Specialty

    membership = factory.SubFactory(MembershipFactory, role=Role.EVALUATOR, body__committee=True)
    kind = "region"
    key = "Centro"
    at = AFTER


class AssignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Assignment

    application = factory.SubFactory(ReceivedApplicationFactory)
    evaluator = factory.SubFactory(UserFactory)
    assigned_at = AFTER
    assigned_by = factory.SubFactory(UserFactory)


class ReviewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Review

    assignment = factory.SubFactory(AssignmentFactory)


class ScoreFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Score

    review = factory.SubFactory(ReviewFactory)
    criterion = factory.LazyAttribute(lambda o: standing.criteria_of(o.review.assignment.application.call)[0])


class SessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Session

    committee = factory.SubFactory(CommitteeFactory)
    number = 1
    folio = factory.LazyAttribute(lambda o: f"SES-{o.committee.call.folio}-{o.number:02}")
    scheduled_for = AFTER
    place = "Sala de juntas"
    quorum = 2
    convened_at = AFTER
    convened_by = factory.SubFactory(UserFactory)


class AgendaItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgendaItem

    session = factory.SubFactory(SessionFactory)
    application = factory.SubFactory(ReceivedApplicationFactory)
    position = 1


class AttendanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attendance

    session = factory.SubFactory(SessionFactory)
    member = factory.SubFactory(CommitteeMemberFactory)
    present = True
    at = AFTER


class VoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Vote

    item = factory.SubFactory(AgendaItemFactory)
    member = factory.SubFactory(CommitteeMemberFactory)
    choice = "award"
    at = AFTER


class RulingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Ruling

    application = factory.SubFactory(ReceivedApplicationFactory)
    call = factory.SelfAttribute("application.call")
    session = factory.SubFactory(SessionFactory)
    outcome = "not_awarded"
    rank = 1
    total = Decimal("50.00")


# The whole story --------------------------------------------------------------------------------------


@dataclass
class Evaluation:
    """A call under evaluation with its people. Each method plays the next steps, as the right person."""

    call: Call
    operator: User
    head: User
    applications: list
    chair: User = None
    secretary: User = None
    members: list = field(default_factory=list)
    evaluators: list = field(default_factory=list)
    session: Session = None

    @property
    def committee_people(self):
        return [self.chair, self.secretary, *self.members]

    def appoint(self):
        seats = CommitteeSeat.objects.of_publication(self.call.publication_id)
        people = {"chair": [self.chair], "secretary": [self.secretary], "member": list(self.members)}
        for seat in seats:
            person = people[seat.kind].pop(0)
            committees.appoint(
                self.call, seat, person, by=self.operator, how_chosen="Por convocatoria pública."
            )
        for evaluator in self.evaluators:
            committees.add_evaluator(self.call, evaluator, by=self.operator)
        self.call = Call.objects.get(pk=self.call.pk)
        return self

    def declare(self):
        for person in [*self.committee_people, *self.evaluators]:
            conflicts.declare(self.call, by=person)
        return self

    def commit(self):
        draws.commit(self.call, by=self.operator, chosen=("1" * 64, "2" * 64))
        return self

    def distribute(self):
        if not draws.committed(self.call):
            self.commit()
        reviews.distribute(self.call, by=self.operator)
        return self

    def score(self, totals=None):
        """Every review handed in. ``totals``: per application, the place of the level (0, 1, 2) it gets."""
        for assignment in Assignment.objects.of_call(self.call).active().order_by("pk"):
            level = (totals or {}).get(assignment.application_id, 2)
            fill(assignment.review, level)
            reviews.hand_in(assignment.review, by=assignment.evaluator)
        return self

    def convene(self):
        self.session = sessions.convene(
            self.call,
            by=self.secretary,
            scheduled_for=timezone.now() + timedelta(days=2),
            place="Sala de juntas",
        )
        return self

    def open(self, *, absent=()):
        here = [m for m in self.call.committee.members.current() if m.user not in absent]
        sessions.open(self.session, by=self.chair, present=here)
        return self

    def vote(self):
        for person in [self.chair, *self.members]:
            sessions.vote_as_proposed(self.session, by=person)
        return self

    def rule(self):
        rulings.propose_all(self.session, by=self.secretary)
        rulings.issue_all(self.session, by=self.chair)
        return self

    def close(self):
        sessions.close(self.session, by=self.secretary, minutes="Sin observaciones.")
        return self

    def release(self):
        self.call = releasing.release(self.call, by=self.head, reason="Se sumó una sesión.")
        return self


STEPS = [
    "appoint", "declare", "commit", "distribute", "score", "convene", "open", "vote", "rule", "close",
    "release",
]  # fmt: skip


@taped
def evaluation(until=None, **how):
    """An evaluation played up to a step, that included; with nothing, only a sealed call with its files.

    ``how`` is what ``_sealed`` takes.
    """
    if until is None:
        return _sealed(**how)
    before = STEPS.index(until) - 1
    played = evaluation(STEPS[before] if before >= 0 else None, **how)
    getattr(played, until)()
    return played


def _sealed(*, applications=3, evaluators=3, budget=None, **call):
    call = CallFactory(sealed=True, **call)
    if budget is not None:
        Call.objects.filter(pk=call.pk).update(budget=budget)
        call.refresh_from_db()
    agency = call.publication.edition.program.agency.body
    files = [
        ReceivedApplicationFactory(
            call=call, organization=OrganizationFactory(body__name_es=f"{NAMES[n % 10]} {n // 10 or ''} A.C.")
        )
        for n in range(applications)
    ]
    for n, application in enumerate(files):
        member(Role.REPRESENTATIVE, application.organization.body, name=f"Representante {n}")
    return Evaluation(
        call=call,
        operator=operator_of(call, name="Olivia Mesa"),
        head=member(Role.HEAD, agency, name="Hilda Cano"),
        applications=files,
        chair=UserFactory(name="Carmen Soto"),
        secretary=UserFactory(name="Saúl Prado"),
        members=[UserFactory(name="Mina Ortiz"), UserFactory(name="Mario Luna")],
        evaluators=[UserFactory(name=f"Evaluadora {n}") for n in range(1, evaluators + 1)],
    )


def fill(review, level=2, *, by=None):
    """Score every criterion with the level in that place, each with its justification."""
    call = review.assignment.application.call
    levels = standing.levels_of(call)
    entries = {
        key: {
            "level": of[level].key,
            "justification": f"Se ve en el punto {level}.",
            "private_note": "nota mía",
        }
        for key, of in levels.items()
    }
    return reviews.save(review, entries, by=by or review.assignment.evaluator)
