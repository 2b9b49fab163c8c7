"""How ./run serves: one web process with threads, which also carries the embedded tasks."""

import sys

from rop_portal.env import env, var_dir

workers = env.int("WEB_WORKERS", default=1)
worker_class = "gthread"
# Threads of one process take turns at one lock of Python: where there are several processes, few do more work
threads = env.int("WEB_THREADS", default=8 if workers == 1 else 3)
timeout = 60
graceful_timeout = 20
pidfile = str(var_dir() / "run.pid")  # a second server on the same folder is refused
# Whoever comes back from the database with a lock in hand does not wait long for the other threads
SWITCH_SECONDS = 0.0005
control_socket_disable = True  # it would lie in the home folder


def on_starting(server):
    """Several processes on SQLite, or with tasks inside each, would get in one another's way."""
    from django.conf import settings

    if workers > 1 and (settings.EMBEDDED_DATABASE or settings.TASKS_MODE != "celery"):
        sys.exit("WEB_WORKERS above 1 needs DATABASE_URL (PostgreSQL) and REDIS_URL.")


def post_worker_init(worker):
    """The embedded runner starts in the process that serves, after the fork."""
    from jobs import runner

    sys.setswitchinterval(SWITCH_SECONDS)
    runner.start()


def worker_exit(server, worker):
    """Let the job under way end, and give its lease back."""
    from jobs import runner

    runner.stop()
