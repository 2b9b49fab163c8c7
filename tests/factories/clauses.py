"""Clauses of the commons, and those that were adopted."""

import factory
from django.utils import timezone

from programs.comparison.words import folded
from programs.lineage import fingerprint
from programs.models import AdoptedClause, PublishedClause
from tests.factories.accounts import UserFactory
from tests.factories.programs import EditionFactory
from tests.factories.reference import PublicationFactory


class PublishedClauseFactory(factory.django.DjangoModelFactory):
    """A clause of a publication; publishing writes them all, so this gives the one of its component."""

    class Meta:
        model = PublishedClause
        django_get_or_create = ("publication", "component")

    publication = factory.SubFactory(PublicationFactory)
    component = factory.LazyAttribute(lambda o: o.publication.edition.guide.components.first())
    html = "<p>Texto del componente.</p>"
    words = factory.LazyAttribute(lambda o: folded(o.html))
    sha256 = factory.LazyAttribute(lambda o: fingerprint(o.html))


def _a_text():
    return EditionFactory(complete=True).texts.first()


class AdoptedClauseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AdoptedClause

    text = factory.LazyFunction(_a_text)
    source = factory.SubFactory(PublishedClauseFactory)
    sha256 = factory.LazyAttribute(lambda o: o.source.sha256)
    way = AdoptedClause.Way.APPEND
    adopted_by = factory.SubFactory(UserFactory)
    adopted_at = factory.LazyFunction(timezone.now)
