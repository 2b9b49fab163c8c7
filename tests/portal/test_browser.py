"""The gallery and the front page in a real browser: what holds here holds wherever a component stands."""

import pytest

from tests.axe import assert_accessible
from tests.browser import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    ("width", "language"), [(PHONE, "es-mx"), (DESK, "en"), (DESK, "es-mx"), (PHONE, "en")]
)
@pytest.mark.parametrize("address", ["/", "/componentes/"])
def test_the_pages_of_the_portal_are_accessible(open_page, address, width, language):
    page = open_page(address, width=width, language=language)

    assert_accessible(page)


def test_the_checker_finds_what_is_wrong(open_page):
    page = open_page("/")
    page.evaluate(
        "document.querySelector('main').innerHTML = '<img src=\"/icon.svg\"><p>' + 'x'.repeat(3000)"
    )

    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(page)
