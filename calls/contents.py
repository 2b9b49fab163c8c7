"""Everything an application is made of, read once: what the publication asks and what was answered."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.utils import timezone

from calls import budget, eligibility, published_form, schedule
from calls.models import Answer, BudgetLine, EligibilityAnswer, SuppliedDocument
from programs.models import ApplicationQuestion, BudgetRule, EligibilityRule, Requirement, SupportModality

# What a page, a receipt or a check says of a file that was handed in: all of it, little of who and whence
OF_A_FILE = (
    *("application", "requirement", "question", "supplied_at", "replaced_at", "document"),
    *("supplied_by__name", "supplied_by__email", "from_vault__issued_on", "from_vault__expires_on"),
)


@dataclass(frozen=True)
class Section:
    """The questions of one section of the form, in order; ``number`` is its place in the address.

    ``questions`` are those that the answers given ask for; ``shown`` has besides those that an answer in the
    same section would ask for.
    """

    number: int
    title: str
    questions: tuple
    shown: tuple


class Contents:
    """An application with its form. Nothing is read before it is asked for, and nothing twice."""

    def __init__(self, application, at=None):
        self.application = application
        self.at = at
        self.publication_id = application.call.publication_id

    @property
    def day(self):
        """The day on which it is looked at, where the call is: that of ``at``, or today."""
        return schedule.local_day(self.at or timezone.now(), self.application.call.zone)

    @cached_property
    def eligibility_rules(self):
        """Each with ``given``, its answer or None."""
        return self._with_given(EligibilityRule, lambda: self._mine(EligibilityAnswer, "rule_id"))

    @cached_property
    def eligibility(self):
        """What the Rules decide from the answers to their conditions."""
        given = {rule.key: rule.given.answer for rule in self.eligibility_rules if rule.given}
        return eligibility.Check.of(self.eligibility_rules, given)

    @cached_property
    def modalities(self):
        return published_form.rows(SupportModality, self.publication_id)

    @cached_property
    def budget_rules(self):
        return published_form.rows(BudgetRule, self.publication_id)

    @cached_property
    def all_questions(self):
        """Each with ``given``: its answer, or the file handed in where it asks for one, or None."""
        rows = self._with_given(
            ApplicationQuestion, lambda: self._mine(Answer, "question_id", "municipality")
        )
        for row in (row for row in rows if row.is_file):
            row.given = self._supplied["question_id"].get(row.pk)
        return rows

    @property
    def questions_alone(self):
        """Those that concern the modality, in which nothing was looked up that was answered."""
        rows = self._with_given(ApplicationQuestion, dict)
        return [row for row in rows if self._concerns(row)]

    @cached_property
    def possible_questions(self):
        """Those that concern the modality chosen, or every modality."""
        return [q for q in self.all_questions if self._concerns(q)]

    @cached_property
    def questions(self):
        """Of them, those that the answers given ask for."""
        return [q for q in self.possible_questions if self._is_asked(q)]

    def named_by(self, question):
        """The question on whose answer another one depends, or nothing."""
        return self._by_key.get(question.question_key)

    @cached_property
    def _by_key(self):
        return {question.key: question for question in self.possible_questions}

    def _is_asked(self, question, seen=()):
        """Whether the answer it waits for was given. What waits for a question that is not there is asked."""
        named = self.named_by(question)
        if named is None or named.key in seen:
            return True
        answer = named.given.text if named.given else ""
        return answer == named.value_of(question.question_answer) and self._is_asked(
            named, (*seen, question.key)
        )

    @cached_property
    def requirements(self):
        """The documents to hand in, for the modality chosen; ``given`` is the current one."""
        found = self._with_given(Requirement, lambda: self._supplied["requirement_id"])
        return [r for r in found if r.stage == Requirement.Stage.APPLICATION and self._concerns(r)]

    @cached_property
    def sections(self):
        """Questions in the order of the Rules; a section named twice is one section."""
        possible = self.possible_questions
        order = {name: place for place, name in enumerate(dict.fromkeys(q.section for q in possible))}
        ordered = sorted(possible, key=lambda q: order[q.section])
        grouped = groupby(ordered, key=lambda q: q.section)
        return [self._section(n, title, list(held)) for n, (title, held) in enumerate(grouped, start=1)]

    def _section(self, number, title, held):
        wanted = {q.key for q in self.questions}
        here = {q.key for q in held}
        shown = [q for q in held if q.key in wanted or q.question_key in here]
        return Section(number, title, tuple(q for q in held if q.key in wanted), tuple(shown))

    @cached_property
    def modality(self):
        chosen = self.application.modality_id
        return next((one for one in self.modalities if one.pk == chosen), None)

    @cached_property
    def lines(self):
        """The lines of the budget, each with its rule."""
        rules = {rule.pk: rule for rule in self.budget_rules}
        lines = list(BudgetLine.objects.filter(application=self.application).order_by("position", "pk"))
        for line in lines:
            line.rule = rules[line.rule_id]
        return lines

    @cached_property
    def totals(self):
        return budget.totals(self.lines)

    def answer_to(self, question):
        return question.given

    def document_for(self, requirement):
        return requirement.given

    def _concerns(self, block):
        chosen = self.modality.key if self.modality else None
        return not block.modality_key or block.modality_key == chosen

    def _with_given(self, model, given):
        """The rows of a block with what this application gave for each, or None. ``given`` reads it."""
        rows = published_form.rows(model, self.publication_id)
        found = given() if rows else {}
        for row in rows:
            row.given = found.get(row.pk)
        return rows

    def _mine(self, model, about, *related):
        """What this application said, by the row of the Rules that it is about."""
        found = model.objects.filter(application=self.application).order_by()
        found = found.select_related(*related) if related else found  # of nothing, it would follow everything
        return {getattr(one, about): one for one in found}

    @cached_property
    def _supplied(self):
        """The files handed in that none replaced, by what asks for them."""
        current = SuppliedDocument.objects.filter(application=self.application, replaced_at=None)
        current = current.select_related("document", "supplied_by", "from_vault")
        found = list(current.only(*OF_A_FILE).order_by())
        return {
            about: {getattr(one, about): one for one in found} for about in ("requirement_id", "question_id")
        }
