"""The offline sheet: what it holds, what is taken from it when it comes back, and what is refused."""

import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from evaluations import offline, standing
from evaluations.actions import conflicts, reviews
from evaluations.actions import sheets as acts
from evaluations.actions.sheets import Fate
from evaluations.models import Assignment, Review, Score
from evaluations.rules import NotYours
from evaluations.states import ReviewState
from tests.factories.evaluations import evaluation, fill

pytestmark = pytest.mark.django_db
LEVEL, REASON, NOTE = "EFG"


def queue(played, number=0):
    mine = Assignment.objects.of_call(played.call).filter(evaluator=played.evaluators[number])
    return list(mine.select_related("review").order_by("alias"))


def download(client, played, number=0):
    client.force_login(played.evaluators[number])
    answer = client.get(reverse("evaluations:sheet_file", args=[played.call.folio]))
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))


def upload(client, played, book, **headers):
    file = io.BytesIO()
    book.save(file)
    return send(client, played, file.getvalue(), **headers)


def send(client, played, content, name="hoja.xlsx", **headers):
    sent = {"file": SimpleUploadedFile(name, content)}
    return client.post(reverse("evaluations:sheet", args=[played.call.folio]), sent, **headers)


def typed(book, row=2, *, level=None, reason="Bien fundado.", note=""):
    sheet = book.active
    points = _last_level(sheet, row) if level is None else level
    sheet[f"{LEVEL}{row}"], sheet[f"{REASON}{row}"], sheet[f"{NOTE}{row}"] = points, reason, note
    return sheet[f"A{row}"].value, sheet[f"B{row}"].value


def _last_level(sheet, row):
    return int(sheet[f"D{row}"].value.splitlines()[-1].partition(" = ")[0])


def told(answer):
    return answer.context["report"]


def reasons(answer):
    return {one.line.number: one.reason for one in told(answer)["refused"]}


def score_of(alias, key):
    return Score.objects.get(review__assignment__alias=alias, criterion__key=key)


# What it holds ----------------------------------------------------------------------------------------


def test_it_holds_one_row_for_each_criterion_of_each_own_file_with_its_levels_to_choose(client):
    played = evaluation("distribute")
    book = download(client, played)
    sheet, criteria = book.active, standing.criteria_of(played.call)

    rows = [tuple(cell.value for cell in row[:2]) for row in sheet.iter_rows(min_row=2)]

    assert book.sheetnames == ["Calificaciones"]
    assert rows == [(a.alias, c.key) for a in queue(played) for c in criteria]
    offered = {str(cells): choice.formula1 for choice in sheet.data_validations.dataValidation
               for cells in choice.sqref.ranges}  # fmt: skip
    levels = standing.levels_of(played.call)[criteria[0].key]
    assert f'"{",".join(str(level.points) for level in levels)}"' in offered.values()
    assert sheet[f"{REASON}2"].fill.fgColor.rgb != sheet[f"{NOTE}2"].fill.fgColor.rgb
    assert not sheet[f"{REASON}2"].protection.locked
    assert sheet["A2"].protection.locked


def test_it_names_nobody_and_nothing_of_what_others_scored(client):
    played = evaluation("distribute")
    other = Assignment.objects.of_call(played.call).exclude(evaluator=played.evaluators[0]).first()
    reviews.save(other.review, {"diagnostico": {"justification": "SECRETO-AJENO"}}, by=other.evaluator)
    client.force_login(played.evaluators[0])
    content = b"".join(client.get(reverse("evaluations:sheet_file", args=[played.call.folio])))

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        said = "".join(package.read(name).decode() for name in package.namelist())

    hidden = [other.alias, "SECRETO-AJENO", "openpyxl", *(e.name for e in played.evaluators)]
    for application in played.applications:
        hidden += [application.folio, application.public_id, application.organization.body.name_es]
    assert not [secret for secret in hidden if secret in said]
    assert "<dc:creator>" not in said


def test_what_looks_like_a_formula_is_text(client):
    played = evaluation("distribute")
    first = queue(played)[0]
    reviews.save(first.review, {"diagnostico": {"justification": "=1+1"}}, by=first.evaluator)

    sheet = download(client, played).active

    (cell,) = [row[5] for row in sheet.iter_rows(min_row=2) if row[5].value == "=1+1"]
    assert (cell.data_type, cell.number_format) == ("s", "@")


def test_files_that_were_handed_in_are_not_in_it(client):
    played = evaluation("distribute")
    first, *rest = queue(played)
    reviews.hand_in(fill(first.review), by=first.evaluator)

    sheet = download(client, played).active

    assert {row[0].value for row in sheet.iter_rows(min_row=2)} == {one.alias for one in rest}


# What is taken ----------------------------------------------------------------------------------------


def test_a_row_is_saved_as_if_it_were_typed_and_nothing_is_handed_in(client):
    played = evaluation("distribute")
    book = download(client, played)
    alias, key = typed(book, note="releer")

    answer = upload(client, played, book)

    kept = score_of(alias, key)
    assert (kept.justification, kept.private_note) == ("Bien fundado.", "releer")
    assert kept.points == kept.level.points > 0
    assert (len(told(answer)["taken"]), reasons(answer)) == (1, {})
    assert set(Review.objects.values_list("state", flat=True)) == {ReviewState.DRAFT}
    assert "1 renglón se guardó" in answer.text


def test_every_row_filled_in_makes_reviews_that_can_be_handed_in(client):
    played = evaluation("distribute")
    book = download(client, played)
    for row in range(2, book.active.max_row + 1):
        typed(book, row)

    upload(client, played, book)

    for assignment in queue(played):
        assert reviews.hand_in(assignment.review, by=assignment.evaluator).total == 100


def test_a_level_without_its_justification_is_kept_as_a_draft(client):
    played = evaluation("distribute")
    book = download(client, played)
    alias, key = typed(book, reason=None)

    upload(client, played, book)

    assert score_of(alias, key).justification == ""


def test_the_same_sheet_sent_twice_changes_nothing_the_second_time(client):
    played = evaluation("distribute")
    book = download(client, played)
    alias, key = typed(book)
    upload(client, played, book)
    saved = score_of(alias, key).saved_at

    again = upload(client, played, book)

    assert (len(told(again)["taken"]), reasons(again)) == (0, {})
    assert score_of(alias, key).saved_at == saved


def test_a_sheet_downloaded_in_one_language_is_taken_in_the_other(client):
    played = evaluation("distribute")
    book = download(client, played)
    typed(book)
    client.cookies["django_language"] = "en"

    assert len(told(upload(client, played, book))["taken"]) == 1


# What is refused --------------------------------------------------------------------------------------


def test_what_was_saved_since_is_not_overwritten_and_the_text_stays_in_the_report(client):
    played = evaluation("distribute")
    book = download(client, played)
    alias, key = typed(book, reason="Escrito sin conexión.")
    review = Review.objects.get(assignment__alias=alias)
    reviews.save(review, {key: {"justification": "Escrito en el portal."}}, by=played.evaluators[0])

    answer = upload(client, played, book)

    assert score_of(alias, key).justification == "Escrito en el portal."
    assert "después de descargar esta hoja" in reasons(answer)[2]
    assert "Escrito sin conexión." in answer.text


def test_an_unknown_alias_and_that_of_somebody_else_are_refused_alike(client):
    played = evaluation("distribute")
    other = queue(played, 1)[0]
    book = download(client, played)
    for row, alias in ((2, "NADIE-NADIE"), (3, other.alias)):
        typed(book, row)
        book.active[f"A{row}"] = alias

    said = reasons(upload(client, played, book))

    assert said[2] == said[3] == "Este alias no está en su lista de esta convocatoria."
    assert not Score.objects.exists()


def test_a_file_left_by_a_conflict_is_refused(client):
    played = evaluation("distribute", evaluators=4)
    book = download(client, played)
    alias, _key = typed(book)
    conflicts.recuse(Assignment.objects.get(alias=alias), by=played.evaluators[0], kind="friendship")

    assert reasons(upload(client, played, book))[2] == "Este expediente ya no es suyo."
    assert not Score.objects.exists()


def test_a_review_that_was_handed_in_is_refused(client):
    played = evaluation("distribute")
    book = download(client, played)
    alias, key = typed(book, level=0, reason="Otra razón")
    review = Review.objects.get(assignment__alias=alias)
    reviews.hand_in(fill(review), by=played.evaluators[0])

    assert "ya se entregó" in reasons(upload(client, played, book))[2]
    assert score_of(alias, key).justification != "Otra razón"


def test_a_level_that_is_none_of_the_criterion_is_refused_and_the_other_rows_are_saved(client):
    played = evaluation("distribute")
    book = download(client, played)
    typed(book, 2, level=99)
    typed(book, 3)

    answer = upload(client, played, book)

    assert "Sus niveles:" in reasons(answer)[2]
    assert [one.line.number for one in told(answer)["taken"]] == [3]


def test_a_criterion_of_no_rule_a_formula_and_a_row_that_is_there_twice_are_refused(client):
    played = evaluation("distribute")
    book = download(client, played)
    sheet = book.active
    typed(book, 2)
    sheet["B2"] = "otro"
    typed(book, 3)
    sheet[f"{REASON}3"] = '=HYPERLINK("https://demo.example")'
    typed(book, 4)
    sheet.append([cell.value for cell in sheet[4]])

    said = reasons(upload(client, played, book))

    assert "no es de las Reglas" in said[2]
    assert "fórmula" in said[3]
    assert "dos veces" in said[sheet.max_row]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "hoja.xlsx", "vació"),
        (b"MZ\x90\x00", "hoja.xlsx", "EXE"),
        (b"a,b\n1,2\n", "hoja.csv", "no se acepta"),
        (b"PK\x03\x04roto", "hoja.xlsx", "dañado"),
    ],
)
def test_a_file_that_is_not_a_sheet_is_refused_at_the_field(client, content, name, said):
    played = evaluation("distribute")
    client.force_login(played.evaluators[0])

    answer = send(client, played, content, name)

    assert answer.status_code == 422
    assert said in answer.context["form"].errors["file"][0]


def test_another_workbook_and_a_sheet_without_end_are_refused(client):
    played = evaluation("distribute")
    book = download(client, played)
    book.active["A1"] = "Otra cosa"
    assert "no es la hoja" in upload(client, played, book).context["form"].errors["file"][0]

    longest = download(client, played)
    longest.active["A1048576"] = "x"
    refused = upload(client, played, longest)

    assert "5000" in refused.context["form"].errors["file"][0]


def test_nobody_but_an_evaluator_of_the_call_takes_a_sheet():
    played = evaluation("distribute")

    with pytest.raises(NotYours):
        acts.take(played.call, [], by=played.chair)


def test_an_empty_row_of_a_file_without_scores_has_nothing_new():
    played = evaluation("distribute")
    mine = queue(played)[0]
    line = offline.line(2, [mine.alias, "diagnostico", "", "", "", "", "", ""])

    (one,) = acts.take(played.call, [line], by=played.evaluators[0])

    assert one.fate is Fate.SAME


@pytest.mark.parametrize("who", ["chair", "secretary", "operator", "head"])
def test_the_page_is_for_the_evaluators_of_the_call_alone(client, who):
    played = evaluation("distribute")
    client.force_login(getattr(played, who))

    for name in ("sheet", "sheet_file"):
        assert client.get(reverse(f"evaluations:{name}", args=[played.call.folio])).status_code == 404
