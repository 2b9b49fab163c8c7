"""What is done later for the Rules."""

from celery import shared_task
from django.utils.translation import gettext_lazy as _

from jobs import schedule
from programs.actions import limitations, trends, word_imports
from programs.models import WordImport


@shared_task(name="programs.read_word", ignore_result=True, acks_late=True)
def read_word(*, received):
    """Read a Word document that was received for a draft. Done twice, it is done once."""
    found = WordImport.objects.select_related("edition__program__agency__body", "document")
    word_imports.read(found.get(public_id=received))


@schedule.daily(0, 10, label=_("Tell of the regulatory limitations that end"))
@shared_task(name="programs.review_limitations", ignore_result=True)
def review_limitations():
    """Warn of the limitations that end soon, and return those that are over. Done twice, it is done once."""
    limitations.review_what_ends()


@schedule.daily(0, 20, label=_("Keep how the good practices stand today"))
@shared_task(name="programs.keep_harmony", ignore_result=True)
def keep_harmony():
    """Keep the day's rows of the trend. Done twice, it is done once."""
    trends.keep_today()
