"""Prepare an area's catalogue for who translates it."""

from django.core.management.base import BaseCommand

from rop_portal import catalogues


class Command(BaseCommand):
    help = "Appends to locale/es_MX/<area>.po what the area says and nobody translated."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("--area", required=True, choices=sorted(catalogues.AREAS))

    def handle(self, *, area, **options):
        count = catalogues.add_missing(area)
        self.stdout.write(f"{count} messages to translate in locale/es_MX/{area}.po")
