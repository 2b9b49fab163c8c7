"""What a page costs (quality.md, P1): at most 12 queries, lists and boards 15; a GET writes nothing.

That a GET writes nothing is watched by the harness in every test.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.everywhere.roles import ROLES
from tests.everywhere.test_access import ADDRESSES, ask, expected

pytestmark = [pytest.mark.whole, pytest.mark.xdist_group("demo world"), pytest.mark.django_db]
PAGE, LIST = 12, 15
LISTS_AND_BOARDS = {
    "calls:calls", "calls:cockpit", "calls:desk_call", "calls:my_applications", "calls:promises",
    "evaluations:board", "evaluations:calibration", "evaluations:coordination", "evaluations:declare",
    "evaluations:divergences", "evaluations:ranking", "evaluations:release", "evaluations:results",
    "evaluations:session", "evaluations:sessions", "evaluations:what_now", "programs:board",
    "programs:distance", "programs:drafting", "programs:follow_up", "programs:guide_publish",
    "programs:matrix", "programs:programs",
}  # fmt: skip
NOT_OURS = {"admin:index"}  # Django's own pages, for administrators alone


def reader_of(name):
    """The first role that gets the page."""
    return next((role for role in ROLES if expected(name, "GET", role) == 200), None)


@pytest.mark.parametrize("name", [name for name in ADDRESSES if name not in NOT_OURS and reader_of(name)])
def test_a_page_keeps_to_its_budget(name, client_of, samples):
    client, address = client_of(reader_of(name)), reverse(name, kwargs=samples.of(name, ADDRESSES[name]))
    ask(client, "GET", address)  # what is read once and kept (content types) is not counted

    with CaptureQueriesContext(connection) as asked:
        ask(client, "GET", address)

    assert len(asked) <= (LIST if name in LISTS_AND_BOARDS else PAGE)
