"""Calls to come that nobody has announced: what published Rules plan, and what the last call suggests.

Rules in force of this year or a later one from which no call was published say when it should open. Of a
program without them, the last call says when it opened: its day is looked for in the following year. Only a
published call is a promise; these are not.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import OuterRef, Subquery

from calls import ledger, listing, places, schedule
from calls.folding import fold
from calls.models import Call
from calls.models.calls import ENDED_STATES
from programs.models import Edition, Milestone, Publication
from programs.states import EditionState

HORIZON = timedelta(days=180)  # how far into the next year the last call is looked at


@dataclass(frozen=True)
class Planned:
    """A call that published Rules provide for: the days on which it may open and close, where they say so."""

    edition: Edition
    publication: Publication
    opens: schedule.Bounds | None
    closes: schedule.Bounds | None
    topics: list = field(default_factory=list)

    @property
    def program(self):
        return self.edition.program

    @property
    def expected(self):
        return self.opens.first if self.opens else date(self.edition.fiscal_year, 12, 31)

    @property
    def is_demo(self):
        return self.edition.is_demo

    def is_late(self, today):
        """The last day on which it could open has passed."""
        return bool(self.opens and self.opens.last < today)


@dataclass(frozen=True)
class Past:
    """The last call of a program whose Rules for the year after it are not published."""

    call: Call
    expected: date
    topics: list

    edition = None

    @property
    def publication(self):
        return self.call.publication

    @property
    def program(self):
        return self.call.edition.program

    @property
    def year(self):
        return self.expected.year

    @property
    def opened(self):
        return schedule.local_day(self.call.opens_at, self.call.zone)

    @property
    def closed(self):
        return schedule.local_day(schedule.last_minute(self.call.closes_at), self.call.zone)

    @property
    def is_demo(self):
        return self.call.is_demo

    def is_late(self, today):
        return self.expected < today


def to_come(*, today):
    """Every call to come, the first one first."""
    last = _last_calls(today)
    found = [*planned(today=today, last=last), *_past(last, today)]
    return sorted(found, key=lambda one: (one.expected, one.program.code))


def planned(*, today, last=None):
    """What the Rules in force plan and no public call has announced, in the order of their programs."""
    latest = Publication.objects.filter(edition=OuterRef("pk")).order_by("-number")
    editions = list(
        Edition.objects.filter(state=EditionState.PUBLISHED, fiscal_year__gte=today.year)
        .exclude(pk__in=Call.objects.public().order_by().values("publication__edition"))
        .select_related("program__agency__body")
        .annotate(latest=Subquery(latest.values("pk")[:1]))
        .newest_first()
    )
    if not editions:
        return []
    numbers = [edition.latest for edition in editions]
    publications = Publication.objects.defer("snapshot").in_bulk(numbers)
    rules = _milestones(numbers)
    holidays = ledger.non_working_days()
    topics = {program: listing.topics_in(call.topics) for program, call in (last or {}).items()}
    return [
        _plan(edition, publications[edition.latest], rules.get(edition.latest, []), holidays, topics)
        for edition in editions
    ]


def _plan(edition, publication, rules, holidays, topics):
    """The days on which the reception may open and close, with the topics of the program's last call."""
    dates = schedule.settle(rules, {}, holidays)
    ruled = {row.code: row for row in rules}
    opens, closes = (schedule.bounds(ruled.get(code), dates, holidays) for code in schedule.OF_THE_WINDOW)
    return Planned(edition, publication, opens, closes, topics.get(edition.program_id, []))


def chosen(found, *, q="", agency="", topic="", place=""):
    """Those that answer every filter given; topics are those of the program's last call."""
    if agency:
        found = [one for one in found if one.program.agency.acronym == agency]
    if topic:
        found = [one for one in found if fold(topic) in {fold(name) for name in one.topics}]
    if q:
        found = [one for one in found if _says(one, fold(q))]
    if place:
        rules = Publication.objects.filter(pk__in=[one.publication.pk for one in found])
        reached = set(places.reached(rules, place, publication="pk").values_list("pk", flat=True))
        found = [one for one in found if one.publication.pk in reached]
    return found


def _says(one, q):
    said = fold(" ".join([one.program.name_es, one.program.code, *one.topics]))
    return all(part in said for part in q.split())


def _milestones(publications):
    found = {}
    for row in Milestone.objects.filter(publication__in=publications):
        found.setdefault(row.publication_id, []).append(row)
    return found


def _last_calls(today):
    """Of each program the last call that went on to its close, of this year or the one before."""
    recent = Call.objects.public().exclude(state__in=ENDED_STATES)
    recent = recent.filter(publication__edition__fiscal_year__gte=today.year - 1).with_program()
    return {call.edition.program_id: call for call in recent.order_by("opens_at", "pk")}


def _past(last, today):
    """The last calls that are over, where no Rules of the year after them, or a later one, are published."""
    published = Edition.objects.published().filter(program__in=last).order_by()
    newest: dict[int, int] = {}
    for program, year in published.values_list("program", "fiscal_year"):
        newest[program] = max(year, newest.get(program, 0))
    for program, call in last.items():
        year = call.edition.fiscal_year
        over = schedule.local_day(call.closes_at, call.zone) <= today
        if not over or newest.get(program, 0) > year:
            continue
        expected = _a_year_later(schedule.local_day(call.opens_at, call.zone))
        if year + 1 == today.year or expected <= today + HORIZON:
            yield Past(call, expected, listing.topics_in(call.topics))


def _a_year_later(day):
    """The same day of the next year; the last of February for the 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
