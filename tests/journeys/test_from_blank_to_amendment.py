"""Rules written from nothing to an amendment, by six people in a real browser."""

import pytest

from tests.journeys import rules_story
from tests.journeys.people import Windows
from tests.serving import served


@pytest.mark.browser
@pytest.mark.long
def test_a_blank_edition_becomes_rules_that_are_amended(chromium):
    with served() as portal:
        story = rules_story.RulesStory(Windows(chromium, portal.url))
        for chapter in rules_story.CHAPTERS:
            chapter(story)

        assert portal.failed_jobs() == "[]"
        assert portal.errors() == []
        assert story.windows.faults == []
        portal.manage("check_invariants", "--files")
        assert len(story.windows.people) == 6, story.windows.people
