"""Compare what acts sealed with what the database holds today."""

from django.core.management.base import BaseCommand, CommandError

from accounts import verification
from accounts.models import TrailEntry


class Command(BaseCommand):
    help = "Recomputes the sealed digests of the trail and names everything that was changed afterwards."

    def handle(self, **options):
        found = list(verification.differences())
        for difference in found:
            self.stdout.write(str(difference))
        sealed = TrailEntry.objects.sealed().count()
        if found:
            raise CommandError(f"{len(found)} differences in {sealed} sealed entries.")
        self.stdout.write(f"{sealed} sealed entries, no difference.")
