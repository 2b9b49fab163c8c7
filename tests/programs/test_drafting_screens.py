"""The screens of drafting: what each person sees, what stays typed, what nothing loses."""

import lxml.html
import pytest
from django.urls import reverse

from programs.models import ComponentText, Criterion, CriterionLevel, Edition, Milestone, SupportModality
from tests.factories.programs import EditionFactory, GuideEditionFactory, ProgramFactory, people_of

pytestmark = pytest.mark.django_db

AUTOSAVE = {"HTTP_X_AUTOSAVE": "1", "HTTP_ACCEPT": "application/json"}
ROLES = ["editor", "legal", "operator", "verifier", "head", "budget", "auditor", "assessor", "guide_owner"]


def studio(edition, component="beneficiaries"):
    return reverse("programs:draft_component", args=[edition.code, component])


def address(name, edition, *args):
    return reverse(f"programs:{name}", args=[edition.code, *args])


@pytest.fixture
def edition():
    return EditionFactory(complete=True)


@pytest.fixture
def as_editor(client, edition):
    client.force_login(people_of(edition).editor)
    return client


# Who sees what


def pages_of(edition):
    return [
        address("draft", edition),
        studio(edition),
        address("draft_preview", edition),
        address("draft_signoff", edition),
        address("draft_publish", edition),
    ]


@pytest.mark.parametrize("state", ["complete", "sent", "approved", "published"])
@pytest.mark.parametrize("role", ROLES)
def test_a_draft_is_its_agencys_and_once_sent_its_reviewers(client, role, state):
    edition = EditionFactory(**{state: True})
    client.force_login(getattr(people_of(edition), role))
    inside = role in ("editor", "legal", "operator", "head")
    reviews = role in ("budget", "auditor", "assessor", "guide_owner") and state in ("sent", "approved")

    answers = {client.get(page).status_code for page in pages_of(edition)}

    assert answers == {200 if inside or reviews else 404}


@pytest.mark.parametrize("role", ["editor", "legal", "head"])
def test_another_agencys_draft_does_not_exist(client, edition, role):
    client.force_login(getattr(people_of(EditionFactory()), role))

    assert {client.get(page).status_code for page in pages_of(edition)} == {404}


def test_a_visitor_is_asked_to_sign_in(client, edition):
    assert {client.get(page).status_code for page in pages_of(edition)} == {302}


@pytest.mark.parametrize("role", ["legal", "operator", "head"])
def test_who_reads_a_draft_without_editing_it_is_told_why(client, edition, role):
    client.force_login(getattr(people_of(edition), role))

    answers = [
        client.get(address("row_add", edition, "supportmodality")),
        client.post(studio(edition), {"html": "<p>x</p>", "version": 1}),
        client.post(address("row_remove", edition, "criterion", "diagnostico")),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert Criterion.objects.of_draft(edition).count() == 2


# The list


def test_the_list_shows_my_agencys_editions_and_whose_turn_each_waits_for(client):
    edition, _other = EditionFactory(sent=True), EditionFactory(complete=True)
    client.force_login(people_of(edition).legal)

    response = client.get(reverse("programs:drafting"))

    (row,) = response.context["rows"]
    assert (row["edition"], row["step"], row["is_mine"]) == (edition, "legal", True)


def test_the_list_can_be_narrowed_to_a_state(client, edition):
    EditionFactory(program=edition.program, fiscal_year=2027, sent=True)
    client.force_login(people_of(edition).editor)

    response = client.get(reverse("programs:drafting"), {"state": "signoff"})

    assert [row["edition"].fiscal_year for row in response.context["rows"]] == [2027]


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_costs_the_same_for_one_as_for_four(client, count, django_assert_num_queries):
    program = ProgramFactory()
    for year in range(count):
        edition = EditionFactory(program=program, fiscal_year=2026 + year, sent=True)
    client.force_login(people_of(edition).legal)

    with django_assert_num_queries(10):
        response = client.get(reverse("programs:drafting"))

    assert len(response.context["rows"]) == count


# A new edition


def test_an_editor_starts_an_edition(client):
    program, guide = ProgramFactory(agency__acronym="SISEMH"), GuideEditionFactory()
    client.force_login(people_of(Edition(program=program)).editor)

    response = client.post(
        reverse("programs:draft_new"), {"program": program.pk, "fiscal_year": 2027, "guide": guide.pk}
    )

    assert response.url == "/redaccion/ROP-SISEMH-2027-01/"
    assert Edition.objects.get().program == program


def test_a_second_edition_of_a_year_is_answered_beside_the_year(as_editor, edition):
    response = as_editor.post(
        reverse("programs:draft_new"),
        {"program": edition.program.pk, "fiscal_year": 2026, "guide": edition.guide.pk},
    )

    assert list(response.context["form"].errors) == ["fiscal_year"]


def test_who_edits_no_rules_starts_none(client, edition):
    client.force_login(people_of(edition).legal)

    assert client.get(reverse("programs:draft_new")).status_code == 403


def test_an_edition_is_started_for_ones_own_program_only(as_editor, edition):
    other = ProgramFactory()

    response = as_editor.post(
        reverse("programs:draft_new"), {"program": other.pk, "fiscal_year": 2027, "guide": edition.guide.pk}
    )

    assert list(response.context["form"].errors) == ["program"]


# The text


def test_the_text_is_saved_and_the_page_comes_back(as_editor, edition):
    response = as_editor.post(studio(edition), {"html": "<p>Nuevo</p>", "version": 1})

    assert response.url == f"{studio(edition)}?guardado=2"
    assert edition.texts.get(component__slug="beneficiaries").text == "<p>Nuevo</p>"


def test_the_autosave_is_answered_with_version_and_hour(as_editor, edition):
    response = as_editor.post(studio(edition), {"html": "<p>Nuevo</p>", "version": 1}, **AUTOSAVE)

    said = response.json()
    assert (response.status_code, said["version"]) == (200, "2")
    assert len(said["saved_at"]) == len("10:41:05")


def test_a_stale_autosave_says_so_and_changes_nothing(as_editor, edition):
    as_editor.post(studio(edition), {"html": "<p>De Berta</p>", "version": 1})

    response = as_editor.post(studio(edition), {"html": "<p>De Ana</p>", "version": 1}, **AUTOSAVE)

    assert (response.status_code, response.json()["stale"]) == (409, True)
    assert edition.texts.get(component__slug="beneficiaries").text == "<p>De Berta</p>"


def test_a_stale_save_shows_both_texts_side_by_side(as_editor, edition):
    as_editor.post(studio(edition), {"html": "<p>De Berta [[criterios.total]]</p>", "version": 1})

    response = as_editor.post(studio(edition), {"html": "<p>De Ana</p>", "version": 1})

    assert response.status_code == 409
    assert '<p>De Berta <span class="ref">100</span></p>' in response.text
    assert "&lt;p&gt;De Ana&lt;/p&gt;</textarea>" in response.text
    assert 'name="version" value="2"' in response.text


def test_after_comparing_mine_is_saved_over_the_version_seen(as_editor, edition):
    as_editor.post(studio(edition), {"html": "<p>De Berta</p>", "version": 1})
    as_editor.post(studio(edition), {"html": "<p>De Ana</p>", "version": 1})

    as_editor.post(studio(edition), {"html": "<p>De las dos</p>", "version": 2})

    assert edition.texts.get(component__slug="beneficiaries").text == "<p>De las dos</p>"


TWO = "<p>Uno</p><p>Dos</p>"


def test_an_autosave_beside_somebody_elses_is_joined_and_answered_with_the_whole(as_editor, edition):
    as_editor.post(studio(edition), {"html": TWO, "version": 1})
    as_editor.post(studio(edition), {"html": TWO.replace("Dos", "De Berta"), "version": 2})

    mine = {"html": TWO.replace("Uno", "De Ana"), "version": 2, "writer": "ana", "turn": 1}
    said = as_editor.post(studio(edition), mine, **AUTOSAVE).json()

    assert said["values"]["html"] == "<p>De Ana</p><p>De Berta</p>"
    assert (said["version"], said["words"]) == ("4", "Unido con lo que guardó otra persona, a las")
    assert edition.texts.get(component__slug="beneficiaries").text == said["values"]["html"]


def test_a_save_overtaken_by_a_later_one_of_its_page_says_no_version(as_editor, edition):
    late = {"html": "<p>Uno y dos</p>", "version": 1, "writer": "ana", "turn": 2}
    as_editor.post(studio(edition), late, **AUTOSAVE)

    said = as_editor.post(studio(edition), late | {"html": "<p>Uno</p>", "turn": 1}, **AUTOSAVE).json()

    assert set(said) == {"saved_at"}
    assert edition.texts.get(component__slug="beneficiaries").text == "<p>Uno y dos</p>"


JOINS = {
    "both": "<p>De Berta</p>\n<p>De Ana</p>",
    "mine": "<p>De Ana</p>",
    "theirs": "<p>De Berta</p>",
    "edited": "<p>De las dos</p>",
    "": "<p>De Berta</p>\n<p>De Ana</p>",
}


@pytest.mark.parametrize("choice", JOINS)
def test_each_conflict_is_settled_as_the_person_chose_and_by_default_both_stay(as_editor, edition, choice):
    as_editor.post(studio(edition), {"html": TWO, "version": 1})
    as_editor.post(studio(edition), {"html": TWO.replace("Dos", "De Berta"), "version": 2})
    page = as_editor.post(studio(edition), {"html": TWO.replace("Dos", "De Ana"), "version": 2})
    sent = fields_of(page.text, "joinform")
    sent |= {"html-1-choice": choice, "html-1-edited": "<p>De las dos</p>"} if choice else {}

    as_editor.post(address("draft_join", edition, "beneficiaries"), sent)

    text = edition.texts.get(component__slug="beneficiaries")
    assert text.text == f"<p>Uno</p>{JOINS[choice]}"
    assert text.versions.first().origin == ("typed" if choice == "theirs" else "merged")


def fields_of(html, kind):
    """The hidden fields of a form, by its class."""
    hidden = lxml.html.fromstring(html).xpath(f"//form[@class='{kind}']//input[@type='hidden']")
    values = {}
    for one in hidden:
        values.setdefault(one.get("name"), []).append(one.get("value", ""))
    return values


def test_the_summary_is_saved_with_the_text_and_stays_when_only_the_text_is_sent(as_editor, edition):
    as_editor.post(studio(edition), {"html": TWO, "summary": " Qué es. ", "version": 1})
    as_editor.post(studio(edition), {"html": "<p>Otro</p>", "version": 2})

    assert edition.texts.get(component__slug="beneficiaries").summary == "Qué es."


def test_the_reason_of_a_component_that_does_not_apply_outlives_a_text_saved_meanwhile(as_editor, edition):
    as_editor.post(studio(edition, "process"), {"html": "<p>Nuevo</p>", "version": 1})
    as_editor.post(
        address("draft_not_applicable", edition, "process"), {"reason": "Porque no.", "version": 1}
    )

    text = edition.texts.get(component__slug="process")
    assert (text.text, text.not_applicable_reason) == ("<p>Nuevo</p>", "Porque no.")


def test_long_sentences_are_marked(as_editor, edition):
    long = " ".join(["palabra"] * 31)
    as_editor.post(studio(edition), {"html": f"<p>{long}.</p><p>Corta.</p>", "version": 1})

    response = as_editor.get(studio(edition))

    assert response.context["reading"].long == [(31, f"{long}.")]
    assert f'<mark lang="es">{long}.</mark>' in response.text


@pytest.mark.parametrize("tab", ["practicas", "ejemplos", "comentarios", "historial", "otra"])
def test_each_tab_keeps_to_the_budget(as_editor, edition, tab, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        response = as_editor.get(studio(edition), {"ver": tab})

    assert response.context["company"]["panel"] == ("practicas" if tab == "otra" else tab)


def test_an_autosave_without_session_is_sent_to_sign_in_and_writes_nothing(client, edition):
    response = client.post(studio(edition), {"html": "<p>Perdido</p>", "version": 1}, **AUTOSAVE)

    assert response.status_code in (302, 401)
    assert not ComponentText.objects.filter(text__contains="Perdido").exists()


def test_the_autosave_costs_ten_queries(as_editor, edition, django_assert_max_num_queries):
    """Two are the transaction itself, one keeps the version, one holds the draft on PostgreSQL."""
    with django_assert_max_num_queries(10):
        as_editor.post(studio(edition), {"html": "<p>Nuevo</p>", "version": 1}, **AUTOSAVE)


def test_a_component_that_does_not_apply_is_marked(as_editor, edition):
    as_editor.post(
        address("draft_not_applicable", edition, "process"), {"reason": "No aplica.", "version": 1}
    )

    assert edition.texts.get(component__slug="process").not_applicable_reason == "No aplica."


@pytest.mark.parametrize("filled", [False, True])
def test_the_studio_costs_the_same_empty_as_full(client, filled, django_assert_num_queries):
    edition = EditionFactory(complete=filled)
    client.force_login(people_of(edition).editor)

    with django_assert_num_queries(12):
        response = client.get(studio(edition))

    assert response.status_code == 200


def test_weights_that_add_up_to_99_are_answered_under_their_table(as_editor, edition):
    Criterion.objects.of_draft(edition).filter(key="desigualdad").update(weight=59)

    response = as_editor.get(studio(edition))

    block = next(one for one in response.context["blocks"] if one["anchor"] == "block-criteria")
    assert any("99" in one.finding.message for one in block["findings"])


def test_the_studio_of_another_component_of_the_guide_is_not_found(as_editor, edition):
    assert as_editor.get(studio(edition, "nada")).status_code == 404


# The data


def test_a_row_is_added_with_figures_as_people_write_them(as_editor, edition):
    typed = {"name": "Coinversión", "minimum": "50,000", "maximum": "490,000.50", "own_share": "10"}

    response = as_editor.post(address("row_add", edition, "supportmodality"), typed)

    assert response.url == f"{studio(edition, 'benefits')}#block-support_modalities"
    row = SupportModality.objects.get(key="coinversion")
    assert (str(row.minimum), str(row.maximum)) == ("50000.00", "490000.50")


def test_a_row_that_makes_no_sense_is_answered_and_stays_typed(as_editor, edition):
    typed = {"name": "Coinversión", "minimum": "500", "maximum": "490", "own_share": "10"}

    response = as_editor.post(address("row_add", edition, "supportmodality"), typed)

    assert response.status_code == 200
    assert response.context["form"].errors
    assert 'value="Coinversión"' in response.text
    assert not SupportModality.objects.filter(key="coinversion").exists()


def test_a_milestone_that_exists_is_answered_beside_its_field(as_editor, edition):
    typed = {"code": "ruling", "side": "agency", "way": "date", "on": "2026-04-20"}

    response = as_editor.post(address("row_add", edition, "milestone"), typed)

    assert list(response.context["form"].errors) == ["code"]


def milestone_typed(as_editor, edition, **typed):
    Milestone.objects.of_draft(edition).filter(code="ruling").delete()
    values = {"code": "ruling", "side": "committee", **typed}
    return as_editor.post(address("row_add", edition, "milestone"), values)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"way": "date", "on": "2026-04-20", "days": "5", "unit": "business"}, ("2026-04-20", None, "", "")),
        (
            {"way": "rule", "on": "2026-04-20", "days": "5", "unit": "business", "after": "call_closed"},
            ("None", 5, "business", "call_closed"),
        ),
    ],
)
def test_of_the_two_ways_to_date_a_milestone_only_the_chosen_one_is_kept(as_editor, edition, typed, kept):
    milestone_typed(as_editor, edition, **typed)

    row = Milestone.objects.of_draft(edition).get(code="ruling")
    assert (str(row.on), row.days, row.unit, row.after) == kept


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, ["way"]),
        ({"way": "date", "days": "5"}, ["on"]),
        ({"way": "date", "on": "mañana"}, ["on"]),
        ({"way": "rule", "on": "2026-04-20"}, ["days", "unit", "after"]),
        ({"way": "rule", "days": "5", "after": "call_closed"}, ["unit"]),
    ],
)
def test_what_the_chosen_way_lacks_is_said_beside_its_field(as_editor, edition, typed, wrong):
    response = milestone_typed(as_editor, edition, **typed)

    assert set(wrong) <= set(response.context["form"].errors)
    assert set(response.context["form"].errors) - {"__all__"} == set(wrong)
    assert not Milestone.objects.of_draft(edition).filter(code="ruling").exists()


@pytest.mark.parametrize(("code", "way"), [("call_closed", "date"), ("results_published", "rule")])
def test_a_milestone_opens_on_the_way_it_has(as_editor, edition, code, way):
    response = as_editor.get(address("row_change", edition, "milestone", code))

    assert response.context["form"]["way"].value() == way


def test_a_window_of_29_days_is_answered_where_the_schedule_is(as_editor, edition):
    as_editor.post(
        address("row_change", edition, "milestone", "call_closed"),
        {"code": "call_closed", "side": "agency", "way": "date", "on": "2026-03-30"},
    )

    response = as_editor.get(studio(edition, "process"))

    block = next(one for one in response.context["blocks"] if one["anchor"] == "block-schedule")
    messages = " ".join(one.finding.message for one in block["findings"])
    assert Milestone.objects.get(key="call_closed").on.day == 30
    assert "29" in messages
    assert "31 de marzo de 2026" in messages


def test_a_level_is_added_to_its_criterion(as_editor, edition):
    typed = {"label": "Bueno", "points": "30", "descriptor": "Bien."}

    as_editor.post(address("row_add", edition, "criterionlevel") + "?criterion=diagnostico", typed)

    assert CriterionLevel.objects.get(label="Bueno").criterion_key == "diagnostico"


def test_a_level_of_no_criterion_is_not_found(as_editor, edition):
    assert as_editor.get(address("row_add", edition, "criterionlevel") + "?criterion=x").status_code == 404


def test_a_row_moves_up(as_editor, edition):
    as_editor.post(address("row_move", edition, "criterion", "desigualdad"), {"direction": "up"})

    assert [row.key for row in Criterion.objects.of_draft(edition)] == ["desigualdad", "diagnostico"]


def test_a_row_is_taken_out_after_asking(as_editor, edition):
    page = address("row_remove", edition, "criterion", "diagnostico")

    assert as_editor.get(page).status_code == 200
    assert Criterion.objects.of_draft(edition).count() == 2
    as_editor.post(page)
    assert Criterion.objects.of_draft(edition).count() == 1


@pytest.mark.parametrize("model", ["edition", "nada", "publication"])
def test_only_blocks_have_rows(as_editor, edition, model):
    assert as_editor.get(address("row_add", edition, model)).status_code == 404


def test_every_block_has_its_form(as_editor, edition):
    from programs.models import BLOCK_MODELS

    for model in BLOCK_MODELS:
        row = model.objects.of_draft(edition).first()
        page = address("row_change", edition, model._meta.model_name, row.key)
        assert as_editor.get(page).status_code == 200


def test_saving_a_form_untouched_changes_nothing(as_editor, edition):
    from programs.models import BLOCK_MODELS

    for model in BLOCK_MODELS:
        for row in one_of_each_shape(model.objects.of_draft(edition)):
            before = model.objects.filter(pk=row.pk).values().get()
            page = address("row_change", edition, model._meta.model_name, row.key)
            form = as_editor.get(page).context["form"]
            sent = {
                bound.name: bound.value()
                for bound in form
                if bound.value() is not None and bound.value() is not False
            }
            sent = {name: text for name in sent if (text := bound_text(form, name)) is not None}
            assert as_editor.post(page, sent).status_code == 302
            assert model.objects.filter(pk=row.pk).values().get() == before


def one_of_each_shape(rows):
    """A row for each way in which a row of the block is filled in: with these fields, without those."""
    shapes = {tuple(value in (None, "") for value in row.__dict__.values()): row for row in rows}
    return shapes.values()


def bound_text(form, name):
    """What the browser would send for a field left as it was."""
    widget = form.fields[name].widget
    value = form.fields[name].prepare_value(form[name].value())
    return (
        value
        if isinstance(value, bool)
        else widget.format_value(value)
        if hasattr(widget, "format_value")
        else value
    )


# Sign-off and publication on screen


def test_a_draft_is_sent_signed_and_published_on_screen(client, edition):
    people = people_of(edition)
    page = address("draft_signoff", edition)
    for role, act in [("editor", "send"), *((r, "sign") for r in ("legal", "budget", "auditor", "assessor"))]:
        client.force_login(getattr(people, role))
        assert client.post(page, {"act": act}).status_code == 302
    client.force_login(people.head)

    response = client.post(address("draft_publish", edition), CITATION_TYPED)

    assert response.url == address("draft_publish", edition)
    assert Edition.objects.get(pk=edition.pk).state == "published"
    after = client.get(response.url)
    assert Edition.objects.get(pk=edition.pk).publications.get().sha256 in after.text


CITATION_TYPED = {
    "gazette_date": "2026-01-08",
    "gazette_volume": "CDX",
    "gazette_number": "12",
    "in_force_from": "2026-01-09",
    "understood": "on",
}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"gazette_number": ""}, "gazette_number"),
        ({"gazette_date": "2026-01-07"}, "gazette_date"),
        ({"in_force_from": "2026-01-01"}, "in_force_from"),
        ({"understood": ""}, "understood"),
    ],
)
def test_a_wrong_citation_is_answered_beside_its_field_and_stays_typed(client, wrong, field):
    edition = EditionFactory(approved=True)
    client.force_login(people_of(edition).head)

    response = client.post(address("draft_publish", edition), CITATION_TYPED | wrong)

    assert list(response.context["form"].errors) == [field]
    assert 'value="CDX"' in response.text
    assert Edition.objects.get(pk=edition.pk).state == "approved"


def test_who_may_not_publish_is_told_why(client):
    edition = EditionFactory(approved=True)
    client.force_login(people_of(edition).editor)

    assert client.post(address("draft_publish", edition), CITATION_TYPED).status_code == 403


def test_the_page_says_who_will_be_written_to_before_publishing(client):
    edition = EditionFactory(approved=True)
    people = people_of(edition)
    client.force_login(people.head)

    response = client.get(address("draft_publish", edition))

    told = {
        people.editor,
        people.legal,
        people.operator,
        people.verifier,
        people.head,
        people.assessor,
        people.guide_owner,
    }
    assert set(response.context["recipients"]) == told


def test_a_refusal_without_reason_is_answered_beside_its_field(client):
    edition = EditionFactory(sent=True)
    client.force_login(people_of(edition).legal)

    response = client.post(address("draft_signoff", edition), {"act": "refuse", "reason": " "})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["reason"]


@pytest.mark.parametrize("act", ["sign", "refuse", "send", "reopen", "nada"])
def test_an_act_that_is_not_mine_is_refused(client, act):
    edition = EditionFactory(sent=True)
    client.force_login(people_of(edition).budget)

    answer = client.post(address("draft_signoff", edition), {"act": act, "reason": "Porque sí."})

    assert answer.status_code == 403
    assert not edition.signoffs.exists()


def test_the_address_of_the_whole_draft_only_shows_it(as_editor, edition):
    assert as_editor.post(address("draft", edition), {"text": "<p>Otro.</p>"}).status_code == 405
