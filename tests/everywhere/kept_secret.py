"""The secrets of quality.md S3: what two worlds differ in, who may know it, and of whom the look is asked.

Each is played twice from the same point of the world of ``evaluated``, by the portal's own acts where an act
can do it. Whoever is asked and is not named under ``known_to`` must see no difference.
"""

from dataclasses import dataclass
from itertools import combinations

from django.utils import timezone

from calls.actions import answers, applications, documents, organizations, withdrawing
from calls.folding import fold
from calls.models import Application, Barred, Call, ReadingRight
from evaluations import drawing
from evaluations.actions import reviews
from evaluations.models import Assignment
from rop_portal.demo import calls as demo
from rop_portal.demo.papers import paper
from tests.everywhere import evaluated

EVALUATORS = ["reader", "other_reader", "unassigned"]
OF_AN_APPLICANT = ("organization", "started_by", "submitted_by")


@dataclass(frozen=True)
class Secret:
    """What is done in one world and in the other, who is asked, and who of them may notice."""

    one: object
    other: object
    asked: list
    known_to: object


def nothing(made):
    """The world as it is."""


# An evaluator's identity, and another's score ------------------------------------------------------------


def swap_evaluators(made):
    """Two evaluators change files, with the rights that go with them; each has as many as before."""
    one, other = pair_of(made)
    for assignment, person in ((one, other.evaluator), (other, one.evaluator)):
        right = ReadingRight.objects.filter(user=assignment.evaluator, application=assignment.application)
        right.update(user=person)
        Assignment.objects.filter(pk=assignment.pk).update(evaluator=person)


def pair_of(made):
    """Two files that are being scored, each by somebody who has not the other one and may have it."""
    held = drawing.holders_of(made.scoring.call)
    drafts = Assignment.objects.of_call(made.scoring.call).filter(review__state="draft")
    return next(
        (one, other)
        for one, other in combinations(drafts.select_related("evaluator").order_by("pk"), 2)
        if other.evaluator_id not in held[one.application_id]
        and one.evaluator_id not in held[other.application_id]
        and not Barred.objects.filter(
            user__in=[one.evaluator, other.evaluator], application__in=[one.application, other.application]
        ).exists()
    )


def those_of_the_pair(made):
    users = [assignment.evaluator for assignment in pair_of(made)]
    return {who for who, user in made.people.items() if user in users}


def hand_in(made, level, text):
    """Somebody else's review of A comes in: what it gives and why is its author's alone."""
    review = evaluated.review_of(made.scoring, made.people["other_reader"])
    evaluated.write(review, text, f"Nota: {text}", level)
    reviews.hand_in(review, by=made.people["other_reader"])


# The applicant in the blind phase -------------------------------------------------------------------------


def swap_applicants(made):
    """B and C change files: who is behind which, and nothing of what the files say."""
    pair = made.scoring.applications[1:]
    theirs = {one.pk: {name: getattr(one, name) for name in OF_AN_APPLICANT} for one in pair}
    Application.objects.filter(pk=pair[0].pk).update(ordinal=2)  # once for each organization and ordinal
    for one, other in (pair[::-1], pair):
        text = fold(f"{one.folio} {other.organization} {one.project_title}")
        Application.objects.filter(pk=one.pk).update(**theirs[other.pk], folded=text)
    Application.objects.filter(pk=pair[0].pk).update(ordinal=1)


# What an application says while its call is open ----------------------------------------------------------


def begin_in_the_open_call(made):
    """A, B and C begin an application each to the call that is open today."""
    call = Call.objects.open(at=timezone.now()).get()
    for organization, mark in zip(made.applicants, "XYZ", strict=True):
        by = demo.representative_of(organization)
        when = {"by": by, "at": timezone.now()}
        begun = applications.start(call, organization, modality=demo.Published.of(call).modality, **when)
        made.begun.append(begun)
        answers.save_project(begun, {"project_title": answers.Typed(f"Empezadura{mark}")}, **when)
        made.words[f"begun {mark}"] = f"Empezadura{mark}"


def go_on(made, *, unsent, sent):
    """A goes on with its draft, C hands in and withdraws, B hands in; each number says another thing."""
    _write(made, 0, unsent)
    withdrawn, when = _write(made, 2, unsent)
    applications.submit(withdrawn, **when)
    withdrawing.withdraw(withdrawn, reason="Ya no.", **when)
    handed_in, when = _write(made, 1, sent)
    applications.submit(handed_in, **when)


def all_go_on(made):
    go_on(made, unsent=2, sent=2)


def _write(made, place, number):
    """Title, amount, budget, answers and files, all by ``number``."""
    begun = made.begun[place]
    published, when = demo.Published.of(begun.call), {"by": begun.started_by, "at": timezone.now()}
    answers.save_eligibility(begun, {rule.key: rule.right_answer for rule in published.rules}, **when)
    answers.save_project(begun, demo.project(begun.organization, number, published.modality), **when)
    answers.save_answers(begun, demo.said(begun.call, number, published.questions), **when)
    answers.save_budget(begun, demo.budget(number, published), **when)
    issued_on = timezone.now().date() - demo.RECENT
    for requirement in published.requirements:
        dated = {"issued_on": issued_on if requirement.document_kind else None}
        documents.supply(begun, requirement, paper(f"{requirement.name} {number}"), **dated, **when)
    return begun, when


# Bank data ------------------------------------------------------------------------------------------------


def open_account(made):
    """A is paid at another bank."""
    body = f"646180{64:011d}"
    clabe = body + demo.clabe_check_digit(body)
    organizations.update(made.applicants[0], clabe=clabe, by=made.people["representative"])


SECRETS = {
    # Those whose file it is, who coordinates, and every evaluator: two of them change, a third does not
    "an evaluator's identity": Secret(
        nothing,
        swap_evaluators,
        asked=["anonymous", "representative", *EVALUATORS, "chair", "operator", "auditor"],
        known_to=those_of_the_pair,
    ),
    # Whom it would sway: who reads the same file and has scored it; the applicant; who decides later
    "another's score": Secret(
        lambda made: hand_in(made, -1, "Lo desarrolla por completo."),
        lambda made: hand_in(made, 0, "No hay elementos."),
        asked=["anonymous", "representative", "reader", "other_reader", "chair", "operator", "auditor"],
        known_to=lambda made: {"other_reader"},
    ),
    # Whoever scores or decides; the desk that admitted it and the comptroller read it by its name
    "the applicant behind a file": Secret(
        nothing,
        swap_applicants,
        asked=["anonymous", "representative", "reader", "unassigned", "chair", "operator", "auditor"],
        known_to=lambda made: {"operator", "auditor"},
    ),
    # The applicant it is about, the other ones, and who worked on it without deciding
    "a pending ruling": Secret(
        lambda made: evaluated.decide(made, "award"),
        lambda made: evaluated.decide(made, "not_awarded"),
        asked=[
            "anonymous",
            "representative",
            "other_representative",
            "reader",
            "operator",
            "auditor",
            "chair",
        ],
        known_to=lambda made: {"chair"},
    ),
    # Competitors, and the desk (the outsider works at it) and the comptroller, who read what is handed in
    "what a draft or a withdrawn application says": Secret(
        all_go_on,
        lambda made: go_on(made, unsent=3, sent=2),
        asked=["anonymous", "representative", "other_representative", "reader", "outsider", "auditor"],
        known_to=lambda made: {"representative"},
    ),
    # Competitors, who may score it one day, the desk of another agency; its own desk checks what comes in
    "what was handed in to an open call": Secret(
        all_go_on,
        lambda made: go_on(made, unsent=2, sent=3),
        asked=["anonymous", "representative", "other_representative", "reader", "operator", "auditor"],
        known_to=lambda made: {"other_representative", "auditor"},
    ),
    # Its competitors, and who scores or decides; the desk and the comptroller find who is paid twice by it
    "bank data": Secret(
        nothing,
        open_account,
        asked=[
            "anonymous",
            "representative",
            "other_representative",
            "reader",
            "chair",
            "operator",
            "auditor",
        ],
        known_to=lambda made: {"representative", "operator", "auditor"},
    ),
}
