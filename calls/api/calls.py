"""The endpoints of calls and of their dates: what anyone may read, by folio."""

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from calls import listing, schedule
from calls.models import Call, Extension, PlannedDate
from programs.api.base import PublicList, PublicReading, yes_or_no
from programs.api.filters import chosen_by
from programs.models import Agency, Edition, MilestoneCode, Program, Side


class ExtensionSerializer(serializers.ModelSerializer):
    """An extension of the reception: the last minute before and after it, why, and what allowed it."""

    former_last_minute = serializers.SerializerMethodField()
    last_minute = serializers.SerializerMethodField()

    class Meta:
        model = Extension
        fields = ("former_last_minute", "last_minute", "reason", "authority", "reference", "at")
        read_only_fields = fields

    @extend_schema_field({"type": "string", "format": "date-time"})
    def get_former_last_minute(self, extension):
        return schedule.last_minute(extension.former_closes_at).isoformat()

    @extend_schema_field({"type": "string", "format": "date-time"})
    def get_last_minute(self, extension):
        return schedule.last_minute(extension.closes_at).isoformat()


class CallSerializer(serializers.ModelSerializer):
    """A public call by its folio. ``last_minute`` is the last one in which an application is received."""

    program = serializers.CharField(source="publication.edition.program.code")
    agency = serializers.CharField(source="publication.edition.program.agency.acronym")
    edition = serializers.CharField(source="publication.edition.code")
    rules = serializers.CharField(source="publication.code")
    amended_by = serializers.CharField(source="amended_by.code", allow_null=True, default=None)
    fiscal_year = serializers.IntegerField(source="publication.edition.fiscal_year")
    phase = serializers.SerializerMethodField()
    last_minute = serializers.SerializerMethodField()
    extensions = ExtensionSerializer(many=True, read_only=True)

    class Meta:
        model = Call
        fields = (
            "folio", "program", "agency", "edition", "rules", "amended_by", "fiscal_year", "title", "summary",
            "topics", "budget",
            "phase", "state", "opens_at", "last_minute", "zone", "published_at", "sealed_at", "released_at",
            "ended_at", "ended_reason", "ended_basis", "is_demo", "extensions",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field({"type": "string", "enum": schedule.Phase.values})
    def get_phase(self, call):
        return schedule.phase(call, at=timezone.now()).value

    @extend_schema_field({"type": "string", "format": "date-time"})
    def get_last_minute(self, call):
        return schedule.last_minute(call.closes_at).isoformat()


STATUSES = ("open", "coming", "closed", "evaluation", "results", "cancelled", "void")


class CallFilters(filters.FilterSet):
    program = chosen_by("code", Program, "publication__edition__program")
    agency = chosen_by("acronym", Agency, "publication__edition__program__agency")
    fiscal_year = filters.NumberFilter(field_name="publication__edition__fiscal_year")
    is_demo = yes_or_no("is_demo")
    status = filters.ChoiceFilter(
        choices=[(name, name) for name in STATUSES],
        method="of_status",
    )
    ordering = filters.OrderingFilter(fields=["folio", "opens_at", "closes_at"])

    class Meta:
        model = Call
        fields = ()

    def of_status(self, found, _name, value):
        return found.filter(listing.in_state(value, at=timezone.now()))


class Calls(PublicReading):
    """The public calls, made from published Rules of Operation."""

    queryset = (
        Call.objects.public()
        .with_program()
        .select_related("amended_by__edition")
        .defer("publication__snapshot", "amended_by__snapshot")
        .prefetch_related("extensions")
        .order_by("-opens_at", "folio")
    )
    serializer_class = CallSerializer
    filterset_class = CallFilters
    lookup_field = "folio"


class MilestoneSerializer(serializers.Serializer):
    """A promised date: the former ones stay, ``in_force`` is the last; ``late_days`` are calendar days."""

    call = serializers.CharField(source="call.folio")
    milestone = serializers.ChoiceField(choices=MilestoneCode.choices)
    side = serializers.ChoiceField(choices=Side.choices, allow_null=True)
    planned = serializers.DateField(source="on")
    number = serializers.IntegerField()
    in_force = serializers.BooleanField()
    reason = serializers.CharField()
    actual = serializers.DateField(allow_null=True)
    actual_reason = serializers.CharField(allow_null=True)
    late_days = serializers.SerializerMethodField()
    is_demo = serializers.BooleanField(source="call.is_demo")

    @extend_schema_field({"type": "integer", "minimum": 0})
    def get_late_days(self, row):
        late = schedule.delay(row.on, row.actual) if row.actual and row.in_force else None
        return late.calendar if late else 0


class MilestoneFilters(filters.FilterSet):
    call = filters.ModelChoiceFilter(queryset=Call.objects.public(), to_field_name="folio")
    program = chosen_by("code", Program, "call__publication__edition__program")
    edition = filters.ModelChoiceFilter(
        queryset=Edition.objects.public(), to_field_name="code", field_name="call__publication__edition"
    )
    milestone = filters.ChoiceFilter(choices=MilestoneCode)
    side = filters.ChoiceFilter(choices=Side)
    in_force = yes_or_no("in_force")
    ordering = filters.OrderingFilter(fields=[("on", "planned"), ("call__folio", "call")])

    class Meta:
        model = PlannedDate
        fields = ()


def _promised():
    newer = PlannedDate.objects.filter(
        call=OuterRef("call"), milestone=OuterRef("milestone"), number__gt=OuterRef("number")
    )
    found = PlannedDate.objects.promised().with_outcome().annotate(in_force=~Exists(newer))
    return found.select_related("call").order_by("call__folio", "milestone", "number")


class Milestones(PublicList):
    """The dates promised by the public calls, planned beside actual."""

    queryset = _promised()
    serializer_class = MilestoneSerializer
    filterset_class = MilestoneFilters


ENDPOINTS = {"calls": Calls, "milestones": Milestones}
