"""Each check of a practice on data that meet it, and on the same data with one thing taken away."""

from datetime import date

import pytest

from programs import practice_checks
from programs.contents import Contents
from programs.models import (
    CommitteeSeat,
    Contact,
    Criterion,
    CriterionLevel,
    DisseminationAction,
    FeedbackWindow,
    Milestone,
    MilestoneCode,
    ParticipationMechanism,
    Requirement,
    ScoringRule,
    TrainingSession,
)
from programs.practice_checks import Result


def says(*rows):
    by_model = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row)
    return Contents(edition=None, texts=[], rows_by_model=by_model)


def found(code, *rows):
    return practice_checks.run(says(*rows))[code]


def document(stage, **other):
    said = {
        "stage": stage, "name": "Acta", "delivery": "electronic", "form": "copy", "signature": "none",
        "deadline": "Al cierre", "file_format": "PDF", "quantity": 1, "received_by": "Oficialía de partes",
    }  # fmt: skip
    return Requirement(**(said | other))


def seat(**other):
    return CommitteeSeat(
        **({"kind": "chair", "name": "Titular", "chosen_by": "Cargo", "powers": "Vota"} | other)
    )


def criterion(key, weight, **other):
    return Criterion(key=key, name=key, weight=weight, **other)


def level(key):
    return CriterionLevel(criterion_key=key, points=10, label="Completo", descriptor="Lo describe todo.")


SELECTION = [
    criterion("a", 60, favours_priority_groups=True, tie_break=1), criterion("b", 40), level("a"), level("b"),
    ScoringRule(pass_mark=70),
]  # fmt: skip


def milestones(**changed):
    for month, code in enumerate(MilestoneCode, start=1):
        side = "cso" if code == "documents_delivered" else "agency"
        yield Milestone(**({"code": code, "side": side, "on": date(2026, month, 1)} | changed.get(code, {})))


def dissemination(**other):
    said = {"medium": "Radio", "on": date(2026, 3, 1), "place": "Jalisco", "audience": "OSC"}
    return DisseminationAction(**(said | {"language_or_format": "Español y lengua de señas"} | other))


ADVICE = [
    Contact(purpose="advice", channel=channel, value="x") for channel in ("phone", "email", "address", "web")
]
WINDOW = {
    "after": "results_published",
    "days": 5,
    "unit": "business",
    "answer_days": 3,
    "answer_unit": "business",
}
CONSULTED = ParticipationMechanism(kind="consultation", name="Taller anual")
CONTROL = ParticipationMechanism(kind="social_control", name="Comité de contraloría social")

MET = {
    "GP-01": [Contact(purpose="internal_control", channel="phone", value="33 0000 0000")],
    "GP-02": [FeedbackWindow(**WINDOW)],
    "GP-03": [seat(), seat(kind="member", name="Academia")],
    "GP-04": [TrainingSession(name="Comprobación", need="Formulario", on=date(2026, 5, 1))],
    "GP-05": [document("application")],
    "GP-06": [document("payment")],
    "GP-07": [document("verification")],
    "GP-08": SELECTION,
    "GP-09": list(milestones()),
    "GP-10": ADVICE[:3],
    "GP-11": [dissemination()],
    "GP-12": [CONSULTED, CONTROL],
}

NOT_MET = [
    ("GP-01", []),
    ("GP-01", [Contact(purpose="advice", channel="phone", value="1")]),
    ("GP-01", [Contact(purpose="internal_control", channel="web", value="https://ejemplo.mx")]),
    ("GP-02", []),
    ("GP-02", [FeedbackWindow(**(WINDOW | {"answer_days": 0}))]),
    ("GP-03", []),
    ("GP-03", [seat(), seat(powers=" ")]),
    ("GP-03", [seat(chosen_by="")]),
    ("GP-04", [TrainingSession(name="Comprobación", need="Formulario")]),
    ("GP-04", [TrainingSession(name="Comprobación", need="", on=date(2026, 5, 1))]),
    ("GP-05", []),
    ("GP-05", [document("payment")]),
    ("GP-05", [document("application"), document("application", signature="")]),
    ("GP-05", [document("application", file_format="")]),
    ("GP-06", [document("payment", quantity=None)]),
    ("GP-07", [document("verification", received_by="")]),
    ("GP-08", []),
    ("GP-08", [row for row in SELECTION if not isinstance(row, ScoringRule)]),
    ("GP-08", [row for row in SELECTION if getattr(row, "criterion_key", "") != "b"]),
    ("GP-08", [*SELECTION, criterion("c", 1), level("c")]),
    ("GP-09", list(milestones())[:-1]),
    ("GP-09", list(milestones(ruling={"on": date(2026, 1, 2)}))),
    ("GP-09", list(milestones(documents_delivered={"side": "agency"}))),
    ("GP-09", list(milestones(ruling={"on": None, "days": 3, "unit": "business", "after": "ruling"}))),
    ("GP-10", []),
    ("GP-10", [ADVICE[0], ADVICE[0], ADVICE[1]]),
    ("GP-11", []),
    ("GP-11", [dissemination(), dissemination(place="")]),
    ("GP-12", [CONSULTED]),
    ("GP-12", [CONTROL]),
]


def test_every_practice_of_the_checklist_has_a_check():
    assert list(practice_checks.run(says())) == [f"GP-{number:02}" for number in range(1, 13)]


@pytest.mark.parametrize("code", MET)
def test_data_that_show_a_practice_are_found_and_told(code):
    finding = found(code, *MET[code])

    assert finding.result == Result.MET, finding.words
    assert finding.words


@pytest.mark.parametrize(("code", "rows"), NOT_MET)
def test_data_that_do_not_show_it_say_what_they_lack(code, rows):
    finding = found(code, *rows)

    assert finding.result == Result.NOT_MET
    assert finding.words


def test_a_program_that_trains_nobody_cannot_be_judged_by_its_data():
    assert found("GP-04").result == Result.UNKNOWN


def test_selection_names_what_it_lacks():
    words = found("GP-08", criterion("a", 90), level("a"), ScoringRule(pass_mark=70)).words

    assert "90" in words
    assert words.count(",") >= 2


def test_the_digital_share_is_told():
    paper = document("application", delivery="physical", file_format="")

    finding = found("GP-05", document("application"), paper)

    assert finding.result == Result.MET
    assert "1 " in finding.words
    assert "2" in finding.words
