"""What the evaluation adds to the page of an application: its scorecard, once results are released."""

from django.utils.translation import gettext as _

from calls import boards
from documents.models import Rendering
from evaluations.models import RemedyRequest, Ruling
from evaluations.scorecards import margins, scorecard

KINDS = ("ruling_letter", "scorecard", "promotion_letter")


@boards.section(order=30)
def result(application, viewer):
    """Level reached, descriptor, justification and what the next level needs, with the letter and its PDF."""
    released = Ruling.objects.released().filter(application=application)
    ruling = released.select_related("call", "session", "promotion").first()
    if ruling is None:
        return None
    kept = Rendering.objects.filter(kind__in=KINDS, subject_id=application.folio)
    documents = {rendering.kind: rendering for rendering in kept.current()}
    return boards.Section(
        title=_("Result"),
        template_name="evaluations/_application_result.html",
        context={
            "ruling": ruling,
            "public_id": application.public_id,
            "rows": scorecard(application),
            "margins": margins(ruling),
            "changes": RemedyRequest.objects.with_effect().filter(application=application),
            "letter": documents.get("ruling_letter"),
            "promotion_letter": documents.get("promotion_letter"),
            "scorecard_pdf": documents.get("scorecard"),
        },
    )
