"""Writing an application: anything can be kept, valid or not, and nobody's words are lost.

A field carries the mark of what its writer had before their eyes. If somebody else changed it since, the
stored words stay, and the new ones are set aside, beside them, until a person settles the field.
"""

import hashlib
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accounts import acts
from calls import changes, published_form, typed
from calls.models import Answer, Application, BudgetLine, Defect, EligibilityAnswer, SetAside
from calls.states import ApplicationState
from jobs import locks
from programs.models import ApplicationQuestion, EligibilityRule, Municipality, SupportModality

PROJECT_FIELDS = ("project_title", "modality", "municipality", "requested_amount")


class CannotSave(Exception):
    """Why nothing more can be written, in words the applicant can read."""


@dataclass(frozen=True)
class Typed:
    """What a person typed in one field, and the mark of what was there when they began."""

    text: str
    mark: str | None = None


@dataclass
class Saved:
    """What came of a save: the new mark of each field, what is not valid, what was set aside."""

    marks: dict = field(default_factory=dict)
    errors: dict = field(default_factory=dict)
    set_aside: dict = field(default_factory=dict)


def mark_of(value):
    """The mark of a stored value: short, and different for different values."""
    return hashlib.sha256(str(value if value is not None else "").encode()).hexdigest()[:12]


def hold(application, *, at):
    """Hold the application alone, as it is now, and the time; refuse when it cannot be written any more."""
    aside = SetAside.objects.filter(application=OuterRef("pk"), settled_at=None)
    drafts = Application.objects.filter(pk=application.pk).select_related("call")
    drafts = drafts.annotate(has_words_aside=Exists(aside), clock=locks.Clock())
    (held,) = locks.exclusive_at_once(drafts)
    at = acts.arrival(held.clock, at)
    if held.state == ApplicationState.DRAFT:
        if not held.call.is_open(at=at):
            raise CannotSave(
                _("The call is not open, so the draft cannot be changed. What was written is kept.")
            )
    elif held.state == ApplicationState.PREVENTED:
        if held.call.is_ended:
            raise CannotSave(changes.ended_in_words(held.call))
        if at >= held.prevention.due_at:
            raise CannotSave(_("The time to correct is over. What was written is kept."))
    else:
        raise CannotSave(
            _("The application was already sent with the folio %(folio)s.") % {"folio": held.folio}
        )
    return held, at


def _refuse_unless_draft(held):
    if held.state != ApplicationState.DRAFT:
        raise CannotSave(_("Only what the agency marked can be corrected now."))


@transaction.atomic
def save_answers(application, answers, *, by, at=None):
    """Keep answers, a ``Typed`` for each question key. In a prevention, only to the questions marked."""
    held, at = hold(application, at=at)
    questions = _questions(held, answers)
    known = {
        a.question_id: a for a in Answer.objects.filter(application=held, question__in=questions.values())
    }
    saved = Saved()
    for key, question in questions.items():
        _save_answer(held, question, known.get(question.pk), answers[key], saved, by=by, at=at)
    if held.state == ApplicationState.PREVENTED:
        _mark_corrected(held, questions.values(), at=at)
    return saved


def _questions(held, answers):
    """The questions that may be answered now, by key. One that may not is refused, not ignored."""
    asked = published_form.rows(ApplicationQuestion, held.call.publication_id)
    wanted = [q for q in asked if q.key in answers and not q.is_file]  # a file is handed in, not written
    if held.state == ApplicationState.PREVENTED:
        marked = Defect.objects.filter(prevention__application=held, question__isnull=False)
        may_be = set(marked.values_list("question", flat=True))
        wanted = [q for q in wanted if q.pk in may_be]
    questions = {question.key: question for question in wanted}
    if len(questions) < len(answers):
        raise CannotSave(_("Only what the agency marked can be corrected now."))
    return questions


def _save_answer(held, question, answer, given, saved, *, by, at):
    text = given.text.replace("\r\n", "\n")
    stored = answer.text if answer else ""
    if _changed_meanwhile(stored, given, text):
        _set_aside(held, question.key, text, stored, saved, by=by, at=at)
        return
    columns = _columns(question, text, saved)
    if text != stored:
        _write(held, question, answer, {"text": text, **columns}, by=by, at=at)
        _settle(held, question.key, text, by=by, at=at)
    saved.marks[question.key] = mark_of(text)


def _columns(question, text, saved):
    empty = dict.fromkeys(typed.COLUMNS)
    try:
        return empty | typed.read(question, text)
    except typed.NotAnAnswer as reason:
        saved.errors[question.key] = str(reason)
        return empty


def _write(held, question, answer, columns, *, by, at):
    if answer is None:
        Answer.objects.create(application=held, question=question, saved_by=by, saved_at=at, **columns)
    else:
        Answer.objects.filter(pk=answer.pk).update(
            version=answer.version + 1, saved_by=by, saved_at=at, **columns
        )


def _changed_meanwhile(stored, given, text):
    return given.mark is not None and given.mark != mark_of(stored) and text != stored


def _set_aside(held, name, text, stored, saved, *, by, at):
    """Keep the newest of what this person typed in the field, apart from what is stored."""
    SetAside.objects.update_or_create(
        application=held, field=name, by=by, settled_at=None, defaults={"text": text, "at": at}
    )
    saved.set_aside[name] = stored


def _settle(held, name, text, *, by, at):
    """Whoever had words set aside and writes the field again settles it; so does who writes the same.

    Words that were set aside while this waited for the lock stay beside the field until it is written again.
    """
    if not held.has_words_aside:
        return
    open_ones = SetAside.objects.filter(
        Q(by=by) | Q(text=text), application=held, field=name, settled_at=None
    )
    open_ones.update(settled_at=at)


@transaction.atomic
def settle(application, name, *, by, at=None):
    """Say that nothing set aside of a field is needed any more."""
    held, at = hold(application, at=at)
    SetAside.objects.filter(application=held, field=name, settled_at=None).update(settled_at=at)


def _mark_corrected(held, questions, *, at):
    defects = Defect.objects.filter(prevention__application=held, question__in=[q.pk for q in questions])
    defects.update(corrected_at=at)


@transaction.atomic
def save_project(application, fields, *, by, at=None):
    """Keep title, modality (its key), municipality (its INEGI key) and amount, each a ``Typed``.

    An amount that is not an amount cannot be kept; it is answered with what to write.
    """
    held, at = hold(application, at=at)
    _refuse_unless_draft(held)
    saved, changes = Saved(), {}
    for name in PROJECT_FIELDS:
        if name in fields:
            _read_project_field(held, name, fields[name], changes, saved, by=by, at=at)
    if changes:
        Application.objects.filter(pk=held.pk).update(**changes)
        application.refresh_from_db(fields=list(changes))
    return saved


def project_value(application, name):
    """A field of the project as it stands in its form: a key or plain text."""
    value = getattr(application, name)
    if value is None:
        return ""
    return {"modality": lambda: value.key, "municipality": lambda: value.pk}.get(name, lambda: str(value))()


def _read_project_field(held, name, given, changes, saved, *, by, at):
    """What is typed is compared as it would be stored: “200,000” is no change of 200000.00."""
    stored, typed_text = project_value(held, name), given.text.strip()
    value, text, wrong = _as_stored(held, name, typed_text)
    if _changed_meanwhile(stored, given, text):
        _set_aside(held, name, typed_text, stored, saved, by=by, at=at)
        return
    if wrong:
        saved.errors[name] = wrong
        saved.marks[name] = mark_of(stored)
        return
    if text != stored:
        changes[name] = value
        _settle(held, name, typed_text, by=by, at=at)
    saved.marks[name] = mark_of(text)


def _as_stored(held, name, typed_text):
    """The value of what was typed, its text once stored, and what is wrong with it if anything is."""
    try:
        value = PROJECT_READERS[name](held, typed_text)
    except typed.NotAnAnswer as reason:
        return None, typed_text, str(reason)
    return value, "" if value is None else project_text(name, value), ""


def project_text(name, value):
    if name == "modality":
        return value.key
    return value.pk if name == "municipality" else str(value)


def _title(held, text):
    if len(text) > 200:
        raise typed.NotAnAnswer(_("The title has at most 200 characters."))
    return text


def _modality(held, text):
    if not text:
        return None
    found = SupportModality.objects.filter(publication=held.call.publication_id, key=text).first()
    if found is None:
        raise typed.NotAnAnswer(_("Choose a modality from the list."))
    return found


def _municipality(held, text):
    if not text:
        return None
    found = Municipality.objects.filter(pk=text).first()
    if found is None:
        raise typed.NotAnAnswer(_("Choose a municipality from the list."))
    return found


def _amount(held, text):
    return typed.money(text) if text else None


PROJECT_READERS = {
    "project_title": _title, "modality": _modality,
    "municipality": _municipality, "requested_amount": _amount,
}  # fmt: skip


@transaction.atomic
def save_eligibility(application, answers, *, by, at=None):
    """Keep yes (True), no (False) or nothing (None) for each eligibility rule key."""
    held, at = hold(application, at=at)
    _refuse_unless_draft(held)
    rules = EligibilityRule.objects.filter(publication=held.call.publication_id, key__in=answers)
    for rule in rules:
        answered = EligibilityAnswer.objects.filter(application=held, rule=rule)
        if answers[rule.key] is None:
            answered.delete()
        else:
            EligibilityAnswer.objects.update_or_create(
                application=held, rule=rule, defaults={"answer": answers[rule.key], "saved_at": at}
            )
    return Saved()


def budget_mark(lines):
    """The mark of a whole budget, which is saved as one thing."""
    rows = [(x.rule_id, x.description, x.from_grant, x.own_money, x.own_kind) for x in lines]
    return mark_of("\n".join(map(repr, rows)))


@transaction.atomic
def save_budget(application, lines, *, by, at=None, mark=None):
    """Put the lines (dicts with rule, description and the three amounts) in place of those there were.

    Raises ChangedMeanwhile when somebody else changed the budget since ``mark``: both are shown.
    """
    held, at = hold(application, at=at)
    _refuse_unless_draft(held)
    stored = list(
        BudgetLine.objects.filter(application=held).select_related("rule").order_by("position", "pk")
    )
    if mark is not None and mark != budget_mark(stored):
        raise ChangedMeanwhile(stored)
    BudgetLine.objects.filter(application=held).delete()
    return BudgetLine.objects.bulk_create(
        BudgetLine(application=held, position=place, **line) for place, line in enumerate(lines)
    )


class ChangedMeanwhile(CannotSave):
    """Somebody else saved the budget meanwhile. Carries the lines that are stored."""

    def __init__(self, stored):
        self.stored = stored
        super().__init__(
            _(
                "Somebody else of your organization changed the budget meanwhile. Compare both and save "
                "what is right."
            )
        )
