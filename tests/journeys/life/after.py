"""What may be done after the results: renounce, promote, ask for feedback, file remedies and decide them."""

from calls.actions import renouncing
from calls.models import Renunciation
from evaluations import reserve
from evaluations.actions import feedback, promoting, remedies
from evaluations.models import FeedbackRequest, RemedyRequest, Ruling
from tests.factories.voice import remedy_of
from tests.journeys.life.deciding import rulings_of
from tests.journeys.life.deed import DESK, WHY, Deed, each, is_over, keys, now, seated
from tests.journeys.life.receiving import of_its_organization


def may_be_promoted(life, ruling):
    waits = ruling.state == "released" and ruling.application.state == "reserve"
    gave_up = Renunciation.objects.filter(application__call=life.number).exists()
    return life.call.state == "released" and waits and gave_up and reserve.left(life.call) > 0


def comes_first(life, ruling):
    return may_be_promoted(life, ruling) and _is_first(life, ruling)


def _is_first(life, ruling):
    waiting = [one for one in rulings_of(life) if one.application.state == "reserve"]
    return ruling.reserve_order == min(one.reserve_order for one in waiting)


def promote(**more):
    def do(life, ruling, by):
        amount = min(ruling.application.requested_amount, max(reserve.left(life.call), 1))
        promoting.promote(ruling, by=by, amount=amount, amount_reason="Es lo que queda.", **more, **WHY)

    return do


def was_told(_life, application):
    return Ruling.objects.released().filter(application=application).exists()


def may_file(kind):
    def when(life, one):
        filed = RemedyRequest.objects.filter(application=one, kind=kind).exists()
        return was_told(life, one) and not filed and not is_over(life)

    return when


def may_ask(life, one):
    """In its days; who asks again is given what was asked."""
    asked = FeedbackRequest.objects.filter(application=one).exists()
    return asked or (
        was_told(life, one) and not is_over(life) and feedback.why_not_asked(one, now=now()) == ""
    )


def file(kind):
    def do(life, one, by):
        key = f"vida-{next(keys)}"
        remedies.file(one, remedy_of(life.call, kind), "Pido que se revise.", by=by, key=key, at=now())

    return do


def requests(life):
    found = FeedbackRequest.objects.filter(application__call=life.number)
    return list(found.select_related("application").order_by("pk"))


def filed(life):
    found = RemedyRequest.objects.filter(application__call=life.number)
    return list(found.select_related("application").order_by("pk"))


def who_decides(_life, request):
    return {"head"} if request.is_reconsideration else {"operator", "head"}


def stands(*states, in_time=True):
    return lambda life, request: request.state in states and (request.in_time or not in_time)


def answer(_life, request, by):
    held = FeedbackRequest.objects.get(pk=request.pk)
    feedback.answer(held, by=by, version=held.version, answer="Faltaron datos.", main_reason="need")


OF_ITS_PEOPLE = of_its_organization("representative", "drafter")
OF_ITS_REPRESENTATIVE = of_its_organization("representative")
AFTER_RESULTS = [
    Deed(
        "renounce", each, lambda life, one: one.state == "awarded" and life.call.state == "released",
        OF_ITS_REPRESENTATIVE, lambda life, one, by: renouncing.renounce(one, reason="Sin sede.", by=by),
    ),
    Deed("promote", rulings_of, comes_first, seated("chair", besides=["head"]), promote()),
    Deed(
        "promote before others", rulings_of, may_be_promoted, seated("chair", besides=["head"]),
        promote(skip_reason="No respondió."),
    ),
    Deed(
        "ask for feedback", each, may_ask, OF_ITS_PEOPLE,
        lambda life, one, by: feedback.ask(one, by=by, at=now()),
    ),
    Deed("answer feedback", requests, lambda life, one: one.state == "requested", DESK, answer),
    Deed("ask to clarify", each, may_file("clarification"), OF_ITS_REPRESENTATIVE, file("clarification")),
    Deed(
        "ask to reconsider", each, may_file("reconsideration"), OF_ITS_REPRESENTATIVE,
        file("reconsideration"),
    ),
    Deed(
        "admit remedy", filed, stands("remedy_received"), who_decides,
        lambda life, one, by: remedies.admit(one, by=by),
    ),
    Deed(
        "dismiss remedy", filed, stands("remedy_received", in_time=False), who_decides,
        lambda life, one, by: remedies.dismiss(one, by=by, dismissal="unfounded", **WHY),
    ),
    Deed(
        "study remedy", filed, stands("remedy_admitted"), who_decides,
        lambda life, one, by: remedies.study(one, by=by),
    ),
    Deed(
        "resolve remedy", filed, stands("in_study"), who_decides,
        lambda life, one, by: remedies.resolve(
            one, by=by, outcome="modified", effect="Se corrige el motivo.", **WHY
        ),
    ),
]  # fmt: skip
