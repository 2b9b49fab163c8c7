"""Each invariant of calls and applications finds what breaks it and names it."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone

from calls import schedule
from calls.actions import extensions
from calls.models import Application, Call, FolioSeries, PublicQuestion
from programs.models import ApplicationQuestion
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory, OrganizationFactory
from tests.factories.blocks import DisseminationActionFactory
from tests.factories.calls import (
    ActualDateFactory,
    CallFactory,
    ExtensionFactory,
    PlannedDateFactory,
    open_call,
    operator_of,
    signed_rules,
)
from tests.factories.dissemination import EvidenceFactory
from tests.factories.questions import PublicAnswerFactory, PublicQuestionFactory
from tests.factories.reception import (
    AssistanceFactory,
    BarredFactory,
    ReadingRightFactory,
    VaultDocumentFactory,
)
from tests.factories.renunciations import RenunciationFactory
from tests.factories.subscriptions import NewsFactory
from tests.invariants import (
    assert_is_seen,
    breaking_of,
    dangling,
    erase,
    overwrite,
    put_in,
    refused,
    story_of,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("invariants of calls")]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Reception:
    """A call that was extended, with a draft, an admitted application and one to be corrected."""

    call: Call
    draft: Application
    admitted: Application
    prevented: Application
    question: PublicQuestion

    @classmethod
    def receive(cls):
        call = open_call(rules=signed_rules)
        closes = schedule.last_minute(call.closes_at) + 5 * DAY
        extensions.extend(
            call, closes, reason="El portal falló.", by=operator_of(call),
            authority=extensions.Authority("Titular", "Acuerdo 1"),
        )  # fmt: skip
        call = Call.objects.get(pk=call.pk)
        made = [ApplicationFactory(call=call, **{how: True}) for how in ("complete", "admitted", "prevented")]
        question = PublicAnswerFactory(question__call=call).question
        return cls(call, *(Application.objects.get(pk=one.pk) for one in made), question)

    @property
    def extension(self):
        return self.call.extensions.get()

    @property
    def supplied(self):
        return self.admitted.supplied.filter(requirement__isnull=False).order_by("pk").first()

    @property
    def check(self):
        return self.admitted.checks.order_by("pk").first()

    @property
    def answer(self):
        return self.admitted.answers.order_by("pk").first()


def an_extension_from_another_close(story):
    return ExtensionFactory(
        call=story.call, number=2, former_closes_at=story.call.closes_at - HOUR,
        closes_at=story.call.closes_at + DAY, at=timezone.now(),
    )  # fmt: skip


def a_cancelled_call_with_results(story):
    now, by = timezone.now(), story.call.created_by
    ended = {"ended_at": now, "ended_by": by, "ended_reason": "No hay.", "ended_basis": "Regla 1."}
    return overwrite(story.call, state="cancelled", released_at=now, **ended)


DATES = {
    "receptions-are-as-promised": lambda s: overwrite(s.call, opens_at=s.call.opens_at - 3 * DAY),
    "promises-are-numbered-without-holes": lambda s: PlannedDateFactory(call=s.call),
    "dates-of-public-calls-are-promises": lambda s: overwrite(s.call.planned_dates.first(), is_promise=False),
    "milestones-happened-before-they-were-recorded": lambda s: ActualDateFactory(call=s.call),
    "milestones-happen-in-public-calls": lambda s: ActualDateFactory(
        call=CallFactory(publication=s.call.publication), at=timezone.now()
    ),
    "extensions-follow-one-another": an_extension_from_another_close,
    "extensions-lead-to-the-close": lambda s: told(
        s.extension, overwrite(s.call, closes_at=s.call.closes_at + DAY)
    ),
    "extensions-are-numbered-without-holes": lambda s: overwrite(s.extension, number=5),
    "calls-are-sealed-after-their-close": lambda s: overwrite(s.call, sealed_at=timezone.now()),
    "calls-live-in-order": lambda s: overwrite(
        s.call, sealed_at=timezone.now(), released_at=timezone.now() - DAY
    ),
    "cancelled-calls-have-no-results": a_cancelled_call_with_results,
    "calls-of-the-same-rules-are-reached": lambda s: overwrite(s.call, amended_by=s.call.publication),
    "calls-have-no-more-than-the-rules-authorise": lambda s: overwrite(s.call, budget=10**9),
    "results-leave-no-application-waiting": lambda s: overwrite(s.call, released_at=timezone.now()),
    "news-tell-what-happened": lambda s: NewsFactory(call=s.call, kind="results"),
}


def a_snapshot_that_was_rewritten(story):
    overwrite(story.admitted.submission, snapshot="{}")
    return story.admitted


def help_that_was_over(story):
    sent_at = story.admitted.submitted_at
    return AssistanceFactory(
        application=story.admitted, helper=story.admitted.submitted_by,
        ended_at=sent_at - HOUR, ended_by=story.admitted.submitted_by,
    )  # fmt: skip


def an_answer_to_other_rules(story):
    drafted = ApplicationQuestion.objects.of_draft(story.call.edition).first()
    return overwrite(story.answer, question=drafted)


APPLICATIONS = {
    "folios-are-of-what-was-received": lambda s: overwrite(s.draft, folio="SOL-0"),
    "folios-are-of-their-call": lambda s: overwrite(s.admitted, folio="SOL-CONV-OTRA-0001"),
    "folios-were-given-by-their-series": lambda s: told_of_the_call(
        s, overwrite(FolioSeries.objects.get(series=f"SOL-{s.call.folio}"), last=1)
    ),
    "applications-are-received-in-their-window": lambda s: overwrite(
        s.admitted, submitted_at=s.call.opens_at - DAY
    ),
    "applications-are-received-after-they-began": lambda s: overwrite(
        s.admitted, started_at=s.admitted.submitted_at + HOUR
    ),
    "received-applications-are-sealed": lambda s: told(
        s.admitted, overwrite(s.admitted.submission, received_at=timezone.now() + HOUR)
    ),
    "sealed-applications-have-their-hash": a_snapshot_that_was_rewritten,
    "sealed-applications-are-their-own": a_snapshot_that_was_rewritten,
    "senders-bind-their-organization": lambda s: overwrite(s.admitted, submitted_by=UserFactory()),
    "applications-ask-within-their-modality": lambda s: overwrite(s.admitted, requested_amount=10**7),
    "budgets-add-up-to-what-is-asked": lambda s: told(
        s.admitted, overwrite(s.admitted.budget_lines.get(), from_grant=1)
    ),
    "applications-answer-the-rules-of-their-call": an_answer_to_other_rules,
    "organizations-are-organizations": lambda s: told(
        s.admitted.organization, overwrite(s.admitted.organization.body, kind="agency")
    ),
    "helpers-stop-once-help-is-over": help_that_was_over,
}


def told_of_the_call(story, _change):
    return f"calls.call {story.call.folio}"


def somebody_barred_who_reads(story):
    right = ReadingRightFactory(application=story.admitted)
    BarredFactory(application=story.admitted, user=right.user)
    return story.admitted


def defects_that_were_taken_out(story):
    for defect in story.prevented.prevention.defects.all():
        erase(defect)
    return story.prevented


AWARDS = {
    "amounts-are-of-awards": lambda s: overwrite(s.admitted, awarded_amount=5),
    "awards-are-at-most-what-was-asked": lambda s: overwrite(
        s.admitted, awarded_amount=s.admitted.requested_amount + 1
    ),
    "renounced-awards-were-renounced": lambda s: told(
        s.admitted, RenunciationFactory(application=s.admitted)
    ),
    "renunciations-follow-the-results": lambda s: RenunciationFactory(application=s.admitted),
    "admitted-applications-have-their-requirements-met": lambda s: told(s.admitted, erase(s.check)),
    "prevented-applications-were-told-what-to-correct": defects_that_were_taken_out,
    "corrections-arrive-in-time": lambda s: told(
        s.prevented, overwrite(s.prevented.prevention, answered_at=s.prevented.prevention.due_at)
    ),
    "corrections-are-whole": lambda s: told(
        s.prevented, overwrite(s.prevented.prevention, answered_at=timezone.now())
    ),
    "barred-people-read-nothing": somebody_barred_who_reads,
    "reading-rights-end-after-they-begin": lambda s: ReadingRightFactory(
        application=s.admitted, until=timezone.now() - DAY
    ),
}


def a_paper_of_another_vault(story):
    return overwrite(story.supplied, from_vault=VaultDocumentFactory(organization=OrganizationFactory()))


def another_paper_of_the_vault(story):
    vaulted = VaultDocumentFactory(organization=story.admitted.organization, kind="power")
    return overwrite(story.supplied, from_vault=vaulted)


FILES = {
    "vault-papers-go-to-their-own-organization": a_paper_of_another_vault,
    "vault-papers-are-handed-in-as-they-are": another_paper_of_the_vault,
    "papers-are-replaced-after-they-came": lambda s: overwrite(
        s.supplied, replaced_at=s.supplied.supplied_at - HOUR
    ),
    "vaults-keep-papers-in-order": lambda s: VaultDocumentFactory(
        organization=s.admitted.organization, kind="power", replaced_at=timezone.now() - DAY
    ),
    "papers-of-applications-were-received": lambda s: overwrite(s.supplied.document, origin="rendered"),
    "evidence-is-of-the-rules-of-its-call": lambda s: EvidenceFactory(
        call=s.call, action=DisseminationActionFactory()
    ),
}


def a_question_joined_to_an_open_one(story):
    opened = PublicQuestionFactory(call=story.call)
    return put_in(
        PublicQuestionFactory, call=story.call, state="merged", merged_into=opened,
        settled_at=timezone.now(), settled_by=UserFactory(),
    )  # fmt: skip


VOICES = {
    "answered-questions-have-their-answer": lambda s: PublicQuestionFactory(call=s.call, answered=True),
    "public-answers-are-numbered-without-holes": lambda s: PublicAnswerFactory(
        question=s.question, number=5, reason="Cambió."
    ),
    "joined-questions-are-answered-in-their-call": a_question_joined_to_an_open_one,
    "questions-are-settled-after-they-were-asked": lambda s: overwrite(
        s.question, settled_at=s.question.asked_at - DAY
    ),
    "constraints-hold": lambda s: refused(
        s.admitted, "application_past_draft_was_submitted", requested_amount=None
    ),
    "references-lead-somewhere": lambda s: dangling(s.admitted, "modality"),
}
BROKEN = breaking_of("calls", DATES, APPLICATIONS, AWARDS, FILES, VOICES)
story = story_of(Reception.receive)


@pytest.mark.parametrize("key", BROKEN)
def test_what_breaks_an_invariant_is_seen_and_named(key, story):
    assert_is_seen(key, BROKEN[key], story)
