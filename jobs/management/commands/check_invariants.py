"""Look over the stored rows: does every rule of the portal hold of them?"""

from itertools import islice

from django.core.management.base import BaseCommand, CommandError

from jobs import soundness


class Command(BaseCommand):
    help = "Checks that every invariant holds of the stored data, and names what breaks each that does not."

    def add_arguments(self, parser):
        parser.add_argument("--list", action="store_true", help="only say which invariants there are")
        parser.add_argument(
            "--only", action="append", default=[], metavar="KEY", help="this one; again for more"
        )
        parser.add_argument("--files", action="store_true", help="also those that read every file kept")
        parser.add_argument("--most", type=int, default=5, help="how many are named of what breaks one (5)")

    def handle(self, *, only, files, most, **options):
        if options["list"]:
            return self._tell_rules()
        try:
            chosen = soundness.chosen(only, files=files)
        except soundness.UnknownInvariant as unknown:
            raise CommandError(f"No such invariant: {unknown}. Try --list.") from unknown
        broken = sum(self._look(one, most) for one in chosen)
        if broken:
            raise CommandError(f"{broken} of {len(chosen)} invariants are broken.")
        return f"{len(chosen)} invariants hold."

    def _tell_rules(self):
        for one in soundness.known().values():
            self.stdout.write(f"{one.key}{' (--files)' if one.reads_files else ''}\n    {one.rule}")

    def _look(self, one, most):
        """Whether it is broken; what breaks it is counted whole and named up to ``most``."""
        found = one.broken_by()
        names = [soundness.named(thing) for thing in islice(found, most)]
        rest = sum(1 for _thing in found)
        if names or rest:
            self.stdout.write(f"BROKEN {one.key}: {one.rule}")
            more = [f"and {rest} more"] if rest else []
            for line in [*names, *more]:
                self.stdout.write(f"    {line}")
        return bool(names or rest)
