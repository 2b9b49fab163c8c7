"""Say what is not translated, and what is translated wrongly."""

from django.core.management.base import BaseCommand, CommandError

from rop_portal import catalogues


class Command(BaseCommand):
    help = "Lists messages without translation, fuzzy ones, conflicts and wrong placeholders."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("--area", help="only what this area has to translate")
        parser.add_argument(
            "--unused", action="store_true", help="list translations that nothing says any more"
        )

    def handle(self, *, area=None, unused=False, **options):
        findings = catalogues.examine()
        missing = [line for line in findings.missing if not area or _belongs(line, area)]
        self._list("Without translation", missing)
        self._list("Wrong", findings.faults)
        if unused:
            self._list("Translated, but said nowhere", findings.unused)
        if missing or findings.faults:
            raise CommandError(f"{len(missing)} without translation, {len(findings.faults)} wrong.")
        self.stdout.write("Every message is translated.")

    def _list(self, title, lines):
        if lines:
            self.stdout.write(f"{title}:")
            for line in lines:
                self.stdout.write(f"  {line}")


def _belongs(line, area):
    return catalogues.area_of(line.split(":", 1)[0].split(",", 1)[0]) == area
