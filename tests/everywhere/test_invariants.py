"""The whole demo world breaks no invariant, and each asks the same few questions of many rows as of few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import sequencing
from jobs import soundness
from programs.models import BLOCK_MODELS
from tests.invariants import assert_invariants_hold

pytestmark = [pytest.mark.whole, pytest.mark.xdist_group("demo world"), pytest.mark.django_db]
USUAL = 2
# Those that look at several tables: of the rows that a publication freezes, of everything that has a state
MORE = {
    "accounts.states-are-where-the-last-move-led": 30,
    "calls.applications-answer-the-rules-of-their-call": 6,
    "evaluations.what-was-filed-has-its-hash": 6,
    "programs.published-rows-are-of-their-edition": len(BLOCK_MODELS),
}


@pytest.fixture
def sealed_log(world):
    while sequencing.seal():
        pass


def test_the_demo_world_breaks_none(sealed_log):
    assert_invariants_hold()


def test_each_asks_a_few_questions_however_many_rows_there_are(sealed_log):
    asking = {}
    for one in soundness.chosen(files=True):
        with CaptureQueriesContext(connection) as asked:
            list(one.broken_by())
        asking[one.key] = len(asked)

    written = {key: count for key, count in asking.items() if not key.endswith(GENERATED)}
    assert {key: count for key, count in written.items() if count > MORE.get(key, USUAL)} == {}


GENERATED = ("constraints-hold", "references-lead-somewhere")  # one question for each constraint
