"""Everything an application is made of, read once: what the publication asks and what was answered."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from calls import budget
from calls.models import Answer, BudgetLine, EligibilityAnswer, SuppliedDocument
from programs.models import ApplicationQuestion, BudgetRule, EligibilityRule, Requirement, SupportModality


@dataclass(frozen=True)
class Section:
    """The questions of one section of the form, in order; ``number`` is its place in the address."""

    number: int
    title: str
    questions: tuple


class Contents:
    """An application with its form. Nothing is read before it is asked for, and nothing twice."""

    def __init__(self, application):
        self.application = application
        self.publication_id = application.call.publication_id

    @cached_property
    def eligibility_rules(self):
        return self._blocks(EligibilityRule)

    @cached_property
    def modalities(self):
        return self._blocks(SupportModality)

    @cached_property
    def budget_rules(self):
        return self._blocks(BudgetRule)

    @cached_property
    def all_questions(self):
        return self._blocks(ApplicationQuestion)

    @cached_property
    def questions(self):
        """Those that concern the modality chosen, or every modality."""
        return [q for q in self.all_questions if self._concerns(q)]

    @cached_property
    def requirements(self):
        """The documents to hand in with the application, for the modality chosen."""
        of_application = Requirement.objects.filter(
            publication=self.publication_id, stage=Requirement.Stage.APPLICATION
        )
        return [r for r in of_application.order_by("position", "pk") if self._concerns(r)]

    @cached_property
    def sections(self):
        """Questions in the order of the Rules; a section named twice is one section."""
        order = {name: place for place, name in enumerate(dict.fromkeys(q.section for q in self.questions))}
        ordered = sorted(self.questions, key=lambda q: order[q.section])
        grouped = groupby(ordered, key=lambda q: q.section)
        return [Section(n, title, tuple(questions)) for n, (title, questions) in enumerate(grouped, start=1)]

    @cached_property
    def modality(self):
        return next((m for m in self.modalities if m.pk == self.application.modality_id), None)

    @cached_property
    def answers(self):
        """By the primary key of the question."""
        found = Answer.objects.filter(application=self.application).select_related("municipality")
        return {answer.question_id: answer for answer in found}

    @cached_property
    def eligibility_answers(self):
        found = EligibilityAnswer.objects.filter(application=self.application)
        return {each.rule_id: each.answer for each in found}

    @cached_property
    def supplied(self):
        """The current document of each requirement, by the primary key of the requirement."""
        found = SuppliedDocument.objects.filter(application=self.application, replaced_at=None)
        return {each.requirement_id: each for each in found.select_related("document")}

    @cached_property
    def lines(self):
        found = BudgetLine.objects.filter(application=self.application).select_related("rule")
        return list(found.order_by("position", "pk"))

    @cached_property
    def totals(self):
        return budget.totals(self.lines)

    def answer_to(self, question):
        return self.answers.get(question.pk)

    def document_for(self, requirement):
        return self.supplied.get(requirement.pk)

    def _concerns(self, block):
        return not block.modality_key or (
            self.modality is not None and block.modality_key == self.modality.key
        )

    def _blocks(self, model):
        return list(model.objects.filter(publication=self.publication_id).order_by("position", "pk"))
