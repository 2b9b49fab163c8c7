"""What an organization reads of its result, on its page and on paper."""

import pytest
from django.urls import reverse

from documents.models import Rendering
from evaluations.tasks import render_letters
from jobs.models import Job
from tests.factories.evaluations import evaluation

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
