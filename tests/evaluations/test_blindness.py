"""Nobody can link a name to a file before they may: every address is asked, and the database too."""

import pytest
from django.urls import reverse

from accounts.models import Role
from calls import published_form
from calls.contents import Contents
from calls.models import Answer, Application, SuppliedDocument
from documents import renderings
from documents.models import Document, Rendering
from evaluations import standing
from evaluations.actions import conflicts, reviews
from evaluations.models import Assignment, Review, Ruling
from programs.models import ApplicationQuestion, Requirement
from tests.factories.accounts import UserFactory, member
from tests.factories.evaluations import evaluation, fill

pytestmark = pytest.mark.django_db


def address(name, *args):
    return reverse(f"evaluations:{name}", args=args)


def files_of(evaluator):
    return list(
        Assignment.objects.filter(evaluator=evaluator).select_related("application__organization__body")
    )


def answered(application, by):
    """The application with every answer and document, so that what could leak is there."""
    for question in ApplicationQuestion.objects.of_publication(application.call.publication_id):
        text = f"NOMBRE-{application.pk}" if question.identifies else f"respuesta {question.key}"
        Answer.objects.create(
            application=application,
            question=question,
            text=text,
            saved_at=application.started_at,
            saved_by=by,
        )
    for requirement in Requirement.objects.of_publication(application.call.publication_id):
        document = Document.objects.store(
            name=f"NOMBRE-{application.pk}.pdf", content=b"%PDF-1.4 " + requirement.key.encode(),
            media_type="application/pdf", origin="received",
        )  # fmt: skip
        SuppliedDocument.objects.create(
            application=application, requirement=requirement, document=document,
            supplied_at=application.started_at, supplied_by=by,
        )  # fmt: skip


@pytest.fixture
def played():
    played = evaluation("distribute")
    for application in played.applications:
        answered(application, application.started_by)
    return played


def test_an_evaluator_reads_the_project_and_nothing_that_names(client, played):
    evaluator = played.evaluators[0]
    client.force_login(evaluator)

    for assignment in files_of(evaluator):
        page = client.get(assignment.get_absolute_url()).text
        application = assignment.application
        assert application.project_title in page
        for secret in (
            application.folio, application.public_id, application.organization.body.name_es,
            application.organization.rfc, f"NOMBRE-{application.pk}",
        ):  # fmt: skip
            assert secret not in page


def test_the_queue_tells_aliases_alone(client, played):
    evaluator = played.evaluators[0]
    client.force_login(evaluator)

    page = client.get(address("board")).text

    assert all(assignment.alias in page for assignment in files_of(evaluator))
    for application in played.applications:
        assert application.folio not in page
        assert application.organization.body.name_es not in page


def test_documents_that_name_do_not_exist_and_the_others_have_neutral_names(client, played):
    evaluator = played.evaluators[0]
    assignment = files_of(evaluator)[0]
    client.force_login(evaluator)

    for requirement in Requirement.objects.of_publication(played.call.publication_id).filter(
        stage="application"
    ):
        answer = client.get(address("blind_document", assignment.alias, requirement.key))
        if requirement.identifies:
            assert answer.status_code == 404
        else:
            assert answer.status_code == 200
            assert b"".join(answer.streaming_content).startswith(b"%PDF")
            assert "NOMBRE" not in str(answer.headers)
            answer.close()


def test_a_document_that_does_not_name_is_served(client, played):
    """So that the test above proves something: the blind copy does have documents."""
    assignment = files_of(played.evaluators[0])[0]
    key = Contents(assignment.application).requirements[0].key
    requirements = Requirement.objects.filter(key=key)
    with_names_taken_out(requirements)
    client.force_login(played.evaluators[0])

    answer = client.get(address("blind_document", assignment.alias, key))

    assert answer.status_code == 200
    assert 'filename="documento-1.pdf"' in answer["Content-Disposition"]
    answer.close()


def with_names_taken_out(requirements):
    """Published rows are frozen: the guard is lifted for this test's world only."""
    from django.db import connection

    from accounts import triggers

    for guard in triggers.all_guards():
        if guard.table == Requirement._meta.db_table:
            triggers.remove(guard, connection)
    requirements.update(identifies=False)
    published_form.forget()
    for guard in triggers.all_guards():
        if guard.table == Requirement._meta.db_table:
            triggers.lay(guard, connection)


def test_an_evaluator_finds_no_other_way_to_the_file(client, played):
    evaluator = played.evaluators[0]
    client.force_login(evaluator)
    theirs = Assignment.objects.exclude(evaluator=evaluator)

    asked = [reverse("calls:application", args=[a.public_id]) for a in played.applications]
    asked += [a.get_absolute_url() for a in theirs]
    asked += [address("recuse", a.alias) for a in theirs] + [address("hand_in", a.alias) for a in theirs]
    asked += [
        address(name, played.call.folio)
        for name in ("coordination", "ranking", "reviews", "release", "appoint", "convene", "call_results")
    ]

    assert {client.get(path).status_code for path in asked} == {404}
    assert not Application.objects.visible_to(evaluator).exists()


def test_what_others_scored_shows_nowhere_to_an_evaluator_even_after_the_hand_in(client, played):
    first, second = (
        Assignment.objects.filter(application=played.applications[0]).order_by("pk").select_related("review")
    )
    fill(first.review, 1)
    reviews.save(first.review, {"diagnostico": {"justification": "SECRETO-AJENO"}}, by=first.evaluator)
    reviews.hand_in(first.review, by=first.evaluator)
    client.force_login(second.evaluator)

    before = client.get(address("board")).text + client.get(second.get_absolute_url()).text
    reviews.hand_in(fill(second.review), by=second.evaluator)
    after = client.get(address("board")).text + client.get(second.get_absolute_url()).text

    assert "SECRETO-AJENO" not in before + after
    assert first.alias not in before + after
    assert "75.00" not in after  # the mean of 50 and 100


def test_the_queue_looks_the_same_whatever_others_scored(client, played):
    mine, other = Assignment.objects.filter(application=played.applications[0]).order_by("pk")
    client.force_login(mine.evaluator)

    before = client.get(address("board")).text
    reviews.hand_in(fill(other.review, 0), by=other.evaluator)
    after = client.get(address("board")).text

    assert _without_tokens(before) == _without_tokens(after)


def _without_tokens(page):
    import re

    return re.sub(r'value="[A-Za-z0-9]{64}"', "", page)


def test_a_barred_person_of_the_committee_finds_no_trace_of_the_file(client):
    played = evaluation("appoint")
    barred, application = played.members[0], played.applications[0]
    conflicts.declare(played.call, by=barred, conflicts=[(application.organization, "friendship", "")])
    played.declare().distribute().score().convene().open().vote()
    position = played.session.agenda.get(application=application).position
    client.force_login(barred)

    page = client.get(played.session.get_absolute_url()).text

    assert application.folio not in page
    assert application.organization.body.name_es not in page
    assert played.applications[1].folio in page
    for name in ("session_file", "cast_vote", "rule"):
        method = client.get if name == "session_file" else client.post
        assert method(address(name, played.session.folio, position)).status_code == 404
    assert client.get(reverse("calls:application", args=[application.public_id])).status_code == 404


def test_a_barred_secretary_coordinates_without_the_file(client):
    played = evaluation("appoint")
    application = played.applications[0]
    conflicts.declare(played.call, by=played.secretary, conflicts=[(application.organization, "labour", "")])
    played.declare().distribute().score()
    alias = Assignment.objects.filter(application=application).first().alias
    client.force_login(played.secretary)

    pages = [client.get(address(name, played.call.folio)).text for name in ("coordination", "ranking")]

    assert all(application.folio not in page for page in pages)
    client.force_login(played.chair)
    assert alias in client.get(address("reviews", played.call.folio)).text


def everything_a_stranger_reads(client, played):
    paths = [
        "/", "/resultados/", address("committee", played.call.folio), "/seguimiento/", "/convocatorias/",
        address("call_results", played.call.folio), "/api/v1/results/", "/api/v1/calls/",
    ]  # fmt: skip
    return [_without_tokens(client.get(path).text) for path in paths]


@pytest.mark.parametrize("who", ["nobody", "representative", "evaluator", "stranger", "operator"])
def test_a_pending_ruling_shows_nowhere(client, who):
    """Two worlds: with the rulings drafted only by the committee, and with all of them sealed."""
    played = evaluation("vote")
    people = {
        "representative": played.applications[0].organization.body.memberships.get().user,
        "evaluator": played.evaluators[0],
        "stranger": UserFactory(),
        "operator": played.operator,
    }
    if who in people:
        client.force_login(people[who])
    own = reverse("calls:application", args=[played.applications[0].public_id])

    before = [*everything_a_stranger_reads(client, played), _without_tokens(client.get(own).text)]
    played.rule()
    after = [*everything_a_stranger_reads(client, played), _without_tokens(client.get(own).text)]

    assert before == after
    assert Ruling.objects.filter(state="sealed").count() == 3


def test_the_state_of_an_application_tells_nothing_before_the_release():
    evaluation("close")

    assert set(Application.objects.values_list("state", "awarded_amount")) == {("admitted", None)}


def test_the_scorecard_of_a_released_ruling_names_no_evaluator(client):
    played = evaluation("release")
    page = client.get(address("call_results", played.call.folio)).text

    assert not any(evaluator.name in page for evaluator in played.evaluators)


def test_the_alias_of_a_file_is_another_for_each_evaluator():
    played = evaluation("distribute")
    aliases = Assignment.objects.values_list("alias", flat=True)

    assert len(set(aliases)) == Review.objects.count() == 6
    assert not any(a.public_id in aliases or a.folio in aliases for a in played.applications)


@pytest.fixture
def decided():
    """Every ruling sealed and the session closed; one member is recused from the first file, awarded too."""
    played = evaluation("appoint")
    organization = played.applications[0].organization
    conflicts.declare(played.call, by=played.members[0], conflicts=[(organization, "friendship", "")])
    return played.declare().distribute().score().convene().open().vote().rule().close()


def minutes_of(played):
    return Rendering.objects.of("session_minutes", played.session.folio).current().get()


def test_pending_minutes_are_read_by_whoever_may_read_every_ruling_in_them(decided):
    auditor, recused = member(Role.AUDITOR), decided.members[0]
    people = [decided.chair, decided.secretary, decided.members[1], decided.head, auditor, recused]

    before = [person for person in people if renderings.visible_to(minutes_of(decided), person)]
    decided.release()

    assert before == [decided.chair, decided.secretary, decided.members[1], decided.head]
    assert renderings.visible_to(minutes_of(decided), auditor)


def test_the_session_links_the_minutes_for_whoever_may_read_them(client, decided):
    link = minutes_of(decided).get_absolute_url()

    def page_of(person):
        client.force_login(person)
        return client.get(decided.session.get_absolute_url()).text

    assert link in page_of(decided.chair)
    assert link not in page_of(decided.members[0])


def test_what_is_left_of_the_budget_does_not_tell_the_recused_what_was_awarded(client, decided):
    other = decided.session.agenda.exclude(application=decided.applications[0]).first()
    pages = [
        decided.session.get_absolute_url(),
        address("session_file", decided.session.folio, other.position),
    ]
    committed = standing.committed(decided.call)

    def spent_as_read_by(person):
        client.force_login(person)
        budgets = [client.get(page).context["budget"] for page in pages]
        return [budget and budget["spent"] for budget in budgets]

    assert spent_as_read_by(decided.chair) == [committed, committed]
    assert spent_as_read_by(decided.members[0]) == [None, None]
