"""What the API says of agencies, programs, editions, practices and assessments."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from programs import proofs
from programs.models import Agency, Assessment, Edition, HarmonyDay, Practice, Program, Rating


class DutySerializer(serializers.Serializer):
    kind = serializers.CharField()
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)


class AgencySerializer(serializers.ModelSerializer):
    """An agency by its acronym, with what it does."""

    name_es = serializers.CharField(source="body.name_es")
    name_en = serializers.CharField(source="body.name_en")
    duties = DutySerializer(many=True)

    class Meta:
        model = Agency
        fields = ("acronym", "name_es", "name_en", "unit_es", "takes_part", "duties")


class ProgramSerializer(serializers.ModelSerializer):
    """A program by its code. Three have no name: the report counts them and names five."""

    agency = serializers.SlugRelatedField(slug_field="acronym", read_only=True, allow_null=True)
    is_identified = serializers.BooleanField()

    class Meta:
        model = Program
        fields = ("code", "agency", "name_es", "name_en", "is_identified")


class GazetteSerializer(serializers.Serializer):
    """Where the edition was published."""

    date = serializers.DateField(source="gazette_date")
    volume = serializers.CharField(source="gazette_volume")
    number = serializers.CharField(source="gazette_number")
    section = serializers.CharField(source="gazette_section")
    page = serializers.CharField(source="gazette_page")
    is_special_edition = serializers.BooleanField()


class EditionSerializer(serializers.ModelSerializer):
    """The Rules of one program for one fiscal year. ``recorded``: only what the report states."""

    program = serializers.SlugRelatedField(slug_field="code", read_only=True)
    guide_year = serializers.IntegerField(source="guide.year")
    gazette = GazetteSerializer(source="in_force_today", allow_null=True, default=None)
    in_force_from = serializers.DateField(
        source="in_force_today.in_force_from", allow_null=True, default=None
    )
    sha256 = serializers.CharField(source="in_force_today.sha256", allow_null=True, default=None)
    url = serializers.SerializerMethodField()

    class Meta:
        model = Edition
        fields = (
            "code", "program", "fiscal_year", "state", "is_demo", "guide_year", "gazette", "in_force_from",
            "sha256", "url",
        )  # fmt: skip
        read_only_fields = ("state",)

    @extend_schema_field(serializers.URLField())
    def get_url(self, edition):
        return self.context["request"].build_absolute_uri(edition.get_absolute_url())


class PracticeSerializer(serializers.ModelSerializer):
    """A good practice. ``is_core`` marks the eleven that the index counts."""

    checklist_year = serializers.IntegerField(source="checklist.year")
    topic = serializers.SlugRelatedField(slug_field="code", read_only=True)
    dimension = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)

    class Meta:
        model = Practice
        fields = (
            "code", "checklist_year", "topic", "dimension", "title_es", "title_en", "statement_es",
            "statement_en", "components", "is_core", "source",
        )  # fmt: skip


class AssessmentSerializer(serializers.ModelSerializer):
    """What is declared of one practice in one edition, and its evidence. No row means *no data*."""

    program = serializers.CharField(source="edition.program.code")
    practice = serializers.CharField(source="practice.code")
    fiscal_year = serializers.IntegerField(source="edition.fiscal_year")
    edition = serializers.CharField(source="edition.code")
    evidence = serializers.CharField()
    clause = serializers.SlugRelatedField(slug_field="slug", read_only=True, allow_null=True)
    is_expired = serializers.BooleanField()
    is_demo = serializers.BooleanField(source="edition.is_demo")
    evidence_url = serializers.SerializerMethodField()
    history_url = serializers.SerializerMethodField()

    class Meta:
        model = Assessment
        fields = (
            "program", "practice", "fiscal_year", "edition", "verdict", "evidence", "evidence_url", "clause",
            "excerpt", "source", "observation", "planned_year", "norm", "article", "last_day", "is_expired",
            "review", "review_note", "history_url", "is_demo",
        )  # fmt: skip

    @extend_schema_field(serializers.URLField())
    def get_evidence_url(self, assessment):
        """Where the clause stands highlighted, or what the edition says of the practice."""
        return self._whole(proofs.clause_url(assessment.edition, assessment.practice))

    @extend_schema_field(serializers.URLField())
    def get_history_url(self, assessment):
        return self._whole(proofs.history_url(assessment.edition, assessment.practice))

    def _whole(self, path):
        return self.context["request"].build_absolute_uri(path)


class DaySerializer(serializers.ModelSerializer):
    """How a program stood on a kept day, or all that have a name. Days between stood as the one before."""

    program = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)
    counts = serializers.DictField(child=serializers.IntegerField())
    verdicts = serializers.DictField(child=serializers.CharField())

    class Meta:
        model = HarmonyDay
        fields = ("fiscal_year", "on", "program", "adopted", "cells", "counts", "verdicts", "is_demo")


class IndexPartSerializer(serializers.Serializer):
    """What one program adopted of the practices that count."""

    program = serializers.CharField()
    adopted = serializers.IntegerField()
    practices = serializers.IntegerField()


class IndexSerializer(serializers.Serializer):
    """The index of a fiscal year: cells adopted of all cells, and its formula in words."""

    fiscal_year = serializers.IntegerField()
    adopted = serializers.IntegerField(source="figure.number")
    cells = serializers.IntegerField(source="figure.of")
    formula = serializers.CharField(source="figure.formula")
    programs = IndexPartSerializer(many=True)


class RatingSerializer(serializers.ModelSerializer):
    """The last rating of a public edition by the rubric of its Guide."""

    program = serializers.CharField(source="edition.program.code")
    edition = serializers.CharField(source="edition.code")
    fiscal_year = serializers.IntegerField(source="edition.fiscal_year")
    guide_year = serializers.IntegerField(source="rubric.guide.year")
    rubric_is_confirmed = serializers.BooleanField(source="rubric.is_confirmed")
    is_demo = serializers.BooleanField(source="edition.is_demo")

    class Meta:
        model = Rating
        fields = (
            "program", "edition", "fiscal_year", "number", "guide_year", "points", "out_of", "handed_in_at",
            "rubric_is_confirmed", "is_demo",
        )  # fmt: skip
