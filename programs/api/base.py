"""What every endpoint of the public API has in common: reading only, explicit filters, honest refusals."""

from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse
from rest_framework import mixins, serializers, viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination

YES_NO = [("true", "true"), ("false", "false")]


class PagesOfFifty(PageNumberPagination):
    """Fifty rows a page, with the ``count`` of all of them."""

    page_size = 50


class ExplicitFilters(filters.DjangoFilterBackend):
    """Only the filters that are documented: an unknown name is refused, it never means *everything*."""

    def filter_queryset(self, request, queryset, view):
        known = {"page", *self._names(view, queryset)}
        if unknown := sorted(set(request.query_params) - known):
            raise ValidationError({name: [_unknown(known)] for name in unknown})
        return super().filter_queryset(request, queryset, view)

    def _names(self, view, queryset):
        filterset = self.get_filterset_class(view, queryset)
        return filterset.base_filters if filterset else ()


def _unknown(known):
    return _("There is no filter of this name. These exist: %(names)s.") % {"names": ", ".join(sorted(known))}


def yes_or_no(field, **options):
    """A filter that takes ``true`` or ``false`` and nothing else."""
    return filters.TypedChoiceFilter(
        field_name=field, choices=YES_NO, coerce=lambda value: value == "true", **options
    )


class ProblemSerializer(serializers.Serializer):
    """Why a request was refused, in words."""

    detail = serializers.CharField()


class HonestSchema(AutoSchema):
    """Documents the refusals too: a wrong filter, a key that does not exist, a method that is not allowed."""

    def _get_response_bodies(self, *args, **kwargs):
        responses = super()._get_response_bodies(*args, **kwargs)
        for code, response in self._refusals().items():
            responses.setdefault(code, self._get_response_for_code(response, code))
        return responses

    def _refusals(self):
        refusals = {
            "400": OpenApiResponse(
                {"type": "object", "additionalProperties": True}, "A filter is unknown or its value is."
            ),
            "404": OpenApiResponse(ProblemSerializer, "There is no such row or page."),
            "405": OpenApiResponse(ProblemSerializer, "This API is for reading: GET, HEAD and OPTIONS."),
        }
        if self.view.authentication_classes:
            refusals["401"] = OpenApiResponse(ProblemSerializer, "The token is unknown or has expired.")
        return refusals


class PublicList(mixins.ListModelMixin, viewsets.GenericViewSet):
    """Reading a table without a key; what is not public does not exist here."""

    authentication_classes = ()
    permission_classes = ()
    pagination_class = PagesOfFifty
    filter_backends = (ExplicitFilters,)
    schema = HonestSchema()


class PublicReading(mixins.RetrieveModelMixin, PublicList):
    """The same, with an address for each row: its code."""

    lookup_field = "code"
    lookup_value_regex = "[^/]+"
