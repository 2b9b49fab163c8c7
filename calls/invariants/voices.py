"""What must hold of public questions and their answers."""

from django.db.models import Exists, F, OuterRef, Q

from calls.models import PublicAnswer, PublicQuestion
from calls.states import QuestionState
from jobs.soundness import invariant, out_of_sequence


def questions():
    return PublicQuestion.objects.order_by()


@invariant
def answered_questions_have_their_answer():
    """A public question is answered if, and only if, there is an answer."""
    answer = Exists(PublicAnswer.objects.filter(question=OuterRef("pk")))
    is_answered = Q(state=QuestionState.ANSWERED)
    return questions().filter((is_answered & ~Q(answer)) | (~is_answered & Q(answer)))


@invariant
def public_answers_are_numbered_without_holes():
    """The answers to a public question are numbered from one, without holes: a corrected one stays."""
    return out_of_sequence(PublicAnswer.objects.all(), "question")


@invariant
def joined_questions_are_answered_in_their_call():
    """A question that was joined to another is answered there, in the same call."""
    joined = questions().filter(merged_into__isnull=False)
    return joined.exclude(merged_into__state=QuestionState.ANSWERED, merged_into__call=F("call"))


@invariant
def questions_are_settled_after_they_were_asked():
    """A public question is settled no earlier than it was asked."""
    return questions().filter(settled_at__lt=F("asked_at"))
