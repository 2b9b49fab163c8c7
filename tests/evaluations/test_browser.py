"""The evaluation in a real browser: accessible, whole at 360 pixels, kept as one types."""

import pytest

from evaluations.models import Assignment
from tests.axe import assert_accessible
from tests.browser import DESK, PHONE
from tests.factories.evaluations import evaluation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    ("distribute", "evaluator", "scoring"),
    ("distribute", "evaluator", "board"),
    ("appoint", "evaluator", "declare"),
    ("distribute", "operator", "coordination"),
    ("score", "secretary", "ranking"),
    ("vote", "chair", "session"),
    ("vote", "chair", "file"),
    ("close", "head", "release"),
    ("release", None, "results"),
    ("release", None, "committee"),
]


def path_of(played, page):
    folio, session = played.call.folio, played.session and played.session.folio
    mine = Assignment.objects.filter(evaluator=played.evaluators[0]).first()
    return {
        "scoring": mine and mine.get_absolute_url(),
        "board": "/evaluacion/",
        "declare": f"/evaluacion/convocatoria/{folio}/declaracion/",
        "coordination": f"/evaluacion/convocatoria/{folio}/",
        "ranking": f"/evaluacion/convocatoria/{folio}/prelacion/",
        "session": f"/sesiones/{session}/",
        "file": f"/sesiones/{session}/1/",
        "release": f"/evaluacion/convocatoria/{folio}/publicacion/",
        "results": f"/resultados/{folio}/",
        "committee": f"/convocatorias/{folio}/comite/",
    }[page]


def person_of(played, who):
    people = {
        "evaluator": played.evaluators[0], "operator": played.operator, "secretary": played.secretary,
        "chair": played.chair, "head": played.head,
    }  # fmt: skip
    return people.get(who)


@pytest.mark.parametrize(("until", "who", "page"), PAGES, ids=[row[2] for row in PAGES])
def test_the_pages_of_the_evaluation_are_accessible(open_page, until, who, page):
    played = evaluation(until)
    path, person = path_of(played, page), person_of(played, who)

    assert_accessible(open_page(path, user=person, width=PHONE))
    assert_accessible(open_page(path, user=person, width=DESK, language="en"))


def test_what_an_evaluator_types_is_kept_by_itself(open_page):
    played = evaluation("distribute")
    mine = Assignment.objects.filter(evaluator=played.evaluators[0]).first()
    page = open_page(mine.get_absolute_url(), user=played.evaluators[0], width=PHONE)

    page.locator("#reason-diagnostico").fill("El diagnóstico cita fuentes.")
    page.locator("[data-autosave-stamp][data-state=saved]").wait_for(timeout=15_000)

    assert (
        mine.review.scores.get(criterion__key="diagnostico").justification == "El diagnóstico cita fuentes."
    )
