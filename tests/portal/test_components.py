"""What each component promises to whoever builds a page from it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe

from jobs.models import JobState
from rop_portal.components.charts import COLOURS, gantt

CLOSES_AT = datetime(2024, 4, 1, 6, 0, tzinfo=UTC)  # midnight in central Mexico


def html(source, **context):
    return Template(source).render(Context(context))


def words(source, **context):
    return " ".join(strip_tags(html(source, **context)).split())


def test_a_misspelt_argument_is_an_error():
    with pytest.raises(TemplateSyntaxError, match="tonne"):
        html('{% badge "x" tonne="done" %}')


@pytest.mark.parametrize(
    "thing", [SimpleNamespace(state="done", get_state_display=lambda: "Terminado"), JobState.DONE]
)
def test_a_state_is_told_by_its_word_and_an_icon(thing):
    badge = html("{% state_badge thing %}", thing=thing)

    assert strip_tags(badge).strip() == "Terminado"
    assert "tone-done" in badge
    assert "<svg" in badge


def test_a_state_nobody_gave_a_tone_is_plain():
    assert (
        html('{% state_badge "unheard" label="Inaudito" %}').strip() == '<span class="badge">Inaudito</span>'
    )


def test_a_cutoff_prints_the_last_minute_that_is_accepted():
    assert "31 de marzo de 2024, 23:59 h (hora del centro de México)" in words(
        "{% deadline cutoff=at %}", at=CLOSES_AT
    )


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (timedelta(days=9), "Quedan 9 días naturales."),
        (timedelta(days=1), "Queda 1 día natural."),
        (timedelta(hours=1), "Termina hoy."),
        (timedelta(hours=-1), "Terminó hoy."),
        (timedelta(days=-4), "Terminó hace 4 días."),
    ],
)
def test_the_days_left_are_counted_on_the_calendar_of_mexico(demo_today, ahead, said):
    at = datetime(2026, 9, 16, 16, 0, tzinfo=UTC) + ahead

    assert words("{% deadline at %}", at=at).endswith(said)


def test_business_days_are_those_that_were_counted(demo_today):
    at = datetime(2026, 9, 25, 16, 0, tzinfo=UTC)

    assert words('{% deadline at days=6 unit="business" %}', at=at).endswith("Quedan 6 días hábiles.")


def test_the_turn_line_says_whose_turn_until_when_and_what_to_do(demo_today):
    at = datetime(2026, 9, 20, 16, 0, tzinfo=UTC)

    line = words(
        '{% turn_line yours=True what="firmar" until=at action_url="/f/" action_label="Firmar" %}', at=at
    )

    assert line == (
        "Es su turno: firmar. Hasta el 20 de septiembre de 2026, 10:00 h (hora del centro de México). "
        "Quedan 4 días naturales. Firmar"
    )


def test_an_amount_carries_its_words():
    money = html("{% money amount %}", amount=Decimal("490000"))

    assert 'title="cuatrocientos noventa mil pesos 00/100 M.N."' in money
    assert strip_tags(money).startswith("$490,000.00")


def test_a_practice_nobody_assessed_is_not_stated():
    assert words("<table><tr>{% practice_cell %}</tr></table>") == "Sin dato"


def test_a_moved_promise_keeps_its_former_date_struck_through():
    row = html(
        '<table>{% promise_row "Entrega" planned=new former=old actual=new days_late=12 %}</table>',
        new=date(2024, 5, 29),
        old=[date(2024, 5, 14)],
    )

    assert "14 may 2024</s>" in row
    assert "Tarde 12 días hábiles" in row


def test_weights_that_do_not_add_up_are_said_in_the_table():
    rows = [{"name": "Uno", "points": 60, "levels": 4}, {"name": "Dos", "points": 39, "levels": 0}]

    said = words("{% criteria_table rows %}", rows=rows)

    assert "sin niveles" in said
    assert said.endswith("Suma99Deben sumar 100")


def test_nobody_presses_without_knowing_who_is_written_to():
    said = words(
        '{% confirmation title="Publicar" recipients=who %}Sí.{% endconfirmation %}', who=["Ana", "Luz"]
    )

    assert said == "Publicar Sí. Se escribirá a 2 personas: AnaLuz"


def request_at(address):
    return {"request": RequestFactory().get(address)}


def test_the_pages_of_a_list_keep_its_filters():
    page = Paginator(range(60), 20).page(2)

    pager = html("{% pager page %}", page=page, **request_at("/x/?estado=abierta&page=2"))

    assert 'href="?estado=abierta&amp;page=3" rel="next"' in pager
    assert "21 a 40 de 60" in pager


def test_a_filter_keeps_the_others_and_goes_back_to_the_first_page():
    chips = html(
        '{% filter_chips "anio" years label="Año" %}',
        years=[("2024", "2024"), ("2025", "2025")],
        **request_at("/x/?estado=abierta&page=3&anio=2024"),
    )

    assert 'href="?estado=abierta&amp;anio=2025"' in chips
    assert chips.count('aria-current="true"') == 1


class Sample(forms.Form):
    name = forms.CharField(label="Nombre", help_text="Como en el acta.")
    kind = forms.ChoiceField(label="Tipo", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    note = forms.CharField(label="Nota", required=False)


def test_a_wrong_field_ties_its_error_and_hint_to_its_box():
    field = html("{% field form.name %}", form=Sample({}))

    assert 'aria-describedby="id_name_helptext id_name_error"' in field
    assert 'aria-invalid="true"' in field
    assert 'id="id_name_helptext"' in field
    assert 'id="id_name_error"' in field


def test_the_summary_leads_from_each_error_to_its_first_box():
    summary = html("{% error_summary form %}", form=Sample({}))

    assert 'href="#id_name"' in summary
    assert 'href="#id_kind_0"' in summary
    assert "Nombre: " in summary


def test_a_form_without_errors_has_no_summary():
    assert html("{% error_summary form %}", form=Sample()).strip() == ""


def test_what_need_not_be_answered_says_so():
    assert "Nota (opcional)" in words("{% field form.note %}", form=Sample())


def test_a_whole_form_is_written_as_its_fields_are():
    assert html("{{ form }}", form=Sample()).count("govuk-form-group") == 3


def test_bars_stand_where_their_dates_fall():
    rows = [
        dict.fromkeys(["actual_from", "actual_until"], "")
        | {"label": "Recepción", "planned_from": date(2024, 3, 1), "planned_until": date(2024, 3, 31)},
        dict.fromkeys(["actual_from", "actual_until", "planned_from"], "")
        | {"label": "Resultados", "planned_until": date(2024, 4, 30)},
    ]

    reception, results = (bar["planned"] for bar in gantt(rows)["bars"])

    assert (reception["x"], results["x"] + results["width"]) == (210, 760)
    assert reception["width"] == pytest.approx(550 * 31 / 61, abs=0.1)


def test_a_schedule_without_dates_has_no_chart():
    rows = [
        dict.fromkeys(["planned_from", "planned_until", "actual_from", "actual_until"], "") | {"label": "x"}
    ]

    assert gantt(rows) is None


def test_paper_and_page_use_the_same_colours():
    tokens = Path(settings.BASE_DIR, "static/css/tokens.css").read_text()

    assert [colour for colour in COLOURS.values() if colour not in tokens] == []


class Choice(forms.Form):
    place = forms.ChoiceField(
        choices=[
            ("", "<Elija>"),
            ("Norte & Sur", [("14'1", 'De "A" & B'), ("2", mark_safe("Ya &amp; escrito"))]),
        ],
        initial="2",
    )


def test_the_options_of_a_select_say_what_they_are_given_and_nothing_of_it_is_markup():
    drawn = str(Choice()["place"])

    assert drawn == (
        '<select name="place" required id="id_place"><option value="">&lt;Elija&gt;</option>'
        '<optgroup label="Norte &amp; Sur"><option value="14&#x27;1">De &quot;A&quot; &amp; B</option>'
        '<option value="2" selected>Ya &amp; escrito</option></optgroup></select>'
    )  # fmt: skip
