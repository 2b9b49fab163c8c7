"""What a browser needs to visit a served demo world: each address's path, and a session of each person.

Run inside the served portal: ``manage.py shell -c "from tests.everywhere.visits import tell; tell()"``.
"""

import json
import sys

from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.addresses import all_addresses
from tests.everywhere.roles import ANONYMOUS, ROLES, person_of
from tests.everywhere.samples import Samples


def tell():
    """One line of JSON, the last one written."""
    sys.stdout.write("\n" + json.dumps({"paths": paths(), "sessions": sessions()}))


def paths():
    samples = Samples()
    return {name: reverse(name, kwargs=samples.of(name, parts)) for name, parts in all_addresses()}


def sessions():
    return {role: _session_of(person_of(role)) for role in ROLES if role != ANONYMOUS}


def _session_of(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value
