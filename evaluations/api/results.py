"""The endpoint of results: what was released, and nothing before."""

from django.db.models import Prefetch
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from calls.models import Call
from evaluations.models import Assignment, Outcome, Promotion, RemedyRequest, Ruling, Score
from evaluations.scoring import mean
from evaluations.states import ReviewState
from programs.api.base import PublicReading, yes_or_no
from programs.api.filters import chosen_by
from programs.models import Agency, Program

SCORES = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "criterion": {"type": "string"},
            "name": {"type": "string"},
            "weight": {"type": "integer"},
            "points": {"type": "string", "format": "decimal"},
        },
    },
}


class PromotionSerializer(serializers.ModelSerializer):
    """The award from the reserve list that came afterwards, as it was signed."""

    class Meta:
        model = Promotion
        fields = (
            "amount", "amount_reason", "skips", "skip_reason", "reasons", "legal_basis", "decided_at",
        )  # fmt: skip


class ResolutionSerializer(serializers.ModelSerializer):
    """What a remedy changed of the result, read beside the ruling. What was asked and why is not public."""

    remedy = serializers.CharField(source="remedy.name")

    class Meta:
        model = RemedyRequest
        fields = ("remedy", "kind", "outcome", "new_outcome", "effect", "settled_at")


class ResultSerializer(serializers.ModelSerializer):
    """A released ruling by the folio of its application, with its points by criterion and what came after.

    The ruling stays as it was signed: whether its award was renounced, whether it was awarded from the
    reserve list and what remedies changed is told beside it.
    """

    folio = serializers.CharField(source="application.folio")
    call = serializers.CharField(source="call.folio")
    program = serializers.CharField(source="call.publication.edition.program.code")
    agency = serializers.CharField(source="call.publication.edition.program.agency.acronym")
    fiscal_year = serializers.IntegerField(source="call.publication.edition.fiscal_year")
    organization = serializers.CharField(source="application.organization.body.name_es")
    project = serializers.CharField(source="application.project_title")
    requested = serializers.DecimalField(
        source="application.requested_amount", max_digits=14, decimal_places=2
    )
    scores = serializers.SerializerMethodField()
    departure_reason = serializers.SerializerMethodField()
    released_at = serializers.DateTimeField(source="call.released_at")
    renounced_at = serializers.DateTimeField(source="application.renunciation.at", allow_null=True)
    promotion = PromotionSerializer(allow_null=True)
    resolutions = ResolutionSerializer(source="application.resolutions", many=True)
    is_demo = serializers.BooleanField(source="call.is_demo")

    class Meta:
        model = Ruling
        fields = (
            "folio", "call", "program", "agency", "fiscal_year", "organization", "project", "rank", "total",
            "scores", "outcome", "requested", "amount", "amount_reason", "reserve_order", "reasons",
            "legal_basis", "departs", "departure_reason", "tie_note", "released_at", "renounced_at",
            "promotion", "resolutions", "is_demo",
        )  # fmt: skip

    @extend_schema_field({"type": "string"})
    def get_departure_reason(self, ruling):
        return ruling.departure_reason if ruling.departs else ""

    @extend_schema_field(SCORES)
    def get_scores(self, ruling):
        found = {}
        for assignment in ruling.application.counted:
            for score in assignment.review.scores.all():
                found.setdefault(score.criterion, []).append(score.points)
        return [
            {"criterion": c.key, "name": c.name, "weight": c.weight, "points": str(mean(points))}
            for c, points in sorted(found.items(), key=lambda pair: pair[0].position)
        ]


class ResultFilters(filters.FilterSet):
    call = filters.ModelChoiceFilter(queryset=Call.objects.public(), to_field_name="folio")
    program = chosen_by("code", Program, "call__publication__edition__program")
    agency = chosen_by("acronym", Agency, "call__publication__edition__program__agency")
    fiscal_year = filters.NumberFilter(field_name="call__publication__edition__fiscal_year")
    outcome = filters.ChoiceFilter(choices=Outcome)
    is_demo = yes_or_no("call__is_demo")
    ordering = filters.OrderingFilter(fields=["rank", "total", "amount", ("application__folio", "folio")])

    class Meta:
        model = Ruling
        fields = ()


def _released():
    counted = Assignment.objects.active().filter(review__state=ReviewState.HANDED_IN)
    scores = Prefetch("review__scores", Score.objects.select_related("criterion"))
    return (
        Ruling.objects.released()
        .select_related(
            "call__publication__edition__program__agency",
            "application__organization__body",
            "application__renunciation",
            "promotion",
        )
        .prefetch_related(
            Prefetch(
                "application__assignments",
                counted.select_related("review").prefetch_related(scores),
                to_attr="counted",
            ),
            Prefetch(
                "application__filed_remedies",
                RemedyRequest.objects.with_effect().select_related("remedy"),
                to_attr="resolutions",
            ),
        )
        .order_by("-call__released_at", "call", "rank")
    )


class Results(PublicReading):
    """The released rulings: ranking, points by criterion, amounts and reasons. Nothing pending is here."""

    queryset = _released()
    serializer_class = ResultSerializer
    filterset_class = ResultFilters
    lookup_field = "application__folio"
    lookup_url_kwarg = "folio"


ENDPOINTS = {"results": Results}
