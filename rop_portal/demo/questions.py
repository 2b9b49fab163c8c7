"""Fictional public questions about the calls of the demonstration, through the acts that ask and answer."""

from datetime import date, timedelta

from calls.actions import questions
from rop_portal.demo.people import who
from rop_portal.demo.reading import read
from rop_portal.demo.rules import Staff, at


def of_the_past(call):
    """Three answered, one of them corrected, one joined to another and one left without answer."""
    told, desk = read("questions")["past"], Staff.of(call.publication.edition.program).operator
    clauses = {one.slug: one for one in questions.clauses(call)}
    asked = []
    for number, entry in enumerate(told["answered"]):
        day = date(2025, 3, 4) + timedelta(days=number)
        question = questions.ask(call, entry["question"], by=_asker(number), at=at(day, 10, number))
        clause = clauses.get(entry["clause"])
        moment = at(day + timedelta(days=1 + number % 2), 12, number)
        questions.answer(question, entry["answer"], by=desk, component=clause, at=moment)
        asked.append(question)
    questions.correct(
        asked[0], told["correction"]["answer"], corrects=1, reason=told["correction"]["reason"],
        component=clauses.get(told["correction"]["clause"]), by=desk, at=at(date(2025, 3, 10), 11),
    )  # fmt: skip
    same = questions.ask(call, told["same"], by=_asker(1), at=at(date(2025, 3, 11), 9))
    questions.merge(same, asked[1], by=desk, at=at(date(2025, 3, 11), 13))
    other = questions.ask(call, told["declined"]["question"], by=_asker(0), at=at(date(2025, 3, 12), 9))
    questions.decline(other, reason=told["declined"]["reason"], by=desk, at=at(date(2025, 3, 14), 9))


def of_today(call, today):
    """One answered and one that waits."""
    told, desk = read("questions")["today"], Staff.of(call.publication.edition.program).operator
    first = questions.ask(
        call, told["answered"]["question"], by=_asker(1), at=at(today - timedelta(days=5), 10)
    )
    questions.answer(first, told["answered"]["answer"], by=desk, at=at(today - timedelta(days=2), 12))
    questions.ask(call, told["waiting"], by=_asker(0), at=at(today - timedelta(days=1), 16))


def _asker(number):
    """The one who drafts for the first organization, or who represents the second."""
    return who("drafter") if number % 2 == 0 else who("org02")
