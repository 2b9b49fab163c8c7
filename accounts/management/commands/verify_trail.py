"""Compare what acts sealed, and the log that was signed, with what the database holds today."""

from django.core.management.base import BaseCommand, CommandError

from accounts import log_verification, sequencing, verification
from accounts.models import TrailEntry


class Command(BaseCommand):
    help = "Recomputes the sealed digests and the log of the trail, and names everything that was changed."

    def handle(self, **options):
        found = [*verification.differences(), *log_verification.differences()]
        for difference in found:
            self.stdout.write(str(difference))
        sealed = TrailEntry.objects.sealed().count()
        if found:
            raise CommandError(f"{len(found)} differences in {sealed} sealed entries.")
        self.stdout.write(f"{sealed} sealed entries, no difference.")
        self.stdout.write(f"{sequencing.size()} leaves of the log, as they were signed.")
