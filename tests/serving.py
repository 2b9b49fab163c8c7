"""A portal served as people have it: its own processes, database and files, with the demo world inside."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

BASE = Path(__file__).resolve().parent.parent


@dataclass
class Portal:
    """A served portal: where it is, and the processes that are it."""

    url: str
    folder: Path
    environment: dict
    processes: list = field(default_factory=list)

    def ask(self, expression):
        """What the portal's own database answers to an expression about ``jobs``."""
        said = self.manage("shell", "-v", "0", "-c", f"from jobs.models import Job; print({expression})")
        return said.strip()

    def wait_for_its_jobs(self, seconds=90):
        """Until nothing that was asked for waits or runs."""
        deadline = time.monotonic() + seconds
        while self.ask("Job.objects.unfinished().filter(once_key=None).count()") != "0":
            assert time.monotonic() < deadline, self.ask(
                "list(Job.objects.unfinished().values_list('task', 'subject', 'state'))"
            )
            time.sleep(2)

    def failed_jobs(self):
        return self.ask("list(Job.objects.filter(state='failed').values_list('task', 'subject', 'reason'))")

    def errors(self):
        """Every line of its logs that tells of an error; not being ready while it starts is none."""
        lines = (line for path in self.folder.glob("*.log") for line in path.read_text().splitlines())
        told = (line for line in lines if " ERROR " in line or line.startswith("Traceback"))
        return [line for line in told if "/salud/" not in line]

    def manage(self, *arguments):
        """Run a command of the portal to its end; its words are shown when it fails."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=BASE, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, *command):
        with (self.folder / f"{len(self.processes)}.log").open("w") as log:
            process = subprocess.Popen(
                command, cwd=BASE, env=self.environment,
                stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        self.processes.append(process)

    def logs(self):
        return "\n".join(path.read_text()[-3000:] for path in sorted(self.folder.glob("*.log")))

    def wait_until_it_answers(self, seconds=60):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with suppress(OSError):
                urllib.request.urlopen(f"{self.url}/salud/", timeout=2).close()  # noqa: S310 -- our own address
                return
            time.sleep(0.2)
        raise AssertionError(f"the portal does not answer:\n{self.logs()}")

    def stop(self):
        for process in reversed(self.processes):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(15)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(5)
        shutil.rmtree(self.folder, ignore_errors=True)

    def is_gone(self):
        """Whether no process of it is left, nor of those that they started."""
        groups = {process.pid for process in self.processes}
        return not any(_group_of(entry.name) in groups for entry in Path("/proc").iterdir())


def _group_of(pid):
    with suppress(ValueError, ProcessLookupError, PermissionError):
        return os.getpgid(int(pid))
    return None


@contextmanager
def database_beside(address):
    """A database of its own on the server of that address, gone at the end."""
    name = f"served_{os.getpid()}_{secrets.token_hex(3)}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    try:
        yield urlsplit(address)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(address, autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


@contextmanager
def served(**settings):
    """A portal on a free port of this machine; ``settings`` are its environment (DATABASE_URL, REDIS_URL)."""
    folder = Path(tempfile.mkdtemp(prefix="armoniza-served-"))
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    kept = {name: value for name, value in os.environ.items() if name not in DROPPED}
    environment = kept | {
        "ARMONIZA_VAR": str(folder / "var"),
        "SITE_URL": url,
        "DEMO": "1",
        "PUBLIC_PAGES_KEPT_SECONDS": "0",  # a test looks at once, a visitor a second later
        "DJANGO_SETTINGS_MODULE": "rop_portal.settings",
        **settings,
    }
    portal = Portal(url, folder, environment)
    try:
        portal.manage("prepare", "--demo")
        portal.start(
            sys.executable, "-m", "gunicorn", "rop_portal.wsgi",
            "--config", "scripts/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}",
        )  # fmt: skip
        if settings.get("REDIS_URL"):
            portal.start(sys.executable, "manage.py", "relay")
            portal.start(sys.executable, "-m", "celery", "-A", "rop_portal", "worker", "--concurrency", "1")
        portal.wait_until_it_answers()
        yield portal
    finally:
        portal.stop()


# What the tests' own process has and a served portal must not inherit
DROPPED = {"DJANGO_SETTINGS_MODULE", "TASKS_MODE", "DATABASE_URL", "REDIS_URL", "ARMONIZA_VAR", "DEMO"}
