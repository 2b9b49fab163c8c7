"""The screens of comparison: a draft beside what is published, two published editions, the explanation."""

import pytest
from django.urls import reverse

from accounts.models import TrailEntry
from programs import comparing
from programs.actions import blocks, drafting, explanations
from programs.models import FeedbackWindow, Requirement
from tests.factories.accounts import UserFactory
from tests.factories.programs import EditionFactory, ProgramFactory, people_of, publish
from tests.programs.comparison.frozen import clause, document

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return ProgramFactory()


@pytest.fixture
def last_year(program):
    return EditionFactory(program=program, fiscal_year=2025, published=True)


@pytest.fixture
def draft(program, last_year):
    """This year's draft: feedback in 3 days instead of 10, an original more, a word of the text changed."""
    edition = EditionFactory(program=program, complete=True)
    editor = people_of(edition).editor
    blocks.change(FeedbackWindow.objects.of_draft(edition).get(), by=editor, days=3)
    blocks.change(
        Requirement.objects.of_draft(edition).get(key="acta"), by=editor, form="original", file_format="X"
    )
    text = edition.texts.get(component__slug="legal-basis")
    drafting.save_text(text, html="<p>Texto nuevo del componente.</p>", version=text.version, by=editor)
    return edition


def page_of(edition):
    return reverse("programs:draft_comparison", args=[edition.code])


def read(client, edition, **query):
    client.force_login(people_of(edition).editor)
    return client.get(page_of(edition), query).text


def test_a_draft_is_compared_with_last_year_data_first_and_says_what_weighs_more(client, draft):
    page = read(client, draft)

    places = [
        page.index(words)
        for words in ("Qué cambió en los datos", "Días para pedirla", "Qué cambió en el texto")
    ]
    assert places == sorted(places)
    assert "Hay menos tiempo para pedir las razones." in page
    assert "Se pide el original donde bastaba una copia, o se piden ambos." in page
    assert '[agregado: </span>nuevo<span class="visually-hidden">]</span></ins>' in page


def test_the_filter_leaves_only_what_weighs_more(client, draft):
    page = read(client, draft, carga="mas")

    assert ("Días para pedirla" in page, "Original o copia" in page) == (True, True)
    assert ("<br>Formato" in page, "Qué cambió en el texto" in page) == (False, False)


def test_the_burden_stands_beside_last_year(client, draft):
    page = read(client, draft)

    assert "Lo que los requisitos piden a una organización" in page
    assert page.index("Esta edición") < page.index("La anterior")


def test_another_program_can_be_chosen(client, draft):
    sibling = EditionFactory(published=True)

    assert f"({sibling.code})" in read(client, draft, con=sibling.code)


@pytest.mark.parametrize("kind", ["draft", "nothing"])
def test_an_edition_that_is_not_published_cannot_be_compared_with(client, draft, kind):
    code = EditionFactory(complete=True).code if kind == "draft" else "ROP-X"
    client.force_login(people_of(draft).editor)

    assert client.get(page_of(draft), {"con": code}).status_code == 404


def test_the_model_text_of_the_guide_is_compared_where_there_is_one(client, draft):
    assert 'value="guia"' not in read(client, draft)
    draft.guide.components.filter(slug="legal-basis").update(model_text="<p>Texto modelo del componente.</p>")

    page = read(client, draft, con="guia")

    assert 'value="guia" selected' in page
    assert "[quitado: </span>modelo<span" in page
    assert ("[agregado: </span>nuevo<span" in page, "No cambió ningún dato." in page) == (True, True)


def test_with_nothing_published_the_page_says_what_is_missing(client):
    assert "Todavía no hay con qué comparar" in read(client, EditionFactory(complete=True))


def test_who_does_not_see_the_draft_does_not_see_its_comparison(client, draft):
    client.force_login(UserFactory())

    assert client.get(page_of(draft)).status_code == 404


def test_the_second_time_nothing_is_compared(client, draft, monkeypatch):
    read(client, draft)
    monkeypatch.setattr(comparing, "compare", None)

    assert "Hay menos tiempo para pedir las razones." in read(client, draft)


def test_each_language_has_its_comparison(client, draft):
    read(client, draft)
    client.cookies["django_language"] = "en"

    assert "There is less time to ask for the reasons." in client.get(page_of(draft)).text


@pytest.mark.parametrize("count", [1, 12])
def test_the_page_costs_the_same_with_one_program_as_with_twelve(
    client, draft, count, django_assert_max_num_queries
):
    for _number in range(count):
        EditionFactory(published=True)
    read(client, draft)

    with django_assert_max_num_queries(12):
        client.get(page_of(draft))


# Published


def public_page(edition):
    return reverse("programs:edition_comparison", args=[edition.program.code, edition.fiscal_year])


def test_anybody_compares_two_published_editions(client, draft, last_year):
    publish(draft)

    page = client.get(public_page(draft), {"con": last_year.code}).text

    assert "Hay menos tiempo para pedir las razones." in page
    assert f'href="{public_page(draft)}"' in client.get(draft.get_absolute_url()).text


def test_the_way_back_turns_more_into_less(client, draft, last_year):
    publish(draft)

    page = client.get(public_page(last_year), {"con": draft.code}).text

    assert "Hay más tiempo para pedir las razones." in page


def test_a_draft_has_no_public_comparison(client, draft):
    assert client.get(public_page(draft)).status_code == 404


def test_the_public_page_says_the_burden_in_a_line(client, last_year):
    page = client.get(last_year.get_absolute_url()).text

    assert "4 documentos, 0 visitas, 0 originales, 4 copias, 0 firmas, 0 horas" in page
    assert "4 documentos no dicen horas." in page


# The explanation of changes


def explain(client, edition, who, **typed):
    client.force_login(who)
    address = reverse("programs:draft_explain", args=[edition.code])
    return client.post(address, {"seen": "", "text": "Pedimos el original porque…"} | typed)


def test_the_explanation_is_kept_with_its_act_and_published_with_the_rules(client, draft):
    answer = explain(client, draft, people_of(draft).editor)
    draft.refresh_from_db()
    publish(draft)

    assert answer.status_code == 302
    assert TrailEntry.objects.about(draft).filter(act="edition.explain").count() == 1
    for address in (draft.get_absolute_url(), public_page(draft)):
        assert "Pedimos el original porque…" in client.get(address).text
    assert '"explanation_of_changes":"Pedimos el original porque…"' in draft.publications.get().snapshot


def test_only_the_editor_explains(client, draft):
    assert explain(client, draft, people_of(draft).head).status_code == 403


def test_two_who_explain_at_once_both_see_both_texts(client, draft):
    editor = people_of(draft).editor
    explain(client, draft, editor, text="La primera.")

    answer = explain(client, draft, editor, text="La segunda.")

    assert answer.status_code == 409
    assert ("La primera." in answer.text, "La segunda." in answer.text) == (True, True)
    again = explain(client, draft, editor, text="Ambas.", seen="La primera.")
    assert again.status_code == 302


def test_what_is_not_a_draft_is_not_explained(draft):
    editor = people_of(draft).editor
    publish(draft)

    with pytest.raises(explanations.CannotExplain):
        explanations.explain(draft, text="Tarde.", seen="", by=editor)


def test_the_second_time_a_comparison_is_not_made_again():
    loaded = []
    before, after = (
        comparing.Text(name, lambda name=name: loaded.append(name) or document(clause("a", f"<p>{name}</p>")))
        for name in ("uno", "dos")
    )

    first, second = comparing.compared(before, after), comparing.compared(before, after)

    assert (loaded, first) == (["uno", "dos"], second)
