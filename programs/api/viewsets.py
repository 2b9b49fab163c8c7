"""The endpoints of this app: agencies, programs, editions, practices, assessments and the index."""

from django.db.models import Prefetch
from django.http import Http404

from programs import indexes
from programs.api import filters, serializers
from programs.api.base import PublicList, PublicReading
from programs.models import (
    Agency,
    Assessment,
    Edition,
    HarmonyDay,
    Practice,
    Program,
    Publication,
    Rating,
)


class Agencies(PublicReading):
    """The agencies of the state that take part, and the one that owns the Guide and the checklist."""

    queryset = Agency.objects.select_related("body").prefetch_related("duties").order_by("acronym")
    serializer_class = serializers.AgencySerializer
    filterset_class = filters.AgencyFilters
    lookup_field = "acronym"


class Programs(PublicReading):
    """The eight grant programs: five named by the report, three still to be identified."""

    queryset = Program.objects.select_related("agency").order_by("order", "code")
    serializer_class = serializers.ProgramSerializer
    filterset_class = filters.ProgramFilters


class Editions(PublicReading):
    """The public editions of the Rules of Operation."""

    queryset = (
        Edition.objects.public()
        .select_related("program", "guide")
        .prefetch_related(Prefetch("publications", Publication.objects.defer("snapshot")))
        .order_by("-fiscal_year", "code")
    )
    serializer_class = serializers.EditionSerializer
    filterset_class = filters.EditionFilters


class Practices(PublicReading):
    """The checklist of good practices."""

    queryset = (
        Practice.objects.published()
        .select_related("checklist", "topic", "dimension")
        .order_by("code", "-checklist__year")
    )
    serializer_class = serializers.PracticeSerializer
    filterset_class = filters.PracticeFilters

    def get_object(self):
        """The practice of this code in the newest checklist."""
        found = self.filter_queryset(self.get_queryset()).filter(code=self.kwargs["code"]).first()
        if found is None:
            raise Http404
        return found


class Assessments(PublicList):
    """What is declared of each practice in the public editions. No row means no data."""

    queryset = (
        Assessment.objects.public()
        .select_related("edition__program", "practice", "clause")
        .order_by("-edition__fiscal_year", "edition__program__order", "practice__code")
    )
    serializer_class = serializers.AssessmentSerializer
    filterset_class = filters.AssessmentFilters


class Ratings(PublicList):
    """How planning rated the public editions by the rubric: of each, the last rating handed in."""

    queryset = (
        Rating.objects.public()
        .last_of_each()
        .select_related("edition__program", "rubric__guide")
        .order_by("-edition__fiscal_year", "edition__program__order", "pk")
    )
    serializer_class = serializers.RatingSerializer
    filterset_class = filters.RatingFilters


class Days(PublicList):
    """How each program's practices stood on the days that were kept: the trend of the index."""

    queryset = HarmonyDay.objects.select_related("program").order_by("-fiscal_year", "-on", "program__order")
    serializer_class = serializers.DaySerializer
    filterset_class = filters.DayFilters


class Indexes(PublicList):
    """The harmonization index of each fiscal year, with its formula and each program's part."""

    queryset = Edition.objects.public()
    serializer_class = serializers.IndexSerializer
    filterset_class = filters.IndexFilters

    def list(self, request, *args, **kwargs):
        years = set(self.filter_queryset(self.get_queryset()).values_list("fiscal_year", flat=True))
        page = self.paginate_queryset([one for one in indexes.indexes() if one.fiscal_year in years])
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


ENDPOINTS = {
    "agencies": Agencies,
    "programs": Programs,
    "editions": Editions,
    "practices": Practices,
    "assessments": Assessments,
    "ratings": Ratings,
    "index": Indexes,
    "days": Days,
}
