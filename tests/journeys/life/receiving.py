"""What may be done with a call and with the applications that come to it, until they are admitted."""

from datetime import timedelta

from calls import schedule
from calls.actions import applications, calls, desk, endings, extensions, withdrawing
from calls.models import Defect
from calls.states import BEFORE_RESULTS
from tests.journeys.life.deed import DESK, Deed, each, is_over, now, only, the_call

ENDED = {"reason": "Cambió el presupuesto.", "basis": "Artículo 9 de las Reglas."}
AT_THE_DESK = ("submitted", "prevented", "corrected")
OUT_OF_PLAY = ("draft", "withdrawn", "discarded")


# The call


def before_results(life, _thing):
    return life.call.state in BEFORE_RESULTS


def may_be_published(_life, call):
    today, first = (schedule.local_day(moment, call.zone) for moment in (now(), call.opens_at))
    return call.state == "draft" and today <= first


def extend(_life, call, by):
    longer = schedule.last_minute(call.closes_at) + timedelta(days=3)
    allowed = extensions.Authority("Junta de gobierno", "Acuerdo JG-1")
    extensions.extend(call, longer, reason="Falló el portal.", by=by, authority=allowed, at=now())


def may_be_void(_life, call):
    states = set(call.applications.values_list("state", flat=True))
    if call.state == "sealed":
        return states <= set(OUT_OF_PLAY)
    return call.state == "released" and not states & {"awarded", "reserve", "formalized"}


OF_THE_CALL = [
    Deed(
        "publish", the_call, may_be_published, only("operator"),
        lambda life, call, by: calls.publish(call, by=by),
    ),
    Deed(
        "describe", the_call, lambda life, call: call.state == "draft", only("operator"),
        lambda life, call, by: calls.describe(call, by=by, summary="Otra cosa."),
    ),
    Deed(
        "extend", the_call,
        lambda life, call: call.state == "published" and now() < call.closes_at, only("operator"), extend,
    ),
    Deed(
        "seal", the_call, lambda life, call: call.state == "published" and now() >= call.closes_at,
        only("operator"), lambda life, call, by: calls.seal(call, by=by, at=now()),
    ),
    Deed(
        "cancel", the_call, before_results, only("head"),
        lambda life, call, by: endings.cancel(call, by=by, at=now(), **ENDED),
    ),
    Deed(
        "void", the_call, may_be_void, only("head"),
        lambda life, call, by: endings.declare_void(call, by=by, at=now(), **ENDED),
    ),
]  # fmt: skip


# The applications


def applicants(life):
    return life.organizations


def has_none(life, organization):
    mine = [one for one in life.applications() if one.organization_id == organization.pk]
    return life.call.is_open(at=now()) and all(one.state == "withdrawn" for one in mine)


def in_state(*states):
    return lambda life, one: one.state in states and not is_over(life)


def is_whole(life, one):
    return one.state == "draft" and one.requested_amount is not None and life.call.is_open(at=now())


def in_time(life, one):
    return one.state == "prevented" and not is_over(life) and now() < one.prevention.due_at


def is_overdue(life, one):
    return one.state == "prevented" and not is_over(life) and now() >= one.prevention.due_at


def may_be_discarded(life, one):
    return is_overdue(life, one) or in_state("submitted", "corrected")(life, one)


def of_its_organization(*roles):
    return lambda life, one: life.of(getattr(one, "organization", one), *roles)


def prevent(_life, one, by):
    marked = desk.DefectFound("outdated", "Suba el vigente.", desk.required(one)[0])
    desk.prevent(one, [marked], by=by)


def correct(_life, one, by):
    Defect.objects.filter(prevention__application=one).update(corrected_at=now())
    applications.correct(one, by=by, at=now())


def admit(_life, one, by):
    for requirement in desk.required(one):
        desk.check(one, requirement, outcome="met", by=by)
    desk.admit(one, by=by)


def discard(_life, one, by):
    desk.discard(one, reason="No es de la sociedad civil.", by=by, curable=False)


OF_APPLICATIONS = [
    Deed(
        "start", applicants, has_none, of_its_organization("representative", "drafter"),
        lambda life, one, by: applications.start(life.call, one, by=by, at=now()),
    ),
    Deed(
        "submit", each, is_whole, of_its_organization("representative"),
        lambda life, one, by: applications.submit(one, by=by, at=now()),
    ),
    Deed(
        "withdraw", each, in_state("draft", *AT_THE_DESK), of_its_organization("representative"),
        lambda life, one, by: withdrawing.withdraw(one, by=by),
    ),
    Deed("prevent", each, in_state("submitted"), DESK, prevent),
    Deed("correct", each, in_time, of_its_organization("representative"), correct),
    Deed("admit", each, in_state("submitted", "corrected"), DESK, admit),
    Deed("discard", each, may_be_discarded, DESK, discard),
]  # fmt: skip
