"""Each factory makes a row that the database accepts."""

import factory
import pytest
from django.db import connection

from tests.factories import blocks, guides, reception, reference
from tests.factories.applications import ApplicationFactory
from tests.factories.programs import EditionFactory

pytestmark = pytest.mark.django_db


def factories_of(module):
    """The factories that a module declares, abstract ones left out."""
    return [
        found
        for found in vars(module).values()
        if isinstance(found, type)
        and issubclass(found, factory.django.DjangoModelFactory)
        and found.__module__ == module.__name__
        and not found._meta.abstract
    ]


def made(factories, **shared):
    rows = [one(**shared) for one in factories]
    connection.check_constraints()
    return {row._meta.model for row in rows if row._meta.model._base_manager.filter(pk=row.pk).exists()}


def test_every_block_has_a_row_in_a_draft():
    factories = factories_of(blocks)

    assert made(factories, edition=EditionFactory()) == {one._meta.model for one in factories}


def test_every_row_of_reference_and_of_the_way_to_publication_can_stand():
    factories = factories_of(reference)

    assert made(factories) == {one._meta.model for one in factories}


def test_every_row_of_an_application_and_of_its_desk_can_stand():
    application, factories = ApplicationFactory(), factories_of(reception)
    own = [one for one in factories if one is not reception.DefectFactory]

    assert made(own, application=application) == {one._meta.model for one in own}
    assert reception.DefectFactory(prevention=application.prevention).pk


def test_every_row_of_a_guide_that_is_written_and_of_its_rubric_can_stand():
    factories = factories_of(guides)

    assert made(factories) == {one._meta.model for one in factories}
