"""What an organization reads of its result, on its page and on paper."""

import pytest
from django.urls import reverse

from documents.models import Rendering
from evaluations.actions import reviews
from evaluations.models import Assignment, Ruling
from evaluations.scorecards import margins, scorecard
from evaluations.tasks import render_letters
from jobs.models import Job
from tests.factories.evaluations import evaluation, fill

pytestmark = pytest.mark.django_db


def representative(application):
    return application.organization.body.memberships.get().user


def test_its_page_says_level_descriptor_justification_and_what_the_next_level_needs(client):
    played = evaluation("distribute")
    application = played.applications[0]
    played.score({application.pk: 1}).convene().open().vote().rule().close().release()
    client.force_login(representative(application))

    page = client.get(application.get_absolute_url()).text

    assert "Parcial." in page
    assert "Se ve en el punto 1." in page
    assert "Para alcanzar el siguiente nivel, Completo (40 puntos)" in page
    assert "nota mía" not in page


def test_its_page_says_nothing_before_the_release(client):
    played = evaluation("close")
    application = played.applications[0]
    client.force_login(representative(application))

    page = client.get(application.get_absolute_url()).text

    assert 'id="resultado"' not in page
    assert "Se ve en el punto" not in page


def test_the_letters_are_made_in_one_batch_that_may_run_twice():
    played = evaluation("release")

    render_letters(call=played.call.folio)
    first = list(Rendering.objects.filter(kind="ruling_letter").values_list("code", "document"))
    render_letters(call=played.call.folio)

    assert len(first) == 3
    assert all(document for _code, document in first)
    assert list(Rendering.objects.filter(kind="ruling_letter").values_list("code", "document")) == first
    assert Job.objects.filter(task="evaluations.render_letters").count() == 1


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        (
            "ruling_letter",
            ["Dictamen de la solicitud", "Motivos", "Fundamento legal", "cien mil pesos 00/100 M.N."],
        ),
        ("scorecard", ["Ficha de evaluación", "Se ve en el punto 2.", "Es el nivel más alto."]),
    ],
)
def test_letter_and_scorecard_read_as_they_must(kind, says):
    from pypdf import PdfReader

    played = evaluation("release")
    render_letters(call=played.call.folio)
    rendering = Rendering.objects.filter(kind=kind).first()

    with rendering.document.open() as file:
        text = " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())

    assert [words for words in says if words not in text] == []
    assert rendering.folio in text
    assert "nota mía" not in text


@pytest.mark.parametrize(("kind", "public"), [("results_list", True), ("session_minutes", True)])
def test_list_and_minutes_are_public_once_released(client, kind, public):
    evaluation("release")

    rendering = Rendering.objects.filter(kind=kind).current().get()

    assert rendering.is_public is public
    assert client.get(rendering.get_absolute_url()).status_code == 200


def test_a_letter_is_read_by_its_organization_and_not_by_another(client):
    played = evaluation("release")
    render_letters(call=played.call.folio)
    mine, other = played.applications[:2]
    letter = Rendering.objects.get(kind="ruling_letter", subject_id=mine.folio)

    answers = []
    for person in (representative(mine), representative(other)):
        client.force_login(person)
        answers.append(client.get(reverse("documents:rendering", args=[letter.code])).status_code)

    assert answers == [200, 404]


def test_the_minutes_stay_with_the_committee_until_the_release(client):
    played = evaluation("close")
    minutes = Rendering.objects.get(kind="session_minutes")

    answers = []
    for person in (played.chair, played.operator, representative(played.applications[0])):
        client.force_login(person)
        answers.append(client.get(minutes.get_absolute_url()).status_code)

    assert answers == [200, 404, 404]


def test_its_page_says_who_decided_how_far_it_was_and_what_each_next_level_would_add(client):
    played = evaluation("distribute")
    lower, *_others = played.applications
    played.score({lower.pk: 1}).convene().open().vote().rule().close().release()
    client.force_login(representative(lower))

    page = " ".join(client.get(lower.get_absolute_url()).text.split())

    assert "Lo decidió el comité dictaminador de la convocatoria en su sesión SES-" in page
    assert "Lugar 3 de 3 en la prelación" in page
    assert "El puntaje mínimo de las Reglas es de 70 puntos." in page
    assert "Faltaron 20.00 puntos para alcanzarlo." in page
    assert "El total más bajo que recibió apoyo es 100.00. Faltaron 50.00 puntos para igualarlo." in page
    assert "Daría 20.00 puntos más." in page
    assert [e.name for e in played.evaluators if e.name in page] == []


def test_a_mean_between_two_levels_reached_the_lower_one_and_says_what_the_rest_would_give():
    played = evaluation("distribute")
    application = played.applications[0]
    first, second = Assignment.objects.filter(application=application).order_by("pk")
    fill(first.review, 1)
    fill(second.review, 2)
    for assignment in (first, second):
        reviews.hand_in(assignment.review, by=assignment.evaluator)

    row = scorecard(application)[0]

    assert (row.points, row.reached.points, row.following.points, row.gain) == (30, 20, 40, 10)
    assert sorted(one.points for one in row.opinions) == [20, 40]


def test_where_nobody_was_awarded_there_is_no_cut_off():
    played = evaluation("distribute")
    played.score({a.pk: 0 for a in played.applications}).convene().open().vote().rule().close().release()

    found = margins(Ruling.objects.get(application=played.applications[0]))

    assert (found.cut_off, found.to_cut_off, found.ranked) == (None, 0, 3)
    assert found.to_pass == found.pass_mark - found.total
