"""A whole evaluation and what followed its results, played by actions, with names for its parts."""

from dataclasses import dataclass
from decimal import Decimal

from calls.actions import renouncing
from evaluations.actions import feedback, promoting, remedies, reports
from evaluations.models import Assignment, ConflictDeclaration, Draw, Ruling, Vote
from programs.models import Criterion
from tests.factories.evaluations import Evaluation, evaluation
from tests.factories.voice import remedy_of


@dataclass
class Heard:
    """A call with results in which one renounced, one was promoted and the third was heard."""

    played: Evaluation

    @classmethod
    def play(cls):
        story = cls(evaluation("release", budget=Decimal(150_000)))
        story.renounce_and_promote()
        story.ask_and_file()
        return story

    def renounce_and_promote(self):
        renouncing.renounce(self.first, reason="Perdimos la sede.", by=self.person(self.first))
        promoting.promote(
            self.ruling(self.second), by=self.played.head, reasons="Es la primera.", legal_basis="Regla 9."
        )

    def ask_and_file(self):
        ana, criterion = self.person(self.third), self.criterion
        asked = feedback.ask(self.third, by=ana, points={criterion.key: "¿Por qué este nivel?"})
        points = {point.pk: "Faltan datos." for point in asked.points.all()}
        feedback.answer(
            asked, by=self.played.operator, version=0, answer="Faltan datos.", main_reason="need",
            points=points,
        )  # fmt: skip
        offered = remedy_of(self.call, "reconsideration")
        filed = remedies.file(self.third, offered, "Sí tiene datos.", by=ana, key="r1")
        remedies.admit(filed, by=self.played.head)
        remedies.study(filed, by=self.played.head)
        remedies.resolve(
            filed, by=self.played.head, outcome="replaced", new_outcome="award", effect="Se apoya.",
            reasons="Los tenía.", legal_basis="Componente 10.",
        )  # fmt: skip
        reports.file(
            self.third, remedy_of(self.call, "internal_control"), "Pidieron dinero.", by=ana, key="d1",
            anonymous=True,
        )  # fmt: skip

    @property
    def call(self):
        return self.played.call

    @property
    def committee(self):
        return self.call.committee

    @property
    def first(self):
        return self.file(0)

    @property
    def second(self):
        return self.file(1)

    @property
    def third(self):
        return self.file(2)

    def file(self, place):
        return self.call.applications.order_by("submitted_at")[place]

    def person(self, application):
        return application.organization.body.memberships.get().user

    def ruling(self, application):
        return Ruling.objects.get(application=application)

    @property
    def session(self):
        return self.committee.sessions.get()

    @property
    def chair(self):
        return self.committee.members.get(user=self.played.chair)

    @property
    def assignment(self):
        return Assignment.objects.of_call(self.call).order_by("pk").first()

    @property
    def review(self):
        return self.assignment.review

    @property
    def score(self):
        return self.review.scores.order_by("pk").first()

    @property
    def version(self):
        return self.review.versions.get()

    @property
    def criterion(self):
        return Criterion.objects.of_publication(self.call.publication).order_by("pk").first()

    @property
    def drafted_criterion(self):
        return Criterion.objects.of_draft(self.call.edition).order_by("pk").first()

    @property
    def draw(self):
        return Draw.objects.get(call=self.call)

    @property
    def vote(self):
        return Vote.objects.order_by("pk").first()

    def votes_on(self, application):
        return Vote.objects.filter(item__application=application)

    def declaration_of(self, user):
        return ConflictDeclaration.objects.get(user=user, organization=None)
