"""The demo world, once for the tests of a module: each of them is undone (``django_db``), the world stays."""

import shutil

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from programs.loading import load_reference
from rop_portal.demo import world as demo
from tests.conftest import DEMO_TODAY
from tests.everywhere.roles import ANONYMOUS, ROLES, person_of
from tests.everywhere.samples import Samples
from tests.harness.taped import taped
from tests.invariants import undone_together


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """A small demo world, in one transaction that is undone after the module."""
    with time_machine.travel(DEMO_TODAY, tick=False), undone_together(django_db_blocker):
        forget_the_log()  # of other tests
        build()
        yield
        forget_the_log()  # of this world, which is undone


def forget_the_log():
    shutil.rmtree(settings.TRAIL_DIR, ignore_errors=True)


@taped
def build():
    """Built for the first module that asks for it, and written as it was for those that follow."""
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
