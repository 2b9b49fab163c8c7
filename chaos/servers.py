"""PostgreSQL, Redis and the portal in processes of their own, on loopback, to be killed and started."""

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
from contextlib import suppress
from pathlib import Path

import psycopg

BASE = Path(__file__).resolve().parent.parent
POSTGRES_PROGRAMS = "/usr/lib/postgresql/*/bin"


class Process:
    """A process of ours: it is started, killed without warning, and ended.

    All stay in one session, so that who yields to whom (``nice``) holds among them.
    """

    name = "process"

    def __init__(self, folder, environment):
        self.folder, self.environment = folder, environment
        self.running = None

    def command(self):
        raise NotImplementedError

    def start(self, **options):
        with (self.folder / f"{self.name}.log").open("a") as log:
            self.running = subprocess.Popen(
                self.command(), cwd=options.pop("cwd", BASE), env=self.environment,
                stdout=log, stderr=subprocess.STDOUT, process_group=0, **options,
            )  # fmt: skip
        return self

    def kill(self):
        self.running.kill()
        self.running.wait(10)

    def end(self):
        if self.running is None:
            return
        for sign in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(self.running.pid, sign)
            with suppress(subprocess.TimeoutExpired):
                self.running.wait(10)
                continue

    @property
    def log(self):
        return (self.folder / f"{self.name}.log").read_text(errors="replace")


class Postgres(Process):
    """A cluster that keeps what it has acknowledged when it is killed, though not when the machine falls."""

    name = "postgres"

    def __init__(self, folder, environment):
        super().__init__(folder, environment)
        self.port, self.password, self.data = free_port(), secrets.token_hex(12), folder / "data"
        self.owner = {"user": "postgres", "group": "postgres", "extra_groups": []} if is_root() else {}
        self.programs = programs()
        self.told = {}  # what it is told besides
        self.held = ()  # those of its processes that are stopped, not ended

    def make(self):
        secret = self.folder / "secret"
        secret.write_text(self.password)
        self.data.mkdir()
        if is_root():
            shutil.chown(self.data, "postgres", "postgres")
            shutil.chown(secret, "postgres", "postgres")
        subprocess.run(
            [self.programs / "initdb", "-D", self.data, "-U", "armoniza", f"--pwfile={secret}",
             "-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "--no-sync"],
            check=True, capture_output=True, cwd="/", **self.owner,
        )  # fmt: skip
        return self

    def command(self):
        told = {"port": self.port, "listen_addresses": "127.0.0.1", "unix_socket_directories": "",
                "max_connections": 200, "fsync": "off", **self.told}  # fmt: skip
        return [self.programs / "postgres", "-D", self.data, *(f"-c{k}={v}" for k, v in told.items())]

    def start(self):
        """Again and again until it answers: right after a kill its former children are still going."""
        for _attempt in range(60):
            super().start(cwd="/", **self.owner)
            if self._answers():
                return self
            self.running.wait(10)
        raise RuntimeError(self.log[-2000:])

    def hold_writer(self):
        """Stop the process that writes behind what was acknowledged, until the whole is killed."""
        with psycopg.connect(self.url) as asking:
            found = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'walwriter'"
            self.held = asking.execute(found).fetchone()
        os.kill(self.held[0], signal.SIGSTOP)

    def kill(self):
        super().kill()
        for pid in self.held:
            os.kill(pid, signal.SIGKILL)
        self.held = ()

    def _answers(self):
        while self.running.poll() is None:
            with suppress(psycopg.OperationalError), psycopg.connect(self.url, connect_timeout=2):
                return True
            time.sleep(0.05)
        time.sleep(0.2)
        return False

    @property
    def url(self):
        return f"postgres://armoniza:{self.password}@127.0.0.1:{self.port}/postgres"


class Redis(Process):
    """Nothing of it is kept: it comes back empty."""

    name = "redis"

    def __init__(self, folder, environment):
        super().__init__(folder, environment)
        self.port, self.password = free_port(), secrets.token_hex(12)

    def command(self):
        return ["redis-server", "--bind", "127.0.0.1", "--port", str(self.port), "--save", "",
                "--appendonly", "no", "--requirepass", self.password, "--dir", str(self.folder)]  # fmt: skip

    @property
    def url(self):
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"


class Web(Process):
    name = "web"

    def __init__(self, folder, environment, port):
        super().__init__(folder, environment)
        self.port = port

    def command(self):
        return [sys.executable, "-m", "gunicorn", "rop_portal.wsgi", "--config", "scripts/gunicorn.conf.py",
                "--bind", f"127.0.0.1:{self.port}"]  # fmt: skip

    def children(self):
        found = Path(f"/proc/{self.running.pid}/task/{self.running.pid}/children").read_text()
        return [int(pid) for pid in found.split()]

    def kill_one_worker(self):
        os.kill(self.children()[0], signal.SIGKILL)


class Relay(Process):
    name = "relay"

    def command(self):
        return [sys.executable, "manage.py", "relay"]


class Worker(Process):
    """It yields to whoever waits for a page."""

    name = "worker"

    def command(self):
        return ["nice", "-n", "15", sys.executable, "-m", "celery", "-A", "rop_portal", "worker",
                "--concurrency", "1", "--without-mingle", "--without-gossip"]  # fmt: skip

    def kill(self):
        os.killpg(self.running.pid, signal.SIGKILL)
        self.running.wait(10)


class Disk:
    """Where everything of a stage lies: a disk of its own where we may mount one, so that it can be full."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="armoniza-chaos-"))
        mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", self.folder]
        self.is_ours = is_root() and subprocess.run(mount, capture_output=True, check=False).returncode == 0
        self.folder.chmod(0o711)
        self.ballast = self.folder / "ballast"

    def fill(self):
        """Until not one byte more fits."""
        with suppress(OSError), self.ballast.open("wb", buffering=0) as file:
            while file.write(bytes(64 * 1024)):
                pass

    def empty(self):
        self.ballast.unlink(missing_ok=True)

    def end(self):
        if self.is_ours:
            subprocess.run(["umount", "--lazy", self.folder], capture_output=True, check=False)
        shutil.rmtree(self.folder, ignore_errors=True)


DISK = "1500m"
FULL_FOR = 3  # seconds


class SmallStage:
    """The portal as ``./run`` serves it: SQLite, and one web process that carries its tasks."""

    def __init__(self):
        self.disk = Disk()
        self.folder = self.disk.folder
        self.port = free_port()
        self.environment = os.environ.copy() | {
            "ARMONIZA_VAR": str(self.folder / "var"), "SITE_URL": f"http://127.0.0.1:{self.port}",
            "DJANGO_SETTINGS_MODULE": "chaos.settings", "EMAIL_URL": "dummymail://",
        }  # fmt: skip
        self.environment |= self.servers()
        os.environ.update(self.environment)
        self.web = Web(self.folder, self.environment, self.port)
        self.processes = [self.web]

    def servers(self):
        """What the portal is told of the servers that it works with."""
        return {"DATABASE_URL": f"sqlite:///{self.folder}/rush.sqlite3", "TASKS_MODE": "embedded"}

    def open(self, without=""):
        """Start the portal, with a protection taken off if one is named."""
        self.environment["CHAOS_WITHOUT"] = without
        for process in self.processes:
            process.start()
        wait_until(self.answers, 60)

    def close(self):
        for process in reversed(self.processes):
            process.end()

    def end(self):
        self.close()
        self.disk.end()

    def answers(self):
        with suppress(OSError):
            address = f"http://127.0.0.1:{self.port}/convocatorias/?q={time.time()}"  # none that is kept
            with urllib.request.urlopen(address, timeout=5) as answer:
                return answer.status == 200
        return False


class Stage(SmallStage):
    """All of them together: the portal as it is run with a database server and workers."""

    def __init__(self):
        super().__init__()
        self.relay, self.worker = (kind(self.folder, self.environment) for kind in (Relay, Worker))
        self.processes += [self.relay, self.worker]

    def servers(self):
        self.postgres = Postgres(self.folder, self.environment).make().start()
        self.redis = Redis(self.folder, self.environment).start()
        return {
            "DATABASE_URL": self.postgres.url, "REDIS_URL": self.redis.url, "TASKS_MODE": "celery",
            "WEB_WORKERS": "2", "JOBS_REHAND_SECONDS": "5",
        }  # fmt: skip

    def end(self):
        self.close()
        self.redis.end()
        self.postgres.end()
        self.disk.end()

    def kill_all(self):
        for process in (self.web, self.relay, self.worker, self.redis, self.postgres):
            process.kill()

    def start_all(self):
        for process in (self.postgres, self.redis, self.web, self.relay, self.worker):
            process.start()

    def fill(self):
        """The disk is full for some seconds."""
        self.disk.fill()
        time.sleep(FULL_FOR)

    def empty(self):
        """There is room again; what gave up meanwhile is started anew, as a supervisor does."""
        self.disk.empty()
        for process in (self.postgres, self.redis, self.web, self.relay, self.worker):
            if process.running.poll() is not None:
                process.start()


def wait_until(is_so, seconds):
    """How long it took; fails when it never came."""
    began = time.monotonic()
    while not is_so():
        if time.monotonic() - began > seconds:
            raise TimeoutError(f"not so within {seconds} s: {is_so}")
        time.sleep(0.1)
    return time.monotonic() - began


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def is_root():
    return os.geteuid() == 0


def programs():
    found = sorted(Path("/").glob(POSTGRES_PROGRAMS.lstrip("/")))
    named = os.environ.get("POSTGRES_PROGRAMS")
    return Path(named) if named else found[-1]
