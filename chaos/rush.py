"""The deadline rush (R1): everybody sends in the last minute, a third of them twice, some too late.

Played evenly over the minute, as the goal counts it, and growing towards the close, as people do.
"""

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from django.db.models import Count
from django.urls import reverse

from accounts.models import Notice, TrailEntry
from benchmarks.measuring import Result, count
from calls.models import Application, Call, Submission
from chaos import clients, world
from jobs.models import Job

chance = random.Random(60)  # noqa: S311 -- the same rush each time
LEAD = 4  # seconds before the first one presses


@dataclass(frozen=True)
class Size:
    submissions: int
    clients: int
    seconds: int
    late: float = 0.06  # the share that comes after the close
    is_growing: bool = False
    slow: int = 3  # seconds: the goal of the slowest twentieth


WHOLE, SMALL = Size(2000, 500, 60), Size(200, 50, 15)
GROWING = replace(WHOLE, is_growing=True)
ON_SQLITE = replace(WHOLE, slow=10)
CONTROL = Size(100, 50, 5, late=0.4)
AT_THE_LAST = 1  # second: who presses within it cannot know by the clock on the page that it is in time


@dataclass
class Press:
    """One submission: when it is pressed (seconds before or after the close), and what came of it."""

    applicant: world.Applicant
    offset: float
    is_doubled: bool
    key: str
    answers: list = field(default_factory=list)

    @property
    def sent(self):
        return min(answer.sent for answer in self.answers)

    @property
    def came(self):
        return max(answer.came for answer in self.answers)

    @property
    def is_accepted(self):
        return any(answer.leads_to.endswith("/acuse/") for answer in self.answers)

    @property
    def is_refused(self):
        return not self.is_accepted and any(answer.status == 409 for answer in self.answers)


def measures(stage, draft, size, *, faults=(), name="R1 rush"):
    """Play it and say what was lost, doubled, late or refused in time. ``faults``: what to kill, half-way."""
    call = world.another_call(draft)
    presses = planned(world.applicants(draft, call, size.submissions), size)
    closes_at = close_in(call, LEAD + size.seconds)
    asyncio.run(played(stage, presses, size, closes_at, faults))
    told = told_of(presses, call, closes_at)
    title = f"{name}, {size.submissions} by {size.clients}"
    yield from verdicts(title, told)
    yield at_the_last(title, presses, closes_at)
    if not faults:
        yield waited(title, presses, size.slow)


def planned(applicants, size):
    """In the order of the applicants; who comes when is a matter of chance."""
    return [
        Press(one, offset_of(size), chance.random() < 1 / 3, f"prueba-{one.application.public_id}")
        for one in applicants
    ]


def offset_of(size):
    """Some after the close; the others evenly, or ever more towards it with a tenth in its last second."""
    kind = chance.random()
    if kind < size.late:
        return chance.uniform(0.05, 3)
    if not size.is_growing:
        return chance.uniform(-size.seconds, 0)
    if kind < size.late + 0.1:
        return chance.uniform(-1, 0)
    return -size.seconds * (1 - chance.random() ** 0.6)


def close_in(call, seconds):
    closes_at = datetime.now(UTC) + timedelta(seconds=seconds)
    Call.objects.filter(pk=call.pk).update(closes_at=closes_at)
    return closes_at.timestamp()


async def played(stage, presses, size, closes_at, faults):
    """Each client sends what it has, one after the other, at its times."""
    hands = [sorted(presses[n :: size.clients], key=lambda press: press.offset) for n in range(size.clients)]
    killing = asyncio.create_task(killed(faults, closes_at - size.seconds / 2))
    await asyncio.gather(*(one_client(stage.port, hand, closes_at) for hand in hands))
    await killing


async def killed(faults, moment):
    for fault in faults:
        await asyncio.sleep(max(moment - time.time(), 0))
        await asyncio.to_thread(fault)


async def one_client(port, presses, closes_at):
    for press in presses:
        await asyncio.sleep(max(closes_at + press.offset - time.time(), 0))
        times = [send(port, press)]
        if press.is_doubled:
            times.append(send(port, press, after=chance.uniform(0, 0.3)))
        press.answers = await asyncio.gather(*times)


async def send(port, press, after=0.0):
    await asyncio.sleep(after)
    person = clients.Browser(port, press.applicant.session)
    path = reverse("calls:application_review", args=[press.applicant.application.public_id])
    return await person.post_until_answered(path, {"truth": "on", "idempotency_key": press.key})


# What came of it


def told_of(presses, call, closes_at):
    """The violations, by kind, from what clients were told, what the database holds and both clocks."""
    received = dict(
        Submission.objects.filter(application__call=call).values_list("application", "received_at")
    )
    rows = {press.applicant.application.pk: press for press in presses}
    return {
        "lost": [pk for pk, p in rows.items() if p.is_accepted and pk not in received],
        "received though refused": [pk for pk, p in rows.items() if p.is_refused and pk in received],
        "doubled": doubled(call),
        "late accepted": [
            pk for pk, at in received.items() if at.timestamp() >= closes_at or rows[pk].sent >= closes_at
        ],
        "on-time refused": [pk for pk, p in rows.items() if p.is_refused and p.came < closes_at],
        "sent in time, refused while waiting": [
            pk for pk, p in rows.items() if p.is_refused and p.sent < closes_at - AT_THE_LAST <= p.came
        ],
        "without answer": [pk for pk, p in rows.items() if not (p.is_accepted or p.is_refused)],
        "answers of another kind": odd(presses),
    }


def odd(presses):
    seen = Counter(answer.status for press in presses for answer in press.answers)
    return [status for status in seen.elements() if status not in (302, 409)]


def doubled(call):
    """Applications of which anything that is done once was done twice: trail, folio, job, notice."""
    mine = Application.objects.filter(call=call, folio__isnull=False)
    folios = list(mine.values_list("folio", flat=True))
    twice = TrailEntry.objects.filter(act="application.submit", subject_name__in=folios)
    jobs = Job.objects.filter(task="calls.acknowledge", subject__in=folios)
    notices = Notice.objects.filter(kind="application.submitted", link__in=links(mine))
    return [
        *repeated(twice, "subject_name"), *repeated(jobs, "subject"), *repeated(notices, "link", "to"),
    ]  # fmt: skip


def links(applications):
    return [one.get_absolute_url() for one in applications]


def repeated(rows, *names):
    return list(rows.order_by().values_list(*names).annotate(n=Count("pk")).filter(n__gt=1))


def verdicts(title, told):
    for kind, found in told.items():
        yield count(f"{title}: {kind}", len(found), unit="", goal="0", holds=not found)


def at_the_last(title, presses, closes_at):
    """Refused though it left its sender before the close, within the last second: the clock decides."""
    found = [p for p in presses if p.is_refused and closes_at - AT_THE_LAST <= p.sent < closes_at]
    return count(f"{title}: sent within the last second, refused", len(found), unit="", goal="", holds=True)


def waited(title, presses, below):
    """The slowest five in a hundred, from the press to its answer."""
    times = sorted(answer.came - answer.sent for press in presses for answer in press.answers)
    slow = times[int(len(times) * 0.95)]
    return count(f"{title}: slowest 5 %", round(slow, 2), unit="s", goal=f"under {below}", holds=slow < below)


def control(stage, draft):
    """The same without its clock: it must be found out, or the run before proves nothing."""
    stage.close()
    stage.open(without="clock")
    call = world.another_call(draft)
    presses = planned(world.applicants(draft, call, CONTROL.submissions), CONTROL)
    closes_at = close_in(call, LEAD + CONTROL.seconds)
    asyncio.run(played(stage, presses, CONTROL, closes_at, ()))
    found = len(told_of(presses, call, closes_at)["late accepted"])
    stage.close()
    stage.open()
    return Result(
        "R1 control: no clock check", found, "late accepted", None, "", "at least 1", found > 0
    )  # fmt: skip
