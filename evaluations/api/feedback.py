"""The endpoint of feedback: numbers by call, without those under five."""

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from calls.models import Call
from evaluations import feedback_figures, remedy_figures
from programs.api.base import PublicList, yes_or_no
from programs.api.filters import chosen_by
from programs.models import Agency, Program


class FeedbackSerializer(serializers.ModelSerializer):
    """How feedback went in one call. ``null`` is a count under five, or one that would give it away."""

    call = serializers.CharField(source="folio")
    program = serializers.CharField(source="publication.edition.program.code")
    agency = serializers.CharField(source="publication.edition.program.agency.acronym")
    fiscal_year = serializers.IntegerField(source="publication.edition.fiscal_year")
    asked = serializers.IntegerField(source="figures.total", allow_null=True)
    answered = serializers.IntegerField(source="figures.answered", allow_null=True)
    open = serializers.IntegerField(source="figures.open", allow_null=True)
    late = serializers.IntegerField(source="figures.late", allow_null=True)
    median_days = serializers.FloatField(source="figures.median_days", allow_null=True)
    p90_days = serializers.IntegerField(source="figures.p90_days", allow_null=True)
    reasons = serializers.DictField(source="figures.reasons", child=serializers.IntegerField(allow_null=True))

    class Meta:
        model = Call
        fields = (
            "call", "program", "agency", "fiscal_year", "asked", "answered", "open", "late", "median_days",
            "p90_days", "reasons", "is_demo",
        )  # fmt: skip
        read_only_fields = fields


class RemediesSerializer(serializers.ModelSerializer):
    """How many remedies were filed in one call and how they ended. ``null`` is a count under five."""

    call = serializers.CharField(source="folio")
    program = serializers.CharField(source="publication.edition.program.code")
    agency = serializers.CharField(source="publication.edition.program.agency.acronym")
    fiscal_year = serializers.IntegerField(source="publication.edition.fiscal_year")
    remedies = serializers.DictField(source="figures", child=serializers.IntegerField(allow_null=True))

    class Meta:
        model = Call
        fields = ("call", "program", "agency", "fiscal_year", "remedies", "is_demo")
        read_only_fields = fields


class FeedbackFilters(filters.FilterSet):
    call = extend_schema_field({"type": "string"})(
        filters.ModelChoiceFilter(field_name="pk", queryset=Call.objects.public(), to_field_name="folio")
    )
    program = chosen_by("code", Program, "publication__edition__program")
    agency = chosen_by("acronym", Agency, "publication__edition__program__agency")
    fiscal_year = filters.NumberFilter(field_name="publication__edition__fiscal_year")
    is_demo = yes_or_no("is_demo")

    class Meta:
        model = Call
        fields = ()


class Feedback(PublicList):
    """How feedback was asked for and answered after the results, in numbers that point at nobody."""

    queryset = Call.objects.with_results().with_program().order_by("-released_at", "-pk")
    serializer_class = FeedbackSerializer
    filterset_class = FeedbackFilters

    def paginate_queryset(self, queryset):
        page = super().paginate_queryset(queryset)
        counted = feedback_figures.counted(page)
        for call in page:
            call.figures = feedback_figures.figures(counted.get(call.pk, feedback_figures.Counted()))
        return page


class Remedies(PublicList):
    """The remedies that were filed against results, in numbers that point at nobody."""

    queryset = Call.objects.with_results().with_program().order_by("-released_at", "-pk")
    serializer_class = RemediesSerializer
    filterset_class = FeedbackFilters

    def paginate_queryset(self, queryset):
        page = super().paginate_queryset(queryset)
        counted = remedy_figures.counted(page)
        for call in page:
            call.figures = remedy_figures.figures(counted.get(call.pk))
        return page


ENDPOINTS = {"feedback": Feedback, "remedies": Remedies}
