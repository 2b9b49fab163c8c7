"""Adopting a clause: its preview, its lineage, its references, and the notice when the source improves."""

import pytest
from django.urls import reverse

from accounts.models import TrailEntry
from programs import snapshots
from programs.actions import commons, drafting
from programs.actions.editions import start_draft
from programs.models import AdoptedClause, Budget, PublishedClause, SupportModality, TextVersion
from tests.factories.accounts import UserFactory
from tests.factories.programs import (
    EditionFactory,
    ProgramFactory,
    begin_amendment,
    people_of,
    publish,
    publish_amendment,
)
from tests.programs.test_commons_search import proves

pytestmark = pytest.mark.django_db
Way = AdoptedClause.Way
THEIRS = "<p>La retroalimentación se responde por escrito.</p>"


def clause_of(edition, slug="process"):
    return PublishedClause.objects.get(publication__edition=edition, component__slug=slug)


def published(text=THEIRS, program=None, year=2025, slug="process"):
    edition = EditionFactory(complete=True, fiscal_year=year, program=program or ProgramFactory())
    edition.texts.filter(component__slug=slug).update(text=text)
    publish(edition)
    return edition


@pytest.fixture
def source():
    return published()


@pytest.fixture
def draft():
    return EditionFactory(complete=True)


@pytest.fixture
def editor(draft):
    return people_of(draft).editor


def text_of(draft, slug="process"):
    return draft.texts.select_related("component", "edition__program__agency").get(component__slug=slug)


def adopt(source, draft, editor, way=Way.APPEND):
    text = text_of(draft)
    commons.adopt(clause_of(source), text, way=way, version=text.version, by=editor)
    return text_of(draft)


# The act


def test_a_clause_enters_at_the_end_with_its_lineage_its_version_and_its_act(source, draft, editor):
    before = text_of(draft).text

    text = adopt(source, draft, editor)

    assert text.text == before + THEIRS
    [held] = text.adopted.all()
    assert (held.source, held.sha256, held.way, held.adopted_by) == (
        clause_of(source), clause_of(source).sha256, Way.APPEND, editor,
    )  # fmt: skip
    assert text.versions.first().origin == TextVersion.Origin.ADOPTED
    entry = TrailEntry.objects.about(draft).get(act="clause.adopt")
    assert (entry.by, entry.note) == (editor, f"process {source.code} process")


def test_in_place_of_the_text_nothing_is_lost(source, draft, editor):
    before = text_of(draft)
    drafting.save_text(before, html="<p>Lo nuestro.</p>", version=before.version, by=editor)

    text = adopt(source, draft, editor, way=Way.REPLACE)

    assert text.text == THEIRS
    assert "<p>Lo nuestro.</p>" in text.versions.values_list("html", flat=True)


def test_a_text_saved_meanwhile_is_not_written_over(source, draft, editor):
    seen = text_of(draft)
    drafting.save_text(text_of(draft), html="<p>Otra.</p>", version=seen.version, by=editor)

    with pytest.raises(commons.CannotAdopt):
        commons.adopt(clause_of(source), seen, way=Way.REPLACE, version=seen.version, by=editor)

    assert (text_of(draft).text, AdoptedClause.objects.count()) == ("<p>Otra.</p>", 0)


def test_only_who_writes_the_draft_adopts_and_only_while_it_is_one(source, draft, editor):
    for who in (people_of(draft).head, UserFactory()):
        with pytest.raises(commons.CannotAdopt):
            adopt(source, draft, who)
    publish(draft)
    with pytest.raises(commons.CannotAdopt):
        adopt(source, draft, editor)

    assert AdoptedClause.objects.count() == 0


def test_what_the_guide_locks_takes_no_clause(source, draft, editor):
    draft.guide.components.filter(slug="process").update(
        lock_level="locked", lock_reason="Es igual para todas.", model_text="<p>x</p>"
    )

    with pytest.raises(commons.CannotAdopt, match="Es igual para todas"):
        adopt(source, draft, editor)


# References


def test_references_stay_where_the_draft_has_the_data(draft, editor):
    source = published("<p>Mínimo: [[criterios.minimo]] puntos.</p>")

    assert "[[criterios.minimo]]" in adopt(source, draft, editor).text


def test_references_without_data_are_written_out_and_said(client, draft, editor):
    raw = "<p>Hay [[presupuesto.autorizado]].</p><p>[[apoyos.lista]]</p>"
    source = published(raw)
    Budget.objects.of_draft(draft).delete()
    SupportModality.objects.of_draft(draft).delete()

    proposal = commons.proposed(clause_of(source), text_of(draft), Way.REPLACE)

    assert proposal.html == (
        "<p>Hay $1,000,000.00 (un millón de pesos 00/100 M.N.).</p>"
        "<ul><li>Proyectos: de $50,000.00 a $100,000.00</li></ul>"
    )
    assert [token for token, _shown in sorted(proposal.turned)] == ["apoyos.lista", "presupuesto.autorizado"]
    client.force_login(editor)
    page = client.get(clause_of(source).adopt_url(), {"borrador": draft.code}).text
    assert "Referencias escritas como texto" in page


# Two clicks


def test_from_an_unmet_practice_two_clicks_lead_to_the_clause_of_another(client, source, draft, editor):
    practice = proves(source)
    client.force_login(editor)
    checklist = client.get(reverse("programs:checklist", args=[draft.code])).text
    first = f"/clausulas/?practica={practice.code}&amp;borrador={draft.code}"
    second = f"{clause_of(source).adopt_url()}?borrador={draft.code}"

    assert f'href="{first}"' in checklist
    assert f'href="{second}"' in client.get(first.replace("&amp;", "&")).text
    page = client.get(second).text
    assert "retroalimentación se responde por escrito." in page
    assert "<ins>" in page


def press(client, source, draft, **typed):
    address = f"{clause_of(source).adopt_url()}?borrador={draft.code}"
    return client.post(
        address, {"way": "append", "version": text_of(draft).version, "idempotency_key": "k"} | typed
    )


def test_the_button_pressed_twice_adopts_once(client, source, draft, editor):
    client.force_login(editor)
    version = text_of(draft).version

    answers = [press(client, source, draft, version=version) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert text_of(draft).text.count("retroalimentación se responde") == 1
    assert AdoptedClause.objects.count() == 1


def test_a_stale_page_shows_the_component_anew(client, source, draft, editor):
    client.force_login(editor)
    seen = text_of(draft)
    drafting.save_text(text_of(draft), html="<p>Otra.</p>", version=seen.version, by=editor)

    answer = press(client, source, draft, version=seen.version)

    assert answer.status_code == 200
    assert "Alguien guardó este componente mientras tanto." in answer.text
    assert "Otra." in answer.text
    assert f'value="{text_of(draft).version}"' in answer.text


@pytest.mark.parametrize("role", ["head", "legal", "operator"])
def test_who_writes_no_draft_is_refused_with_the_reason(client, source, draft, role):
    client.force_login(getattr(people_of(draft), role))

    assert press(client, source, draft).status_code == 403


def test_a_draft_of_others_does_not_exist_here(client, source, draft, editor):
    client.force_login(editor)
    foreign = EditionFactory(complete=True)

    assert client.get(clause_of(source).adopt_url(), {"borrador": foreign.code}).status_code == 404


def test_without_naming_a_draft_the_editor_chooses(client, source, draft, editor):
    own = EditionFactory(program=draft.program, fiscal_year=2027, complete=True)
    client.force_login(editor)

    page = client.get(clause_of(source).adopt_url(), {"modo": "replace"}).text

    assert [code in page for code in (draft.code, own.code)] == [True, True]
    assert "El texto actual sale del componente." in page


# Lineage: seen in the draft, kept in the publication, carried to next year


def test_the_source_is_named_in_the_draft_and_on_the_published_page(client, source, draft, editor):
    adopt(source, draft, editor)
    client.force_login(editor)
    studio = client.get(reverse("programs:draft_component", args=[draft.code, "process"])).text
    publish(draft)
    client.logout()

    link = f"{source.get_absolute_url()}#process"
    assert ("De dónde viene este texto" in studio, link in studio) == (True, True)
    page = client.get(draft.get_absolute_url()).text
    assert ("Adaptado de" in page, link in page) == (True, True)
    [kept] = [one for one in snapshots.read(draft.publications.get())["components"] if one["lineage"]]
    assert kept["lineage"][0]["sha256"] == clause_of(source).sha256


def test_next_years_draft_keeps_the_lineage(source, draft, editor):
    adopt(source, draft, editor)

    after = start_draft(draft.program, 2028, draft.guide, by=editor, based_on=draft)

    assert [one.source for one in AdoptedClause.objects.of_edition(after)] == [clause_of(source)]


def test_taking_the_place_of_all_leaves_one_lineage(source, draft, editor):
    other = published("<p>De otra.</p>")
    adopt(other, draft, editor)

    text = adopt(source, draft, editor, way=Way.REPLACE)

    assert [one.source for one in text.adopted.all()] == [clause_of(source)]


# The source improves

BETTER = "<p>La retroalimentación se responde por escrito en cinco días.</p>"


def studio(client, draft):
    return client.get(reverse("programs:draft_component", args=[draft.code, "process"])).text


def test_when_the_source_improves_its_adopters_see_what_changed(client, source, draft, editor):
    adopt(source, draft, editor)
    client.force_login(editor)
    assert "La fuente cambió desde entonces" not in studio(client, draft)

    newer = published(BETTER, program=source.program, year=2026)

    page = studio(client, draft)
    assert "La fuente cambió desde entonces" in page
    assert "en cinco días" in page.split("La fuente cambió desde entonces")[1]
    assert f"{clause_of(newer).adopt_url()}?borrador={draft.code}" in page


def test_the_same_text_published_again_is_no_news(client, source, draft, editor):
    adopt(source, draft, editor)
    published(THEIRS, program=source.program, year=2026)
    client.force_login(editor)

    assert "La fuente cambió desde entonces" not in studio(client, draft)


def test_adopting_the_newer_text_ends_the_notice_and_leaves_one_lineage(client, source, draft, editor):
    adopt(source, draft, editor)
    newer = published(BETTER, program=source.program, year=2026)

    text = adopt(newer, draft, editor)
    client.force_login(editor)

    assert [one.source for one in text.adopted.all()] == [clause_of(newer)]
    assert "La fuente cambió desde entonces" not in studio(client, draft)


def keep(client, draft, source):
    args = [draft.code, "process", source.code, "process"]
    return client.post(reverse("programs:clause_keep_ours", args=args))


def test_keeping_ours_ends_the_notice_until_the_source_changes_again(client, source, draft, editor):
    adopt(source, draft, editor)
    published(BETTER, program=source.program, year=2026)
    client.force_login(editor)

    assert keep(client, draft, source).status_code == 302
    assert "La fuente cambió desde entonces" not in studio(client, draft)
    published("<p>Otra vez distinta.</p>", program=source.program, year=2027)
    assert "La fuente cambió desde entonces" in studio(client, draft)


def test_only_the_editor_keeps_ours_and_only_of_what_was_adopted(client, source, draft, editor):
    client.force_login(editor)
    assert keep(client, draft, source).status_code == 404
    adopt(source, draft, editor)
    client.force_login(people_of(draft).head)

    assert keep(client, draft, source).status_code == 403


@pytest.mark.parametrize("count", [1, 4])
def test_the_draft_costs_the_same_with_one_source_as_with_four(
    client, draft, editor, count, django_assert_max_num_queries
):
    for _number in range(count):
        source = published()
        adopt(source, draft, editor)
        published(BETTER, program=source.program, year=2026)
    client.force_login(editor)
    studio(client, draft)

    with django_assert_max_num_queries(12):
        assert studio(client, draft).count("La fuente cambió desde entonces") == count


def test_an_amendment_of_the_source_is_news_and_takes_its_place_in_the_commons(client, source, draft, editor):
    adopt(source, draft, editor)
    begin_amendment(source)
    source.refresh_from_db()
    theirs = text_of(source)
    drafting.save_text(theirs, html=BETTER, version=theirs.version, by=people_of(source).editor)
    publish_amendment(source)
    client.force_login(editor)

    assert "La fuente cambió desde entonces" in studio(client, draft)
    found = client.get("/clausulas/", {"q": "retroalimentación cinco", "ejercicio": "2025"}).context["rows"]
    assert [row["clause"].code for row in found] == [f"{source.code}-M1 process"]
    assert client.get("/clausulas/", {"componente": "process"}).context["paginator"].count == 1
