"""Builds the demonstration's world once, and says with which accounts it can be tried."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from jobs.models import Job
from programs.models import Edition
from rop_portal import demonstration
from rop_portal.demo import people, world
from rop_portal.demo.reading import read


class Command(BaseCommand):
    help = "Builds the demo world, where it is not built yet, and lists its accounts."

    def handle(self, **options):
        if not demonstration.is_marked():
            raise CommandError("This database is not marked as a demonstration: nothing was built.")
        if not world.is_built():
            if Edition.objects.filter(is_demo=True).exists():
                raise CommandError("The demo world was left half built: build it again with ./run --fresh")
            self.stdout.write("Building the demo world")
            write_quickly()
            world.build(timezone.localdate())
            Job.objects.unfinished().update(in_background=True)  # nobody waits for the papers of the past
        self.stdout.write(accounts())


def write_quickly():
    """A demonstration can be built again: SQLite need not wait for the disk at each of its acts."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")


def accounts():
    """The accounts of the demonstration, one a line: e-mail and who it is."""
    told = read("people")
    lines = [f"\nDemo accounts (password of all: {people.PASSWORD})"]
    for group in ("people", "committee", "evaluators", "organization_people"):
        lines += [f"  {people.address(entry['email']):32} {entry['name']}" for entry in told[group]]
    others = ", ".join(told["other_agencies"])
    lines.append(f"  {people.address('operator.ssas'):32} likewise editor, legal, operator, head of {others}")
    return "\n".join(lines)
