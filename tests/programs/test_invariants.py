"""Each invariant of Guides, Rules, practices and blackouts finds what breaks it and names it."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone

from programs.actions import drafting
from programs.models import Criterion, CriterionLevel, Edition, SignOff
from tests.factories.accounts import UserFactory
from tests.factories.blackouts import BlackoutExceptionFactory, BlackoutPeriodFactory
from tests.factories.guides import RatingFactory, RatingMarkFactory
from tests.factories.histories import AssessmentVersionFactory, HarmonyDayFactory
from tests.factories.programs import (
    CommentFactory,
    EditionFactory,
    GuideEditionFactory,
    begin_amendment,
    people_of,
    publish_amendment,
)
from tests.factories.reference import AssessmentFactory, ComponentFactory, GuideSectionFactory
from tests.invariants import (
    assert_is_seen,
    breaking_of,
    dangling,
    erase,
    overwrite,
    refused,
    story_of,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("invariants of programs")]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Published:
    """Rules that were published and amended, others that were only published, and a draft."""

    amended: Edition
    plain: Edition
    draft: Edition

    @classmethod
    def publish(cls):
        amended = EditionFactory(published=True)
        begin_amendment(amended)
        editor, text = people_of(amended).editor, amended.texts.first()
        drafting.save_text(text, html="<p>Otro texto.</p>", version=text.version, by=editor)
        publish_amendment(amended)
        made = amended, EditionFactory(published=True), EditionFactory(complete=True)
        return cls(*(Edition.objects.get(pk=one.pk) for one in made))

    @property
    def first(self):
        return self.amended.publications.get(number=0)

    @property
    def last(self):
        return self.amended.publications.get(number=1)

    @property
    def amendment(self):
        return self.amended.amendments.get()

    @property
    def signature(self):
        return SignOff.objects.filter(edition=self.plain).order_by("pk").last()

    @property
    def criterion(self):
        return Criterion.objects.of_publication(self.last).order_by("pk").first()

    @property
    def level(self):
        return CriterionLevel.objects.of_publication(self.last).order_by("pk").first()

    @property
    def text(self):
        return self.amended.texts.order_by("pk").first()

    @property
    def published_text(self):
        return self.last.texts.order_by("pk").first()

    @property
    def clause(self):
        return self.last.clauses.order_by("pk").first()


def rules_that_miss_a_signature(story):
    erase(story.signature)
    return story.plain


def rules_approved_in_spite_of_a_refusal(story):
    overwrite(story.signature, accepted=False, reason="Falta el fundamento.")
    return overwrite(story.plain, state="approved")


def a_draft_on_a_draft_guide(story):
    guide = story.draft.guide
    begun = GuideEditionFactory(year=2031, state="draft", begun_from=guide, begun_by=UserFactory())
    return overwrite(story.draft, guide=begun)


RULES = {
    "published-rules-were-published": lambda s: overwrite(s.amended, state="draft"),
    "publications-are-numbered-without-holes": lambda s: overwrite(s.last, number=5),
    "publications-follow-what-they-amend": lambda s: overwrite(
        s.last, gazette_date=s.first.gazette_date - DAY
    ),
    "publications-are-in-force-once-they-appeared": lambda s: overwrite(
        s.last, in_force_from=s.last.gazette_date - DAY
    ),
    "publications-have-the-hash-of-their-snapshot": lambda s: overwrite(s.last, sha256="0" * 64),
    "publications-are-of-their-amendment": lambda s: told(s.last, overwrite(s.amendment, number=7)),
    "published-amendments-have-their-publication": lambda s: told(s.amendment, erase(s.last)),
    "amendments-are-of-published-rules": lambda s: overwrite(s.amendment, number=9),
    "published-rows-are-of-their-edition": lambda s: overwrite(s.criterion, edition=s.plain),
    "published-levels-are-of-a-published-criterion": lambda s: overwrite(s.level, criterion_key="ninguno"),
    "published-levels-give-no-more-than-their-criterion": lambda s: overwrite(s.level, points=100),
    "published-criteria-add-up-to-a-hundred": lambda s: told(s.last, overwrite(s.criterion, weight=1)),
    "published-texts-are-of-their-guide": lambda s: overwrite(
        s.published_text,
        component=ComponentFactory(section__guide=GuideEditionFactory(year=2030, title="Guía 2030")),
    ),
    "published-rules-were-signed-by-all": rules_that_miss_a_signature,
    "refused-rules-are-not-approved": rules_approved_in_spite_of_a_refusal,
    "senders-sign-nothing-of-what-they-sent": lambda s: overwrite(s.signature, by=s.plain.sent_by),
    "signatures-are-of-a-round-that-was-sent": lambda s: overwrite(s.signature, round=9),
    "senders-do-not-publish-what-they-sent": lambda s: overwrite(
        s.plain.publications.get(), published_by=s.plain.sent_by, published_at=timezone.now() + DAY
    ),
    "rules-in-sign-off-are-in-a-round": lambda s: overwrite(
        s.draft, state="signoff", sent_at=timezone.now(), sent_by=UserFactory()
    ),
}


def an_answer_in_another_thread(story):
    first, second = story.draft.texts.all()[:2]
    return CommentFactory(text=second, parent=CommentFactory(text=first))


def a_clause_of_nothing_published(story):
    clause = story.clause
    erase(story.last.texts.get(component=clause.component))
    return clause


TEXTS = {
    "versions-are-numbered-without-holes": lambda s: overwrite(s.text.versions.first(), number=99),
    "texts-stand-as-their-last-version": lambda s: overwrite(s.text, text="<p>Sin guardar.</p>"),
    "published-texts-are-versions-of-the-draft": lambda s: overwrite(
        s.published_text, text="<p>Sin guardar.</p>"
    ),
    "answers-are-in-the-thread-of-their-comment": an_answer_in_another_thread,
    "clauses-of-the-commons-are-the-last-published": lambda s: overwrite(
        s.first.clauses.first(), is_last=True
    ),
    "clauses-have-the-hash-of-their-text": lambda s: overwrite(s.clause, html="<p>Otra cosa.</p>"),
    "clauses-are-of-texts-that-were-published": a_clause_of_nothing_published,
}


def a_history_with_a_hole(story):
    said = AssessmentVersionFactory(edition=story.draft, number=1)
    return AssessmentVersionFactory(edition=story.draft, practice=said.practice, number=3)


def an_assessment_that_says_something_else(story):
    found = AssessmentFactory(edition=story.draft)
    AssessmentVersionFactory(edition=found.edition, practice=found.practice, number=1, verdict="adopted")
    return found


def an_assessment_answered_by_who_made_it(story):
    who = UserFactory()
    said = {"assessed_by": who, "reviewed_by": who, "reviewed_at": timezone.now()}
    return AssessmentFactory(edition=story.draft, review="confirmed", **said)


def a_rating_of_no_marks(story):
    return RatingFactory(
        edition=story.draft, state="handed_in", handed_in_by=UserFactory(), points=3, out_of=4
    )


PRACTICES = {
    "histories-of-practices-are-numbered-without-holes": a_history_with_a_hole,
    "assessments-stand-as-was-said-last": an_assessment_that_says_something_else,
    "answers-of-planning-say-who-and-when": lambda s: AssessmentFactory(edition=s.draft, review="confirmed"),
    "nobody-answers-their-own-assessment": an_assessment_answered_by_who_made_it,
    "days-of-harmony-add-up": lambda s: HarmonyDayFactory(cells=5),
    "ratings-add-up": a_rating_of_no_marks,
    "marks-give-the-points-of-their-level": lambda s: RatingMarkFactory(rating__edition=s.draft, points=1),
}
GUIDES = {
    "agencies-are-agencies": lambda s: told(
        s.draft.program.agency, overwrite(s.draft.program.agency.body, kind="platform")
    ),
    "components-are-in-a-section-of-their-guide": lambda s: ComponentFactory(
        section=GuideSectionFactory(guide=s.draft.guide), guide=GuideEditionFactory(year=2030)
    ),
    "rules-stand-on-a-published-guide": a_draft_on_a_draft_guide,
    "guides-published-here-have-their-hash": lambda s: GuideEditionFactory(
        year=2031, begun_from=s.draft.guide, published_by=UserFactory()
    ),
    "guides-begin-from-earlier-ones": lambda s: GuideEditionFactory(
        year=2020, begun_from=s.draft.guide, published_by=UserFactory(), sha256="0" * 64
    ),
    "blackouts-end-early-before-their-end": lambda s: BlackoutPeriodFactory(
        state="ended", ended_at=timezone.now() + 90 * DAY, ended_by=UserFactory(), ended_reason="Error."
    ),
    "exceptions-to-a-blackout-are-made-in-its-time": lambda s: BlackoutExceptionFactory(
        at=timezone.now() - DAY
    ),
    "constraints-hold": lambda s: refused(s.last, "publication_cites_the_gazette", gazette_number=""),
    "references-lead-somewhere": lambda s: dangling(s.last, "published_by"),
}
BROKEN = breaking_of("programs", RULES, TEXTS, PRACTICES, GUIDES)
story = story_of(Published.publish)


@pytest.mark.parametrize("key", BROKEN)
def test_what_breaks_an_invariant_is_seen_and_named(key, story):
    assert_is_seen(key, BROKEN[key], story)
