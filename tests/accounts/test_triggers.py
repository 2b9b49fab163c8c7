"""Guards stand through a migration: a table that the guard of another one asks can still be rebuilt."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.db.models.signals import post_migrate, pre_migrate

from accounts import triggers
from programs.models import Publication

pytestmark = pytest.mark.django_db(transaction=True)


def laid():
    asked = (
        "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'guard_%'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return sorted(name for (name,) in cursor.fetchall())


def told(signal):
    app = apps.get_app_config("programs")
    signal.send(app, app_config=app, using="default", verbosity=0, interactive=False, apps=apps, plan=[])


def rebuilt(length):
    volume = Publication._meta.get_field("gazette_volume")
    longer = models.CharField(max_length=length)
    longer.set_attributes_from_name("gazette_volume")
    longer.model = Publication
    with connection.schema_editor() as editor:
        editor.alter_field(Publication, volume, longer)
        editor.alter_field(Publication, longer, volume)


def test_a_table_that_guards_ask_is_rebuilt_and_guarded_again():
    before = laid()

    told(pre_migrate)
    rebuilt(60)
    told(post_migrate)

    assert laid() == before
    assert "guard_programs_supportmodality_insert" in before


def test_migrating_again_leaves_every_guard_where_it_was():
    before = laid()

    call_command("migrate", verbosity=0)

    assert laid() == before
    assert {guard.name("delete") for guard in triggers.all_guards()} <= set(before)
