"""The endpoint of the public questions: what anyone may read, without the name of who asked."""

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from calls.models import Call, PublicAnswer, PublicQuestion
from calls.states import QuestionState
from programs.api.base import PublicList

SETTLED = [(state.value, state.value) for state in QuestionState if state != QuestionState.OPEN]


class AnswerSerializer(serializers.ModelSerializer):
    """What was answered: the last one stands, the former ones stay. ``clause``: a component of the Rules."""

    clause = serializers.CharField(source="component.slug", allow_null=True, default=None)

    class Meta:
        model = PublicAnswer
        fields = ("number", "text", "clause", "reason", "at")
        read_only_fields = fields


class QuestionSerializer(serializers.ModelSerializer):
    """A question that was settled. The text of a declined one is not published: its ``reason`` is."""

    id = serializers.CharField(source="public_id")
    call = serializers.CharField(source="call.folio")
    text = serializers.SerializerMethodField()
    joined_to = serializers.CharField(source="merged_into.public_id", allow_null=True, default=None)
    answers = AnswerSerializer(many=True, read_only=True)
    is_demo = serializers.BooleanField(source="call.is_demo")

    class Meta:
        model = PublicQuestion
        fields = (
            "id", "call", "state", "text", "asked_at", "due_on", "settled_at", "reason", "joined_to",
            "answers", "is_demo",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field({"type": "string"})
    def get_text(self, question):
        return "" if question.is_declined else question.text


class QuestionFilters(filters.FilterSet):
    call = filters.ModelChoiceFilter(queryset=Call.objects.public(), to_field_name="folio")
    state = filters.ChoiceFilter(choices=SETTLED)
    ordering = filters.OrderingFilter(fields=["asked_at", "settled_at"])

    class Meta:
        model = PublicQuestion
        fields = ()


class Questions(PublicList):
    """The public questions about calls that were settled, with everything that was answered."""

    queryset = (
        PublicQuestion.objects.settled()
        .select_related("call", "merged_into")
        .prefetch_related("answers__component")
        .order_by("call__folio", "asked_at", "pk")
    )
    serializer_class = QuestionSerializer
    filterset_class = QuestionFilters


ENDPOINTS = {"questions": Questions}
