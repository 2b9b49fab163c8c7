"""The portal and a plain hello behind the same web server, measured by the CPU time of its processes."""

import http.client
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from django.db import connection

from chaos.servers import free_port

BASE = Path(__file__).resolve().parent.parent
SERVER = "benchmarks.wsgi"
TOGETHER = 20  # requests of one sample: the clock of a process counts in small steps


class Served:
    """One web process on loopback, asked over a connection that stays open."""

    def __init__(self, what, **environment):
        self.port = free_port()
        self.running = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", f"{SERVER}:{what}", "--bind", f"127.0.0.1:{self.port}",
             "--worker-class", "gthread", "--threads", "1", "--keep-alive", "60", "--log-level", "warning"],
            cwd=BASE, env=os.environ | database() | environment,
        )  # fmt: skip
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def __enter__(self):
        for _attempt in range(100):
            with suppress(OSError):
                self.ask("/hola/")
                return self
            self.line.close()
            time.sleep(0.2)
        raise RuntimeError("the server does not answer")

    def __exit__(self, *_error):
        self.line.close()
        self.running.terminate()
        self.running.wait(20)

    def ask(self, path, **headers):
        """The answer with its body read."""
        self.line.request("GET", path, headers=headers)
        answer = self.line.getresponse()
        answer.body = answer.read()
        return answer

    def ask_often(self, path, status=200, **headers):
        for _time in range(TOGETHER):
            answer = self.ask(path, **headers)
            assert answer.status == status, (path, answer.status)  # noqa: S101 -- a measure of an error is none

    def cpu_seconds(self):
        """What its processes took so far, in every thread."""
        clocks = (task for pid in self._processes() for task in Path(f"/proc/{pid}/task").glob("*/schedstat"))
        return sum(int(clock.read_text().split()[0]) for clock in clocks) / 1e9

    def _processes(self):
        pid = self.running.pid
        return [pid, *Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def database():
    """The address of the database of the measure, for a process of its own."""
    told = connection.settings_dict
    whom = f"{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}"
    return {"DATABASE_URL": f"postgres://{whom}/{told['NAME']}"}
