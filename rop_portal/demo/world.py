"""The demonstration's world, built through the same acts as the portal's users use.

Facts stay apart: fiscal year 2024 holds only what the report states. Everything here carries the
*demostración* mark. The past cycle is 2025, of *Asociaciones por la Igualdad*.
"""

from datetime import date, timedelta

from accounts.acts import explicit_time
from calls.actions import calls as call_acts
from calls.models import Call
from programs.models import Edition
from rop_portal.demo import (
    blackouts,
    calls,
    dissemination,
    evaluation,
    guides,
    people,
    practices,
    questions,
    rules,
    subscribers,
    voice,
)

STORY, OPEN, COMING = "SISEMH-API", "SSAS-OSC", "SICYT-ICDT"
NAMED = (OPEN, STORY, COMING, "COECYTJAL-DD", "SGG-PCD")
ADOPTED_FROM = "COECYTJAL-DD"  # whose clause on dissemination the draft of next year takes
PAST_OPENS = date(2025, 3, 2)


def is_built():
    """The draft of next year's edition is written last."""
    return Edition.objects.filter(is_demo=True, state="draft").exists()


def build(today, *, organizations=40):
    """Everything, once. ``today`` is the day on which one call is open and another is to come.

    Tests ask for fewer organizations.
    """
    with explicit_time():
        people.populate()
        subscribers.subscribe(today)
        past = publish_past()
        practices.assess([past.edition], "2025", begins=date(2025, 2, 24), until=date(2025, 12, 31))
        play_past(past, organizations)
        amend_past(past.edition)
        guides.rate(past.edition, day=date(2025, 7, 1))
        current = publish_current(today)
        assess_current(current, today)
        open_current(current, today)
        guides.begin_guide(today.year + 1, day=today - timedelta(days=3))
        draft_next(today.year + 1, source=current[ADOPTED_FROM], started=today - timedelta(days=5))


def publish_past():
    edition = rules.draft(STORY, 2025, opens=PAST_OPENS, started=date(2025, 1, 20))
    return rules.publish(edition, sent=date(2025, 2, 10), gazette=date(2025, 2, 22))


def play_past(publication, organizations):
    """The whole cycle of 2025: reception, evaluation, results on 30 April, and what followed."""
    call = calls.open_call(publication, opens=PAST_OPENS, opened=date(2025, 2, 27))
    received = calls.receive_past(call, organizations)
    calls.help_in_the_past(call)
    questions.of_the_past(call)
    dissemination.of_the_past(call)
    blackouts.of_the_past(call)
    call = call_acts.seal(call, at=rules.at(date(2025, 4, 1), 0, 0))
    calls.check_past(call, received)
    evaluation.play(Call.objects.get(pk=call.pk))
    voice.hear(Call.objects.get(pk=call.pk))


def amend_past(edition):
    """In June the past Rules were amended once; the call that was opened from them keeps the first text."""
    edition = Edition.objects.get(pk=edition.pk)
    rules.amend(edition, started=date(2025, 6, 2), sent=date(2025, 6, 5), gazette=date(2025, 6, 12))


def publish_current(today):
    """This year's Rules of the five named programs: by code, their publications."""
    opens = {OPEN: today - timedelta(days=10), COMING: today + timedelta(days=12)}
    return {code: publish_of_year(code, today, opens.get(code, date(today.year, 3, 2))) for code in NAMED}


def publish_of_year(code, today, opens):
    """The gazette carries them in February, or three weeks ago when the year is younger than that."""
    gazette = rules.gazette_day(min(date(today.year, 2, 20), today - timedelta(days=21)))
    edition = rules.draft(code, today.year, opens=opens, started=gazette - timedelta(days=40))
    return rules.publish(edition, sent=gazette - timedelta(days=15), gazette=gazette)


def assess_current(publications, today):
    """From the day of the gazette on; what planning contested of the story's program is declared again."""
    begins = min(one.gazette_date for one in publications.values())
    editions = [one.edition for one in publications.values()]
    practices.assess(editions, "current", begins=begins, until=today)
    practices.declare_again(publications[STORY].edition, on=begins + timedelta(days=10))


def open_current(publications, today):
    """A call open for ten days, with a draft and an application in it; one that opens in twelve days."""
    opened = today - timedelta(days=16)
    open_now = calls.open_call(publications[OPEN], opens=today - timedelta(days=10), opened=opened)
    calls.open_call(publications[COMING], opens=today + timedelta(days=12), opened=today - timedelta(days=2))
    calls.drafts_of_today(open_now, today)
    questions.of_today(open_now, today)
    dissemination.of_today(open_now, today)


def draft_next(year, *, source, started):
    """Next year's draft, with two blocks still to write and a clause adopted from another agency."""
    skip = ("remedies", "participation")
    edition = rules.draft(STORY, year, opens=date(year, 3, 2), started=started, skip=skip)
    rules.adopt(source, "dissemination", edition, day=started)
