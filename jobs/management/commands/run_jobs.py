"""Run what is due in this process, and end: for a portal without its runner, or before it is stopped."""

from django.core.management.base import BaseCommand

from jobs import runner, running


class Command(BaseCommand):
    help = "Runs every job that is due, those of dead processes included, and says how many."

    def handle(self, **options):
        running.take_up_abandoned()
        self.stdout.write(f"{runner.drain()} jobs run.")
