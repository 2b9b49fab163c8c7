"""What an application still lacks, section by section: small questions, each with its words. Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from calls import budget, typed
from documents.models import Document

ELIGIBILITY, PROJECT, DOCUMENTS, BUDGET = "eligibility", "project", "documents", "budget"


@dataclass(frozen=True)
class Missing:
    """One thing that is missing or wrong: in which section, about what, and what to do."""

    section: str
    about: str
    message: str


def questions_section(number):
    return f"questions-{number}"


def missing(contents):
    """Everything that keeps the application from being sent, in the order of the form."""
    return [
        *of_eligibility(contents),
        *of_project(contents),
        *(lack for section in contents.sections for lack in of_questions(contents, section)),
        *of_documents(contents),
        *of_budget(contents),
    ]


def of_eligibility(contents):
    for condition in contents.eligibility.conditions:
        if condition.is_unanswered:
            asked = {"question": condition.rule.question}
            yield Missing(ELIGIBILITY, condition.key, _("Not answered: %(question)s") % asked)
        elif condition.is_not_met:
            yield Missing(ELIGIBILITY, condition.key, not_eligible(condition.rule))


def not_eligible(rule):
    words = _("With this answer the condition is not met: %(condition)s") % {"condition": rule.statement}
    return f"{words} {rule.how_to_fix}".strip()


def of_project(contents):
    application = contents.application
    if not application.project_title.strip():
        yield Missing(PROJECT, "project_title", _("The title of the project is missing."))
    if contents.modality is None and contents.modalities:
        yield Missing(PROJECT, "modality", _("Choose the modality of support."))
    if application.municipality_id is None:
        yield Missing(PROJECT, "municipality", _("Choose the municipality where the project takes place."))
    if application.requested_amount is None:
        yield Missing(PROJECT, "requested_amount", _("The amount requested is missing."))
    for message in budget.amount_problems(application.requested_amount, contents.modality):
        yield Missing(PROJECT, "requested_amount", message)


def of_questions(contents, section):
    for question in section.questions:
        if message := of_answer(question, contents.answer_to(question)):
            yield Missing(questions_section(section.number), question.key, message)


def of_answer(question, answer):
    """What is wrong with one answer, or nothing."""
    typed_text = answer.text.strip() if answer else ""
    if not typed_text:
        return (
            _("Not answered: %(question)s") % {"question": question.label} if question.is_obligatory else ""
        )
    if question.is_file:
        return withheld(question, answer)
    if not typed.is_given(question, answer):
        return f"{question.label}: {_('what is written is not a valid answer.')}"
    return too_many_words(question, typed_text)


def too_many_words(question, text):
    count = typed.words_in(text)
    if not question.word_limit or count <= question.word_limit:
        return ""
    named = {"question": question.label, "count": count, "limit": question.word_limit}
    return _("%(question)s: it has %(count)d words and the limit is %(limit)d. Shorten it.") % named


def of_documents(contents):
    for requirement in contents.requirements:
        if message := of_document(requirement, contents.document_for(requirement), contents.day):
            yield Missing(DOCUMENTS, requirement.key, message)


def of_document(requirement, supplied, day):
    """What is wrong with one document on the day it would be sent, or nothing."""
    named = {"name": requirement.name}
    if supplied is None:
        return _("Missing document: %(name)s") % named if must_be_uploaded(requirement) else ""
    if is_out_of_date(requirement, supplied, day):
        return _("No longer valid for these Rules: %(name)s. Attach a newer one.") % named
    return withheld(requirement, supplied)


def withheld(asked, supplied):
    """What to do with a file in which the antivirus found something, or nothing."""
    if supplied.document.scan != Document.Scan.INFECTED:
        return ""
    return _("Withheld by the antivirus: %(name)s. Attach a clean copy.") % {"name": asked}


def is_out_of_date(requirement, supplied, day):
    """Whether the document's own days say that it does not serve on that day any more."""
    vaulted = supplied.from_vault
    last = vaulted.serves_until(requirement.valid_days) if vaulted else None
    return last is not None and day > last


def must_be_uploaded(requirement):
    """Paper that is delivered at a counter cannot be uploaded."""
    return requirement.is_obligatory and requirement.delivery != requirement.Delivery.PHYSICAL


def of_budget(contents):
    if not contents.budget_rules:
        return
    found = budget.problems(
        contents.lines,
        rules=contents.budget_rules,
        modality=contents.modality,
        requested=contents.application.requested_amount,
    )
    for problem in found:
        yield Missing(BUDGET, problem.rule_key, problem.message)
