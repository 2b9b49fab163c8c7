"""How ./run serves: one web process with threads, which also carries the embedded tasks."""

from rop_portal.env import env, var_dir

workers = env.int("WEB_WORKERS", default=1)  # more than one only beside PostgreSQL and a Redis
worker_class = "gthread"
threads = env.int("WEB_THREADS", default=8)
timeout = 60
graceful_timeout = 20
pidfile = str(var_dir() / "run.pid")  # a second server on the same folder is refused
control_socket_disable = True  # it would lie in the home folder
