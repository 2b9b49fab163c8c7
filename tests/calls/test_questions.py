"""Public questions: asked until the close, answered in public and never rewritten, told and reminded of."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from accounts.acts import ActNotPossible
from accounts.models import Notice, Role, TrailEntry
from calls import asking
from calls.actions import applications, question_notices, questions
from calls.actions.questions import CannotAnswer, CannotAsk
from calls.duties import questions_to_answer
from calls.models import Call, PublicAnswer, PublicQuestion, ReadingRight
from calls.states import CallState, QuestionState
from programs.models import NonWorkingDay
from tests.factories.accounts import UserFactory, member
from tests.factories.applications import ApplicationFactory, OrganizationFactory, representative_of
from tests.factories.calls import CLOSE, CallFactory, operator_of
from tests.factories.questions import PublicAnswerFactory, PublicQuestionFactory
from tests.factories.reference import ComponentFactory

pytestmark = pytest.mark.django_db

MEXICO = ZoneInfo("America/Mexico_City")
FRIDAY = datetime(2026, 3, 13, 12, 0, tzinfo=MEXICO)
TUESDAY = datetime(2026, 3, 17, 12, 0, tzinfo=MEXICO)
NEXT_FRIDAY = datetime(2026, 3, 20, 9, 0, tzinfo=MEXICO)
SECOND = timedelta(seconds=1)
TEXT = "¿Se puede pagar la renta?"


@pytest.fixture
def call():
    return CallFactory(published=True)


def ask(call, text=TEXT, *, by=None, at=FRIDAY):
    return questions.ask(call, text, by=by or UserFactory(name="Ana Ruiz"), at=at)


def answer(question, text="Sí, hasta una quinta parte.", *, by=None, at=TUESDAY, **more):
    return questions.answer(question, text, by=by or operator_of(question.call), at=at, **more)


def correct(question, text="No.", *, corrects=1, reason="Se leyó mal la regla.", by=None, at=TUESDAY, **more):
    return questions.correct(
        question, text, corrects=corrects, reason=reason, by=by or operator_of(question.call), at=at, **more
    )


def notices_of(person):
    return list(Notice.objects.filter(to=person).order_by("pk").values_list("kind", flat=True))


# Asking


def test_anybody_signed_in_asks_and_the_answer_is_due_in_three_business_days(call):
    NonWorkingDay.objects.get_or_create(on=date(2026, 3, 16), defaults={"name": "Asueto", "source": "Ley"})
    ana = UserFactory()

    question = ask(call, f"  {TEXT} ", by=ana)

    assert (question.text, question.asked_by, question.asked_at) == (TEXT, ana, FRIDAY)
    assert (question.state, question.due_on) == (QuestionState.OPEN, date(2026, 3, 19))
    entry = TrailEntry.objects.about(question).get()
    assert (entry.act, entry.by, entry.sealed_fields) == ("question.ask", ana, ["text"])


@pytest.mark.parametrize(("offset", "received"), [(-SECOND, True), (timedelta(0), False)])
def test_questions_are_received_until_the_second_of_the_close(call, offset, received):
    if received:
        assert ask(call, at=CLOSE + offset).pk
    else:
        with pytest.raises(CannotAsk, match="31 de marzo de 2026, 23:59"):
            ask(call, at=CLOSE + offset)


def test_a_call_that_waits_to_open_receives_questions(call):
    assert ask(call, at=call.opens_at - SECOND).pk


def test_neither_a_draft_nor_a_cancelled_call_receives_any():
    draft = CallFactory()
    ended = CallFactory(publication=draft.publication, published=True)
    Call.objects.filter(pk=ended.pk).update(
        state=CallState.CANCELLED, ended_at=FRIDAY, ended_by=UserFactory(), ended_reason="R", ended_basis="B"
    )

    with pytest.raises(CannotAsk, match="desde que se publica"):
        ask(draft)
    with pytest.raises(CannotAsk, match="concluyó"):
        ask(ended)


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 1001])
def test_an_empty_or_endless_question_is_refused(call, text):
    with pytest.raises(CannotAsk):
        ask(call, text)
    assert not PublicQuestion.objects.exists()


def test_a_person_has_so_many_questions_without_answer_in_each_call(call, settings):
    settings.QUESTIONS_WAITING_EACH = 2
    ana, other = UserFactory(), CallFactory(publication=call.publication, published=True)
    first, _second = ask(call, by=ana), ask(call, by=ana)

    with pytest.raises(CannotAsk, match="2 preguntas sin respuesta"):
        ask(call, by=ana)

    assert ask(other, by=ana).pk
    assert ask(call).pk
    answer(first)
    assert ask(call, by=ana).place == first.place


# Answering


def test_an_answer_is_public_at_once_with_its_clause_and_told_to_who_asked(call):
    question, rita = ask(call), operator_of(call)
    clause = questions.clauses(call).first()
    assert not PublicQuestion.objects.settled().exists()

    given = answer(question, component=clause, by=rita)

    question.refresh_from_db()
    assert (question.state, question.settled_by, question.settled_at) == ("answered", rita, TUESDAY)
    assert (given.number, given.component, given.by) == (1, clause, rita)
    assert list(PublicQuestion.objects.settled()) == [question]
    assert notices_of(question.asked_by) == ["question.answered"]
    notice = Notice.objects.get()
    assert notice.link == question.get_absolute_url()
    assert str(rita) not in notice.body


def test_the_head_answers_too(call):
    assert answer(ask(call), by=member(Role.HEAD, call.agency.body)).pk


def stranger(call):
    return UserFactory()


def editor(call):
    return member(Role.EDITOR, call.agency.body)


def of_another_agency(call):
    return member(Role.OPERATOR)


def operator_who_scores(call):
    person = operator_of(call)
    organization = OrganizationFactory()
    application = applications.start(call, organization, by=representative_of(organization), at=FRIDAY)
    ReadingRight.objects.create(user=person, application=application, kind="evaluator", since=FRIDAY)
    return person


def operator_who_applies(call):
    person = operator_of(call)
    applications.start(call, OrganizationFactory(representative=person), by=person, at=FRIDAY)
    return person


@pytest.mark.parametrize(
    "who", [stranger, editor, of_another_agency, operator_who_scores, operator_who_applies]
)
def test_nobody_else_answers_nor_sees_what_waits(call, who):
    question, person = ask(call), who(call)

    for act in (
        lambda: answer(question, by=person),
        lambda: questions.decline(question, reason="R", by=person, at=TUESDAY),
        lambda: questions.merge(question, None, by=person, at=TUESDAY),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert list(PublicQuestion.objects.visible_to(person)) == []
    assert list(PublicQuestion.objects.waiting_at_the_desk_of(person)) == []


def test_what_waits_is_seen_by_who_asked_and_who_answers_and_by_nobody_else(call):
    question = ask(call)

    assert list(PublicQuestion.objects.visible_to(question.asked_by)) == [question]
    assert list(PublicQuestion.objects.visible_to(operator_of(call))) == [question]
    assert list(PublicQuestion.objects.visible_to(UserFactory())) == []


def test_a_question_is_settled_once(call):
    question = ask(call)
    answer(question)

    with pytest.raises(ActNotPossible):
        answer(question)
    with pytest.raises(ActNotPossible):
        questions.decline(question, reason="R", by=operator_of(call), at=TUESDAY)
    assert question.answers.count() == 1


def test_an_answer_refers_to_the_rules_of_its_call_alone(call):
    with pytest.raises(CannotAnswer) as refused:
        answer(ask(call), component=ComponentFactory(section__guide__year=2031))

    assert refused.value.field == "component"


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_an_empty_or_endless_answer_is_refused(call, text):
    question = ask(call)

    with pytest.raises(CannotAnswer) as refused:
        answer(question, text)

    assert refused.value.field == "text"
    assert PublicQuestion.objects.get().is_open


def test_what_was_asked_before_the_results_is_answered_after_them_and_nothing_else(call):
    before = ask(call)
    Call.objects.filter(pk=call.pk).update(
        state=CallState.RELEASED, sealed_at=CLOSE, released_at=CLOSE + timedelta(days=30)
    )
    after = PublicQuestionFactory(call=call, asked_at=CLOSE + timedelta(days=30))

    assert answer(before, at=CLOSE + timedelta(days=40)).pk
    with pytest.raises(CannotAnswer, match="antes de los resultados"):
        answer(after)


# Correcting


def test_a_correction_is_added_and_the_former_answer_stays(call):
    question = ask(call)
    first = answer(question)

    second = correct(question, at=NEXT_FRIDAY)

    row = asking.row(PublicQuestion.objects.with_answers().get())
    assert (row["answer"], row["former"]) == (second, [first])
    assert (second.number, second.reason) == (2, "Se leyó mal la regla.")
    question.refresh_from_db()
    assert (question.state, question.settled_at) == ("answered", TUESDAY)
    assert TrailEntry.objects.about(question).get(act="question.correct").note == "Se leyó mal la regla."
    assert notices_of(question.asked_by) == ["question.answered", "question.corrected"]


def test_whoever_corrects_must_have_read_the_answer_that_stands(call):
    question = ask(call)
    answer(question)
    correct(question)

    with pytest.raises(CannotAnswer, match="mientras tanto"):
        correct(question, "Depende.", corrects=1)
    assert question.answers.count() == 2


@pytest.mark.parametrize(
    ("changes", "field"), [({"reason": "  "}, "reason"), ({"text": "Sí, hasta una quinta parte."}, "text")]
)
def test_a_correction_says_why_and_changes_something(call, changes, field):
    question = ask(call)
    answer(question)

    with pytest.raises(CannotAnswer) as refused:
        correct(question, **changes)

    assert refused.value.field == field


def test_an_open_question_has_nothing_to_correct(call):
    with pytest.raises(CannotAnswer, match="no tiene respuesta"):
        correct(ask(call))


# Declining and joining


def test_a_declined_question_publishes_its_reason_and_never_its_text(call):
    question = ask(call, "¿Por qué la señora Pérez no fue admitida?")

    questions.decline(question, reason="Trata de una persona.", by=operator_of(call), at=TUESDAY)

    row = asking.row(asking.listed(call).get())
    assert (row["text"], row["question"].reason) == ("", "Trata de una persona.")
    assert list(asking.listed(call, q="pérez")) == []
    assert notices_of(question.asked_by) == ["question.declined"]
    assert "Trata de una persona." in Notice.objects.get().body


def test_declining_says_why(call):
    with pytest.raises(CannotAnswer) as refused:
        questions.decline(ask(call), reason=" ", by=operator_of(call), at=TUESDAY)

    assert refused.value.field == "reason"


def test_a_joined_question_stands_under_the_one_that_answers_it_and_both_are_told(call):
    answered, same = ask(call), ask(call, "¿La renta se paga?")
    answer(answered)

    questions.merge(same, answered, by=operator_of(call), at=TUESDAY)

    (row,) = [asking.row(one) for one in asking.listed(call)]
    assert (row["question"], row["joined"]) == (answered, ["¿La renta se paga?"])
    assert Notice.objects.get(to=same.asked_by).link == answered.get_absolute_url()
    correct(answered)
    assert notices_of(same.asked_by) == ["question.merged", "question.corrected"]


def test_a_question_joins_only_an_answered_one_of_its_call(call):
    question, open_one = ask(call), ask(call)
    elsewhere = ask(CallFactory(publication=call.publication, published=True))
    answer(elsewhere)
    elsewhere.refresh_from_db()

    for into in (None, open_one, question, elsewhere):
        with pytest.raises(CannotAnswer) as refused:
            questions.merge(question, into, by=operator_of(call), at=TUESDAY)
        assert refused.value.field == "into"


def test_in_a_call_that_ended_nothing_more_is_answered_nor_late(call):
    question = ask(call)
    Call.objects.filter(pk=call.pk).update(
        state=CallState.CANCELLED, ended_at=FRIDAY, ended_by=UserFactory(), ended_reason="R", ended_basis="B"
    )
    call.refresh_from_db()

    with pytest.raises(CannotAnswer, match="concluyó"):
        answer(question)
    assert asking.clock_of(call, now=CLOSE).waiting_late == 0
    assert list(questions_to_answer(operator_of(call))) == []
    assert question_notices.remind_of_late_answers(at=CLOSE) == []


# What the database keeps as it was


@pytest.mark.parametrize(
    "change",
    [
        lambda q: PublicQuestion.objects.filter(pk=q.pk).update(text="Otra"),
        lambda q: PublicQuestion.objects.filter(pk=q.pk).update(asked_by=UserFactory()),
        lambda q: PublicQuestion.objects.filter(pk=q.pk).update(due_on=date(2027, 1, 1)),
        lambda q: PublicQuestion.objects.filter(pk=q.pk).update(settled_at=CLOSE),
        lambda q: PublicQuestion.objects.filter(pk=q.pk).update(state="declined", reason="R"),
        lambda q: PublicAnswer.objects.filter(question=q).update(text="Otra"),
        lambda q: PublicAnswer.objects.filter(question=q).delete(),
        lambda q: PublicAnswerFactory(question=PublicQuestionFactory(call=q.call)),
        lambda q: PublicAnswerFactory(question=q, number=2, reason=""),
        lambda q: PublicQuestionFactory(
            call=q.call, state="merged", merged_into=PublicQuestionFactory(call=q.call),
            settled_at=TUESDAY, settled_by=UserFactory(),
        ),
        lambda q: PublicQuestionFactory(call=q.call, declined=True, reason=""),
        lambda q: [PublicQuestionFactory(call=q.call, asked_by=q.asked_by) for _press in range(2)],
    ],
)  # fmt: skip
def test_the_database_refuses_what_the_acts_never_do(call, change):
    question = ask(call)
    answer(question)

    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        change(question)


# The list and what looks alike


def test_every_word_is_looked_for_in_question_joined_question_and_present_answer(call):
    question = ask(call)
    answer(question, "Sí, la oficina.")
    same = ask(call, "¿Y el alquiler?")
    questions.merge(same, question, by=operator_of(call), at=TUESDAY)

    for words in ("renta", "RENTA oficina", "alquiler"):
        assert list(asking.listed(call, q=words)) == [question]
    correct(question, "No.")
    assert list(asking.listed(call, q="oficina")) == []


def test_what_looks_alike_is_of_the_same_call_and_answered(call):
    answered, _waiting = ask(call, "¿Se puede pagar la renta de la oficina?"), ask(call, "¿Pagan la renta?")
    answer(answered)
    elsewhere = ask(CallFactory(publication=call.publication, published=True), "¿Se puede pagar la renta?")
    answer(elsewhere)

    assert asking.alike_to(call, "¿Pagan la renta de una oficina?") == [answered]


# What the clock tells


@pytest.fixture
def writing(call):
    """An organization that is writing its application, and who represents it."""
    organization = OrganizationFactory()
    person = representative_of(organization)
    applications.start(call, organization, by=person, at=FRIDAY)
    return person


def test_who_is_writing_gets_one_digest_a_day(call, writing):
    answer(ask(call))
    answer(ask(call))

    question_notices.tell_of_new_answers(at=TUESDAY)
    answer(ask(call, at=TUESDAY))
    question_notices.tell_of_new_answers(at=TUESDAY + timedelta(hours=2))

    (told,) = Notice.objects.filter(to=writing)
    assert told.kind == "question.digest"
    assert "2 respuestas" in told.body
    question_notices.tell_of_new_answers(at=TUESDAY + timedelta(days=1))
    assert "1 respuesta." in Notice.objects.filter(to=writing).latest("pk").body


def test_who_asked_is_not_told_twice_and_who_sent_its_application_not_at_all(call, writing):
    answer(ask(call, by=writing))
    sent = ApplicationFactory(submitted=True)
    PublicAnswerFactory(question=PublicQuestionFactory(call=sent.call, answered=True))

    question_notices.tell_of_new_answers()

    assert not Notice.objects.filter(kind="question.digest").exists()


def test_after_the_close_there_is_no_digest(call, writing):
    answer(ask(call))

    assert question_notices.tell_of_new_answers(at=CLOSE) == []
    assert not PublicAnswer.objects.filter(digested_at=None).exists()


def test_the_desk_is_reminded_once_of_each_question_that_is_late(call):
    rita = operator_of(call)
    ask(call)

    question_notices.remind_of_late_answers(at=TUESDAY)
    assert notices_of(rita) == []
    for _day in range(2):
        question_notices.remind_of_late_answers(at=NEXT_FRIDAY)

    assert notices_of(rita) == ["question.late"]


def test_what_waits_is_a_duty_of_the_operator_until_the_day_of_the_first(call):
    rita, first = operator_of(call), ask(call)
    ask(call, at=TUESDAY)

    (duty,) = questions_to_answer(rita)

    assert "2 preguntas" in duty.what
    assert duty.until.date() == first.due_on
    for question in PublicQuestion.objects.all():
        answer(question)
    assert list(questions_to_answer(rita)) == []


@pytest.mark.parametrize("moment", [CLOSE - SECOND])
def test_the_cut_off_is_that_of_the_databases_clock(call, moment):
    """Without an explicit time the clock of the database decides, and it is long past this call."""
    with time_machine.travel(moment, tick=False), pytest.raises(CannotAsk):
        questions.ask(call, TEXT, by=UserFactory())
