"""What comparing and searching cost, measured against other work of the same run (quality.md, speed)."""

import random
from time import perf_counter

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from documents.engine import html_to_pdf
from programs import comparing
from programs.comparison import compare
from programs.comparison.words import folded
from programs.models import Component, Edition, Program, Publication, PublishedClause
from tests.factories.accounts import UserFactory
from tests.factories.programs import AgencyFactory, GuideEditionFactory
from tests.programs.comparison.frozen import clause, document

pytestmark = [pytest.mark.whole, pytest.mark.django_db]
STATIC = settings.BASE_DIR / "static"
PROGRAMS, YEARS, COMPONENTS = 200, 10, 18
WORDS_A_PAGE = 450
PAGE = 2300  # letters of markup on a page of PDF, as they come out


def vocabulary(rnd, size=3000):
    letters = "abcdefghilmnñoprstuáé"
    return ["".join(rnd.choices(letters, k=rnd.randint(2, 10))) for _word in range(size)]


def best_of(times, work):
    """The shortest of some runs: what the machine does when nobody disturbs it."""
    taken = []
    for _time in range(times):
        began = perf_counter()
        work()
        taken.append(perf_counter() - began)
    return min(taken)


def paragraphs(rnd, words, count):
    return [f"<p>{' '.join(rnd.choices(words, k=90))}.</p>" for _paragraph in range(count)]


def rewritten(rnd, words, paragraph):
    parts = paragraph.split(" ")
    for _word in range(5):
        parts[rnd.randrange(1, len(parts) - 1)] = rnd.choice(words)
    return " ".join(parts)


def test_comparing_forty_pages_costs_less_than_five_pages_of_pdf(tmp_path):
    rnd = random.Random(7)  # noqa: S311 -- the same texts in every run
    words = vocabulary(rnd)
    before = [
        paragraphs(rnd, words, 40 * WORDS_A_PAGE // (90 * COMPONENTS) + 1) for _clause in range(COMPONENTS)
    ]
    after = [[rewritten(rnd, words, one) if rnd.random() < 0.5 else one for one in part] for part in before]
    ours, theirs = (
        document(*(clause(f"c{n}", "".join(part), number=n) for n, part in enumerate(parts)))
        for parts in (before, after)
    )
    five = "".join("".join(part) for part in before)[: 5 * PAGE]
    html = f"<html lang='es'><head><title>Reglas</title></head><body>{five}</body></html>"

    compared = best_of(3, lambda: compare(ours, theirs))
    pages = []
    rendered = best_of(2, lambda: pages.append(html_to_pdf(html, static=STATIC, scratch=tmp_path)[1]))

    assert set(pages) == {5}
    assert compared < rendered


def test_the_second_time_a_comparison_costs_nothing():
    loaded = []
    before, after = (
        comparing.Text(name, lambda name=name: loaded.append(name) or document(clause("a", f"<p>{name}</p>")))
        for name in ("uno", "dos")
    )

    first, second = comparing.compared(before, after), comparing.compared(before, after)

    assert (loaded, first) == (["uno", "dos"], second)


def _clause(publication, component, text):
    return PublishedClause(
        publication=publication,
        component=component,
        html=f"<p>{text}</p>",
        words=folded(text),
        sha256="0" * 64,
    )


@pytest.fixture
def commons():
    """Thirty-six thousand clauses: 200 programs, 10 editions of each, 18 components in each."""
    rnd = random.Random(7)  # noqa: S311 -- the same texts in every run
    by, at, words, agency = UserFactory(), timezone.now(), vocabulary(rnd), AgencyFactory()
    guide = GuideEditionFactory()
    section, missing = guide.sections.first(), COMPONENTS - guide.components.count()
    Component.objects.bulk_create(
        Component(guide=guide, section=section, slug=f"more-{n}", number=50 + n) for n in range(missing)
    )
    components = list(guide.components.all())
    programs = Program.objects.bulk_create(
        Program(code=f"V-{n}", agency=agency, name_es=f"Programa {n}", order=n) for n in range(PROGRAMS)
    )
    editions = Edition.objects.bulk_create(
        Edition(program=program, fiscal_year=2017 + year, guide=guide, code=f"{program.code}-{year}",
                state="approved", created_at=at, sent_at=at, sent_by=by)
        for program in programs for year in range(YEARS)
    )  # fmt: skip
    publications = Publication.objects.bulk_create(
        Publication(edition=edition, gazette_date=at.date(), gazette_volume="I", gazette_number="1",
                    in_force_from=at.date(), published_at=at, published_by=by, snapshot="{}", sha256="0" * 64)
        for edition in editions
    )  # fmt: skip
    Edition.objects.filter(pk__in=[one.pk for one in editions]).update(state="published")
    texts = [" ".join(rnd.choices(words, k=120)) for _text in range(600)]
    texts = [f"{text} solicitud" for text in texts]
    texts[5] += " comprobación del gasto"
    places = [(one, component) for one in publications for component in components]
    PublishedClause.objects.bulk_create(
        (_clause(*place, texts[number % len(texts)]) for number, place in enumerate(places)), batch_size=2000
    )
    if connection.vendor == "postgresql":
        connection.cursor().execute("ANALYZE")
    return words


def test_a_search_over_all_the_rules_costs_less_than_ten_bare_pages(client, commons):
    """A word that every clause holds is the worst there is: SQLite, for one machine, may take longer."""

    def search(query):
        return client.get("/clausulas/", {"q": query})

    assert search("comprobacion gasto").context["paginator"].count == PublishedClause.objects.count() // 600
    assert search("solicitud").context["paginator"].is_cut
    bare = best_of(3, lambda: [client.get("/verificar/") for _page in range(10)])
    rare, common = (best_of(3, lambda q=q: search(q)) for q in ("comprobación gasto", "solicitud"))
    times = 1 if connection.vendor == "postgresql" else 4

    assert (rare < bare, common < times * bare) == (True, True), (rare, common, bare)


def test_a_search_over_all_the_rules_asks_the_database_a_constant_number_of_times(client, commons):
    for query in ("solicitud", "comprobacion gasto"):
        with CaptureQueriesContext(connection) as asked:
            client.get("/clausulas/", {"q": query})

        assert len(asked) == 9
