"""Work of the evaluation that is done later: its draws, and the letters of a call, with their progress."""

from celery import shared_task
from django.utils.translation import gettext_lazy

from accounts.models import User
from calls.models import Call
from documents import renderings
from evaluations.models import Draw, Ruling
from jobs import progress, schedule


@schedule.every(minutes=1, label=gettext_lazy("Release the results whose minute has come"))
@shared_task(name="evaluations.release_what_is_due")
def release_what_is_due():
    """Release at their minute the results left for later. What is released stays released."""
    from evaluations.actions import embargoes  # noqa: PLC0415 -- leaf

    embargoes.release_what_is_due()


@shared_task(name="evaluations.draw_evaluators", ignore_result=True, acks_late=True)
def draw_evaluators(*, draw, asked_by):
    """Draw the evaluators of a call and give the files out. Done twice, it is done once."""
    from evaluations.actions import distributing  # noqa: PLC0415 -- leaf

    found = Draw.objects.select_related("call__publication__edition__program__agency__body")
    distributing.do(found.get(pk=draw), by=User.objects.get(pk=asked_by))


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
