"""What adds rows to each list of ``test_lists``: each function gives the person who reads it, or nobody."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

from django.utils import timezone

from accounts.models import Role
from calls.models import Call, Prevention
from calls.states import ApplicationState, CallState
from evaluations.states import ReviewState, RulingState
from programs.models import AgencyDuty, Assessment, CriterionLevel, Edition, Milestone, Publication, Verdict
from programs.states import EditionState, RatingState
from tests.factories.accounts import LetterFactory, MembershipFactory, UserFactory, member
from tests.factories.applications import ApplicationFactory, OpenCallFactory
from tests.factories.applications import OrganizationFactory as ApplicantFactory
from tests.factories.calls import PlannedDateFactory, published_rules
from tests.factories.dissemination import EvidenceFactory
from tests.factories.evaluations import (
    CommitteeFactory,
    ReceivedApplicationFactory,
    ReviewFactory,
    RulingFactory,
    ScoreFactory,
    SessionFactory,
)
from tests.factories.guides import RatingFactory
from tests.factories.histories import HarmonyDayFactory
from tests.factories.programs import (
    AgencyDutyFactory,
    AgencyFactory,
    EditionFactory,
    GuideEditionFactory,
    ProgramFactory,
)
from tests.factories.questions import PublicAnswerFactory, PublicQuestionFactory
from tests.factories.reception import AssistanceFactory
from tests.factories.reference import AssessmentFactory, ComponentFactory, PracticeFactory
from tests.factories.subscriptions import InterestFactory, SubscriptionFactory
from tests.factories.voice import ControlReportFactory, FeedbackRequestFactory, RemedyRequestFactory

WHEN = datetime(2026, 2, 26, 18, 0, tzinfo=UTC)
TO_COME, TOKEN = "DEPPROX", "t" * 32
PROGRAM, CALL = "PROG-DE-SIEMPRE", "CONV-DE-SIEMPRE-01"


# Small lists, and reference data ----------------------------------------------------------------------


def letters(count):
    LetterFactory.create_batch(count)


def agencies(count):
    """Each with what it does."""
    AgencyDutyFactory.create_batch(count)


def practices(count):
    PracticeFactory.create_batch(count)


def kept_days(count):
    """Of so many programs, in a year that is public."""
    published(ProgramFactory())
    HarmonyDayFactory.create_batch(count)


def trend(count):
    """The lines of so many programs, and that of all together."""
    kept_days(count)
    HarmonyDayFactory(program=None)


def guides(count):
    """Published ones, year by year."""
    for number in range(count):
        GuideEditionFactory(year=2000 + number)


def ratings(count):
    """Each of a published edition of its own, handed in."""
    for program in ProgramFactory.create_batch(count):
        RatingFactory(
            edition=published(program).edition, state=RatingState.HANDED_IN, points=1, out_of=2,
            handed_in_at=WHEN, handed_in_by=UserFactory(),
        )  # fmt: skip


def programs(count):
    """Each of an agency of its own, with published Rules that declare a practice."""
    practice = PracticeFactory(is_core=True)
    for program in ProgramFactory.create_batch(count):
        AssessmentFactory(edition=published(program).edition, practice=practice)


def editions(count):
    """Of one program, year by year."""
    program, practice = ProgramFactory(code=PROGRAM), PracticeFactory(is_core=True)
    for number in range(count):
        publication = published(program, fiscal_year=2026 - number)
        AssessmentFactory(edition=publication.edition, practice=practice)


def published(program, fiscal_year=2026):
    """A publication with one promise of the agency, without the way of sign-off."""
    edition = in_signoff(program, state=EditionState.APPROVED, fiscal_year=fiscal_year)
    publication = Publication.objects.create(
        edition=edition, gazette_date=date(2026, 2, 26), gazette_volume="CDX", gazette_number="12",
        in_force_from=date(2026, 2, 27), published_at=WHEN, published_by=UserFactory(),
        snapshot="{}", sha256="0" * 64,
    )  # fmt: skip
    Milestone.objects.create(
        edition=edition, publication=publication, key="ruling", code="ruling", side="agency", on=WHEN.date()
    )
    Edition.objects.filter(pk=edition.pk).update(state=EditionState.PUBLISHED)
    return publication


def drafting(count):
    """Drafts that wait for the signature of the person who reads."""
    agency = AgencyFactory()
    for program in ProgramFactory.create_batch(count, agency=agency):
        in_signoff(program)
    return member(Role.LEGAL, agency.body)


def in_signoff(program, state=EditionState.SIGNOFF, **given):
    return EditionFactory(program=program, state=state, sent_at=WHEN, sent_by=UserFactory(), **given)


# Calls and what they promise --------------------------------------------------------------------------


def calls(count, publication=None, state=CallState.PUBLISHED):
    """Of one publication."""
    publication = publication or published_rules()
    over = {"sealed_at": WHEN, "released_at": WHEN} if state == CallState.RELEASED else {"sealed_at": WHEN}
    times = {} if state in (CallState.DRAFT, CallState.PUBLISHED) else over
    return [
        OpenCallFactory(edition=None, publication=publication, title=f"Llamado {n}", state=state, **times)
        for n in range(count)
    ]


def only_calls(count):
    calls(count)


def planned_calls(count):
    """Rules of this year, each of a program of its own, of which no call was published."""
    agency, year = AgencyFactory(acronym=TO_COME), timezone.localdate().year
    window = {"call_issued": {"side": "agency"}, "call_closed": {"side": "cso"}}
    last = date(year, 12, 31)
    days = {code: rule | {"on": last, "latest": last} for code, rule in window.items()}
    for program in ProgramFactory.create_batch(count, agency=agency):
        published_rules(program=program, year=year, schedule=days)


def interests(count):
    """Of one subscription."""
    subscription = SubscriptionFactory(token=TOKEN)
    for number in range(count):
        InterestFactory(
            subscription=subscription, agency=AgencyFactory(), topic=f"Tema {number}", place="14039"
        )


def milestones(count):
    for call in calls(count):
        promise(call)


def promise(call, on=WHEN):
    return PlannedDateFactory(call=call, number=1, on=on, reason="", is_promise=True)


def desks(count):
    """Calls of the agency whose operator reads, each with an application to check."""
    found = calls(count)
    for call in found:
        received(call)
    return operator_of(found[0].publication)


def entered(count):
    """What somebody of the desk entered for so many organizations."""
    call = OpenCallFactory(folio=CALL)
    helper = member(Role.OPERATOR, call.agency.body)
    for application in ApplicationFactory.create_batch(count, call=call):
        AssistanceFactory(application=application, helper=helper)
    return helper


def at_the_desk(count):
    """Applications of one call."""
    call = calls(1)[0]
    Call.objects.filter(pk=call.pk).update(folio=CALL)
    for _n in range(count):
        received(call)
    return operator_of(call.publication)


def received(call, **given):
    return ReceivedApplicationFactory(call=call, **({"state": ApplicationState.SUBMITTED} | given))


def operator_of(publication):
    return member(Role.OPERATOR, publication.edition.program.agency.body)


def questions(count):
    """Answered ones of one call."""
    call = calls(1)[0]
    Call.objects.filter(pk=call.pk).update(folio=CALL)
    for _n in range(count):
        PublicAnswerFactory(question__call=call, component=ComponentFactory())


def evidence(count):
    """Of one call, each of an action besides the plan."""
    call = calls(1)[0]
    Call.objects.filter(pk=call.pk).update(folio=CALL)
    EvidenceFactory.create_batch(count, call=call)


# What was ruled ---------------------------------------------------------------------------------------


def sessions(count):
    """Of one committee, read by its chair."""
    committee = CommitteeFactory(call=calls(1, state=CallState.SEALED)[0])
    for number in range(1, count + 1):
        SessionFactory(committee=committee, number=number)
    return member(Role.CHAIR, committee.body)


def results(count):
    """Released rulings of one call, each with its score."""
    call = calls(1, state=CallState.RELEASED)[0]
    Call.objects.filter(pk=call.pk).update(folio=CALL)
    session = SessionFactory(committee__call=call)
    for rank in range(1, count + 1):
        score(ruled(call, session, rank=rank))


def calls_with_results(count):
    for call in calls(count, state=CallState.RELEASED):
        ruled(call, SessionFactory(committee__call=call))


def ruled(call, session, rank=1, state=RulingState.RELEASED):
    return RulingFactory(
        application=received(call, state=ApplicationState.NOT_AWARDED),
        session=session, rank=rank, state=state, reasons="Por sus puntos.", legal_basis="Regla 9.",
        decided_by=session.convened_by, decided_at=WHEN,
    )  # fmt: skip


def score(ruling):
    review = ReviewFactory(
        assignment__application=ruling.application, state=ReviewState.HANDED_IN,
        total=50, handed_in_at=WHEN, scores_sha256="0" * 64,
    )  # fmt: skip
    level = CriterionLevel.objects.of_publication(ruling.call.publication_id).first()
    ScoreFactory(review=review, level=level, points=level.points)


# The two boards ---------------------------------------------------------------------------------------


def followed_up(count):
    """Programs with published Rules, each with a declared practice, a late promise and released results."""
    programs(count)
    for publication in Publication.objects.select_related("edition"):
        call = calls(1, publication=publication, state=CallState.RELEASED)[0]
        promise(call)
        ruled(call, SessionFactory(committee__call=call))


def waiting(count):
    """A person with every role, for whom each kind of duty waits that many times."""
    person, publication = UserFactory(), published_rules()
    agency = publication.edition.program.agency
    for role in (Role.EDITOR, Role.LEGAL, Role.OPERATOR, Role.HEAD):
        MembershipFactory(user=person, body=agency.body, role=role)
    planning = AgencyDutyFactory(kind=AgencyDuty.Kind.GUIDES).agency.body
    MembershipFactory(user=person, body=planning, role=Role.ASSESSOR)
    of_rules(count, agency)
    of_calls(count, publication)
    of_applications(count, publication, person)
    of_evaluations(count, publication, person)
    return person


def of_rules(count, agency):
    """To draft, to sign, to publish, to answer, to declare again, and Rules of which no call was opened."""
    for _n in range(count):
        make = partial(ProgramFactory, agency=agency)
        edition = EditionFactory(program=make(), draft=True)
        in_signoff(make())
        in_signoff(make(), state=EditionState.APPROVED)
        practice = PracticeFactory()
        AssessmentFactory(
            edition=edition, practice=practice, review=Assessment.Review.CONTESTED, review_note="¿Dónde?"
        )
        of_this_year = published(make(), fiscal_year=timezone.localdate().year)
        AssessmentFactory(edition=of_this_year.edition, practice=practice)
        AssessmentFactory(
            edition=of_this_year.edition, practice=PracticeFactory(), verdict=Verdict.LIMITED,
            norm="Norma", article="artículo 0", last_day=WHEN.date(),
            review=Assessment.Review.CONFIRMED, review_note="Leída",
        )  # fmt: skip


def of_calls(count, publication):
    """To publish, a date to keep, and a question to answer."""
    calls(count, publication, state=CallState.DRAFT)
    for call in calls(count, publication):
        promise(call, on=timezone.localdate())
        received(call)
        PublicQuestionFactory(call=call)


def of_applications(count, publication, person):
    """To finish and to correct."""
    organization = ApplicantFactory(representative=person)
    empty = {"folio": None, "submitted_at": None, "submitted_by": None, "requested_amount": None}
    for call in calls(count, publication):
        received(call, organization=organization, state=ApplicationState.DRAFT, **empty)
    for call in calls(count, publication):
        asked = received(call, organization=organization, state=ApplicationState.PREVENTED)
        Prevention.objects.create(
            application=asked, days=5, issued_at=WHEN, issued_by=person,
            due_at=timezone.now() + timedelta(days=5),
        )  # fmt: skip


def of_evaluations(count, publication, person):
    """To declare, to sit in session, to coordinate and to release."""
    for call in calls(count, publication, state=CallState.SEALED):
        committee = CommitteeFactory(call=call)
        MembershipFactory(user=person, body=committee.body, role=Role.CHAIR)
        ruled(call, SessionFactory(committee=committee), state=RulingState.SEALED)


# After the ruling --------------------------------------------------------------------------------------


def _released_call():
    call = calls(1, state=CallState.RELEASED)[0]
    Call.objects.filter(pk=call.pk).update(folio=CALL)
    return call


def feedback(count):
    """Requests of so many applications of one call."""
    call = _released_call()
    for _n in range(count):
        FeedbackRequestFactory(application=received(call))
    return operator_of(call.publication)


def remedies(count):
    """Of so many applications of one call."""
    call = _released_call()
    for _n in range(count):
        RemedyRequestFactory(application=received(call))
    return operator_of(call.publication)


def reports(count):
    """Without a name, read by the comptroller."""
    call = calls(1, state=CallState.RELEASED)[0]
    for _n in range(count):
        ControlReportFactory(call=call)
    return member(Role.AUDITOR)
