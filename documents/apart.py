"""A process apart that makes PDFs, so that pages stay quick while a long one is made (embedded mode).

It is kept from one PDF to the next, replaced after many, and ended when one takes too long.
"""

import atexit
import json
import subprocess
import sys
import threading

from documents import engine

MOST_PDFS = 200
MOST_SECONDS = 240

_lock = threading.Lock()


class ProcessEnded(OSError):
    """The process that made the PDF ended before finishing: too long, too much memory, or killed."""


class RenderingFailed(Exception):
    """WeasyPrint could not make the PDF; the message is its reason."""


class _Worker:
    process: subprocess.Popen | None = None
    made = 0


_worker = _Worker()


def html_to_pdf(html, *, static, scratch):
    """As ``engine.html_to_pdf``, in the process apart; one at a time."""
    asked = json.dumps({"html": html, "static": str(static), "scratch": str(scratch)}).encode()
    with _lock:
        process = _process()
        clock = threading.Timer(MOST_SECONDS, process.kill)
        clock.start()
        try:
            answer, content = _ask(process, asked)
        finally:
            clock.cancel()
    if "error" in answer:
        raise RenderingFailed(answer["error"])
    return content, answer["pages"]


def _ask(process, asked):
    try:
        engine.write_message(process.stdin, asked)
        answer, content = engine.read_message(process.stdout), engine.read_message(process.stdout)
    except OSError as error:
        end()
        raise ProcessEnded("the PDF process ended") from error
    if answer is None or content is None:
        end()
        raise ProcessEnded("the PDF process ended")
    _worker.made += 1
    return json.loads(answer), content


def _process():
    if _worker.process and (_worker.made >= MOST_PDFS or _worker.process.poll() is not None):
        end()
    if _worker.process is None:
        _worker.made = 0
        _worker.process = subprocess.Popen(
            [sys.executable, "-m", "documents.engine"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=engine.Path(engine.__file__).parent.parent,
        )
    return _worker.process


@atexit.register
def end():
    """End the process apart. The next PDF starts another."""
    process, _worker.process = _worker.process, None
    if process is None:
        return
    process.stdin.close()
    try:
        process.wait(timeout=2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()
