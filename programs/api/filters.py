"""The filters and orderings of the API: an explicit list for each table."""

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field

from programs.api.base import yes_or_no
from programs.models import (
    Agency,
    AgencyDuty,
    Assessment,
    Dimension,
    Edition,
    HarmonyDay,
    Practice,
    Program,
    Rating,
    Topic,
    Verdict,
)
from programs.models.editions import PUBLIC_STATES
from programs.states import EditionState

PUBLIC = [(str(state.value), state.label) for state in EditionState if state in PUBLIC_STATES]


def chosen_by(key, model, field, **options):
    """A filter that takes the key of an existing row; any other value is refused."""
    return filters.ModelChoiceFilter(
        queryset=model.objects.all(), to_field_name=key, field_name=field, **options
    )


class AgencyFilters(filters.FilterSet):
    duty = filters.ChoiceFilter(field_name="duties__kind", choices=AgencyDuty.Kind)
    takes_part = yes_or_no("takes_part")
    ordering = filters.OrderingFilter(fields=["acronym"])

    class Meta:
        model = Agency
        fields = ()


class ProgramFilters(filters.FilterSet):
    agency = chosen_by("acronym", Agency, "agency")
    is_identified = yes_or_no("agency", lookup_expr="isnull", exclude=True)
    ordering = filters.OrderingFilter(fields=["code", "name_es"])

    class Meta:
        model = Program
        fields = ()


class EditionFilters(filters.FilterSet):
    program = chosen_by("code", Program, "program")
    agency = chosen_by("acronym", Agency, "program__agency")
    fiscal_year = filters.NumberFilter()
    state = filters.ChoiceFilter(choices=PUBLIC)
    is_demo = yes_or_no("is_demo")
    ordering = filters.OrderingFilter(fields=["fiscal_year", "code"])

    class Meta:
        model = Edition
        fields = ()


class PracticeFilters(filters.FilterSet):
    topic = chosen_by("code", Topic, "topic")
    dimension = chosen_by("code", Dimension, "dimension")
    checklist_year = filters.NumberFilter(field_name="checklist__year")
    is_core = yes_or_no("is_core")
    ordering = filters.OrderingFilter(fields=["code"])

    class Meta:
        model = Practice
        fields = ()


class AssessmentFilters(filters.FilterSet):
    edition = filters.ModelChoiceFilter(queryset=Edition.objects.public(), to_field_name="code")
    program = chosen_by("code", Program, "edition__program")
    agency = chosen_by("acronym", Agency, "edition__program__agency")
    practice = extend_schema_field({"type": "array", "items": {"type": "string"}})(
        filters.ModelMultipleChoiceFilter(
            field_name="practice__code", to_field_name="code", queryset=Practice.objects.published()
        )
    )
    topic = chosen_by("code", Topic, "practice__topic")
    dimension = chosen_by("code", Dimension, "practice__dimension")
    fiscal_year = filters.NumberFilter(field_name="edition__fiscal_year")
    verdict = filters.ChoiceFilter(choices=Verdict)
    review = filters.ChoiceFilter(choices=Assessment.Review)
    is_core = yes_or_no("practice__is_core")
    is_demo = yes_or_no("edition__is_demo")
    ordering = filters.OrderingFilter(
        fields=[
            ("edition__program__code", "program"),
            ("practice__code", "practice"),
            ("edition__fiscal_year", "fiscal_year"),
            ("verdict", "verdict"),
        ]
    )

    class Meta:
        model = Assessment
        fields = ()


class RatingFilters(filters.FilterSet):
    program = chosen_by("code", Program, "edition__program")
    fiscal_year = filters.NumberFilter(field_name="edition__fiscal_year")
    is_demo = yes_or_no("edition__is_demo")

    class Meta:
        model = Rating
        fields = ()


class DayFilters(filters.FilterSet):
    fiscal_year = filters.NumberFilter()
    program = chosen_by("code", Program, "program")
    is_total = yes_or_no("program", lookup_expr="isnull")
    since = filters.DateFilter(field_name="on", lookup_expr="gte")
    until = filters.DateFilter(field_name="on", lookup_expr="lte")
    ordering = filters.OrderingFilter(fields=["on", "fiscal_year"])

    class Meta:
        model = HarmonyDay
        fields = ()


class IndexFilters(filters.FilterSet):
    fiscal_year = filters.NumberFilter()

    class Meta:
        model = Edition
        fields = ()
