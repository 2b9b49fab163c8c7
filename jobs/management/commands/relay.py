"""The process that hands jobs to Celery. One is enough; a second waits for the first to end."""

import signal
import threading

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from jobs import claims, relay


class Command(BaseCommand):
    help = "Hands jobs to Celery and keeps the schedule, until it is told to stop."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="make one round and end")
        parser.add_argument("--every", type=float, default=0.5, help="seconds between rounds")

    def handle(self, *, once, every, **options):
        if once:
            self.stdout.write(f"{relay.turn()} jobs handed over.")
            return
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        while not stop.wait(every):
            self.round()
        claims.release(relay.DUTY)

    def round(self):
        try:
            close_old_connections()
            relay.turn()
        except DatabaseError as error:
            self.stderr.write(f"The database could not be reached; trying again: {error}")
