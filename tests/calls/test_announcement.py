"""The call on paper: announcement, schedule, poster."""

import io
from datetime import date

import pypdf
import pytest

from calls.actions import promises
from documents import renderings
from documents.models import Rendering
from tests.factories.calls import OPENING, CallFactory, operator_of, published_rules

pytestmark = pytest.mark.django_db


def rendered(kind, call):
    """The text and the number of pages of the PDF of a kind that is current."""
    rendering = Rendering.objects.of(kind, call.folio).current().get()
    document = renderings.render(rendering)
    with document.open() as file:
        reader = pypdf.PdfReader(io.BytesIO(file.read()))
    text = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(text.split()), len(reader.pages)


def kinds(call):
    return set(Rendering.objects.filter(subject_id=call.folio).values_list("kind", flat=True))


def test_publishing_asks_for_the_three_papers_and_a_draft_has_none():
    draft = CallFactory()
    published = CallFactory(published=True)

    assert kinds(draft) == set()
    assert kinds(published) == {"announcement", "call-schedule", "call-poster"}
    assert Rendering.objects.filter(is_public=False).count() == 0


def test_the_announcement_says_everything_that_the_rules_say():
    call = CallFactory(published=True)

    text, _pages = rendered("announcement", call)

    for part in (
        call.folio, "2 de marzo de 2026, 09:00 h", "31 de marzo de 2026, 23:59 h", "$100,000.00",
        "cien mil pesos 00/100 M.N.", "Acta constitutiva", "¿Qué problema atiende?", "Desigualdad",
        "Sociedad civil", "Honorarios", "Aclaración", "asesoria@demo.example", "24 de abril de 2026",
    ):  # fmt: skip
        assert part in text, part


def test_the_schedule_shows_the_ten_dates_on_one_page():
    call = CallFactory(published=True)

    text, pages = rendered("call-schedule", call)

    assert pages == 1
    for day in (
        "7 de abril de 2026",
        "24 de abril de 2026",
        "30 de abril de 2026",
        "15 de diciembre de 2026",
    ):
        assert day in text


def test_a_changed_promise_gives_a_new_schedule_that_keeps_the_former_date():
    call = CallFactory(published=True)
    before = Rendering.objects.of("call-schedule", call.folio).get()

    promises.change_date(
        call, "ruling", date(2026, 4, 28), reason="Una sesión más.", by=operator_of(call), at=OPENING
    )

    before.refresh_from_db()
    after = Rendering.objects.of("call-schedule", call.folio).current().get()
    assert before.superseded_by == after
    text, _pages = rendered("call-schedule", call)
    assert "24 de abril de 2026 28 de abril de 2026" in text
    assert "Una sesión más." in text
    assert Rendering.objects.of("call-poster", call.folio).count() == 1


def test_the_poster_is_one_page_with_what_how_much_and_until_when():
    call = CallFactory(publication=published_rules(is_demo=True), published=True)

    text, pages = rendered("call-poster", call)

    assert pages == 1
    for part in (
        call.title,
        "$100,000.00",
        "31 de marzo de 2026, 23:59 h",
        call.get_absolute_url(),
        "33 0000 0000",
    ):
        assert part in text, part
    assert "emostración" in text
