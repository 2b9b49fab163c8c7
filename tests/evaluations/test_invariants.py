"""Each invariant of the evaluation finds what breaks it and names it. All are broken in one played call."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from evaluations.models import (
    Assignment,
    Attendance,
    ControlReport,
    FeedbackRequest,
    Promotion,
    RemedyRequest,
    Review,
)
from programs.models import CommitteeSeat
from tests.evaluations.heard import Heard
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.documents import DocumentFactory
from tests.factories.embargoes import EmbargoFactory
from tests.factories.evaluations import (
    AgendaItemFactory,
    AssignmentFactory,
    AttendanceFactory,
    CommitteeMemberFactory,
    ConflictDeclarationFactory,
    DetectedTieFactory,
    ReceivedApplicationFactory,
)
from tests.factories.marking import (
    CalibrationFactory,
    DivergenceFactory,
    EvaluationSettingsFactory,
    HandedInFactory,
    SampleReviewFactory,
)
from tests.factories.reception import BarredFactory, ReadingRightFactory
from tests.factories.voice import ReportFileFactory, remedy_of
from tests.invariants import (
    assert_is_seen,
    breaking_of,
    dangling,
    erase,
    overwrite,
    overwrite_all,
    put_in,
    refused,
    story_of,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("invariants of evaluations")]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def held_by(story, evaluator):
    return list(Assignment.objects.of_call(story.call).filter(evaluator=evaluator))


def a_desk_that_scores(story):
    evaluator = story.assignment.evaluator
    MembershipFactory(user=evaluator, body=story.call.agency.body, role="operator")
    return list(Review.objects.filter(assignment__evaluator=evaluator))


def an_own_organization(story):
    file = story.assignment
    MembershipFactory(user=file.evaluator, body=file.application.organization.body, role="drafter")
    return file


def an_undeclared_evaluator(story):
    evaluator = story.assignment.evaluator
    erase(story.declaration_of(evaluator))
    return held_by(story, evaluator)


def files_of_one_not_admitted(story):
    overwrite(story.third, state="submitted")
    return list(Assignment.objects.filter(application=story.third))


def a_tie_that_bars_nothing(story):
    ConflictDeclarationFactory(
        call=story.call, user=UserFactory(), organization=story.third.organization, kind="family"
    )
    return story.third


PEOPLE = {
    "committees-are-committees": lambda s: told(s.committee, overwrite(s.committee.body, kind="agency")),
    "seats-are-of-the-rules-of-the-call": lambda s: overwrite(
        s.chair, seat=CommitteeSeat.objects.of_draft(s.call.edition).first()
    ),
    "members-were-given-their-role": lambda s: told(s.chair, erase(s.chair.membership.get())),
    "chairs-and-secretaries-score-nothing": lambda s: told(
        s.chair.membership.get(),
        MembershipFactory(user=s.played.chair, body=s.committee.body, role="evaluator"),
    ),
    "the-desk-scores-nothing": a_desk_that_scores,
    "nobody-scores-their-own-organization": an_own_organization,
    "nobody-scores-what-they-are-barred-from": lambda s: told(
        s.assignment,
        BarredFactory(
            user=s.assignment.evaluator, application=s.assignment.application, since=s.assignment.assigned_at
        ),
    ),
    "files-go-to-those-who-declared": an_undeclared_evaluator,
    "files-are-of-admitted-applications": files_of_one_not_admitted,
    "evaluators-read-what-they-hold": lambda s: told(
        s.third, ReadingRightFactory(application=s.third, kind="evaluator")
    ),
    "declared-ties-bar": a_tie_that_bars_nothing,
    "detected-ties-are-declared": lambda s: DetectedTieFactory(
        call=s.call, user=UserFactory(), organization=s.third.organization, answer="tie", reason=""
    ),
    "draws-are-numbered-without-holes": lambda s: overwrite(s.draw, number=7),
    "draws-keep-what-they-committed-to": lambda s: overwrite(s.draw, seed="3" * 64),
    "draws-gave-what-they-say": lambda s: overwrite(s.draw, given=99),
    "draws-are-bound-before-they-are-drawn": lambda s: overwrite(s.draw, committed_at=s.draw.drawn_at + HOUR),
}


def a_sample_that_adds_up_to_something_else(story):
    return SampleReviewFactory(
        calibration=CalibrationFactory(call=story.call),
        state="handed_in", total=50, handed_in_at=timezone.now(), scores_sha256="0" * 64,
    )  # fmt: skip


def a_third_of_another_file(story):
    other = Assignment.objects.exclude(application=story.third).first()
    return DivergenceFactory(application=story.third, third=other, called_at=story.call.sealed_at)


REVIEWS = {
    "files-have-their-review": lambda s: AssignmentFactory(application=s.third),
    "reviews-score-every-criterion": lambda s: told(s.review, erase(s.score)),
    "reviews-add-up": lambda s: overwrite(s.review, total=1),
    "scores-are-sealed-with-their-review": lambda s: told(s.review, overwrite(s.score, is_sealed=False)),
    "scores-are-of-levels-of-their-criterion": lambda s: told(s.review, overwrite(s.score, points=99)),
    "scores-are-of-criteria-of-their-call": lambda s: told(
        s.review, overwrite(s.score, criterion=s.drafted_criterion)
    ),
    "reviews-are-kept-as-they-were-handed-in": lambda s: told(s.review, overwrite(s.version, total=1)),
    "versions-of-reviews-are-numbered-without-holes": lambda s: overwrite(s.version, number=3),
    "reviews-are-handed-in-again-once-reopened": lambda s: told(
        s.version, HandedInFactory(review=s.review, number=2, handed_in_at=timezone.now() + DAY)
    ),
    "kept-reviews-add-up": lambda s: overwrite(s.version, total=1),
    "samples-add-up": a_sample_that_adds_up_to_something_else,
    "samples-come-from-other-calls": lambda s: CalibrationFactory(call=s.call, kind="past", source=s.third),
    "thresholds-are-set-before-scoring": lambda s: put_in(
        EvaluationSettingsFactory, call=s.call, set_at=timezone.now() + DAY
    ),
    "third-evaluators-read-the-file-in-divergence": a_third_of_another_file,
}


def a_vote_of_somebody_absent(story):
    overwrite(Attendance.objects.get(session=story.session, member=story.vote.member), present=False)
    return story.session


def a_vote_of_somebody_recused(story):
    item, member = story.vote.item, story.vote.member
    BarredFactory(user=member.user, application=item.application, since=story.session.opened_at)
    return story.session


SESSIONS = {
    "sessions-are-numbered-without-holes": lambda s: overwrite(s.session, number=4),
    "agendas-are-ordered-without-holes": lambda s: overwrite(s.session.agenda.last(), position=9),
    "agendas-are-of-the-call": lambda s: AgendaItemFactory(
        session=s.session, application=ReceivedApplicationFactory(), position=4
    ),
    "sessions-run-in-order": lambda s: overwrite(s.session, closed_at=s.session.opened_at - HOUR),
    "sessions-open-with-quorum": lambda s: overwrite(s.session, quorum=9),
    "those-present-had-declared": lambda s: told(s.session, erase(s.declaration_of(s.played.chair))),
    "those-present-are-of-the-committee": lambda s: AttendanceFactory(
        session=s.session, member=CommitteeMemberFactory()
    ),
    "votes-are-of-those-present": a_vote_of_somebody_absent,
    "the-recused-do-not-vote": a_vote_of_somebody_recused,
    "votes-are-cast-in-session": lambda s: told(s.session, overwrite(s.vote, at=s.session.opened_at - HOUR)),
    "closed-sessions-leave-no-draft": lambda s: told(
        s.session, overwrite(s.ruling(s.third), state="drafted")
    ),
}


def a_chair_who_was_recused(story):
    BarredFactory(user=story.played.chair, application=story.third, since=story.session.opened_at)
    return story.ruling(story.third)


def votes_that_were_taken_out(story):
    for vote in story.votes_on(story.third)[1:]:
        erase(vote)
    return story.ruling(story.third)


def votes_that_say_something_else(story):
    overwrite_all(story.votes_on(story.third), choice="not_awarded")
    return story.ruling(story.third)


def a_review_that_was_opened_again(story):
    overwrite(story.review, state="draft")
    return story.ruling(story.assignment.application)


RULINGS = {
    "results-are-what-was-ruled": lambda s: told(s.ruling(s.third), overwrite(s.third, state="not_awarded")),
    "results-award-what-was-ruled": lambda s: told(s.ruling(s.second), overwrite(s.second, awarded_amount=1)),
    "results-are-released-together": lambda s: overwrite(s.ruling(s.third), state="sealed"),
    "results-leave-nobody-without-ruling": lambda s: told(s.third, erase(s.ruling(s.third))),
    "rulings-are-of-one-call": lambda s: told(
        s.ruling(s.third), erase(s.session.agenda.get(application=s.third))
    ),
    "rulings-are-signed-in-session": lambda s: overwrite(
        s.ruling(s.third), decided_at=s.session.closed_at + HOUR
    ),
    "rulings-are-signed-by-the-chair": lambda s: overwrite(s.ruling(s.third), decided_by=s.played.secretary),
    "rulings-are-signed-by-nobody-recused": a_chair_who_was_recused,
    "rulings-were-voted-by-a-quorum": votes_that_were_taken_out,
    "rulings-say-what-was-voted": votes_that_say_something_else,
    "rulings-have-the-mean-of-their-reviews": lambda s: overwrite(s.ruling(s.third), total=1),
    "ruled-files-have-no-review-waiting": a_review_that_was_opened_again,
    "awards-say-why-they-are-less": lambda s: overwrite(s.ruling(s.first), amount=1),
    "rulings-award-at-most-what-was-asked": lambda s: overwrite(s.ruling(s.first), amount=100_001),
    "rulings-award-within-the-budget": lambda s: told(s.call, overwrite(s.ruling(s.first), amount=150_001)),
    "awards-are-within-the-budget": lambda s: told(s.call, overwrite(s.second, awarded_amount=150_001)),
}


def a_file_that_names_its_sender(story):
    report = ControlReport.objects.get()
    ReportFileFactory(report=report, document=DocumentFactory(stored_by=story.person(story.third)))
    return report


def feedback_of(story):
    return FeedbackRequest.objects.get(application=story.third)


def remedy_of_the_third(story):
    return RemedyRequest.objects.get(application=story.third)


def reader_of_the_third(story):
    return Assignment.objects.filter(application=story.third).first().evaluator


AFTERWARDS = {
    "promotions-are-from-the-reserve-list": lambda s: overwrite(
        Promotion.objects.get(), decided_at=s.call.released_at - DAY
    ),
    "promotions-follow-the-order-of-the-list": lambda s: told(
        Promotion.objects.get(), overwrite(s.ruling(s.second), reserve_order=5)
    ),
    "promotions-follow-a-renunciation": lambda s: told(Promotion.objects.get(), erase(s.first.renunciation)),
    "feedback-follows-the-result": lambda s: overwrite(feedback_of(s), asked_at=s.call.released_at - DAY),
    "feedback-is-answered-whole": lambda s: told(
        feedback_of(s), overwrite(feedback_of(s).points.get(), answer="")
    ),
    "feedback-is-answered-by-nobody-who-scored": lambda s: overwrite(
        feedback_of(s), answered_by=reader_of_the_third(s)
    ),
    "feedback-points-are-of-the-call": lambda s: told(
        feedback_of(s), overwrite(feedback_of(s).points.get(), criterion=s.drafted_criterion)
    ),
    "remedies-follow-the-result": lambda s: overwrite(
        remedy_of_the_third(s), filed_at=s.call.released_at - DAY
    ),
    "remedies-are-in-time-by-their-last-day": lambda s: overwrite(
        remedy_of_the_third(s), last_day=date(2020, 1, 1)
    ),
    "reconsiderations-are-decided-by-others": lambda s: overwrite(
        remedy_of_the_third(s), studied_by=reader_of_the_third(s)
    ),
    "remedies-replace-with-another-result": lambda s: overwrite(
        remedy_of_the_third(s), new_outcome=s.ruling(s.third).outcome
    ),
    "what-was-filed-has-its-hash": lambda s: overwrite(remedy_of_the_third(s), text="Otra cosa."),
    "reports-without-a-name-lead-to-nobody": a_file_that_names_its_sender,
    "reports-are-of-what-the-rules-offer": lambda s: overwrite(
        ControlReport.objects.get(), remedy=remedy_of(s.call, "clarification")
    ),
    "embargoes-that-were-kept-have-results": lambda s: EmbargoFactory(
        call=s.call, state="released", ended_at=s.call.released_at - HOUR
    ),
    "constraints-hold": lambda s: refused(s.ruling(s.third), "ruling_sealed_says_who_when_why", reasons=""),
    "references-lead-somewhere": lambda s: dangling(s.ruling(s.third), "decided_by"),
}
BROKEN = breaking_of("evaluations", PEOPLE, REVIEWS, SESSIONS, RULINGS, AFTERWARDS)
story = story_of(Heard.play)


@pytest.mark.parametrize("key", BROKEN)
def test_what_breaks_an_invariant_is_seen_and_named(key, story):
    assert_is_seen(key, BROKEN[key], story)
