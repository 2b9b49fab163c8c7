"""Whether the Rules let an organization apply, by what it answers to their conditions. Pure.

The same decision before there is an account and in the application: nothing else compares an answer with
the one that the Rules call right.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    """What an answer makes of one condition."""

    MET = "met", _("Met")
    NOT_MET = "not_met", _("Not met")
    UNANSWERED = "unanswered", _("Not answered yet")


class Outcome(models.TextChoices):
    """What all the answers together say."""

    MAY_APPLY = "may_apply", _("With these answers your organization can apply")
    MAY_NOT = "may_not", _("With these answers it cannot apply under these Rules")
    OPEN = "open", _("Answer the questions to know whether it can apply")


def standing(rule, answer):
    """A condition is met by the answer that the Rules call right; without an answer nothing is decided."""
    if answer is None:
        return Standing.UNANSWERED
    return Standing.MET if answer == rule.right_answer else Standing.NOT_MET


@dataclass(frozen=True)
class Condition:
    """An eligibility rule with what was answered to its question: yes, no, or nothing (None)."""

    rule: object
    answer: bool | None

    @property
    def key(self):
        return self.rule.key

    @property
    def standing(self):
        return standing(self.rule, self.answer)

    @property
    def is_not_met(self):
        return self.standing == Standing.NOT_MET

    @property
    def is_unanswered(self):
        return self.standing == Standing.UNANSWERED


@dataclass(frozen=True)
class Check:
    """All the conditions of the Rules, and what comes of them."""

    conditions: tuple

    @classmethod
    def of(cls, rules, answers):
        """The check of some rules, with an answer (or None) for each key."""
        return cls(tuple(Condition(rule, answers.get(rule.key)) for rule in rules))

    @property
    def not_met(self):
        return [condition for condition in self.conditions if condition.is_not_met]

    @property
    def unanswered(self):
        return [condition for condition in self.conditions if condition.is_unanswered]

    @property
    def answered(self):
        return len(self.conditions) - len(self.unanswered)

    @property
    def outcome(self):
        """One condition that is not met is enough to be refused; to apply, every one must be met."""
        if self.not_met:
            return Outcome.MAY_NOT
        return Outcome.OPEN if self.unanswered else Outcome.MAY_APPLY

    @property
    def verdict(self):
        """The outcome in one sentence; where the Rules set no condition, nobody is kept from applying."""
        return self.outcome.label if self.conditions else gettext("Your organization can apply")
