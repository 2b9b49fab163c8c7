"""The demo world, once for the tests of a module: each of them is undone (``django_db``), the world stays."""

import shutil

import pytest
import time_machine
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from accounts import triggers
from programs.loading import load_reference
from rop_portal.demo import world as demo
from tests.conftest import DEMO_TODAY
from tests.everywhere.roles import ANONYMOUS, ROLES, person_of
from tests.everywhere.samples import Samples
from tests.harness.taped import taped


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """A small demo world, in one transaction that is undone after the module."""
    with django_db_blocker.unblock(), time_machine.travel(DEMO_TODAY, tick=False):
        whole = transaction.atomic()
        whole._from_testcase = True  # the acts that must be outermost are, as far as the portal can tell
        shutil.rmtree(settings.TRAIL_DIR, ignore_errors=True)  # of the log of other tests
        with whole:
            build()
            yield
            transaction.set_rollback(True)


def build():
    """It takes half a minute. On SQLite the next module of this process has it played back.

    Meanwhile the guards are off, which would refuse rows that come when what they belong to is over.
    """
    guards = triggers.all_guards() if connection.vendor == "sqlite" else []
    for guard in guards:
        triggers.remove(guard, connection)
    built() if guards else built.__wrapped__()
    for guard in guards:
        triggers.lay(guard, connection)


@taped
def built():
    load_reference()
    demo.build(DEMO_TODAY.date(), organizations=8)


@pytest.fixture(scope="module")
def samples(world):
    """What the addresses are asked about, found once in that world."""
    return Samples()


@pytest.fixture(scope="module")
def client_of(world):
    """``client_of("operator")``: a new client in which the person of that role is signed in."""
    keys = {role: signed_in(person_of(role)) for role in ROLES if role != ANONYMOUS}

    def of(role):
        client = Client()
        if role != ANONYMOUS:
            client.cookies[settings.SESSION_COOKIE_NAME] = keys[role]
        return client

    return of


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
