"""The same contents give the same bytes: whatever was written first, in whichever language the head works."""

import random
from dataclasses import replace

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programs import contents, snapshots
from programs.models import BLOCK_MODELS, Requirement
from tests.factories.programs import EditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def says():
    return contents.read(EditionFactory(complete=True))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(), language=st.sampled_from(["es-mx", "en"]))
def test_no_order_and_no_language_changes_the_bytes(says, seed, language):
    shuffled = {
        model: random.Random(seed).sample(rows, len(rows))  # noqa: S311 -- a shuffle that can be repeated
        for model, rows in says.rows_by_model.items()
    }
    ordered = {model: sorted(rows, key=contents.in_order) for model, rows in shuffled.items()}

    with override(language):
        again = snapshots.snapshot(replace(says, rows_by_model=ordered), {})

    assert again == snapshots.snapshot(says, {})


def test_rows_written_in_another_order_are_the_same_text(says):
    first = snapshots.draft(says)["blocks"]

    for model in BLOCK_MODELS:
        rows = list(model.objects.of_draft(says.edition))
        model.objects.of_draft(says.edition).delete()
        for row in reversed(rows):
            row.pk, row._state.adding = None, True
            row.save()

    assert snapshots.draft(contents.read(says.edition))["blocks"] == first


def test_what_is_said_otherwise_is_other_bytes(says):
    first = snapshots.snapshot(says, {})

    Requirement.objects.of_draft(says.edition).filter(key="acta").update(name="Acta")

    assert snapshots.snapshot(contents.read(says.edition), {}) != first
