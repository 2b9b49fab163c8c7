"""The endpoint of the calls to come: what the Rules plan, what the last calls suggest; no promise."""

from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from calls import forecast
from programs.api.base import PublicList
from programs.api.filters import chosen_by
from programs.models import Agency, Program

BASES = [("rules", "rules"), ("last_call", "last_call")]


class ForecastSerializer(serializers.Serializer):
    """A call that nobody announced: the days that its Rules plan, or the last call that suggests it."""

    program = serializers.CharField()
    agency = serializers.CharField()
    basis = serializers.ChoiceField(choices=BASES)
    edition = serializers.CharField(allow_null=True)
    last_call = serializers.CharField(allow_null=True)
    fiscal_year = serializers.IntegerField()
    opens_first = serializers.DateField(allow_null=True)
    opens_last = serializers.DateField(allow_null=True)
    closes_first = serializers.DateField(allow_null=True)
    closes_last = serializers.DateField(allow_null=True)
    is_past = serializers.BooleanField()
    is_demo = serializers.BooleanField()


class ForecastFilters(filters.FilterSet):
    program = chosen_by("code", Program, "pk", method="of_program")
    agency = chosen_by("acronym", Agency, "agency")

    class Meta:
        model = Program
        fields = ()

    @extend_schema_field({"type": "string"})
    def of_program(self, found, _name, value):
        return found.filter(pk=value.pk)


class Forecast(PublicList):
    """The calls to come, not announced: planned by published Rules, or suggested by the last call."""

    queryset = Program.objects.filter(agency__isnull=False)
    serializer_class = ForecastSerializer
    filterset_class = ForecastFilters

    def list(self, request, *args, **kwargs):
        today = timezone.localdate()
        programs = set(self.filter_queryset(self.get_queryset()).values_list("pk", flat=True))
        found = [row(one, today) for one in forecast.to_come(today=today) if one.program.pk in programs]
        page = self.paginate_queryset(found)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


def row(one, today):
    """A call to come in plain values: the last call gives one day on which it is looked for."""
    said = {
        "program": one.program.code,
        "agency": one.program.agency.acronym,
        "is_past": one.is_late(today),
        "is_demo": one.is_demo,
    }
    if isinstance(one, forecast.Past):
        days = {"opens_first": one.expected, "opens_last": one.expected, **_days("closes", None)}
        return said | days | {
            "basis": "last_call", "edition": None, "last_call": one.call.folio, "fiscal_year": one.year,
        }  # fmt: skip
    days = _days("opens", one.opens) | _days("closes", one.closes)
    edition = {"edition": one.edition.code, "fiscal_year": one.edition.fiscal_year}
    return said | days | edition | {"basis": "rules", "last_call": None}


def _days(name, bounds):
    return {f"{name}_first": bounds and bounds.first, f"{name}_last": bounds and bounds.last}


ENDPOINTS = {"forecast": Forecast}
