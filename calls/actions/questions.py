"""Public questions about a call: asked by anybody signed in until its close, answered by its agency.

What is answered is public at once, without the name of who asked. A correction is added and the former
answer stays; a question that is not answered says why, or where the same one is answered.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts import acts, notices
from accounts import dates as spoken
from calls import ledger, question_clock, schedule, states
from calls.models import Call, PublicAnswer, PublicQuestion
from calls.models.questions import LONGEST_ANSWER, LONGEST_QUESTION, LONGEST_REASON
from calls.states import CallState
from jobs import locks
from programs.models import Component

NOT_YOURS = gettext_lazy("Only the agency answers, and nobody who scores the call or applies to it.")


class CannotAsk(acts.Refused):
    """Why a question is not received."""


class CannotAnswer(acts.Refused):
    """Why a question is not answered so; ``field`` says which entry of the form it is about."""


# Asking


def why_not_asked(call, *, now):
    """Why a call receives no question at a moment; nothing while it does."""
    if call.is_ended:
        return _("The call ended: it receives no more questions.")
    if call.state == CallState.DRAFT:
        return _("Questions are received from the publication of the call.")
    if call.state != CallState.PUBLISHED or now >= call.closes_at:
        closed = spoken.moment_in_words(schedule.last_minute(call.closes_at))
        return _("Questions were received while applications were: until %(closed)s.") % {"closed": closed}
    return ""


@transaction.atomic
def ask(call, text, *, by, at=None):
    """Ask a question about a published call, before its close by the clock of the database.

    A person has only so many questions without answer in a call. Raises CannotAsk.
    """
    text = text.strip()
    locks.share(Call.objects.filter(pk=call.pk))
    held, now = Call.objects.get(pk=call.pk), acts.reception(at)
    if refusal := why_not_asked(held, now=now):
        raise CannotAsk(refusal)
    if not text:
        raise CannotAsk(_("Write your question."))
    if len(text) > LONGEST_QUESTION:
        raise CannotAsk(_too_long(LONGEST_QUESTION))
    question = _in_a_free_place(held, text, by=by, at=now)
    acts.record("question.ask", question, by=by, at=now, seals=("text",))
    return question


def _in_a_free_place(call, text, *, by, at):
    """Keep the question in the first place that the person has free; of two that race, one takes it."""
    asked_on = schedule.local_day(at, call.zone)
    due_on = question_clock.due_on(asked_on, settings.QUESTION_ANSWER_DAYS, ledger.non_working_days())
    taken = set(
        PublicQuestion.objects.of_call(call).open().filter(asked_by=by).values_list("place", flat=True)
    )
    for place in sorted(set(range(1, settings.QUESTIONS_WAITING_EACH + 1)) - taken):
        try:
            with transaction.atomic():
                return PublicQuestion.objects.create(
                    call=call, text=text, asked_by=by, asked_at=at, place=place, due_on=due_on
                )
        except IntegrityError:
            continue
    raise CannotAsk(_too_many())


def _too_many():
    most = settings.QUESTIONS_WAITING_EACH
    return ngettext(
        "You have %(most)d question without answer in this call: wait for its answer, then ask another one.",
        "You have %(most)d questions without answer in this call: wait for an answer, then ask another one.",
        most,
    ) % {"most": most}


# Answering


@transaction.atomic
def answer(question, text, *, by, component=None, at=None):
    """Answer a question, with the clause of the Rules if there is one, in public. Raises CannotAnswer."""
    held, now = _held(question, by), acts.moment(at)
    text = _said(text, component, held.call)
    acts.perform(states.ANSWER_QUESTION, held, by=by, at=now, settled_at=now, settled_by=by)
    given = PublicAnswer.objects.create(question=held, text=text, component=component, by=by, at=now)
    _tell(held, ANSWERED, at=now)
    return given


@transaction.atomic
def correct(question, text, *, corrects, reason, by, component=None, at=None):
    """Give another answer in place of number ``corrects``, which stays readable. Raises CannotAnswer."""
    held, now = _held(question, by), acts.moment(at)
    last = held.answers.order_by("-number").first()
    text = _said(text, component, held.call)
    _refuse_correction(last, corrects, text, component, reason)
    acts.perform(states.CORRECT_ANSWER, held, by=by, at=now, note=reason.strip())
    given = PublicAnswer.objects.create(
        question=held, number=last.number + 1, text=text, component=component, reason=reason.strip(),
        by=by, at=now,
    )  # fmt: skip
    _tell(held, CORRECTED, at=now, reason=given.reason)
    return given


def _refuse_correction(last, corrects, text, component, reason):
    if last is None:
        raise CannotAnswer(_("This question has no answer to correct."))
    if last.number != corrects:
        raise CannotAnswer(_("Somebody corrected this answer meanwhile: read the new one before you go on."))
    if (last.text, last.component) == (text, component):
        raise CannotAnswer(_("That is the answer that stands: write what changes."), "text")
    _refuse_reason(reason, _("Say why the answer is corrected: it is published beside the former one."))


@transaction.atomic
def decline(question, *, reason, by, at=None):
    """Leave a question without answer: the reason is published, its text is not. Raises CannotAnswer."""
    held, now = _held(question, by), acts.moment(at)
    _refuse_reason(reason, _("Say why it is not answered: the reason is published and sent to who asked."))
    acts.perform(
        states.DECLINE_QUESTION, held, by=by, at=now, settled_at=now, settled_by=by, reason=reason.strip()
    )
    _tell(held, DECLINED, at=now, reason=held.reason)
    return held


@transaction.atomic
def merge(question, into, *, by, at=None):
    """Answer a question with one of the same call that was answered already. Raises CannotAnswer."""
    held, now = _held(question, by), acts.moment(at)
    answered = PublicQuestion.objects.of_call(held.call).answered()
    if into is None or not answered.filter(pk=into.pk).exists():
        raise CannotAnswer(_("Choose a question of this call that is answered."), "into")
    acts.perform(states.MERGE_QUESTION, held, by=by, at=now, settled_at=now, settled_by=by, merged_into=into)
    _tell(held, MERGED, at=now, link=into.get_absolute_url())
    return held


def why_not_answered(question):
    """Why a question can no longer be answered or its answer corrected; nothing while it can."""
    call = question.call
    if call.is_ended:
        return _("The call ended: nothing more is answered in it.")
    if call.released_at and question.asked_at >= call.released_at:
        return _("Only what was asked before the results is answered after them.")
    return ""


def _held(question, by):
    """The question, held alone while it is answered by somebody of its desk."""
    (held,) = locks.exclusive(PublicQuestion.objects.filter(pk=question.pk).with_askers())
    held.call = Call.objects.with_program().get(pk=held.call_id)
    if not by.has_perm("calls.answer_questions", held.call):
        raise PermissionDenied(NOT_YOURS)
    if refusal := why_not_answered(held):
        raise CannotAnswer(refusal)
    return held


def _said(text, component, call):
    text = text.strip()
    if not text:
        raise CannotAnswer(_("Write the answer."), "text")
    if len(text) > LONGEST_ANSWER:
        raise CannotAnswer(_too_long(LONGEST_ANSWER), "text")
    if component and component.guide_id != call.publication.edition.guide_id:
        raise CannotAnswer(_("Choose a component of the Rules of this call."), "component")
    return text


def clauses(call):
    """The components of the Rules of a call, to which an answer may refer."""
    return Component.objects.filter(guide=call.publication.edition.guide_id).order_by("number")


def _refuse_reason(reason, owed):
    if not reason.strip():
        raise CannotAnswer(owed, "reason")
    if len(reason.strip()) > LONGEST_REASON:
        raise CannotAnswer(_too_long(LONGEST_REASON), "reason")


def _too_long(most):
    return _("It is too long: write at most %(most)d characters.") % {"most": most}


# Telling whoever asked


def recipients(question):
    """Whoever asked it, and whoever asked what was joined to it."""
    return list(dict.fromkeys([question.asked_by, *[one.asked_by for one in question.joined.all()]]))


@dataclass(frozen=True)
class Told:
    """The words of a notice: its kind, its subject and its text."""

    kind: str
    subject: str | Promise
    body: str | Promise


ANSWERED = Told(
    "question.answered",
    gettext_lazy("Your question was answered: %(call)s"),
    gettext_lazy("The answer to your question about “%(call)s” is public; your name is not."),
)
CORRECTED = Told(
    "question.corrected",
    gettext_lazy("An answer was corrected: %(call)s"),
    gettext_lazy("The answer to your question about “%(call)s” was corrected. The reason: %(reason)s"),
)
DECLINED = Told(
    "question.declined",
    gettext_lazy("Your question was not answered: %(call)s"),
    gettext_lazy(
        "Your question about “%(call)s” is not answered. The reason: %(reason)s The text of your question "
        "is not published."
    ),
)
MERGED = Told(
    "question.merged",
    gettext_lazy("Your question was answered: %(call)s"),
    gettext_lazy("Your question about “%(call)s” is the same as one that is answered: read its answer."),
)


def _tell(question, told, *, at, reason="", link=""):
    """Inside the act's transaction; each in their own language."""
    named = {"call": question.call.title, "reason": reason}
    notices.notify_all(
        recipients(question),
        kind=told.kind,
        subject=lambda: str(told.subject) % named,
        body=lambda: str(told.body) % named,
        link=link or question.get_absolute_url(),
        at=at,
    )
