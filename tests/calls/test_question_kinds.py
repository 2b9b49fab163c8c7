"""Questions of every kind: tables, indicators, coverage; and those that depend on another one."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from calls import completeness, tabular, typed
from calls.actions import answers, applications
from calls.contents import Contents
from calls.models import Application
from calls.pdfs import receipt
from evaluations.blind import BlindCopy
from programs.actions import blocks
from programs.models import ApplicationQuestion
from tests.factories.applications import (
    ApplicationFactory,
    OpenCallFactory,
    drafter_of,
    fill,
    municipality,
    representative_of,
)
from tests.factories.programs import EditionFactory, people_of, publish

pytestmark = pytest.mark.django_db

Kind = ApplicationQuestion.Kind
TABLE = {"kind": Kind.TABLE, "choices": "Actividad\nMes\nCosto $\nPersonas #"}


def question(**fields):
    return ApplicationQuestion(key="q", label="¿Qué?", **{"kind": Kind.TABLE, **fields})


# Tables


def test_the_columns_of_a_table_say_what_their_cells_hold():
    columns = tabular.columns_of(question(**TABLE))

    assert [(one.name, one.kind) for one in columns] == [
        ("Actividad", "words"),
        ("Mes", "words"),
        ("Costo", "money"),
        ("Personas", "number"),
    ]


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([["Taller", "Marzo", "12,000.50", "30"]], ""),
        ([["Taller", "Marzo", "12000", "30"], ["Feria", "Abril", "$500", "2.5"]], ""),
        ([["Taller", "", "12000", "30"]], "Renglón 1: falta «Mes»"),
        ([["Taller", "Marzo", "doce mil", "30"]], "Renglón 1, «Costo»: Escriba solo un número"),
        ([["Taller", "Marzo", "-1", "30"]], "no puede ser negativo"),
        ([["A", "B", "1", "1"], ["Taller", "Marzo", "1"]], "Renglón 2: falta «Personas»"),
        ([["T" * 501, "Marzo", "1", "1"]], "demasiado largo"),
        ([["A", "B", "1", "1"]] * 61, "a lo más 60 renglones"),
    ],
)
def test_each_row_has_all_its_cells_and_numbers_are_numbers(rows, wrong):
    text = tabular.as_text(rows)
    if not wrong:
        assert typed.read(question(**TABLE), text) == {}
        return
    with pytest.raises(typed.NotAnAnswer, match=wrong):
        typed.read(question(**TABLE), text)


def test_empty_rows_are_no_rows_and_what_is_no_table_has_none():
    assert tabular.as_text([["", " "], []]) == ""
    assert tabular.rows_of(tabular.as_text([["", ""], [" a ", ""]])) == [["a", ""]]
    for text in ("", "texto", "3", '{"a": 1}', "[1, 2]"):
        assert tabular.rows_of(text) == []


# In an application


def call_with(*questions):
    edition = EditionFactory(complete=True)
    editor = people_of(edition).editor
    for fields in questions:
        blocks.add(ApplicationQuestion, edition, by=editor, **{"section": "Proyecto", **fields})
    publish(edition)
    return OpenCallFactory(edition=edition)


def begun(*questions):
    application = ApplicationFactory(call=call_with(*questions))
    return application, {q.label: q.key for q in Contents(application).all_questions}


def page_of(application, number=1):
    return reverse("calls:application_questions", args=[application.public_id, number])


def lacking(application):
    return [one.about for one in completeness.missing(Contents(Application.objects.get(pk=application.pk)))]


def said(application, key):
    return application.answers.get(question__key=key).text


def test_a_table_is_filled_in_row_by_row_without_scripts(client):
    application, keys = begun({"label": "Cronograma", **TABLE})
    key = keys["Cronograma"]
    client.force_login(drafter_of(application.organization))
    cells = {f"{key}-0-{n}": cell for n, cell in enumerate(["Taller", "Marzo", "1200", "30"])}

    page = client.post(page_of(application), cells | {f"mark-{key}": answers.mark_of(""), "later": "1"})

    assert page.status_code == 302
    assert json.loads(said(application, key)) == [["Taller", "Marzo", "1200", "30"]]
    assert 'value="Taller"' in client.get(page_of(application)).text


def test_a_row_that_lacks_a_cell_is_kept_and_answered_where_it_was_typed(client):
    application, keys = begun({"label": "Cronograma", **TABLE})
    key = keys["Cronograma"]
    client.force_login(drafter_of(application.organization))

    page = client.post(page_of(application), {f"{key}-0-0": "Taller", f"mark-{key}": answers.mark_of("")})

    assert "Renglón 1: falta «Mes»" in str(page.context["form"].errors[key])
    assert 'value="Taller"' in page.text
    assert key in lacking(application)


def test_the_coverage_is_ticked_and_read_by_name(client):
    application, keys = begun({"label": "Cobertura", "kind": Kind.MUNICIPALITIES})
    key, place = keys["Cobertura"], municipality()
    client.force_login(drafter_of(application.organization))

    client.post(page_of(application), {key: [place.pk], f"mark-{key}": answers.mark_of(""), "later": "1"})
    assert said(application, key) == place.pk
    page = client.get(page_of(application)).text
    assert f'value="{place.pk}" id="id_{key}-{place.pk}" checked' in page

    client.post(page_of(application), {f"mark-{key}": answers.mark_of(place.pk), "later": "1"})
    assert said(application, key) == ""


def test_a_municipality_that_does_not_exist_is_no_answer():
    application, keys = begun({"label": "Cobertura", "kind": Kind.MUNICIPALITIES})
    by = representative_of(application.organization)

    saved = answers.save_answers(application, {keys["Cobertura"]: answers.Typed("99999")}, by=by)

    assert "Elija los municipios" in saved.errors[keys["Cobertura"]]
    assert keys["Cobertura"] in lacking(application)


def test_the_receipt_and_the_seal_carry_tables_and_coverage_as_people_read_them():
    application, keys = begun(
        {"label": "Indicadores", "kind": Kind.INDICATORS}, {"label": "Cobertura", "kind": Kind.MUNICIPALITIES}
    )
    by = representative_of(application.organization)
    fill(application)
    rows = tabular.as_text([["Mujeres con empleo", "Personas", "0", "120", "Lista"]])
    given = {keys["Indicadores"]: answers.Typed(rows), keys["Cobertura"]: answers.Typed(municipality().pk)}
    answers.save_answers(application, given, by=by)

    submission = applications.submit(Application.objects.get(pk=application.pk), by=by)

    sealed = {one["key"]: one for one in json.loads(submission.snapshot)["answers"]}
    assert "Meta: 120" in receipt.in_words(sealed[keys["Indicadores"]])
    assert receipt.in_words(sealed[keys["Cobertura"]]) == municipality().name


# Questions that depend on others

DEPENDS = (
    {"label": "¿Tiene local?", "kind": Kind.YES_NO},
    {"label": "¿Dónde?", "kind": Kind.SHORT, "question_key": "tiene-local", "question_answer": "sí"},
    {
        "label": "¿Por qué no?", "kind": Kind.SHORT, "section": "Otra",
        "question_key": "tiene-local", "question_answer": "no",
    },
)  # fmt: skip


@pytest.fixture
def depending():
    application, keys = begun(*DEPENDS)
    assert keys["¿Tiene local?"] == "tiene-local"
    return fill_nothing_of(application), keys


def fill_nothing_of(application):
    fill(application)
    application.answers.filter(question__label__in=[one["label"] for one in DEPENDS]).delete()
    return application


def answer(application, **texts):
    by = representative_of(application.organization)
    typed_in = {key.replace("_", "-"): answers.Typed(text) for key, text in texts.items()}
    return answers.save_answers(application, typed_in, by=by)


def test_only_what_the_answers_ask_for_is_missing(depending):
    application, keys = depending
    assert lacking(application) == ["tiene-local"]

    answer(application, tiene_local="yes")
    assert lacking(application) == [keys["¿Dónde?"]]
    answer(application, tiene_local="no")
    assert lacking(application) == [keys["¿Por qué no?"]]


def test_what_is_not_asked_is_not_sent_though_it_was_written(depending):
    application, keys = depending
    answer(application, tiene_local="yes")
    by = representative_of(application.organization)
    both = {keys["¿Dónde?"]: answers.Typed("En Tala"), keys["¿Por qué no?"]: answers.Typed("Nada")}
    answers.save_answers(application, both, by=by)

    submission = applications.submit(Application.objects.get(pk=application.pk), by=by)

    sealed = {one["key"] for one in json.loads(submission.snapshot)["answers"]}
    assert keys["¿Dónde?"] in sealed
    assert keys["¿Por qué no?"] not in sealed


def test_the_page_shows_what_an_answer_of_the_same_page_would_ask_for(client, depending):
    application, keys = depending
    client.force_login(drafter_of(application.organization))

    page = client.get(page_of(application)).text
    assert 'data-after="tiene-local" data-answers="yes"' in page
    assert "Solo si respondió «sí» a: ¿Tiene local?" in page
    number = next(s.number for s in Contents(application).sections if s.title == "Otra")
    assert "no hay nada que responder aquí" in client.get(page_of(application, number)).text

    answer(application, tiene_local="no")
    assert f'name="{keys["¿Por qué no?"]}"' in client.get(page_of(application, number)).text


def test_the_page_of_the_call_says_on_what_a_question_depends(client, depending):
    application, _keys = depending

    page = " ".join(client.get(application.call.get_absolute_url()).text.split())

    assert "solo si respondió «sí» a «¿Tiene local?»" in page


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"question_key": "problema", "question_answer": "x"}, "question_key"),
        ({"question_key": "no-existe", "question_answer": "x"}, "question_key"),
        ({"question_key": "tiene-local", "question_answer": "quizá"}, "question_answer"),
        ({"question_key": "tiene-local", "question_answer": ""}, "__all__"),
        ({"question_key": "", "question_answer": "sí"}, "__all__"),
    ],
)
def test_a_condition_names_a_question_with_choices_and_one_of_them(fields, field):
    edition = EditionFactory(complete=True)
    editor = people_of(edition).editor
    blocks.add(ApplicationQuestion, edition, by=editor, section="Proyecto", **DEPENDS[0])

    with pytest.raises(ValidationError) as refused:
        blocks.add(
            ApplicationQuestion, edition, by=editor, section="P", label="¿Y?", kind=Kind.SHORT, **fields
        )

    assert list(refused.value.message_dict) == [field]


def test_two_questions_do_not_wait_for_one_another():
    edition = EditionFactory(complete=True)
    editor = people_of(edition).editor
    first = blocks.add(ApplicationQuestion, edition, by=editor, section="P", label="Uno", kind=Kind.YES_NO)
    second = blocks.add(
        ApplicationQuestion, edition, by=editor, section="P", label="Dos", kind=Kind.YES_NO,
        question_key=first.key, question_answer="no",
    )  # fmt: skip

    with pytest.raises(ValidationError):
        blocks.change(first, by=editor, question_key=second.key, question_answer="sí")


def test_an_evaluator_reads_only_what_was_asked(depending):

    application, keys = depending
    answer(application, tiene_local="yes")
    by = representative_of(application.organization)
    answers.save_answers(application, {keys["¿Dónde?"]: answers.Typed("En Tala")}, by=by)

    shown = str(BlindCopy(application).sections)

    assert "En Tala" in shown
    assert "¿Por qué no?" not in shown
