"""The endpoint of how calls were made known: the evidence that agencies recorded, and what they withdrew."""

from django.conf import settings
from django.db.models import OuterRef
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from calls.models import Call, Evidence
from calls.states import EvidenceState
from calls.withheld import EVIDENCE
from programs import withholding
from programs.api.base import PublicList


class EvidenceSerializer(serializers.ModelSerializer):
    """What was done to make a call known. ``action`` is the key of the planned one; otherwise it has a name.

    ``reached`` is the agency's own count. What was withdrawn keeps its row, without its address and file;
    what an electoral blackout withholds (``is_withheld``) keeps its days, and nothing of what was done.
    """

    id = serializers.CharField(source="public_id")
    call = serializers.CharField(source="call.folio")
    action = serializers.CharField(source="action.key", allow_null=True, default=None)
    medium = serializers.SerializerMethodField()
    planned_on = serializers.DateField(source="action.on", allow_null=True, default=None)
    account = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()
    file = serializers.SerializerMethodField()
    reached = serializers.SerializerMethodField()
    is_withheld = serializers.BooleanField()
    recorded_at = serializers.DateTimeField(source="at")
    is_demo = serializers.BooleanField(source="call.is_demo")

    class Meta:
        model = Evidence
        fields = (
            "id", "call", "action", "medium", "planned_on", "on", "account", "url", "file", "reached",
            "is_withheld", "state", "recorded_at", "withdrawn_at", "withdrawn_reason", "is_demo",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field({"type": "string"})
    def get_medium(self, evidence):
        return evidence.action.medium if evidence.action else evidence.name

    @extend_schema_field({"type": "string"})
    def get_account(self, evidence):
        return "" if evidence.is_withheld else evidence.account

    @extend_schema_field({"type": "integer", "nullable": True})
    def get_reached(self, evidence):
        return None if evidence.is_withheld else evidence.reached

    @extend_schema_field({"type": "string"})
    def get_url(self, evidence):
        return "" if evidence.is_withdrawn or evidence.is_withheld else evidence.url

    @extend_schema_field({"type": "string"})
    def get_file(self, evidence):
        if evidence.is_withdrawn or evidence.is_withheld or not evidence.file_url:
            return ""
        return f"{settings.SITE_URL}{evidence.file_url}"


class EvidenceFilters(filters.FilterSet):
    call = filters.ModelChoiceFilter(queryset=Call.objects.public(), to_field_name="folio")
    state = filters.ChoiceFilter(choices=[(state.value, state.value) for state in EvidenceState])
    ordering = filters.OrderingFilter(fields=["on", "at"])

    class Meta:
        model = Evidence
        fields = ()


class Dissemination(PublicList):
    """What agencies recorded of how their calls were made known, planned or not."""

    queryset = Evidence.objects.public().select_related("call", "action").order_by("call__folio", "on", "pk")
    serializer_class = EvidenceSerializer
    filterset_class = EvidenceFilters

    def get_queryset(self):
        withheld = withholding.is_withheld(EVIDENCE, OuterRef(OuterRef("public_id")))
        return super().get_queryset().annotate(is_withheld=withheld)


ENDPOINTS = {"dissemination": Dissemination}
