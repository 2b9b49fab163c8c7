"""A Guide of a year: begun on an earlier one, written by its owner, published with notices."""

import re

import pytest

from accounts.acts import ActNotPossible
from accounts.models import Notice, Role, TrailEntry
from programs import guide_changes, guide_contents, guide_places, harmony
from programs.actions import editions, guide_editions, guide_lists, guide_parts
from programs.actions import guide as guides
from programs.models import ChecklistEdition, Component, GuideEdition, Practice, RubricCriterion
from tests.factories.accounts import MembershipFactory
from tests.factories.guides import RubricCriterionFactory, begin_guide, guide_owner
from tests.factories.programs import (
    CheckSettingFactory,
    EditionFactory,
    GuideEditionFactory,
    ProgramFactory,
    people_of,
)
from tests.factories.reference import PracticeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def earlier():
    guide = GuideEditionFactory()
    PracticeFactory(code="GP-09", components=["process"])
    CheckSettingFactory(guide=guide)
    RubricCriterionFactory(rubric__guide=guide, key="process")
    return guide


@pytest.fixture
def owner(earlier):
    return guide_owner(earlier)


@pytest.fixture
def guide(earlier, owner):
    return begin_guide(earlier=earlier, by=owner)


def component(guide, slug):
    return guide.components.select_related("guide", "section").get(slug=slug)


def seen(thing, names=guide_contents.OF_COMPONENT):
    return guide_contents.fingerprint(thing, names)


def change(one, by, **said):
    """Change a component as its form does: whatever is not said stays."""
    names = ("title_es", "title_en", "help", "blocks", "lock_level", "lock_reason", "model_text")
    given = {name: getattr(one, name) for name in names} | {"place": guide_places.of(one)} | said
    return guide_parts.change_component(one, seen=seen(one), by=by, **given)


def differences(guide):
    found = guide_changes.changes(guide_contents.read(guide.begun_from), guide_contents.read(guide))
    return {(one.kind, one.key, one.words) for one in found}


def test_a_guide_begins_with_all_that_the_earlier_one_says(earlier, guide, owner):
    before, after = guide_contents.read(earlier), guide_contents.read(guide)

    assert (guide.state, guide.begun_from, guide.begun_by) == ("draft", earlier, owner)
    assert list(after.components) == list(before.components)
    assert (list(after.practices), list(after.criteria)) == (["GP-09"], ["process"])
    assert after.levels == before.levels
    assert after.criteria["process"].component.guide == guide
    assert differences(guide) == set()
    assert TrailEntry.objects.about(guide).get().act == "guide.begin"


@pytest.mark.parametrize(
    ("year", "words"), [(2024, "posterior"), (2023, "posterior"), (2027, "Ya hay una Guía")]
)
def test_a_guide_begins_in_a_later_year_that_has_none(earlier, guide, owner, year, words):
    with pytest.raises(guides.CannotChangeGuide, match=words):
        guide_editions.begin(earlier, year, title="Guía", by=owner)


def test_nobody_but_planning_sees_a_guide_that_is_written(client, guide, owner):
    assert client.get("/guia/2027/").status_code == 404
    assert "/guia/2027/" not in client.get("/guia/").text

    client.force_login(owner)
    assert "Se está escribiendo" in client.get("/guia/2027/").text
    assert "/guia/2027/" in client.get("/guia/").text


@pytest.mark.parametrize("role", [role for role in Role if role != Role.GUIDE_OWNER])
def test_nobody_else_begins_or_writes_a_guide(client, earlier, guide, owner, role):
    other = MembershipFactory(role=role, body=owner.memberships.get().body).user
    client.force_login(other)

    assert client.get("/guia/nueva/").status_code == 403
    assert client.get("/guia/2027/nuevo-componente/").status_code == (403 if role == Role.ASSESSOR else 404)
    with pytest.raises(guides.CannotChangeGuide):
        guide_editions.begin(earlier, 2028, title="Guía", by=other)
    with pytest.raises(guides.CannotChangeGuide):
        guide_editions.publish(guide, by=other)


def test_the_checklist_of_a_guide_that_is_written_reaches_no_page(client, guide):
    drafted = Practice.objects.filter(checklist__year=2027)

    assert drafted.count() == 1
    assert not drafted.published().exists()
    assert [one.checklist.year for one in harmony.practices_for(2030)] == [2023]
    assert client.get("/api/v1/practices/").json()["count"] == 1


def test_a_component_is_renamed_and_keeps_what_it_was_called(guide, owner):
    renamed = change(component(guide, "process"), owner, title_es="Operación")

    assert (renamed.renamed_from, renamed.renamed_in, renamed.slug) == ("process", 2027, "process")
    assert differences(guide) == {("component", "process", "Renombrado: se llamaba «process»")}

    back = change(component(guide, "process"), owner, title_es="process")
    assert (back.renamed_from, back.renamed_in) == ("", None)


def test_a_component_takes_its_place_and_all_are_numbered_anew(guide, owner):
    Component.objects.filter(guide=guide).update(is_confirmed=True)

    change(component(guide, "dissemination"), owner, place="after legal-basis")

    order = [(one.number, one.slug) for one in guide.components.order_by("number")]
    assert order[:3] == [(1, "legal-basis"), (2, "dissemination"), (3, "basic-info")]
    assert [number for number, _slug in order] == list(range(1, 9))
    assert component(guide, "dissemination").section.numeral == "I"
    confirmed = guide.components.filter(is_confirmed=True).values_list("slug", flat=True)
    assert set(confirmed) == {"legal-basis", "complaints", "control-participation"}


def test_a_component_is_added_where_it_is_said(guide, owner):
    added = guide_parts.add_component(
        guide, title_es="Género", place="section III", lock_level="free", blocks=["contacts"], by=owner
    )

    assert (added.slug, added.number, added.section.numeral) == ("genero", 3, "III")
    assert differences(guide) >= {("component", "genero", "Agregado")}


def test_what_is_not_free_says_why_and_gives_its_text(guide, owner):
    with pytest.raises(guides.CannotChangeGuide, match="modelo"):
        change(component(guide, "complaints"), owner, lock_level="variables", lock_reason="Ley.")

    locked = change(
        component(guide, "complaints"), owner, lock_level="variables", lock_reason="Ley.",
        model_text="<p>Al {correo}.</p>",
    )  # fmt: skip

    assert locked.lock_level == "variables"
    assert differences(guide) == {
        ("component", "complaints", "Lo que se deja a la dependencia: «Libre» pasa a «Solo variables»")
    }


def test_a_component_leaves_with_its_criteria_and_practices_stop_naming_it(guide, owner):
    guide_parts.remove_component(component(guide, "process"), by=owner)

    assert not RubricCriterion.objects.filter(rubric__guide=guide).exists()
    assert guide_contents.practices_of(guide).get().components == []
    assert list(guide.components.values_list("number", flat=True)) == list(range(1, 8))
    assert Component.objects.filter(guide__year=2024, slug="process").exists()
    with pytest.raises(guides.CannotChangeGuide, match="GP-09"):
        guide_editions.publish(guide, by=owner)


def test_of_two_who_change_a_component_the_second_is_told_and_loses_nothing(client, guide, owner):
    client.force_login(owner)
    old = seen(component(guide, "process"))
    change(component(guide, "process"), owner, help="Lo primero.")
    said = {"title_es": "Operación", "place": "section III", "lock_level": "free", "seen": old}

    answer = client.post("/guia/2027/componentes/process/redaccion/", said)

    assert "Alguien cambió esto entretanto" in answer.text
    assert 'value="Operación"' in answer.text
    assert component(guide, "process").title_es == "process"


def test_a_section_leaves_only_when_it_is_empty(client, guide, owner):
    client.force_login(owner)
    guide_parts.add_section(guide, numeral="VI", title_es="Anexos", by=owner)

    client.post("/guia/2027/secciones/VI/quitar/")
    refused = client.post("/guia/2027/secciones/III/quitar/", follow=True)

    assert list(guide.sections.values_list("numeral", flat=True)) == ["I", "III", "V"]
    assert "Primero pase sus componentes" in refused.text


def test_a_section_takes_a_numeral_that_no_other_has(guide, owner):
    section = guide.sections.get(numeral="III")
    mark = seen(section, guide_parts.OF_SECTION)

    with pytest.raises(guides.CannotChangeGuide, match="ese número"):
        guide_parts.change_section(section, numeral="V", title_es="Otra", seen=mark, by=owner)

    renamed = guide_parts.change_section(
        guide.sections.get(numeral="III"), numeral="II", title_es="Operación", seen=mark, by=owner
    )
    assert str(renamed) == "II. Operación"


def test_practices_are_added_changed_and_taken_out_in_this_checklist_alone(guide, owner):
    topic = Practice.objects.first().topic
    said = {"title_es": "Nueva", "statement_es": "Dice.", "topic": topic, "components": ["process"]}
    added = guide_lists.add_practice(guide, code="GP-13", is_core=False, by=owner, **said)
    ours = guide_contents.practices_of(guide).get(code="GP-09")
    mark = seen(ours, guide_contents.OF_PRACTICE)
    guide_lists.change_practice(guide, ours, statement_es="Otra cosa.", seen=mark, by=owner)

    assert differences(guide) == {
        ("practice", "GP-13", "Agregado"), ("practice", "GP-09", "Se enuncia de otra manera"),
    }  # fmt: skip
    assert Practice.objects.get(checklist__year=2023).statement_es != "Otra cosa."
    with pytest.raises(guides.CannotChangeGuide, match="clave"):
        guide_lists.add_practice(guide, code="GP-13", by=owner, **said)

    guide_lists.remove_practice(guide, added, by=owner)
    assert not Practice.objects.filter(code="GP-13").exists()


def test_criteria_are_written_in_a_draft_and_the_rubric_is_then_not_confirmed(guide, owner):
    rubric = guide.rubric
    guide_lists.confirm_rubric(rubric, is_confirmed=True, source="Rúbrica 2027, p. 2.", note="", by=owner)
    said = {"axis": "legal", "statement_es": "Cita.", "max_points": 3, "partial_points": 1}

    added = guide_lists.add_criterion(guide, component=component(guide, "process"), by=owner, **said)

    rubric.refresh_from_db()
    assert (added.key, rubric.is_confirmed) == ("process-2", False)
    mark = seen(added, guide_contents.OF_CRITERION)
    with pytest.raises(guides.CannotChangeGuide, match="Parcial vale"):
        guide_lists.change_criterion(guide, added, partial_points=3, seen=mark, by=owner)
    guide_lists.remove_criterion(guide, RubricCriterion.objects.get(key="process-2"), by=owner)
    assert differences(guide) == set()


def test_a_rubric_is_confirmed_with_its_source_alone(client, guide, owner):
    client.force_login(owner)

    refused = client.post("/guia/2027/rubrica-oficial/", {"is_confirmed": "on"})
    client.post("/guia/2027/rubrica-oficial/", {"is_confirmed": "on", "source": "Oficio 3."})

    assert "Diga dónde se confirmó" in refused.text
    assert "Oficio 3." in client.get("/guia/2027/rubrica/").text
    assert "No es la rúbrica oficial" in client.get("/guia/2024/rubrica/").text


def test_a_check_that_becomes_blocking_is_among_the_changes(guide, owner):
    guides.set_check(guide, "legend-present", "blocking", by=owner)

    assert ("check", "legend-present") in {one[:2] for one in differences(guide)}


def test_publishing_seals_the_guide_and_tells_those_who_draft_on_an_older_one(client, guide, owner):
    behind = EditionFactory(fiscal_year=2027)
    editor = people_of(behind).editor
    EditionFactory(fiscal_year=2026)
    client.force_login(owner)
    page = client.get("/guia/2027/publicar/").text
    assert str(editor) in page

    client.post("/guia/2027/publicar/", {"understood": "on"})

    guide.refresh_from_db()
    assert (guide.state, guide.published_by) == ("published", owner)
    entry = TrailEntry.objects.about(guide).get(act="guide.publish")
    assert entry.sealed_fields == ["sha256", "year"]
    assert guide.sha256 == guide_contents.digest(guide_contents.read(guide))
    assert [notice.to for notice in Notice.objects.filter(kind="guide.published")] == [editor]
    assert client.get("/guia/2027/").status_code == 200
    with pytest.raises(ActNotPossible):
        guide_editions.publish(guide, by=owner)


def test_a_published_guide_is_not_written_any_more(client, guide, owner):
    guide_editions.publish(guide, by=owner)
    client.force_login(owner)

    assert client.get("/guia/2027/componentes/process/redaccion/").status_code == 403
    assert client.get("/guia/2027/componentes/process/").status_code == 200
    with pytest.raises(guides.CannotChangeGuide, match="publicada"):
        change(component(guide, "process"), owner, title_es="Otro")
    with pytest.raises(guides.CannotChangeGuide, match="publicada"):
        guide_parts.remove_component(component(guide, "process"), by=owner)


def test_an_edition_begins_only_on_a_published_guide(guide, owner):
    program = ProgramFactory()
    editor = people_of(EditionFactory(program=program)).editor

    with pytest.raises(editions.CannotStart, match="no está publicada"):
        editions.start_draft(program, 2027, guide, by=editor)

    guide_editions.publish(guide, by=owner)
    guide.refresh_from_db()
    started = editions.start_draft(program, 2027, guide, by=editor)
    assert started.texts.count() == 8


def shown(client, edition):
    """The public page without the token of its forms."""
    return re.sub(
        r'name="csrfmiddlewaretoken" value="[^"]*"', "", client.get(edition.get_absolute_url()).text
    )


def test_what_was_published_on_an_older_guide_shows_the_same_afterwards(client, guide, owner):
    edition = EditionFactory(fiscal_year=2027, published=True)
    before = shown(client, edition)
    change(component(guide, "process"), owner, title_es="Operación")

    guide_editions.publish(guide, by=owner)

    assert shown(client, edition) == before
    assert [one.practice.checklist.year for one in harmony.practices_of(edition)] == [2023]


def test_the_forms_write_what_is_typed(client, guide, owner):
    client.force_login(owner)
    client.post("/guia/2027/titulo/", {"title": "Guía nueva", "note": "Por revisar."})
    client.post("/guia/2027/nueva-seccion/", {"numeral": "VI", "title_es": "Anexos"})
    added = {"title_es": "Formatos", "place": "section VI", "lock_level": "free", "blocks": ["annexes"]}
    client.post("/guia/2027/nuevo-componente/", added)
    topic = Practice.objects.first().topic.pk
    practice = {
        "code": "GP-14",
        "title_es": "T",
        "statement_es": "E",
        "topic": topic,
        "components": "process",
    }
    client.post("/guia/2027/nueva-practica/", practice)
    process = component(guide, "process").pk
    criterion = {
        "component": process, "axis": "legal", "statement_es": "Cita.", "max_points": 3, "partial_points": 1,
        "complete": "Todo.", "partial": "Algo.",
    }  # fmt: skip
    client.post("/guia/2027/nuevo-criterio/", criterion)

    guide.refresh_from_db()
    assert (guide.title, guide.note) == ("Guía nueva", "Por revisar.")
    assert component(guide, "formatos").blocks == ["annexes"]
    assert guide_contents.practices_of(guide).filter(code="GP-14").exists()
    assert RubricCriterion.objects.filter(rubric__guide=guide).count() == 2
    client.post("/guia/2027/rubrica/process-2/quitar/")
    client.post("/guia/2027/practicas/GP-14/quitar/")
    client.post("/guia/2027/componentes/formatos/quitar/")
    assert {one[:2] for one in differences(guide)} == set()
    begun = client.post("/guia/nueva/", {"earlier": guide.begun_from_id, "year": 2029, "title": "G"})
    assert begun.headers["Location"] == "/guia/2029/"


@pytest.mark.parametrize("page", ["", "cambios/", "practicas/", "rubrica/", "publicar/", "revisiones/"])
def test_pages_of_a_guide_cost_the_same_however_much_it_holds(client, guide, owner, page):
    client.force_login(owner)
    for number in range(6):
        said = {"axis": "legal", "statement_es": "x", "max_points": 3, "partial_points": 1}
        guide_lists.add_criterion(guide, component=component(guide, "process"), by=owner, **said)
        guide_parts.add_component(
            guide, title_es=f"N{number}", place="section V", lock_level="free", by=owner
        )

    assert client.get(f"/guia/2027/{page}").status_code == 200


def test_a_year_has_one_guide_and_one_checklist(guide):
    assert (
        GuideEdition.objects.filter(year=2027).count() == ChecklistEdition.objects.filter(year=2027).count()
    )


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("componentes/process", "GP-09"),
        ("practicas/GP-09", "GP-09"),
        ("rubrica/process", "Dice cada paso"),
        ("secciones/III", "III"),
    ],
)
def test_before_something_leaves_the_guide_it_is_asked(client, guide, owner, page, words):
    client.force_login(owner)

    assert words in client.get(f"/guia/2027/{page}/quitar/").text
