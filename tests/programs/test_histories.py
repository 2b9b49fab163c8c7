"""Everything that was said of a practice stays in sight: each declaration and each answer, by body."""

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, transaction

from accounts.models import Role
from programs.actions import practices
from programs.loading import load_reference
from programs.models import Assessment, AssessmentVersion, GuideEdition, Practice, Program
from tests.factories.accounts import member
from tests.factories.programs import (
    EditionFactory,
    begin_amendment,
    fill,
    people_of,
    publish,
    publish_amendment,
)
from tests.harness.taped import taped

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 2, 16, 0, tzinfo=UTC)
CLAUSE = "<p>Quien no sea seleccionada puede pedir las razones precisas en diez días hábiles.</p>"
PROOF = "pedir las razones precisas en diez días hábiles"
PAGE = "/reglas/SISEMH-API/2026/practicas/GP-02/"


@pytest.fixture
@taped
def edition():
    load_reference()
    made = EditionFactory(
        program=Program.objects.get(code="SISEMH-API"), guide=GuideEdition.objects.get(), code="ROP-X-2026-01"
    )
    made.texts.filter(component__slug="process").update(text=CLAUSE, version=1)
    return fill(made)


def assess(edition, verdict, *, days=0, **declared):
    return practices.assess(
        edition, Practice.objects.get(code="GP-02"), verdict, by=people_of(edition).editor,
        at=AT + timedelta(days=days), **declared,
    )  # fmt: skip


@pytest.fixture
def told(edition):
    """Declared, contested, declared again with its clause, and confirmed."""
    publish(edition)
    assessor = people_of(edition).assessor
    first = assess(edition, "partial", observation="Solo por escrito")
    practices.contest(first, note="No dice el plazo.", by=assessor, at=AT + timedelta(days=1))
    clause = edition.guide.components.get(slug="process")
    again = assess(edition, "adopted", days=2, clause=clause, excerpt=PROOF)
    return practices.confirm(again, by=assessor, at=AT + timedelta(days=3))


def history(assessment):
    return AssessmentVersion.objects.of(assessment.edition, assessment.practice)


def test_every_declaration_and_answer_is_kept_with_its_body_oldest_first(told):
    agency, planning = (
        told.edition.program.agency.body,
        people_of(told.edition).assessor.memberships.get().body,
    )

    kept = [(one.number, one.kind, one.verdict, one.body, one.at) for one in history(told)]

    assert kept == [
        (1, "declared", "partial", agency, AT),
        (2, "contested", "partial", planning, AT + timedelta(days=1)),
        (3, "declared", "adopted", agency, AT + timedelta(days=2)),
        (4, "confirmed", "adopted", planning, AT + timedelta(days=3)),
    ]
    assert [one.note for one in history(told)] == ["", "No dice el plazo.", "", ""]
    assert history(told)[2].excerpt == PROOF


@pytest.mark.parametrize("change", [lambda one: one.update(note="Otra"), lambda one: one.delete()])
def test_the_database_refuses_to_rewrite_it(told, change):
    with pytest.raises(DatabaseError, match="kept as they were"), transaction.atomic():
        change(AssessmentVersion.objects.filter(pk=history(told)[1].pk))


def test_a_refused_declaration_leaves_nothing_in_it(edition):
    with pytest.raises(practices.CannotAssess):
        assess(edition, "partial")

    assert not AssessmentVersion.objects.filter(edition=edition).exists()


def test_what_was_said_outlives_the_assessment(told):
    Assessment.objects.filter(pk=told.pk).delete()

    assert AssessmentVersion.objects.filter(edition=told.edition).count() == 4


def test_the_marks_of_the_report_begin_theirs(edition):
    kept = AssessmentVersion.objects.filter(kind="recorded")

    assert (kept.count(), set(kept.values_list("number", "body", "by"))) == (22, {(1, None, None)})


def test_loading_the_reference_again_adds_nothing(edition):
    load_reference()

    assert AssessmentVersion.objects.count() == 22


# The page


def test_both_words_stand_beside_each_other_and_the_clause_is_a_click_away(client, told):
    shown = client.get(PAGE).text

    assert shown.index("La dependencia declara") < shown.index("Planeación responde")
    assert "Confirmada por planeación" in shown
    assert 'href="/reglas/SISEMH-API/2026/?practica=GP-02#practica"' in shown
    marked = client.get("/reglas/SISEMH-API/2026/?practica=GP-02").text
    assert f"<mark>{PROOF}</mark>" in marked
    assert f'href="{PAGE}"' in marked


def test_what_was_contested_and_what_it_said_stay_in_sight(client, told):
    shown = client.get(PAGE).text

    places = [shown.index(words) for words in ("Solo por escrito", "No dice el plazo.")]
    assert places == sorted(places)


def test_bodies_speak_and_nobody_is_named(client, told):
    people = people_of(told.edition)
    shown = client.get(PAGE).text

    assert people.editor.name not in shown
    assert people.assessor.name not in shown
    assert shown.count("<span>SISEMH</span>") == 2


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/armonizacion/practicas/GP-02/", PAGE),
        ("/reglas/SISEMH-API/2026/", PAGE),
        ("/armonizacion/?ejercicio=2026", "/reglas/SISEMH-API/2026/?practica=GP-02#practica"),
    ],
)
def test_the_pages_lead_to_it_or_to_the_clause(client, told, address, words):
    assert f'href="{words}"' in client.get(address).text


def test_the_api_leads_to_the_clause_and_to_the_history(client, told):
    found = client.get("/api/v1/assessments/?edition=ROP-X-2026-01").json()["results"][0]

    assert found["evidence_url"].endswith("/reglas/SISEMH-API/2026/?practica=GP-02#practica")
    assert found["history_url"].endswith(PAGE)


def test_a_passage_that_an_amendment_moved_is_found_in_the_version_where_it_stood(client, told):
    edition = told.edition
    begin_amendment(edition)
    edition.texts.filter(component__slug="process").update(text="<p>Otro texto del componente.</p>")
    publish_amendment(edition)

    now = client.get("/reglas/SISEMH-API/2026/?version=1&practica=GP-02").text
    before = client.get("/reglas/SISEMH-API/2026/?version=0&practica=GP-02").text

    assert f'no está en esta versión:</b> <q lang="es">{PROOF}</q>' in now
    assert 'href="?version=0&amp;practica=GP-02#practica"' in now
    assert f"<mark>{PROOF}</mark>" in before
    assert "no está en esta versión" not in before


def test_without_a_declaration_the_page_says_so(client, edition):
    publish(edition)

    assert "Aún no se ha dicho nada de esta práctica" in client.get(PAGE).text


def test_of_a_draft_or_an_unknown_practice_there_is_no_page(client, edition):
    assert client.get(PAGE).status_code == 404
    assert client.get("/reglas/SISEMH-API/2024/practicas/GP-99/").status_code == 404


@pytest.mark.parametrize("more", [0, 3])
def test_the_page_costs_the_same_whatever_was_said(client, told, more, django_assert_num_queries):
    for day in range(more):
        assess(told.edition, "partial", days=4 + day, observation="Falta")

    with django_assert_num_queries(5):
        assert client.get(PAGE).text.count('<th scope="row"><time') == 4 + more


@pytest.mark.parametrize("who", ["editor", "legal", "assessor", "stranger", "nobody"])
@pytest.mark.parametrize("state", ["draft", "published"])
def test_list_and_permission_agree_on_what_was_said(edition, who, state):
    assess(edition, "partial", observation="Falta")
    if state == "published":
        publish(edition)
    others = {"stranger": lambda: member(Role.MONITORING), "nobody": AnonymousUser}
    user = others[who]() if who in others else getattr(people_of(edition), who)

    listed = set(AssessmentVersion.objects.visible_to(user))

    allowed = {
        one for one in AssessmentVersion.objects.all() if user.has_perm("programs.view_assessment", one)
    }
    assert listed == allowed
    assert len(listed) >= 22


# What stood before histories were kept


def test_assessments_of_before_begin_their_history(edition):
    migration = import_module("programs.migrations.0018_first_histories")
    publish(edition)
    old = Assessment.objects.create(
        edition=edition, practice=Practice.objects.get(code="GP-01"), verdict="adopted", source="Portal",
        assessed_by=people_of(edition).editor, assessed_at=AT, review="contested", review_note="¿Dónde?",
        reviewed_by=people_of(edition).assessor, reviewed_at=AT + timedelta(days=1),
    )  # fmt: skip

    Assessment.objects.exclude(pk=old.pk).delete()  # those have theirs

    migration.begin_each_history(apps, None)

    assert [(one.kind, one.verdict, one.note, one.at) for one in history(old)] == [
        ("declared", "adopted", "", AT),
        ("contested", "adopted", "¿Dónde?", AT + timedelta(days=1)),
    ]
