"""What runs when. Apps declare it beside their tasks; the embedded runner or the relay looks at it.

Each due moment becomes a job with a key of its own, so that two clocks ask for it once; a moment that
passed while the portal was down is caught up once.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from jobs import queue, running


@dataclass(frozen=True)
class Daily:
    """Every day at a time of the portal's zone."""

    at: time
    label: object = ""

    def latest(self, now):
        local = timezone.localtime(now)
        today = timezone.make_aware(datetime.combine(local.date(), self.at))
        return today if today <= now else today - timedelta(days=1)


@dataclass(frozen=True)
class Every:
    """Every so many minutes, counted from midnight UTC."""

    minutes: int
    label: object = ""

    def latest(self, now):
        length = self.minutes * 60
        return datetime.fromtimestamp(int(now.timestamp()) // length * length, tz=now.tzinfo)


_entries: dict[str, Daily | Every] = {}
_asked: dict[str, datetime] = {}


def daily(hour, minute=0, *, label=""):
    """Decorate a task that runs every day at that time; ``label`` says in words what it does."""
    return _declare(Daily(time(hour, minute), label))


def every(*, minutes, label=""):
    """Decorate a task that runs every so many minutes."""
    return _declare(Every(minutes, label))


def entries():
    """The whole schedule: task name and when."""
    return dict(_entries)


def ask_for_what_is_due(now=None):
    """Ask for each scheduled task whose latest moment has not been asked for yet."""
    running.know_all_tasks()
    now = now or timezone.now()
    for name, when in _entries.items():
        moment = when.latest(now)
        if _asked.get(name) != moment:
            queue.enqueue(name, label=when.label or name, once_key=f"{name}@{moment.isoformat()}")
            _asked[name] = moment


def _declare(when):
    def register(task):
        _entries[task.name] = when
        return task

    return register
