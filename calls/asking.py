"""The public questions of a call as they are read: their clock, the list, those that look alike."""

from collections import defaultdict

from django.conf import settings
from django.utils import timezone

from calls import alike, ledger, question_clock, schedule
from calls.folding import fold
from calls.models import PublicAnswer, PublicQuestion
from calls.states import QuestionState
from programs.models import Contact

LOOKS = {QuestionState.OPEN: "question_open"}
ALIKE = 5
TOLD = (QuestionState.ANSWERED, QuestionState.MERGED)  # those whose text is public


def clock_of(call, *, now=None, holidays=None):
    """How a call stands with its questions; in one that ended, as it stood then."""
    now = now or timezone.now()
    today = schedule.local_day(call.ended_at if call.is_ended else now, call.zone)
    rows = PublicQuestion.objects.of_call(call).values_list("asked_at", "due_on", "settled_at")
    holidays = ledger.non_working_days() if holidays is None else holidays
    return question_clock.read([_asked(call, *row) for row in rows], today=today, holidays=holidays)


def _asked(call, asked_at, due_on, settled_at):
    settled_on = schedule.local_day(settled_at, call.zone) if settled_at else None
    return question_clock.Asked(schedule.local_day(asked_at, call.zone), due_on, settled_on)


def term():
    """The portal's own term for an answer, in business days."""
    return settings.QUESTION_ANSWER_DAYS


def advice(call):
    """Whom to ask besides, by the Rules that govern the contacts of the call."""
    found = Contact.objects.of_publication(call.dated_by_id).filter(purpose=Contact.Purpose.ADVICE)
    return found.order_by("position", "pk")


# The public list


def listed(call, *, q=""):
    """What anybody reads, the last to be settled first; ``q``: every word in question or answer."""
    found = PublicQuestion.objects.of_call(call).standing_alone()
    if wanted := fold(q).split():
        said = _said_publicly(call)
        found = found.filter(pk__in=[pk for pk, text in said.items() if all(w in text for w in wanted)])
    return found.with_answers().order_by("-settled_at", "-pk")


def _said_publicly(call):
    """The words of each answered question, of those joined to it and of the answer that stands."""
    said = defaultdict(list)
    asked = PublicQuestion.objects.of_call(call).filter(state__in=TOLD)
    for pk, into, text in asked.order_by().values_list("pk", "merged_into", "text"):
        said[into or pk].append(text)
    for pk, text in _answers_that_stand(call).items():
        said[pk].append(text)
    return {pk: fold(" ".join(texts)) for pk, texts in said.items()}


def _answers_that_stand(call):
    given = PublicAnswer.objects.filter(question__call=call).order_by("number")
    return dict(given.values_list("question", "text"))  # a later number takes the place of an earlier one


def in_short(question, *, today=None):
    """What a list of the desk says of one question."""
    return {
        "question": question,
        "look": LOOKS.get(question.state, question.state),
        "text": question.text,
        "is_late": bool(today and question.is_open and question.due_on < today),
    }


def row(question, *, may_read=False, today=None):
    """One question as it is shown. The text of a declined one is for who asked and who answers."""
    answers = list(question.answers.all()) if question.is_answered else []
    return in_short(question, today=today) | {
        "text": question.text if may_read or not question.is_declined else "",
        "answer": answers[-1] if answers else None,
        "former": answers[:-1],
        "joined": [one.text for one in question.joined.all()] if question.is_answered else [],
    }


# What looks alike


def alike_to(call, text, *, most=ALIKE):
    """The answered questions of a call that look like a text, the closest first, with their answers."""
    close = closest(call, text, most=most)
    found = PublicQuestion.objects.filter(pk__in=close).with_answers()
    return sorted(found.order_by(), key=lambda one: close.index(one.pk))


def closest(call, text, *, most=ALIKE):
    """Their rows' numbers: a question is found by what was joined to it too."""
    asked = PublicQuestion.objects.of_call(call).filter(state__in=TOLD).order_by("-settled_at", "-pk")
    candidates = [(into or pk, said) for pk, into, said in asked.values_list("pk", "merged_into", "text")]
    found = alike.most_alike(text, candidates, most=len(candidates))
    return list(dict.fromkeys(found))[:most]
