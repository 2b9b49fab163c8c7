"""Reads: the offline sheet of an evaluator, one row for each criterion of each file of their queue.

It names nobody: files go by the evaluator's own aliases, and the properties of the workbook are empty.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation

from evaluations import standing
from evaluations.models import Assignment, Score
from evaluations.states import ReviewState

FIXED, PUBLIC, PRIVATE = "F4F5F8", "E3F2EE", "FFF1DC"  # the tints of tokens.css
WIDTHS = (16, 18, 28, 48, 10, 60, 40, 34)
LEVEL, JUSTIFICATION, NOTE = 5, 6, 7  # the columns that are filled in, counted from one
TEXT = "@"


def header():
    """The words over the columns, in the order in which they are read back."""
    return [
        _("Alias of the file"),
        _("Key of the criterion"),
        _("Criterion"),
        _("Levels"),
        _("Level: its points"),
        _("JUSTIFICATION: the organization will read it"),
        _("PRIVATE NOTE: nobody else reads it"),
        _("Saved (do not change)"),
    ]


def headers():
    """The same in every language of the portal: a sheet may come back while another one is chosen."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield header()


@dataclass(frozen=True)
class Line:
    """A row as it came back: its number and what was typed. ``is_plain`` says that it holds no formula."""

    number: int
    alias: str
    criterion: str
    level: str
    justification: str
    private_note: str
    saved: str
    is_plain: bool


def line(number, cells):
    """A row of the sheet from its cells, where null stands for a formula."""
    cells = (cells + [""] * len(WIDTHS))[: len(WIDTHS)]
    alias, key, _name, _levels, level, reason, note, saved = ((cell or "").strip() for cell in cells)
    return Line(number, alias, key, level, reason, note, saved, is_plain=None not in cells)


def open_files(call, evaluator):
    """The files of one's queue in a call that are still being scored."""
    mine = Assignment.objects.visible_to(evaluator).of_call(call)
    return mine.filter(review__state=ReviewState.DRAFT).select_related("review").order_by("alias")


def workbook(call, evaluator):
    """The sheet as it is downloaded."""
    book = Workbook()
    book.properties = DocumentProperties(creator=None)
    sheet = book.active
    sheet.title = _("Scores")
    _head(sheet)
    files, levels = list(open_files(call, evaluator)), standing.levels_of(call)
    scores = _scores_of(files)
    for assignment in files:
        for criterion in standing.criteria_of(call):
            score = scores.get((assignment.review.pk, criterion.pk))
            _append(sheet, [assignment.alias, criterion.key, criterion.name,
                            _described(levels.get(criterion.key, [])), *_typed(score)])  # fmt: skip
    _offer_levels(sheet, call, levels)
    _protect(sheet)
    return book


def _scores_of(files):
    found = Score.objects.filter(review__in=[assignment.review.pk for assignment in files])
    return {(score.review_id, score.criterion_id): score for score in found}


def _described(levels):
    return "\n".join(f"{level.points} = {level.label}: {level.descriptor}" for level in levels)


def _typed(score):
    if score is None:
        return [None, "", "", ""]
    return [score.points, plain(score.justification), plain(score.private_note), version(score)]


def plain(text):
    """The same words whatever program wrote them: lines end alike, and nothing that cannot be seen."""
    return ILLEGAL_CHARACTERS_RE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def version(score):
    """When a score was last saved, to tell whether it was changed since the sheet was downloaded."""
    return score.saved_at.isoformat() if score else ""


def _head(sheet):
    sheet.append(header())
    for cell, width in zip(sheet[1], WIDTHS, strict=True):
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        cell.fill = _filled(_tint(cell.column))
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "D2"


def _append(sheet, values):
    number = sheet.max_row + 1
    for column, value in enumerate(values, start=1):
        _write(sheet.cell(number, column), value)


def _write(cell, value):
    """Text is always text, whatever it begins with, also after it is edited in the program that opens it."""
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.number_format = TEXT
        cell.data_type = "s"
    else:
        cell.value = value
    is_typed = cell.column in (LEVEL, JUSTIFICATION, NOTE)
    cell.protection = Protection(locked=not is_typed)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.fill = _filled(_tint(cell.column))
    if cell.column == NOTE:
        cell.border = Border(*[Side("dashed", "9A4A00")] * 4)


def _tint(column):
    return {JUSTIFICATION: PUBLIC, NOTE: PRIVATE, LEVEL: "FFFFFF"}.get(column, FIXED)


def _filled(colour):
    return PatternFill("solid", colour)


def _offer_levels(sheet, call, levels):
    """In each row, the points of the levels of its criterion, to choose from."""
    offered = {one.key: _choice(levels.get(one.key, [])) for one in standing.criteria_of(call)}
    for number in range(2, sheet.max_row + 1):
        offered[sheet.cell(number, 2).value].add(sheet.cell(number, LEVEL))
    for choice in offered.values():
        if choice.sqref:
            sheet.add_data_validation(choice)


def _choice(levels):
    points = ",".join(str(level.points) for level in levels)
    return DataValidation(
        "list", formula1=f'"{points}"', allow_blank=True, showErrorMessage=True,
        error=_("Choose one of the levels of the criterion."), errorTitle=_("Level: its points"),
    )  # fmt: skip


def _protect(sheet):
    """What is not filled in is kept from a slip of the hand; there is no password."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.protection.autoFilter = sheet.protection.sort = False
