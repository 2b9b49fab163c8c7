"""Every save is kept with its author and time, can be found again, and comes back as a new version."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.models import TrailEntry
from programs.actions import drafting
from programs.actions.drafting import CannotWrite, StaleText
from programs.actions.editions import start_draft
from programs.models import TextVersion
from tests.factories.accounts import MembershipFactory
from tests.factories.programs import PUBLISHED_AT, EditionFactory, TextVersionFactory, people_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def text():
    return EditionFactory().texts.first()


@pytest.fixture
def ana(text):
    return people_of(text.edition).editor


@pytest.fixture
def berta(text):
    return MembershipFactory(role="editor", body=text.edition.program.agency.body).user


def write(text, words, by, minute=0):
    at = PUBLISHED_AT + timedelta(minutes=minute)
    return drafting.save_text(text, html=f"<p>{words}</p>", version=text.version, by=by, at=at)


def test_each_save_is_kept_with_who_and_when(text, ana, berta):
    write(text, "Uno", ana)
    write(text, "Dos", berta, minute=1)

    kept = text.versions.order_by("number")
    assert [(one.number, one.html, one.saved_by) for one in kept] == [
        (1, "<p>Uno</p>", ana),
        (2, "<p>Dos</p>", berta),
    ]
    assert kept[1].saved_at == PUBLISHED_AT + timedelta(minutes=1)


def test_saving_the_same_again_keeps_nothing_new(text, ana):
    write(text, "Uno", ana)
    write(text, "Uno", ana)

    assert (text.version, text.versions.count()) == (1, 1)


def test_the_history_shows_the_end_of_each_sitting_and_what_was_named(text, ana, berta):
    for minute, (words, by) in enumerate([("1", ana), ("2", ana), ("3", ana), ("4", berta)]):
        write(text, words, by, minute)
    write(text, "5", berta, minute=30)
    drafting.name_version(text.versions.get(number=2), name=" Como se  envió ", by=ana)

    shown = text.versions.landmarks().newest_first()

    assert [(one.number, one.name) for one in shown] == [(5, ""), (4, ""), (3, ""), (2, "Como se envió")]


def test_the_database_refuses_to_rewrite_or_remove_a_version_but_takes_a_name(text, ana):
    write(text, "Uno", ana)
    version = text.versions.get()

    for change in (
        lambda: TextVersion.objects.update(html=""),
        lambda: TextVersion.objects.update(saved_by=None),
        lambda: TextVersion.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()

    drafting.name_version(version, name="Primera", by=ana)
    assert text.versions.get().name == "Primera"


def test_a_version_is_restored_as_a_new_one(text, ana):
    write(text, "Uno", ana)
    write(text, "Dos", ana)

    drafting.restore(text, 1, by=ana, version=2)

    newest = text.versions.first()
    assert (newest.number, newest.html, newest.origin, newest.restored_from) == (
        3,
        "<p>Uno</p>",
        "restored",
        1,
    )
    assert newest.sitting == 3
    assert TrailEntry.objects.about(text.edition).get().act == "edition.restore_text"


def test_nothing_is_restored_over_what_somebody_saved_meanwhile(text, ana, berta):
    write(text, "Uno", ana)
    write(text, "Dos", ana)
    write(text, "De Berta", berta)

    with pytest.raises(StaleText):
        drafting.restore(text, 1, by=ana, version=2)

    assert text.text == "<p>De Berta</p>"


@pytest.mark.parametrize("role", ["legal", "operator", "head", "assessor"])
def test_only_an_editor_restores_or_names(text, ana, role):
    write(text, "Uno", ana)
    write(text, "Dos", ana)
    other = getattr(people_of(text.edition), role)

    with pytest.raises(CannotWrite):
        drafting.restore(text, 1, by=other, version=2)
    with pytest.raises(CannotWrite):
        drafting.name_version(text.versions.first(), name="Mía", by=other)


def test_a_draft_on_last_years_text_begins_with_its_first_version():
    last = EditionFactory(published=True)
    ana = people_of(last).editor

    edition = start_draft(last.program, 2027, last.guide, by=ana, based_on=last)

    for text in edition.texts.all():
        (version,) = text.versions.all()
        assert (version.number, version.html, version.origin, version.saved_by) == (
            1,
            text.text,
            "carried",
            ana,
        )


# Joining


P = "<p>Uno</p><p>Dos</p><p>Tres</p>"


def both(text, ana, berta, mine, theirs, **how):
    """Ana and Berta begin from the same text; Berta saves first."""
    drafting.save_text(text, html=P, version=0, by=ana)
    drafting.save_text(text, html=theirs, version=1, by=berta)
    return drafting.save_or_join(text, html=mine, version=1, by=ana, **how)


def test_two_who_changed_different_paragraphs_are_joined(text, ana, berta):
    both(text, ana, berta, P.replace("Uno", "UNO"), P.replace("Tres", "TRES"))

    newest = text.versions.first()
    assert text.text == newest.html == "<p>UNO</p><p>Dos</p><p>TRES</p>"
    assert (newest.number, newest.origin, newest.saved_by) == (3, "merged", ana)
    assert newest.was_typed["html"] == "<p>UNO</p><p>Dos</p><p>Tres</p>"


def test_two_who_changed_the_same_paragraph_are_asked(text, ana, berta):
    with pytest.raises(StaleText) as refusal:
        both(text, ana, berta, P.replace("Dos", "De Ana"), P.replace("Dos", "De Berta"))

    (conflict,) = refusal.value.merge.conflicts
    assert (conflict.theirs, conflict.mine) == ("<p>De Berta</p>", "<p>De Ana</p>")
    assert text.versions.count() == 2


def test_a_summary_that_both_changed_is_asked(text, ana, berta):
    drafting.save_text(text, html=P, summary="a", version=0, by=ana)
    drafting.save_text(text, html=P, summary="b", version=1, by=berta)

    with pytest.raises(StaleText) as refusal:
        drafting.save_or_join(text, html=P, summary="c", version=1, by=ana)

    (conflict,) = refusal.value.summary_merge.conflicts
    assert (conflict.theirs, conflict.mine) == ("b", "c")


def hand(turn):
    return drafting.Hand("the page of Ana", turn)


def test_a_save_whose_answer_was_lost_goes_on_from_it(text, ana):
    """The page saved, never heard so, and sends more: its own words are no obstacle."""
    drafting.save_or_join(text, html="<p>Un</p>", version=0, by=ana, hand=hand(1))

    drafting.save_or_join(text, html="<p>Uno</p>", version=0, by=ana, hand=hand(2))

    assert (text.text, text.versions.first().origin) == ("<p>Uno</p>", "typed")


def test_a_save_that_comes_after_a_later_one_of_the_same_page_changes_nothing(text, ana):
    drafting.save_or_join(text, html="<p>Uno</p>", version=0, by=ana, hand=hand(2))

    drafting.save_or_join(text, html="<p>Un</p>", version=0, by=ana, hand=hand(1))

    assert (text.text, text.version) == ("<p>Uno</p>", 1)


def test_a_page_that_types_on_while_its_text_is_joined_overwrites_nobody(text, ana, berta):
    both(text, ana, berta, P.replace("Uno", "UNO"), P.replace("Tres", "TRES"), hand=hand(1))

    drafting.save_or_join(text, html=P.replace("Uno", "UNO Y MÁS"), version=1, by=ana, hand=hand(2))

    assert text.text == "<p>UNO Y MÁS</p><p>Dos</p><p>TRES</p>"


def test_somebody_elses_page_is_not_taken_for_mine(text, ana, berta):
    drafting.save_or_join(text, html="<p>De Berta</p>", version=0, by=berta, hand=hand(1))

    drafting.save_or_join(text, html="<p>De Ana</p>", version=0, by=ana, hand=hand(2))

    assert text.text == "<p>De Berta</p><p>De Ana</p>"


# The screens


@pytest.fixture
def edition():
    return EditionFactory(complete=True)


def address(name, edition, *args):
    return reverse(f"programs:{name}", args=[edition.code, "beneficiaries", *args])


@pytest.mark.parametrize("count", [1, 30])
def test_the_history_costs_the_same_for_one_as_for_thirty(client, edition, count, django_assert_num_queries):
    text = edition.texts.get(component__slug="beneficiaries")
    for number in range(2, count + 1):
        TextVersionFactory(text=text, number=number)
    client.force_login(people_of(edition).legal)

    with django_assert_num_queries(12):
        response = client.get(address("draft_versions", edition))

    assert len(response.context["versions"]) == min(count, 20)


def test_a_version_is_read_and_restored_from_its_page(client, edition):
    client.force_login(people_of(edition).editor)
    text = edition.texts.get(component__slug="beneficiaries")
    drafting.save_text(text, html="<p>Otro</p>", version=1, by=people_of(edition).editor)

    page = client.get(address("draft_version", edition, 1))
    answer = client.post(address("draft_restore", edition, 1), {"version": 2})

    assert "Texto del componente." in page.text
    assert answer.url.endswith("beneficiaries/?guardado=3")
    assert edition.texts.get(component__slug="beneficiaries").text == "<p>Texto del componente.</p>"


def test_a_stale_restore_is_told_and_changes_nothing(client, edition):
    client.force_login(people_of(edition).editor)
    text = edition.texts.get(component__slug="beneficiaries")
    drafting.save_text(text, html="<p>Otro</p>", version=1, by=people_of(edition).editor)

    answer = client.post(address("draft_restore", edition, 1), {"version": 1}, follow=True)

    assert "antes de restaurar" in answer.text
    assert edition.texts.get(component__slug="beneficiaries").text == "<p>Otro</p>"


def test_a_version_is_named_on_its_page(client, edition):
    client.force_login(people_of(edition).editor)

    client.post(address("draft_name_version", edition, 1), {"name": "Primera"})

    assert "Primera" in client.get(address("draft_versions", edition)).text


def test_a_version_that_does_not_exist_is_not_found(client, edition):
    client.force_login(people_of(edition).editor)

    assert client.get(address("draft_version", edition, 9)).status_code == 404


def test_two_versions_are_compared_word_by_word(client, edition):
    client.force_login(people_of(edition).legal)
    text = edition.texts.get(component__slug="beneficiaries")
    drafting.save_text(
        text, html="<p>Texto nuevo del componente.</p>", version=1, by=people_of(edition).editor
    )

    page = client.get(address("draft_versions_compare", edition), {"de": 1, "a": 2})

    (written,) = re.findall(r"<ins>(?:<span[^>]*>[^<]*</span>)?(.*?)<", page.context["difference"])
    assert written.strip() == "nuevo"
    assert (page.context["before"].number, page.context["after"].number) == (1, 2)


@pytest.mark.parametrize("asked", [{"de": "9"}, {"a": "0"}])
def test_a_version_that_is_not_there_cannot_be_compared(client, edition, asked):
    client.force_login(people_of(edition).legal)

    assert client.get(address("draft_versions_compare", edition), asked).status_code == 404


def test_summaries_are_compared_where_they_differ(client, edition):
    client.force_login(people_of(edition).editor)
    text = edition.texts.get(component__slug="beneficiaries")
    drafting.save_text(
        text, html=text.text, summary="Qué <b>es</b>.", version=1, by=people_of(edition).editor
    )

    page = client.get(address("draft_versions_compare", edition), {"de": 1, "a": 2})

    assert not page.context["is_same"]
    assert "Qué &lt;b&gt;es&lt;/b&gt;." in page.context["summaries"]
