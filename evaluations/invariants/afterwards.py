"""What must hold of what follows the results: promotions, feedback, remedies, reports, embargoes."""

from django.db.models import Exists, F, OuterRef, Q

from accounts.models import TrailEntry
from calls.models import Renunciation
from evaluations import deadlines, sealing
from evaluations.models import (
    Assignment,
    ControlReport,
    Embargo,
    FeedbackPoint,
    FeedbackRequest,
    Outcome,
    Promotion,
    RemedyRequest,
    ReportFile,
    Ruling,
    Vote,
)
from evaluations.states import EmbargoState, FeedbackState
from jobs.soundness import CHUNK, invariant
from programs.models import Remedy


@invariant
def promotions_are_from_the_reserve_list():
    """Only an application of the reserve list, in its own call and after the results, is promoted."""
    right = Q(ruling__outcome=Outcome.RESERVE, ruling__call=F("call"), decided_at__gte=F("call__released_at"))
    return Promotion.objects.order_by().exclude(right)


@invariant
def promotions_follow_the_order_of_the_list():
    """Whoever is promoted goes before nobody who waits on the list, or says so."""
    waiting = Ruling.objects.released().filter(
        ~Exists(Promotion.objects.filter(ruling=OuterRef("pk"), pk__lt=OuterRef(OuterRef("pk")))),
        call=OuterRef("call"), outcome=Outcome.RESERVE, reserve_order__lt=OuterRef("ruling__reserve_order"),
    )  # fmt: skip
    return Promotion.objects.order_by().filter(Exists(waiting), skips=False)


@invariant
def promotions_follow_a_renunciation():
    """Nobody is promoted before somebody in the same call renounced an award."""
    renounced = Renunciation.objects.filter(
        application__call=OuterRef("call"), at__lte=OuterRef("decided_at")
    )
    return Promotion.objects.order_by().filter(~Exists(renounced))


def _ruled(application="application"):
    return Exists(Ruling.objects.released().filter(application=OuterRef(application)))


@invariant
def feedback_follows_the_result():
    """Feedback is asked for once the result is public, and answered after it was asked for."""
    early = Q(asked_at__lt=F("application__call__released_at")) | Q(answered_at__lt=F("asked_at"))
    return FeedbackRequest.objects.order_by().filter(early | ~Q(_ruled()))


@invariant
def feedback_is_answered_whole():
    """An answer to a request for feedback answers every question that was asked about a criterion."""
    silent = FeedbackPoint.objects.filter(request=OuterRef("pk"), answer="")
    return FeedbackRequest.objects.order_by().filter(Exists(silent), state=FeedbackState.ANSWERED)


@invariant
def feedback_is_answered_by_nobody_who_scored():
    """Feedback is answered by nobody who had the file to score."""
    scored = Assignment.objects.filter(evaluator=OuterRef("answered_by"), application=OuterRef("application"))
    return FeedbackRequest.objects.order_by().filter(Exists(scored))


@invariant
def feedback_points_are_of_the_call():
    """What is asked about a criterion is about one of the Rules of the call."""
    own = Q(criterion__publication=F("request__application__call__publication"))
    wrong = FeedbackPoint.objects.order_by().exclude(own)
    return FeedbackRequest.objects.order_by().filter(pk__in=wrong.values("request"))


@invariant
def remedies_follow_the_result():
    """A remedy is filed once the result is public, and is one that the Rules of the call offer."""
    early = Q(filed_at__lt=F("application__call__released_at")) | ~Q(_ruled())
    offered = Q(remedy__publication=F("application__call__publication"), remedy__kind=F("kind"))
    return RemedyRequest.objects.order_by().filter(early | ~offered)


@invariant
def remedies_are_in_time_by_their_last_day():
    """A remedy is in time if, and only if, it came before its last day was over."""
    for remedy in RemedyRequest.objects.order_by().select_related("application__call").iterator(CHUNK):
        last, zone = remedy.last_day, remedy.application.call.zone
        if remedy.in_time != (last is None or remedy.filed_at < deadlines.end_of(last, zone)):
            yield remedy


@invariant
def reconsiderations_are_decided_by_others():
    """A reconsideration is studied and settled by nobody who scored the file, voted on it or signed it."""
    found = RemedyRequest.objects.order_by().filter(kind=Remedy.Kind.RECONSIDERATION)
    took_part = Q(pk__in=[])
    for who in ("studied_by", "settled_by"):
        of_it = {"application": OuterRef("application")}
        took_part |= Q(Exists(Assignment.objects.filter(evaluator=OuterRef(who), **of_it)))
        took_part |= Q(Exists(Ruling.objects.filter(decided_by=OuterRef(who), **of_it)))
        voted = {"item__application": OuterRef("application"), "member__user": OuterRef(who)}
        took_part |= Q(Exists(Vote.objects.filter(**voted)))
    return found.filter(took_part)


@invariant
def remedies_replace_with_another_result():
    """A result that a remedy replaces is replaced by another one than that of the ruling."""
    same = Ruling.objects.filter(application=OuterRef("application"), outcome=OuterRef("new_outcome"))
    return RemedyRequest.objects.order_by().filter(Exists(same))


@invariant
def what_was_filed_has_its_hash():
    """The hash of a remedy or a report is that of its text and its files, in their order."""
    for model in (RemedyRequest, ControlReport):
        filed = model.objects.order_by().prefetch_related("files__document")
        for one in filed.iterator(CHUNK):
            documents = [file.document for file in one.files.all()]
            if sealing.fingerprint(one.text, documents) != one.sha256:
                yield one


@invariant
def reports_without_a_name_lead_to_nobody():
    """No file of a report without a name says who sent it, and the trail names nobody who made a report."""
    signed = ReportFile.objects.filter(report=OuterRef("pk"), document__stored_by__isnull=False)
    yield from ControlReport.objects.order_by().filter(Exists(signed), is_anonymous=True).iterator(CHUNK)
    filed = TrailEntry.objects.order_by().filter(act="control_report.file", by__isnull=False)
    yield from filed.iterator(CHUNK)


@invariant
def reports_are_of_what_the_rules_offer():
    """A report is made by a remedy of the Rules of its call that leads to the internal control body."""
    offered = Q(remedy__publication=F("call__publication"), remedy__kind=Remedy.Kind.INTERNAL_CONTROL)
    return ControlReport.objects.order_by().exclude(offered)


@invariant
def embargoes_that_were_kept_have_results():
    """An embargo that was kept released the results of its call."""
    kept = Embargo.objects.order_by().filter(state=EmbargoState.RELEASED)
    return kept.filter(Q(call__released_at=None) | Q(call__released_at__gt=F("ended_at")))
