"""The gallery shows every component, so that a change of one is seen."""

import re
from pathlib import Path

import pytest
from django.conf import settings

# Of other components and of forms
PARTS = {"icon", "fill", "fieldset", "options", "select_options", "practice_cells"}
COMPONENTS = Path(settings.BASE_DIR, "rop_portal/components")


def declared():
    """The names of all component tags, as their modules declare them."""
    pattern = re.compile(r"@register\.(?:simple_tag|simple_block_tag|inclusion_tag)[^\n]*\ndef (\w+)")
    return {name for path in COMPONENTS.glob("*.py") for name in pattern.findall(path.read_text())}


def test_every_component_stands_in_the_gallery():
    gallery = Path(settings.BASE_DIR, "templates/portal/gallery.html").read_text()

    shown = {name for name in declared() if re.search(rf"{{% {name}\b", gallery)}

    assert declared() - shown - PARTS == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "title"), [("es-mx", "Componentes de la interfaz"), ("en", "Components of the interface")]
)
def test_the_gallery_speaks_both_languages(client, language, title):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    response = client.get("/componentes/")

    assert f"<h1>{title}</h1>" in response.text
