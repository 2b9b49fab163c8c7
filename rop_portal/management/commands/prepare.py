"""Everything between an empty database and a portal that can be served, and nothing where all is done."""

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

from rop_portal import demonstration


class Command(BaseCommand):
    help = "Brings the database up to date: tables, texts, reference data and, on a demo one, the demo world."

    def add_arguments(self, parser):
        parser.add_argument("--fresh", action="store_true", help="empty the demo world and build it again")
        parser.add_argument("--demo", action="store_true", help="build the demo world on this database")

    def handle(self, *, fresh, demo, **options):
        try:
            if fresh:
                self.say("Emptying the demo world")
                demonstration.empty()
            self.say("Preparing the database")
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)
            self.call_where_present("compile_catalogues")
            self.call_where_present("load_reference")
            if settings.DEMO or demo or fresh:
                demonstration.mark()
                self.call_where_present("demo")
        except demonstration.NotADemonstration as reason:
            raise CommandError(str(reason)) from reason

    def call_where_present(self, name):
        if name in get_commands():
            call_command(name, stdout=self.stdout, stderr=self.stderr)

    def say(self, text):
        self.stdout.write(text)
