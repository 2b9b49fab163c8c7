"""What the Guide locks: its text stands in every edition; free variables are filled in and nothing else."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from programs import contents, variables
from programs.actions import drafting
from programs.actions.drafting import CannotWrite, StaleText
from programs.actions.editions import start_draft
from programs.draft_checks import blocking
from programs.models import Component, ComponentText
from tests.factories.programs import EditionFactory, GuideEditionFactory, people_of

pytestmark = pytest.mark.django_db

MODEL = "<p>Las quejas se presentan ante {órgano} en {domicilio}. {órgano} responde.</p>"
REASON = "Así lo pide la ley."


def lock(level, model=MODEL, slug="complaints"):
    guide = GuideEditionFactory()
    components = Component.objects.filter(guide=guide, slug=slug)
    components.update(lock_level=level, lock_reason=REASON, model_text=model)
    return guide


def started(level, **how):
    """A draft begun after the Guide locked its component on complaints."""
    lock(level, **how)
    edition = EditionFactory()
    ana = people_of(edition).editor
    new = start_draft(edition.program, 2027, edition.guide, by=ana)
    return new.texts.select_related("component", "edition__program").get(component__slug="complaints"), ana


# Pure


def test_the_variables_of_a_model_text_are_named_once_in_their_order():
    assert variables.names_in(MODEL) == ["órgano", "domicilio"]


def test_what_has_a_value_is_filled_in_escaped_and_the_rest_stays_marked():
    filled = variables.filled(MODEL, {"órgano": "<b>OIC</b>", "domicilio": " "})

    assert filled == (
        "<p>Las quejas se presentan ante &lt;b&gt;OIC&lt;/b&gt; en {domicilio}. "
        "&lt;b&gt;OIC&lt;/b&gt; responde.</p>"
    )
    assert variables.missing(MODEL, {"órgano": "OIC"}) == ["domicilio"]


# In the draft


@pytest.mark.parametrize("level", ["locked", "variables"])
def test_a_draft_begins_with_the_text_of_the_guide(level):
    text, ana = started(level)

    assert text.text == MODEL
    (version,) = text.versions.all()
    assert (version.origin, version.saved_by) == ("guide", ana)


@pytest.mark.parametrize("level", ["locked", "variables"])
def test_a_component_that_is_not_free_is_neither_written_nor_left_out(level):
    text, ana = started(level)

    for act in (
        lambda: drafting.save_text(text, html="<p>Otro</p>", version=1, by=ana),
        lambda: drafting.save_or_join(text, html="<p>Otro</p>", version=1, by=ana),
        lambda: drafting.mark_not_applicable(text, reason="No aplica.", version=1, by=ana),
        lambda: drafting.restore(text, 1, version=1, by=ana),
    ):
        with pytest.raises(CannotWrite, match=REASON):
            act()

    assert ComponentText.objects.get(pk=text.pk).text == MODEL


def test_the_variables_are_filled_in_and_nothing_else():
    text, ana = started("variables")

    drafting.fill_variables(
        text, values={"órgano": "el OIC", "domicilio": "Calle Uno 1", "otra": "x"}, version=1, by=ana
    )

    assert text.text == "<p>Las quejas se presentan ante el OIC en Calle Uno 1. el OIC responde.</p>"
    assert text.values == {"órgano": "el OIC", "domicilio": "Calle Uno 1"}


@pytest.mark.parametrize("level", ["locked", "free"])
def test_where_no_variables_are_free_none_is_filled_in(level):
    text, ana = started(level)

    with pytest.raises(CannotWrite):
        drafting.fill_variables(text, values={"órgano": "x"}, version=text.version, by=ana)


def test_values_over_what_somebody_saved_meanwhile_are_refused():
    text, ana = started("variables")
    drafting.fill_variables(text, values={"órgano": "a"}, version=1, by=ana)

    with pytest.raises(StaleText):
        drafting.fill_variables(text, values={"órgano": "b"}, version=1, by=ana)


def test_the_values_go_on_to_the_edition_of_next_year():
    text, ana = started("variables")
    drafting.fill_variables(text, values={"órgano": "el OIC"}, version=1, by=ana)

    edition = text.edition
    later = start_draft(edition.program, 2028, edition.guide, by=ana, based_on=edition)

    assert "el OIC" in later.texts.get(component__slug="complaints").text


def test_when_the_guide_changes_its_text_the_draft_may_take_it():
    text, ana = started("variables")
    drafting.fill_variables(text, values={"órgano": "el OIC"}, version=1, by=ana)
    lock("variables", model="<p>Nuevo: {órgano}.</p>")
    text.component.refresh_from_db()

    drafting.take_model_text(text, version=2, by=ana)

    assert (text.text, text.versions.first().origin) == ("<p>Nuevo: el OIC.</p>", "guide")


def test_a_free_component_has_no_text_to_take():
    text, ana = started("free")

    with pytest.raises(CannotWrite):
        drafting.take_model_text(text, version=0, by=ana)


@pytest.mark.parametrize("without", [{"lock_reason": ""}, {"model_text": ""}])
def test_the_guide_locks_nothing_without_a_reason_and_a_text(without):
    guide = lock("locked")

    with pytest.raises(IntegrityError), transaction.atomic():
        guide.components.filter(slug="complaints").update(**without)


# The screen


def address(name, text):
    return reverse(f"programs:{name}", args=[text.edition.code, "complaints"])


@pytest.mark.parametrize(("level", "fields"), [("locked", 0), ("variables", 2)])
def test_the_screen_says_who_locked_it_and_why(client, level, fields):
    text, ana = started(level)
    guides = people_of(text.edition).guide_owner.memberships.get().body
    client.force_login(ana)

    response = client.get(address("draft_component", text))

    assert REASON in response.text
    assert response.context["lock"]["by"] == guides.name_es
    assert (len(response.context["lock"]["fields"]), response.context["may_write"]) == (fields, False)


def test_the_values_are_saved_from_the_screen(client):
    text, ana = started("variables")
    client.force_login(ana)

    client.post(address("draft_values", text), {"version": 1, "value-0": "el OIC", "value-1": "Calle Uno"})

    kept = ComponentText.objects.get(pk=text.pk)
    assert kept.text == "<p>Las quejas se presentan ante el OIC en Calle Uno. el OIC responde.</p>"


def test_values_that_came_late_are_given_back_in_words(client):
    text, ana = started("variables")
    drafting.fill_variables(text, values={"órgano": "a"}, version=1, by=ana)
    client.force_login(ana)

    answer = client.post(address("draft_values", text), {"version": 1, "value-0": "mío"}, follow=True)

    assert "órgano: mío" in answer.text
    assert ComponentText.objects.get(pk=text.pk).values["órgano"] == "a"


def test_a_locked_text_posted_by_hand_is_refused(client):
    text, ana = started("locked")
    client.force_login(ana)

    answer = client.post(address("draft_component", text), {"html": "<p>Otro</p>", "version": 1})

    assert (answer.status_code, ComponentText.objects.get(pk=text.pk).text) == (403, MODEL)


def test_a_variable_without_a_value_blocks_the_sending():
    text, ana = started("variables")
    drafting.fill_variables(text, values={"órgano": "el OIC"}, version=1, by=ana)

    found = [one for one in blocking(contents.read(text.edition)) if one.code == "variables-filled"]

    assert [(one.message, one.component) for one in found] == [("Llene: domicilio.", "complaints")]
