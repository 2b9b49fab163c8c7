"""Merge the catalogues of all areas into the one that Django reads."""

from django.core.management.base import BaseCommand, CommandError

from rop_portal import catalogues


class Command(BaseCommand):
    help = "Merges locale/es_MX/*.po into the binary catalogue that Django reads."
    requires_system_checks: list[str] = []

    def handle(self, **options):
        try:
            changed = catalogues.compile_catalogues()
        except catalogues.CatalogueProblem as problem:
            raise CommandError(str(problem)) from problem
        if changed and options["verbosity"] > 1:
            self.stdout.write(f"Wrote {catalogues.COMPILED.relative_to(catalogues.ROOT)}")
