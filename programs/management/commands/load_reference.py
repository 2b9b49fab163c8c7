from django.core.management.base import BaseCommand

from programs.loading import load_reference


class Command(BaseCommand):
    help = (
        "Load agencies, programs, the Guide, the checklist, the report's marks, municipalities and holidays."
    )

    def handle(self, *args, **options):
        counts = load_reference()
        self.stdout.write(", ".join(f"{count} {what}" for what, count in counts.items()))
