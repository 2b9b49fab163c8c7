"""Work of the documents that is done later: rendering, and looking every night whether files are intact."""

from celery import shared_task

from documents import renderings
from documents.models import Rendering


@shared_task(name="documents.render", ignore_result=True, acks_late=True)
def render(*, code):
    """Render a reserved PDF. Safe to run twice: the second time finds it kept."""
    renderings.render(Rendering.objects.select_related("document", "requested_by").get(code=code))
