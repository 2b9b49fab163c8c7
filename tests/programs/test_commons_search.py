"""The search of clauses: what it finds, whatever the accents; its filters; what it costs."""

import pytest
from django.urls import reverse

from programs import clause_excerpt, clause_search, clauses, highlight
from programs.actions import practices
from programs.models import Practice, PublishedClause, Verdict
from tests.factories.programs import EditionFactory, people_of, publish
from tests.factories.reference import PracticeFactory

pytestmark = pytest.mark.django_db
PAGE = "/clausulas/"


def published(text="", slug="process", **edition):
    """A published edition whose component says ``text``."""
    draft = EditionFactory(complete=True, **edition)
    if text:
        draft.texts.filter(component__slug=slug).update(text=f"<p>{text}</p>")
    publish(draft)
    return draft


def found(query):
    held = clause_search.matching(PublishedClause.objects.all(), query)
    return {(one.edition.code, one.component.slug) for one in held}


def test_publishing_puts_every_clause_in_the_commons_and_a_draft_none():
    edition = published()
    EditionFactory(complete=True)

    held = PublishedClause.objects.order_by("component__number")

    assert {one.publication for one in held} == {edition.publications.get()}
    assert [one.component.slug for one in held] == [
        text.component.slug for text in edition.texts.order_by("component__number") if text.text
    ]


@pytest.mark.parametrize(
    "query",
    [
        "comprobación",
        "comprobacion",
        "COMPROBACIÓN",
        "gasto comprobación",
        "comprob",
        "años",
        "anos",
        "«gasto»",
    ],
)
def test_a_clause_is_found_by_words_in_any_order_with_or_without_accents(query):
    edition = published("La comprobación del gasto dura dos años.")
    published("La difusión es pública.")

    assert found(query) == {(edition.code, "process")}


@pytest.mark.parametrize(
    "query", ["difusión gasto", "robación", "", "  ", "&|!()", "' OR 1=1 --", '"', "a:*b"]
)
def test_what_no_clause_holds_is_not_found_and_nothing_typed_breaks_the_search(query):
    published("La comprobación del gasto.")
    published("La difusión es pública.")

    assert found(query) == set()


def test_the_title_of_the_component_is_searched_too():
    edition = published()

    assert (edition.code, "complaints") in found("complaints")


def test_the_excerpt_begins_near_the_word_and_marks_it():
    html = f"<p>{'antes ' * 30}la Comprobación &lt;b&gt; del gasto {'después ' * 60}</p>"

    excerpt = clause_excerpt.of(html, ["comprobacion"])

    assert excerpt.startswith("… antes antes")
    assert "la <mark>Comprobación</mark> &lt;b&gt; del gasto" in excerpt
    assert excerpt.endswith("…")


def proves(edition, code="GP-02", slug="process"):
    """The edition adopted a practice with a clause."""
    practice = Practice.objects.filter(code=code).first() or PracticeFactory(code=code)
    clause = edition.guide.components.get(slug=slug)
    practices.assess(
        edition,
        practice,
        by=people_of(edition).editor,
        verdict=Verdict.ADOPTED,
        clause=clause,
        excerpt=highlight.plain(clauses.clauses_of(edition)[slug]),
    )
    return practice


def codes(client, **query):
    return [row["clause"].code for row in client.get(PAGE, query).context["rows"]]


def test_each_clause_shows_its_source_and_the_practices_it_proves(client):
    edition = published("La comprobación del gasto.")
    practice = proves(edition)

    page = client.get(PAGE, {"q": "comprobación"}).text

    assert "1 cláusula encontrada." in page
    assert f"<b>{edition.program.agency.acronym}</b>" in page
    assert f"{edition.get_absolute_url()}?practica={practice.code}#practica" in page


def test_the_filters_narrow_by_practice_topic_agency_year_and_component(client):
    here, other = published(fiscal_year=2025), published()
    practice = proves(here)
    mine = f"{here.code} process"

    assert codes(client, practica=practice.code) == [mine]
    assert codes(client, tema=practice.topic.code) == [mine]
    assert codes(client, practica="GP-99") == []
    assert set(codes(client, dependencia=other.program.agency.acronym)) == {
        one.code for one in PublishedClause.objects.filter(publication=other.publications.get())
    }
    assert codes(client, ejercicio="2025", componente="process") == [mine]
    assert codes(client, ejercicio="x") == []


def test_nobody_is_offered_to_adopt_but_an_editor_with_a_draft(client):
    published()
    draft = EditionFactory(complete=True)
    adopt = reverse("programs:clause_adopt", args=["X", "y"]).split("X")[1].removeprefix("/y")

    assert adopt not in client.get(PAGE).text
    for who, offered in ((people_of(draft).head, False), (people_of(draft).editor, True)):
        client.force_login(who)
        assert (adopt in client.get(PAGE).text) is offered


@pytest.mark.parametrize("count", [1, 6])
def test_the_search_costs_the_same_for_few_as_for_many(client, count, django_assert_num_queries):
    for _number in range(count):
        proves(published("La comprobación del gasto."))

    with django_assert_num_queries(10):
        client.get(PAGE, {"q": "comprobación", "practica": "GP-02"})


def test_who_comes_from_a_draft_is_shown_the_clauses_of_other_agencies(client):
    draft = EditionFactory(complete=True)
    own = published("La comprobación.", program=draft.program, fiscal_year=2025)
    other = published("La comprobación.")
    client.force_login(people_of(draft).editor)

    assert codes(client, q="comprobacion", borrador=draft.code) == [f"{other.code} process"]
    both = {f"{other.code} process", f"{own.code} process"}
    assert set(codes(client, q="comprobacion")) == both


def test_more_than_the_most_that_anybody_reads_are_not_counted(client, monkeypatch):
    monkeypatch.setattr("programs.views.commons.MOST", 2)
    for number in range(3):
        published("La comprobación.")
        page = client.get(PAGE, {"q": "comprobacion"})

        assert page.context["paginator"].count == number + 1
        assert page.context["paginator"].is_cut is (number == 2)
