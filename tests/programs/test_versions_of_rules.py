"""The Rules as they were on any day: versions, what each amendment changed, its booklet and its data."""

import io
import json
from datetime import date

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from documents import renderings
from documents.models import Rendering
from programs.models import Edition
from tests.factories.programs import EditionFactory, begin_amendment, people_of, publish, publish_amendment
from tests.harness.taped import taped
from tests.programs.test_amendments import change

pytestmark = pytest.mark.django_db
REASONS = {1: "Cambió el presupuesto del Estado.", 2: "Se corrigió el monto autorizado."}


@pytest.fixture
@taped
def edition():
    """Published on 9 January, amended from 20 May and again from 1 August."""
    edition = publish(EditionFactory(complete=True)).edition
    begin_amendment(edition, reason=REASONS[1])
    change(edition, html="<p>Texto de mayo.</p>", authorized=2_000_000)
    publish_amendment(edition)
    begin_amendment(edition, reason=REASONS[2])
    change(edition, html="<p>Texto de agosto.</p>", authorized=3_000_000)
    publish_amendment(edition, in_force_from=date(2026, 8, 1))
    return Edition.objects.get(pk=edition.pk)


def page(client, edition, name="edition", *args, **asked):
    address = reverse(f"programs:{name}", args=[edition.program.code, edition.fiscal_year, *args])
    return client.get(address, asked)


@pytest.mark.parametrize(
    ("day", "text", "amount"),
    [
        ("2026-01-09", "Texto del componente.", "$1,000,000.00"),
        ("2026-05-19", "Texto del componente.", "$1,000,000.00"),
        ("2026-05-20", "Texto de mayo.", "$2,000,000.00"),
        ("2026-07-31", "Texto de mayo.", "$2,000,000.00"),
        ("2026-08-01", "Texto de agosto.", "$3,000,000.00"),
    ],
)
def test_the_text_and_the_data_of_any_day(client, edition, day, text, amount):
    shown = page(client, edition, al=day).text

    clause = shown[shown.index('id="basic-info"') :].split("</article>")[0]
    assert text in clause
    assert amount in clause


@pytest.mark.parametrize(
    ("today", "text", "said"),
    [
        ("2026-01-05", "Texto del componente.", "Este texto aún no está en vigor"),
        ("2026-06-01", "Texto de mayo.", "con la modificación que se le hizo"),
        ("2026-09-01", "Texto de agosto.", "con las 2 modificaciones que se le hicieron"),
    ],
)
def test_without_a_day_the_text_in_force_today_is_read(client, edition, today, text, said):
    with time_machine.travel(today + " 18:00"):
        shown = page(client, edition).text

    assert text in shown
    assert said in shown


def test_a_text_that_is_no_longer_in_force_says_when_it_was(client, edition):
    shown = page(client, edition, al="2026-06-01").text

    assert "estuvo en vigor del 20 de mayo de 2026 al 31 de julio de 2026" in shown


def test_a_day_before_the_rules_shows_their_first_text_and_says_so(client, edition):
    shown = page(client, edition, al="2025-12-31").text

    assert "El 31 de diciembre de 2025 estas Reglas aún no estaban en vigor" in shown
    assert "Texto del componente." in shown


def test_a_day_that_is_none_is_told_at_its_field(client, edition):
    answer = page(client, edition, al="ayer")

    assert answer.status_code == 200
    assert "id_al_error" in answer.text


def test_the_versions_say_number_reason_citation_and_when_they_are_in_force(client, edition):
    shown = page(client, edition).text

    assert all(reason in shown for reason in REASONS.values())
    assert "Con la modificación 2" in shown
    assert "del 9 de enero de 2026 al 19 de mayo de 2026" in shown
    assert "tomo CDXI, número 30" in shown


@pytest.mark.parametrize("version", ["3", "uno", "-1"])
def test_a_version_that_is_not_there_does_not_exist(client, edition, version):
    assert page(client, edition, version=version).status_code == 404
    assert page(client, edition, "edition_json", version=version).status_code == 404
    assert page(client, edition, "edition_pdf", version=version).status_code == 404


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_data_of_each_version_are_its_frozen_bytes(client, edition, number):
    kept = edition.publications.get(number=number)

    answer = page(client, edition, "edition_json", version=number)

    assert answer.content == kept.snapshot.encode()
    assert answer["X-Content-SHA256"] == kept.sha256


def test_the_data_of_a_day_are_those_in_force_on_it(client, edition):
    document = json.loads(page(client, edition, "edition_json", al="2026-06-01").content)

    assert document["publication"]["amendment"] == {"number": 1, "reason": REASONS[1]}


def test_an_amendment_says_why_by_which_gazette_and_what_it_changed(client, edition):
    shown = page(client, edition, "amendment", 1).text

    assert REASONS[1] in shown
    assert "tomo CDXI, número 30" in shown
    assert "$1,000,000.00" in shown.split("<del>")[1]
    assert "$2,000,000.00" in shown.split("<ins>")[1]
    assert "mayo" in shown
    assert "agosto" not in shown.split('id="cambios"')[1]
    assert shown.count('class="clause diff"') == 1


@pytest.mark.parametrize("number", [0, 3])
def test_an_amendment_that_is_not_there_does_not_exist(client, edition, number):
    assert page(client, edition, "amendment", number).status_code == 404


def test_an_amendment_under_way_is_not_seen_by_the_public(client, edition):
    begin_amendment(edition, reason="Secreta por ahora.")
    change(edition, html="<p>Texto secreto.</p>")

    assert page(client, edition, "amendment", 3).status_code == 404
    for day in ("2026-06-01", "2030-01-01"):
        shown = page(client, edition, al=day).text
        assert "secreto" not in shown
        assert "Secreta por ahora" not in shown


def text_of_booklet(code):
    rendering = Rendering.objects.get(kind="booklet", subject_id=code)
    with renderings.render(rendering).open() as file:
        return " ".join(" ".join(p.extract_text() for p in PdfReader(io.BytesIO(file.read())).pages).split())


def test_each_booklet_holds_the_text_of_its_version(client, edition):
    first, second = text_of_booklet(edition.code), text_of_booklet(f"{edition.code}-M1")

    assert "Texto de mayo." in second
    assert REASONS[1] in second
    assert "Modificación 1" in second
    assert "Texto de mayo." not in first
    assert "Modificación" not in first


def test_old_booklets_are_verified_as_superseded_and_the_last_as_valid(client, edition):
    said = {}
    for number in (0, 1, 2):
        code = edition.publications.get(number=number).code
        text_of_booklet(code)
        rendering = Rendering.objects.get(kind="booklet", subject_id=code)
        said[number] = client.get(reverse("documents:verification", args=[rendering.code])).context["answer"]

    assert said == {0: "superseded", 1: "superseded", 2: "valid"}


def test_each_version_gives_its_own_booklet_and_an_old_one_asked_for_again_stays_superseded(client, edition):
    old = Rendering.objects.get(kind="booklet", subject_id=edition.code)
    answer = page(client, edition, "edition_pdf", version=0)
    assert old.code in answer.url
    Rendering.objects.filter(kind="booklet", subject_id=edition.code).delete()

    address = reverse("programs:edition_pdf", args=[edition.program.code, edition.fiscal_year])
    client.post(f"{address}?version=0")

    again = Rendering.objects.get(kind="booklet", subject_id=edition.code)
    assert again.superseded_by == Rendering.objects.get(subject_id=f"{edition.code}-M2")


def test_the_page_costs_the_same_for_two_amendments_as_for_none(client, edition, django_assert_num_queries):
    alone = publish(EditionFactory(complete=True)).edition
    assert edition.program.code != alone.program.code

    with django_assert_num_queries(10):
        page(client, alone)
    with django_assert_num_queries(10):
        page(client, edition)


# The screens on which an amendment is written


def desk(edition):
    return reverse("programs:draft_amendment", args=[edition.code])


@pytest.fixture
@taped
def published():
    return publish(EditionFactory(complete=True)).edition


def test_an_editor_begins_an_amendment_changes_it_and_sees_what_changes(client, published):
    client.force_login(people_of(published).editor)
    assert "Iniciar la modificación" in client.get(desk(published)).text

    answer = client.post(desk(published), {"act": "start", "start-reason": REASONS[1]})
    assert answer.url == desk(published)
    assert "Todavía no ha cambiado nada" in client.get(desk(published)).text
    change(published)

    shown = client.get(desk(published)).text
    assert REASONS[1] in shown
    assert "$2,000,000.00" in shown.split("<ins>")[1]


def test_a_reason_that_is_missing_is_told_at_its_field_and_nothing_begins(client, published):
    client.force_login(people_of(published).editor)

    answer = client.post(desk(published), {"act": "start", "start-reason": " "})

    assert answer.status_code == 422
    assert "id_start-reason_error" in answer.text
    assert not published.amendments.exists()


def test_an_amendment_is_withdrawn_with_its_reason(client, published):
    begin_amendment(published)
    client.force_login(people_of(published).editor)

    client.post(desk(published), {"act": "withdraw", "withdraw-reason": "Ya no hace falta."})

    assert published.amendments.get().state == "withdrawn"


def test_the_reason_is_written_again(client, published):
    begin_amendment(published)
    client.force_login(people_of(published).editor)

    client.post(desk(published), {"act": "explain", "explain-reason": "Otra razón."})

    assert published.amendments.get().reason == "Otra razón."


@pytest.mark.parametrize("role", ["legal", "operator", "head"])
def test_the_agency_reads_the_amendment_and_only_its_editor_writes_it(client, published, role):
    begin_amendment(published)
    client.force_login(getattr(people_of(published), role))

    assert client.get(desk(published)).status_code == 200
    assert client.post(desk(published), {"act": "withdraw", "withdraw-reason": "x"}).status_code == 403


def test_the_studio_writes_an_amendment_as_it_writes_a_draft(client, published):
    client.force_login(people_of(published).editor)
    studio = reverse("programs:draft_component", args=[published.code, "basic-info"])
    assert "<textarea" not in client.get(studio).text
    begin_amendment(published)

    shown = client.get(studio).text

    assert "<textarea" in shown
    assert "Modificación 1" in shown


@pytest.mark.parametrize("role", ["budget", "auditor", "assessor"])
def test_who_reviews_sees_an_amendment_once_it_is_sent(client, published, role):
    from programs.actions import signoff

    begin_amendment(published)
    change(published)
    client.force_login(getattr(people_of(published), role))
    assert client.get(desk(published)).status_code == 404

    signoff.send(Edition.objects.get(pk=published.pk), by=people_of(published).editor)

    assert client.get(desk(published)).status_code == 200
