"""What is done later for calls."""

from celery import shared_task

from calls.actions import calls
from jobs import schedule


@schedule.every(minutes=1)
@shared_task(name="calls.seal_what_is_over")
def seal_what_is_over():
    """Close the reception of every call whose time is over. What is sealed stays sealed."""
    calls.seal_what_is_over()
