"""From what a person typed to what is kept, and back, for each kind of question. Pure but for municipalities.

What was typed is always kept in ``text``, valid or not; the column of the kind holds it once it is valid.
"""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from itertools import zip_longest

from django.utils.translation import gettext as _

from accounts.dates import day_in_words
from calls import tabular
from documents import pesos
from programs.models import ApplicationQuestion, Municipality

Kind = ApplicationQuestion.Kind
COLUMNS = ("number", "amount", "date", "municipality_id")
WHOLE = (Kind.MUNICIPALITIES, Kind.TABLE, Kind.INDICATORS)  # kept as one text, read anew to be judged
LARGEST = Decimal(10) ** 11


class NotAnAnswer(ValueError):
    """What was typed does not answer this kind of question. The message says what to write."""


def read(question, typed):
    """The typed columns of an answer. Raises NotAnAnswer; an empty answer is an empty answer."""
    typed = (typed or "").strip()
    if not typed:
        return {}
    return READERS[Kind(question.kind)](question, typed)


def words_in(text):
    return len(text.split())


def money(typed):
    """An amount as people write it: 12,345.60, $12345, 12 345."""
    value = _decimal(typed)
    if value.as_tuple().exponent < -2:
        raise NotAnAnswer(_("Write the amount with at most two decimals (cents)."))
    if value < 0:
        raise NotAnAnswer(_("The amount cannot be negative."))
    return value.quantize(Decimal("0.01"))


def in_words(question, answer):
    """An answer as it is read by people."""
    if answer is None:
        return ""
    match Kind(question.kind):
        case Kind.MONEY if answer.amount is not None:
            return pesos.figures(answer.amount)
        case Kind.DATE if answer.date is not None:
            return day_in_words(answer.date)
        case Kind.MUNICIPALITY if answer.municipality_id:
            return answer.municipality.name
        case Kind.YES_NO if answer.text in ("yes", "no"):
            return _("Yes") if answer.text == "yes" else _("No")
        case Kind.MUNICIPALITIES:
            return ", ".join(names_of(answer.text))
        case Kind.TABLE | Kind.INDICATORS:
            return tabular.in_words(tabular.columns_of(question), answer.text)
    return answer.text


def plain(question, answer):
    """An answer for the snapshot: text, with numbers and dates in one fixed form."""
    match Kind(question.kind):
        case Kind.NUMBER if answer.number is not None:
            return f"{answer.number.normalize():f}"
        case Kind.MONEY if answer.amount is not None:
            return str(answer.amount)
        case Kind.DATE if answer.date is not None:
            return answer.date.isoformat()
        case Kind.MUNICIPALITY:
            return answer.municipality_id or ""
    return answer.text


def is_given(question, answer):
    """Whether there is a valid answer: for typed kinds, the column holds it."""
    if answer is None:
        return False
    column = {
        Kind.NUMBER: "number",
        Kind.MONEY: "amount",
        Kind.DATE: "date",
        Kind.MUNICIPALITY: "municipality_id",
    }
    if name := column.get(Kind(question.kind)):
        return getattr(answer, name) is not None
    return bool(answer.text.strip()) and (question.kind not in WHOLE or _is_answer(question, answer.text))


def _is_answer(question, text):
    try:
        read(question, text)
    except NotAnAnswer:
        return False
    return True


def _decimal(typed):
    cleaned = re.sub(r"[\s$]", "", typed)
    if not re.fullmatch(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", cleaned):
        raise NotAnAnswer(_("Write only a number, for example 12500 or 12,500.50."))
    try:
        value = Decimal(cleaned.replace(",", ""))
    except InvalidOperation:
        raise NotAnAnswer(_("Write only a number, for example 12500 or 12,500.50.")) from None
    if abs(value) >= LARGEST:
        raise NotAnAnswer(_("That number is too large. Check how many digits it has."))
    return value


def _short(question, typed):
    if len(typed) > 1000:
        raise NotAnAnswer(_("This answer is short: write at most 1,000 characters."))
    return {}


def _long(question, typed):
    return {}


def _number(question, typed):
    value = _decimal(typed)
    if value.as_tuple().exponent < -4:
        raise NotAnAnswer(_("Write the number with at most four decimals."))
    return {"number": value}


def _money(question, typed):
    return {"amount": money(typed)}


def _date(question, typed):
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
        try:
            day = datetime.strptime(typed, form).date()  # noqa: DTZ007 -- a calendar day has no zone
        except ValueError:
            continue
        if day >= date(1800, 1, 1):
            return {"date": day}
    raise NotAnAnswer(_("Write the date as day/month/year, for example 31/03/2026."))


def _municipality(question, typed):
    if not Municipality.objects.filter(pk=typed).exists():
        raise NotAnAnswer(_("Choose a municipality from the list."))
    return {"municipality_id": typed}


def _choice(question, typed):
    if typed not in question.choice_lines:
        raise NotAnAnswer(_("Choose one of the options."))
    return {}


def _yes_no(question, typed):
    if typed not in ("yes", "no"):
        raise NotAnAnswer(_("Answer yes or no."))
    return {}


def keys_of(text):
    """The INEGI keys of the municipalities that a project covers."""
    return [key for key in text.split(",") if key]


def names_of(text):
    """Their names, in order."""
    return Municipality.objects.filter(pk__in=keys_of(text)).order_by("name").values_list("name", flat=True)


def _file(question, typed):
    raise NotAnAnswer(_("A file is attached, not written."))


def _municipalities(question, typed):
    keys = set(keys_of(typed))
    if Municipality.objects.filter(pk__in=keys).count() < len(keys):
        raise NotAnAnswer(_("Choose the municipalities from the list."))
    return {}


def _table(question, typed):
    """Every row has all its cells, and those of numbers and amounts hold them."""
    columns, rows = tabular.columns_of(question), tabular.rows_of(typed)
    if len(rows) > tabular.MOST_ROWS:
        raise NotAnAnswer(_("Write at most %(count)d rows.") % {"count": tabular.MOST_ROWS})
    for place, row in enumerate(rows, start=1):
        for column, cell in zip_longest(columns, row, fillvalue=""):
            if column:
                _cell(place, column, cell)
    return {}


def _cell(place, column, cell):
    named = {"row": place, "column": column.name}
    if not cell:
        raise NotAnAnswer(_("Row %(row)d: “%(column)s” is missing.") % named)
    if len(cell) > tabular.MOST_CELL:
        raise NotAnAnswer(_("Row %(row)d: “%(column)s” is too long.") % named)
    reader = {tabular.NUMBER: _decimal, tabular.MONEY: money}.get(column.kind)
    try:
        if reader:
            reader(cell)
    except NotAnAnswer as reason:
        raise NotAnAnswer(_("Row %(row)d, “%(column)s”:") % named + f" {reason}") from None


READERS = {
    Kind.SHORT: _short,
    Kind.LONG: _long,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.DATE: _date,
    Kind.MUNICIPALITY: _municipality,
    Kind.CHOICE: _choice,
    Kind.YES_NO: _yes_no,
    Kind.MUNICIPALITIES: _municipalities,
    Kind.TABLE: _table,
    Kind.INDICATORS: _table,
    Kind.FILE: _file,
}
