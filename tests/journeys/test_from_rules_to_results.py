"""From a new draft of Rules to the remedy against a result, by eighteen people in a real browser."""

import os
import time
from datetime import timedelta

import pytest

from tests.journeys import onlookers, remedy_story, story
from tests.journeys.chapters import CHAPTERS
from tests.journeys.people import Windows
from tests.serving import database_beside, served

LONGEST = timedelta(minutes=10)


@pytest.mark.browser
@pytest.mark.long
def test_the_whole_story_on_the_embedded_portal(chromium):
    wait_past_midnight()
    with served() as portal:
        told = play(chromium, portal)

    assert_told(told)
    assert portal.is_gone()


@pytest.mark.celery
def test_the_whole_story_on_postgresql_with_celery_on_redis(chromium):
    wait_past_midnight()
    with (
        database_beside(os.environ["DATABASE_URL"]) as database,
        served(DATABASE_URL=database, REDIS_URL=os.environ["REDIS_URL"]) as portal,
    ):
        told = play(chromium, portal)

    assert_told(told)
    assert portal.is_gone()


def wait_past_midnight():
    """The story plays on one day: begun too near its end, it would run into the next."""
    if (story.now() + LONGEST).date() != story.now().date():
        time.sleep(LONGEST.total_seconds())


def play(chromium, portal):
    """Every chapter, and then that nothing broke behind the screens."""
    told = story.Story(Windows(chromium, portal.url))
    for chapter in CHAPTERS:
        chapter(told)
        print(f"{story.now():%H:%M:%S} {chapter.__name__}")  # noqa: T201 -- shown where a chapter fails
    portal.wait_for_its_jobs()
    assert portal.failed_jobs() == "[]"
    assert portal.errors() == []
    assert told.windows.faults == []
    portal.manage("check_invariants", "--files")
    return told


def assert_told(told):
    assert len(told.windows.people) >= 18, told.windows.people
    assert {"chair", "secretary", *story.EVALUATORS, "representative", "org02"} <= told.windows.people
    papers = told.papers
    assert f"Reglas de Operación {told.year}" in papers["booklet"]
    assert story.PROGRAM in papers["booklet"]
    assert told.call in papers["announcement"]
    assert f"{told.closes:%H:%M} h" in papers["announcement"]
    for project in (story.STRONG, story.WEAK):
        assert told.folios[project] in joined(papers[f"receipt of {project.title}"])
        assert project.title in papers[f"receipt of {project.title}"]
        assert project.organization in papers["results"]
    assert "$200,000.00" in papers["results"]
    assert story.STRONG.title in papers["letter"]
    assert story.WEAK.title not in papers["letter"]
    for name in ("scorecard", "remedy receipt", "resolution"):
        assert story.WEAK.title in papers[name]
        assert story.STRONG.title not in papers[name]
    assert remedy_story.PLEA in papers["remedy receipt"]
    assert remedy_story.GROUNDS in papers["resolution"]
    for name in ("results", "minutes", "letter", "scorecard", "resolution"):
        assert [each for each in onlookers.NAMES if each in papers[name]] == []


def joined(words):
    """A folio may be broken at the end of a line."""
    return words.replace("- ", "-")
