"""One file from outside, read in a process of its own with little memory and time, then gone.

``python -m documents.bounded <module> <seconds> <megabytes>`` reads one message, gives it to the module's
``answer`` and writes what it returns. What a hostile file does to that process, it does to nobody else.
"""

import contextlib
import os
import resource
import subprocess
import sys
import threading
from importlib import import_module
from pathlib import Path

from documents import engine

ROOT = Path(engine.__file__).parent.parent
PATIENCE = 20  # seconds of the clock beyond those of computing: a busy machine is no fault of the file


class CouldNotRead(Exception):
    """The process ended without an answer: the file asked for too much time or memory, or broke it."""


def run(module, content, *, seconds, megabytes):
    """What ``module.answer(content)`` gives, computed apart. Raises CouldNotRead."""
    command = [sys.executable, "-m", "documents.bounded", module, str(seconds), str(megabytes)]
    process = subprocess.Popen(  # noqa: S603 -- a module of ours
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={
            "PYTHONDONTWRITEBYTECODE": "1",
            "OPENBLAS_NUM_THREADS": "1",  # one thread asks for as little memory as there is
            "PATH": os.environ.get("PATH", ""),
        },
    )
    clock = threading.Timer(2 * seconds + PATIENCE, process.kill)
    clock.start()
    with process:
        try:
            engine.write_message(process.stdin, content)
            answer = engine.read_message(process.stdout)
        except OSError:
            answer = None
        finally:
            clock.cancel()
            process.kill()
    if answer is None:
        raise CouldNotRead
    return answer


def limit(seconds, megabytes):
    """From here on this process may use no more than this."""
    for kind, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, megabytes * 1024 * 1024),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # not every system has every limit
            resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    name, most_seconds, most_megabytes = sys.argv[1:]
    limit(int(most_seconds), int(most_megabytes))
    received = engine.read_message(sys.stdin.buffer)
    if received is not None:
        engine.write_message(sys.stdout.buffer, import_module(name).answer(received))
