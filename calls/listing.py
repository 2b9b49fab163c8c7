"""The public list of calls: found by text, agency, topic, place, amount, deadline and state, by deadline."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Case, Count, F, IntegerField, Max, OuterRef, Q, Subquery, Value, When

from calls import places
from calls.folding import fold
from calls.models import Call
from calls.states import CallState
from programs.models import Agency, Requirement, SupportModality

OPEN, COMING, CLOSED, EVALUATION, RESULTS = "open", "coming", "closed", "evaluation", "results"
CANCELLED, VOID = "cancelled", "void"
DEADLINE, NEWEST, AMOUNT = "deadline", "newest", "amount"


def rows(*, at):
    """Every public call with what its card says: the most it gives and the documents it asks for."""
    modalities = SupportModality.objects.filter(publication=OuterRef("publication")).order_by()
    asked = Requirement.objects.filter(
        publication=OuterRef("publication"), stage=Requirement.Stage.APPLICATION, is_obligatory=True
    ).order_by()
    return (
        Call.objects.public()
        .with_program()
        .annotate(
            most=Subquery(modalities.values("publication").annotate(n=Max("maximum")).values("n")),
            documents=Subquery(asked.values("publication").annotate(n=Count("pk")).values("n")),
            rank=Case(
                When(state=CallState.PUBLISHED, opens_at__lte=at, closes_at__gt=at, then=0),
                When(state=CallState.PUBLISHED, opens_at__gt=at, then=1),
                default=2,
                output_field=IntegerField(),
            ),
        )
    )


def as_cards(found):
    """What the card of each call says, and no column more."""
    agency = "publication__edition__program__agency"
    return (
        found.select_related(None)
        .select_related(agency)
        .only(
            *("folio", "title", "summary", "state", "opens_at", "closes_at", "is_demo"), f"{agency}__acronym"
        )
    )


def chosen(
    found, *, at, q="", agency="", topic="", place="", amount=None, closes_by=None, state="", sort=""
):  # fmt: skip
    """The calls that answer every filter given."""
    if agency:
        found = found.filter(publication__edition__program__agency__acronym=agency)
    if place:
        found = places.reached(found, place)
    if amount is not None:
        found = found.filter(most__gte=amount)
    if closes_by:
        end = datetime.combine(closes_by + timedelta(days=1), time(0), ZoneInfo(settings.TIME_ZONE))
        found = found.filter(closes_at__lte=end)
    if state:
        found = found.filter(in_state(state, at=at))
    if q or topic:
        found = found.filter(pk__in=_about(found, fold(q), fold(topic)))
    return _sorted(found, sort)


def going_on(*, at, most):
    """The calls that receive applications now, the first to close first, and then those to come."""
    return _sorted(rows(at=at).filter(rank__lt=2), DEADLINE)[:most]


def in_state(state, *, at):
    """The calls that the list shows under a state; *closed* is every one whose reception is over."""
    published = Q(state=CallState.PUBLISHED)
    conditions = {
        OPEN: published & Q(opens_at__lte=at, closes_at__gt=at),
        COMING: published & Q(opens_at__gt=at),
        CLOSED: ~published | Q(closes_at__lte=at),
        EVALUATION: Q(state=CallState.SEALED) | (published & Q(closes_at__lte=at)),
        RESULTS: Q(state__in=[CallState.RELEASED, CallState.FINISHED]),
        CANCELLED: Q(state=CallState.CANCELLED),
        VOID: Q(state=CallState.VOID),
    }
    return conditions[state]


def of_editions(found, codes, path="publication__edition__code__in"):
    """Only what comes from the editions named, when any is."""
    return found.filter(**{path: codes}) if codes else found


def _sorted(found, sort):
    if sort == NEWEST:
        return found.order_by("-published_at", "-pk")
    if sort == AMOUNT:
        return found.order_by(F("most").desc(nulls_last=True), "rank", "-pk")
    waiting = Case(When(rank__lt=2, then=F("closes_at")), default=Value(None))
    return found.order_by("rank", waiting.asc(nulls_last=True), "-closes_at", "-pk")


def _about(found, q, topic):
    """Numbers of the calls whose words hold ``q`` and one of whose topics is ``topic``, accents apart."""
    words = found.order_by().values_list(
        "pk", "topics", "title", "summary", "folio", "publication__edition__program__name_es"
    )
    return [
        pk
        for pk, topics, *said in words
        if (not topic or topic in topic_keys(topics))
        and all(part in fold(" ".join([topics, *said])) for part in q.split())
    ]


def agencies():
    """The agencies that have a public call, for the filter."""
    public = Call.objects.public().order_by().values("publication__edition__program__agency")
    return Agency.objects.filter(pk__in=public).order_by("acronym").values_list("acronym", flat=True)


def topics():
    """The topics of the public calls, each once."""
    written = Call.objects.public().exclude(topics="").order_by().values_list("topics", flat=True).distinct()
    return sorted({topic for line in written for topic in topics_in(line)}, key=fold)


def topics_in(line):
    """The topics of a call, written in one line with commas between them."""
    return [topic.strip() for topic in line.split(",") if topic.strip()]


def topic_keys(line):
    """The same, as they are compared: without accents or capitals."""
    return {fold(topic) for topic in topics_in(line)}
