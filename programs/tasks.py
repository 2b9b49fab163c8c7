"""What is done later for the Rules."""

from celery import shared_task

from programs.actions import word_imports
from programs.models import WordImport


@shared_task(name="programs.read_word", ignore_result=True, acks_late=True)
def read_word(*, received):
    """Read a Word document that was received for a draft. Done twice, it is done once."""
    found = WordImport.objects.select_related("edition__program__agency__body", "document")
    word_imports.read(found.get(public_id=received))
