"""How a day was reached, in words: the term, where it starts, the days it skips, what it contradicts."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from accounts.dates import day_in_words, short_day, weekday_in_words
from programs import schedule, workdays
from programs.models import Milestone


@dataclass(frozen=True)
class Explanation:
    """What is said beside a term: its day, the days skipped with their source, and what is wrong with it."""

    sentence: str
    skipped: list = field(default_factory=list)
    warnings: list = field(default_factory=list)


def explain(row, contents):
    """How the day of a row is reached; nothing is said of a term that is not written yet."""
    if on := getattr(row, "on", None):
        return Explanation(_capital(weekday_in_words(on)), warnings=list(_wrong(row, on, contents)))
    found = schedule.counted(row, contents)
    if found is None:
        return Explanation(_waits(row))
    skipped = [
        _("%(day)s, %(name)s (%(source)s)")
        % {"day": short_day(day.on, year=False), "name": day.name, "source": day.source}
        for day in found.skipped
    ]
    said = {"days": found.days, "unit": row.get_unit_display(), "start": day_in_words(found.start)}
    said["end"] = weekday_in_words(found.ends)
    sentence = _("%(days)d %(unit)s counted from %(start)s: %(end)s") % said
    return Explanation(sentence, skipped, list(_wrong(row, found.ends, contents)))


def _waits(row):
    """A rule that counts from something which has no date yet."""
    starts = getattr(row, "after", "") or getattr(row, "payment_key", "")
    has_rule = bool(starts) and getattr(row, "days", None) is not None
    return _("What it is counted from has no date yet.") if has_rule else ""


def _wrong(row, day, contents):
    """A day that is not worked, and a milestone out of its place in the process."""
    if not workdays.is_workday(day, contents.holidays):
        named = next((one.name for one in contents.non_working if one.on == day), "")
        yield _("It is not a working day%(name)s.") % {"name": f" ({named})" if named else ""}
    if isinstance(row, Milestone):
        yield from _out_of_place(row, contents)


def _out_of_place(row, contents):
    for conflict in schedule.conflicts(contents.rows(Milestone), contents.dates):
        said = {"other": conflict.before, "day": day_in_words(contents.dates[conflict.before.code])}
        if conflict.after.code == row.code:
            yield _("It falls before “%(other)s” (%(day)s), which comes first in the process.") % said
        said = {"other": conflict.after, "day": day_in_words(contents.dates[conflict.after.code])}
        if conflict.before.code == row.code:
            yield _("It falls after “%(other)s” (%(day)s), which comes later in the process.") % said


def with_row(contents, row):
    """The contents as they would be with a milestone as it is being typed."""
    others = [one for one in contents.rows(Milestone) if one.code != row.code and one.pk != row.pk]
    return type(contents)(
        edition=contents.edition,
        texts=contents.texts,
        rows_by_model=contents.rows_by_model | {Milestone: [*others, row]},
        non_working=contents.non_working,
    )


def _capital(text):
    return text[:1].upper() + text[1:]
