"""Work of the evaluation that is done later: the letters of a call, one after another, with progress."""

from celery import shared_task
from django.utils.translation import gettext_lazy

from calls.models import Call
from documents import renderings
from evaluations.models import Ruling
from jobs import progress, schedule


@schedule.every(minutes=1, label=gettext_lazy("Release the results whose minute has come"))
@shared_task(name="evaluations.release_what_is_due")
def release_what_is_due():
    """Release at their minute the results left for later. What is released stays released."""
    from evaluations.actions import embargoes  # noqa: PLC0415 -- leaf

    embargoes.release_what_is_due()


@shared_task(name="evaluations.render_letters", ignore_result=True, acks_late=True)
def render_letters(*, call):
    """Render letter and scorecard of each ruling released. Safe to run twice: none is made again.

    A thousand letters take minutes: between two of them whoever waits for a document of theirs is let pass.
    """
    released = Ruling.objects.released().filter(call=Call.objects.get(folio=call)).in_rank_order()
    folios = list(released.values_list("application__folio", flat=True))
    total = len(folios)
    for number in range(progress.reached(total), total):
        for kind in ("ruling_letter", "scorecard"):
            renderings.render(renderings.request(kind, folios[number]))
        progress.report(number + 1, total)
        progress.make_way()
