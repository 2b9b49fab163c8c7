from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import ApplicationQuestion


@check(
    "question-conditions",
    title=_("A question that comes after an answer waits for one that is offered"),
    help=_("Choose again the question and the answer after which it comes, or ask it always."),
    component="beneficiaries",
)
def question_conditions(contents):
    """Choices that were rewritten leave behind questions that nobody would ever be asked."""
    asked = {row.key: row for row in contents.rows(ApplicationQuestion)}
    for row in asked.values():
        named = asked.get(row.question_key)
        if named is not None and not named.value_of(row.question_answer):
            message = gettext("“%(question)s” waits for “%(answer)s”, which “%(other)s” does not offer.")
            said = {"question": row, "answer": row.question_answer, "other": named}
            yield Found(message % said, block="application_questions", key=row.key, field="question_answer")
