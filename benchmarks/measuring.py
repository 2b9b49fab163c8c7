"""Taking a measure against a bare thing, and writing down what came of it."""

import json
import os
import platform
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from django.db import connection
from django.test.utils import CaptureQueriesContext

RESULTS = Path(__file__).parent / "results.json"
ROUNDS = 15


@dataclass(frozen=True)
class Result:
    """One measure: what, how much of which unit, how many times the bare one, and does the goal hold."""

    name: str
    value: float
    unit: str
    ratio: float | None
    to: str
    goal: str
    holds: bool


def seconds(work):
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def cpu_seconds(work):
    """The time of this process alone, without what the database takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def against(name, measured: Callable, bare: Callable, *, to, below, rounds=ROUNDS, clock=seconds):
    """Run both in turns, so that a busy moment meets both, and compare their medians."""
    measured(), bare()  # what is imported, parsed or cached once is not of the measure
    times = [(clock(measured), clock(bare)) for _round in range(rounds)]
    taken, of_bare = median(one for one, _ in times), median(one for _, one in times)
    ratio = taken / of_bare
    return Result(
        name,
        round(taken * 1000, 2),
        "ms",
        round(ratio, 2),
        to,
        f"less than {round(below, 2)} times",
        ratio < below,
    )


def count(name, value, *, unit, goal, holds):
    """A number that is right or wrong by itself, whatever the machine."""
    return Result(name, value, unit, None, "", goal, holds)


def queries_of(work):
    """How many statements ask or write something; the marks of a transaction are none."""
    with CaptureQueriesContext(connection) as asked:
        work()
    return sum(one["sql"] not in ("BEGIN", "COMMIT") for one in asked)


def write(results, path=RESULTS):
    """Keep the results beside the machine they were taken on, and those that were not taken anew."""
    taken = [asdict(result) for result in results]
    anew = {one["name"] for one in taken}
    document = {
        "machine": machine(),
        "results": [one for one in kept(path) if one["name"] not in anew] + taken,
    }
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")


def kept(path):
    return json.loads(path.read_text())["results"] if path.exists() else []


def machine():
    return {
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "database": connection.vendor,
    }


def table(results):
    """The results as lines that fit a terminal."""
    for result in results:
        ratio = f"{result.ratio:7.2f} × {result.to}" if result.ratio is not None else " " * 9
        verdict = "holds" if result.holds else "DOES NOT HOLD"
        yield f"{result.name:48} {result.value:10.2f} {result.unit:8} {ratio:34} {result.goal:32} {verdict}"
