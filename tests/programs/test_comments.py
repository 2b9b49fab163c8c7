"""Comments on a draft: who says, answers and resolves; what becomes of their passage; whose task they are."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Notice, TrailEntry
from programs.actions import comments, drafting
from programs.actions.comments import CannotComment, PassageGone
from programs.duties import duties_of
from programs.models import Comment, ComponentText
from tests.factories.programs import EditionFactory, people_of, publish

pytestmark = pytest.mark.django_db

HTML = "<p>Podrán participar las organizaciones. La calificación mínima es de [[criterios.minimo]].</p>"


@pytest.fixture
def edition():
    edition = EditionFactory(complete=True)
    text = edition.texts.get(component__slug="beneficiaries")
    drafting.save_text(text, html=HTML, version=1, by=people_of(edition).editor)
    return edition


@pytest.fixture
def text(edition):
    texts = ComponentText.objects.select_related("edition__program__agency__body", "component")
    return texts.get(edition=edition, component__slug="beneficiaries")


@pytest.fixture
def people(edition):
    return people_of(edition)


def told():
    return {(notice.to, notice.kind) for notice in Notice.objects.filter(kind__startswith="edition.")}


def test_a_comment_is_kept_and_the_editors_are_told(text, people):
    said = comments.comment(text, body=" ¿Y las nuevas? ", by=people.legal)

    assert (said.body, said.author, said.is_resolved) == ("¿Y las nuevas?", people.legal, False)
    assert told() == {(people.editor, "edition.comment")}
    entry = TrailEntry.objects.about(text.edition).get(act="edition.comment")
    assert (entry.by, entry.note) == (people.legal, f"beneficiaries {said.public_id}")


def test_a_comment_on_a_passage_keeps_its_words_and_those_around_it(text, people):
    said = comments.comment(text, body="¿Cuáles?", quote="las  organizaciones", by=people.legal)

    assert (said.quote, said.prefix) == ("las organizaciones", "Podrán participar ")
    assert said.suffix.startswith(". La calificación")


def test_a_passage_that_is_not_there_cannot_be_commented(text, people):
    with pytest.raises(PassageGone):
        comments.comment(text, body="¿Cuáles?", quote="los municipios", by=people.legal)

    assert not Comment.objects.exists()


@pytest.mark.parametrize("role", ["budget", "auditor", "assessor", "verifier"])
def test_who_may_not_read_the_draft_says_nothing_of_it(text, people, role):
    with pytest.raises(CannotComment):
        comments.comment(text, body="Algo.", by=getattr(people, role))


def test_the_reviewers_comment_what_was_sent_to_them():
    edition = EditionFactory(sent=True)

    said = comments.comment(edition.texts.first(), body="Algo.", by=people_of(edition).budget)

    assert said.author == people_of(edition).budget


def test_what_is_published_is_not_commented_any_more():
    edition = EditionFactory(published=True)

    with pytest.raises(CannotComment):
        comments.comment(edition.texts.first(), body="Algo.", by=people_of(edition).editor)


def test_an_answer_is_told_to_whoever_spoke_in_the_thread(text, people):
    thread = comments.comment(text, body="¿Y las nuevas?", by=people.legal)
    comments.answer(thread, body="También.", by=people.editor)
    Notice.objects.all().delete()

    comments.answer(thread, body="Entonces dígalo.", by=people.operator)

    assert told() == {(people.legal, "edition.comment"), (people.editor, "edition.comment")}
    assert [one.body for one in thread.replies.all()] == ["También.", "Entonces dígalo."]


@pytest.mark.parametrize(
    ("role", "may"), [("legal", True), ("editor", True), ("operator", False), ("head", False)]
)
def test_who_said_it_or_edits_the_rules_resolves_it(text, people, role, may):
    thread = comments.comment(text, body="¿Y las nuevas?", by=people.legal)
    by = getattr(people, role)

    if may:
        comments.resolve(thread, by=by)
        assert (thread.is_resolved, thread.resolved_by) == (True, by)
        comments.reopen(thread, by=by)
        assert not Comment.objects.get().is_resolved
    else:
        with pytest.raises(CannotComment):
            comments.resolve(thread, by=by)


def test_resolving_twice_is_one_act(text, people):
    thread = comments.comment(text, body="¿Y las nuevas?", by=people.legal)

    comments.resolve(thread, by=people.editor)
    comments.resolve(thread, by=people.legal)

    assert Comment.objects.get().resolved_by == people.editor
    assert TrailEntry.objects.filter(act="edition.resolve_comment").count() == 1


# Tasks


def test_a_comment_becomes_a_task_with_its_day_until_it_is_resolved(text, people):
    thread = comments.comment(text, body="Falta el plazo.", by=people.legal)

    comments.assign(thread, owner=people.operator, due_on=date(2026, 11, 30), by=people.editor)

    (duty,) = [one for one in duties_of(people.operator) if one.link == thread.get_absolute_url()]
    assert (duty.until.date(), duty.detail) == (date(2026, 11, 30), "Falta el plazo.")
    assert (people.operator, "edition.task") in told()
    comments.resolve(thread, by=people.operator)
    assert thread.get_absolute_url() not in [one.link for one in duties_of(people.operator)]


def test_a_task_is_given_to_somebody_of_the_agency(text, people):
    thread = comments.comment(text, body="Falta el plazo.", by=people.legal)

    with pytest.raises(CannotComment):
        comments.assign(thread, owner=people_of(EditionFactory()).editor, by=people.editor)


def test_a_task_given_twice_is_told_once(text, people):
    thread = comments.comment(text, body="Falta el plazo.", by=people.legal)

    for _ in range(2):
        comments.assign(thread, owner=people.operator, by=people.editor)

    assert Notice.objects.filter(kind="edition.task").count() == 1


# The screen


def page(edition):
    return reverse("programs:draft_component", args=[edition.code, "beneficiaries"]) + "?ver=comentarios"


def act(thread):
    return reverse("programs:draft_comment_act", args=[thread.text.edition.code, thread.public_id])


def says(edition):
    return reverse("programs:draft_comment", args=[edition.code, "beneficiaries"])


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (HTML.replace("Podrán", "Pueden"), "found"),
        (HTML.replace("las organizaciones", "las asociaciones"), "changed"),
        ("<p>Otra cosa.</p>", "gone"),
    ],
)
def test_the_passage_is_found_again_or_is_said_to_be_gone(client, edition, text, people, now, state):
    comments.comment(text, body="¿Cuáles?", quote="las organizaciones", by=people.legal)
    drafting.save_text(text, html=now, version=text.version, by=people.editor)
    client.force_login(people.legal)

    (thread,) = client.get(page(edition)).context["company"]["open"]

    assert (thread["place"], thread["quote"]) == (state, "las organizaciones")


def test_a_passage_with_a_reference_is_read_with_its_data(client, edition, text, people):
    comments.comment(text, body="¿Por qué?", quote="es de [[criterios.minimo]]", by=people.legal)
    client.force_login(people.legal)

    assert "es de 70</blockquote>" in client.get(page(edition)).text


def test_a_comment_is_said_answered_and_resolved_on_the_screen(client, edition, people):
    client.force_login(people.legal)

    answer = client.post(says(edition), {"body": "¿Cuáles?", "quote": "las organizaciones"})
    thread = Comment.objects.get()
    client.post(act(thread), {"act": "answer", "body": "Todas."})
    client.post(act(thread), {"act": "resolve"})

    assert answer.url == thread.get_absolute_url()
    (shown,) = client.get(page(edition)).context["company"]["resolved"]
    assert [one.body for one in shown["replies"]] == ["Todas."]


def test_a_comment_that_cannot_be_said_stays_typed(client, edition, people):
    client.force_login(people.legal)

    answer = client.post(says(edition), {"body": "¿Cuáles?", "quote": "los municipios"})

    assert answer.status_code == 422
    assert list(answer.context["company"]["comment_form"].errors) == ["quote"]
    assert "¿Cuáles?</textarea>" in answer.text


def test_the_same_comment_sent_twice_is_said_once(client, edition, people):
    client.force_login(people.legal)

    for _ in range(2):
        client.post(says(edition), {"body": "¿Cuáles?", "idempotency_key": "la misma"})

    assert Comment.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"owner": "NADIE"}, {"due_on": "mañana"}])
def test_a_task_for_nobody_known_is_told(client, edition, text, people, wrong):
    thread = comments.comment(text, body="Falta.", by=people.legal)
    client.force_login(people.editor)

    answer = client.post(
        act(thread), {"act": "assign", "owner": people.operator.public_id} | wrong, follow=True
    )

    assert "Elija una persona" in answer.text
    assert Comment.objects.get().owner is None


def test_what_is_not_mine_to_resolve_is_refused_with_the_reason(client, text, people):
    thread = comments.comment(text, body="Falta.", by=people.legal)
    client.force_login(people.operator)

    assert client.post(act(thread), {"act": "resolve"}).status_code == 403


def test_another_agency_sees_no_comment(client, text, people):
    thread = comments.comment(text, body="Falta.", by=people.legal)
    client.force_login(people_of(EditionFactory()).editor)

    assert client.post(act(thread), {"act": "resolve"}).status_code == 404


def test_no_comment_is_ever_public(client):
    edition = EditionFactory(complete=True)
    comments.comment(edition.texts.first(), body="Que nadie lea esto.", by=people_of(edition).editor)
    publish(edition)

    assert "Que nadie lea esto." not in edition.publications.get().snapshot
    assert "Que nadie lea esto." not in client.get(edition.get_absolute_url()).text


@pytest.mark.parametrize("count", [1, 30])
def test_the_comments_cost_the_same_for_one_as_for_thirty(
    client, edition, text, people, count, django_assert_num_queries
):
    for _ in range(count):
        thread = comments.comment(text, body="Falta.", quote="las organizaciones", by=people.legal)
        comments.answer(thread, body="Ya.", by=people.editor)
    client.force_login(people.legal)

    with django_assert_num_queries(12):
        response = client.get(page(edition))

    assert len(response.context["company"]["open"]) == count


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>=1+1"


def test_whatever_is_typed_into_any_field_comes_back_as_words(client, edition, text, people):
    editor = people.editor
    drafting.save_text(text, html=f"<p>{HOSTILE}</p>", summary=HOSTILE, version=text.version, by=editor)
    drafting.name_version(text.versions.first(), name=HOSTILE[:80], by=editor)
    thread = comments.comment(text, body=HOSTILE, by=editor)
    comments.answer(thread, body=HOSTILE, by=editor)
    client.force_login(editor)

    pages = [
        *(
            f"{page(edition)[: -len('comentarios')]}{tab}"
            for tab in ("comentarios", "historial", "practicas")
        ),
        reverse("programs:draft_versions", args=[edition.code, "beneficiaries"]),
        reverse("programs:draft_version", args=[edition.code, "beneficiaries", text.version]),
        reverse("programs:draft_versions_compare", args=[edition.code, "beneficiaries"]),
        reverse("programs:draft_preview", args=[edition.code]),
    ]

    for each in pages:
        html = client.get(each).text
        assert "<script>alert" not in html
        assert "<img src=x" not in html
