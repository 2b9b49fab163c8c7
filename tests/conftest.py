"""The strict harness, and what every test may ask for."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck, settings

from calls import published_form
from rop_portal import catalogues
from tests.browser import chromium, open_page  # noqa: F401 -- fixtures
from tests.harness import guards, kept, network, pages

# A busy machine is no failure: what is checked is what is said, never how quickly.
settings.register_profile("armoniza", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("armoniza")

network.block()
pages.watch()
guards.lift_before_flush()

# The demo's today in tests: a Wednesday of September 2026, ten in the morning in central Mexico.
DEMO_TODAY = datetime(2026, 9, 16, 16, 0, tzinfo=UTC)


def pytest_collection_modifyitems(config, items):
    """What only PostgreSQL does is not asked of SQLite; what asks no database is asked once, with SQLite."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    if connection.vendor == "postgresql":
        alike = {item for item in items if not asks_the_database(item) or item.get_closest_marker("once")}
        config.hook.pytest_deselected(items=list(alike))
        items[:] = [item for item in items if item not in alike]
        return
    for item in items:
        if item.get_closest_marker("postgresql"):
            item.add_marker(pytest.mark.skip(reason="says something that only PostgreSQL does"))


def asks_the_database(item):
    """The harness lets no other test near it. Those with a browser or a worker serve one of their own."""
    marks = ("django_db", "browser", "celery", "postgresql")
    if any(item.get_closest_marker(mark) for mark in marks):
        return True
    return not {"db", "transactional_db"}.isdisjoint(item.fixturenames)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings):
    """On SQLite the database of an earlier run is lent, where nothing that makes it has changed."""
    return kept.lend()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The database of the tests; as it was made, it is kept for the next run."""
    with django_db_blocker.unblock():
        kept.keep()


@pytest.fixture(autouse=True, scope="session")
def _translations():
    """What the catalogues say now is what the pages of the tests say."""
    catalogues.compile_if_stale()


@pytest.fixture(autouse=True)
def _nothing_left_from_the_test_before():
    """Each test starts with an empty cache and in the portal's own language."""
    cache.clear()
    published_form.forget()
    with translation.override("es-mx"):
        yield


@pytest.fixture
def demo_today():
    """The clock stands at the date of the demo; ``demo_today.shift(...)`` moves it."""
    with time_machine.travel(DEMO_TODAY, tick=False) as traveller:
        yield traveller
