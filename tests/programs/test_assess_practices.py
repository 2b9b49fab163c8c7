from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Notice, Role, TrailEntry
from programs.actions import practices
from programs.actions.practices import CannotAssess, CannotReview
from programs.loading import load_reference
from programs.models import Assessment, DisseminationAction, GuideEdition, Practice, Program, Verdict
from programs.states import EditionState
from tests.factories.accounts import UserFactory, member
from tests.factories.programs import EditionFactory, fill, people_of, publish
from tests.harness.taped import taped

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 2, 16, 0, tzinfo=UTC)
CLAUSE = (
    "<p>Quien no sea seleccionada puede pedir las razones <strong>precisas</strong> en diez días hábiles.</p>"
)
PROOF = "pedir las razones precisas en diez días hábiles"


@pytest.fixture
@taped
def draft():
    load_reference()
    edition = EditionFactory(
        program=Program.objects.get(code="SISEMH-API"),
        guide=GuideEdition.objects.get(),
        code="ROP-SISEMH-2026-01",
    )
    edition.texts.filter(component__slug="process").update(text=CLAUSE, version=1)
    return fill(edition)


def practice(code):
    return Practice.objects.get(code=code)


def process(edition):
    return edition.guide.components.get(slug="process")


def assess(edition, code="GP-02", verdict=Verdict.ADOPTED, by=None, **declared):
    return practices.assess(
        edition, practice(code), verdict, by=by or people_of(edition).editor, at=AT, **declared
    )


def test_adopted_with_its_clause_is_kept_and_told_in_the_trail(draft):
    editor = people_of(draft).editor

    found = assess(draft, clause=process(draft), excerpt=PROOF, by=editor)

    assert (found.verdict, found.review, found.assessed_by, found.assessed_at) == (
        "adopted",
        "pending",
        editor,
        AT,
    )
    entry = TrailEntry.objects.about(found).get()
    assert (entry.act, entry.note, entry.by) == ("assessment.assess", "GP-02 adopted", editor)
    assert entry.digest


@pytest.mark.parametrize(
    ("declared", "field"),
    [
        ({"verdict": "adopted"}, "clause"),
        ({"verdict": "adopted", "source": "  "}, "clause"),
        ({"verdict": "adopted", "clause": True}, "excerpt"),
        ({"verdict": "adopted", "clause": True, "excerpt": "palabras que nadie escribió"}, "excerpt"),
        ({"verdict": "planned"}, "planned_year"),
        ({"verdict": "planned", "planned_year": 2026}, "planned_year"),
        ({"verdict": "partial"}, "observation"),
        ({"verdict": "not_applicable"}, "observation"),
        ({"verdict": "not_viable"}, "observation"),
        ({"verdict": "excellent"}, "verdict"),
    ],
)
def test_a_verdict_without_its_proof_or_reason_is_refused_beside_its_field(draft, declared, field):
    if declared.get("clause"):
        declared = declared | {"clause": process(draft)}

    with pytest.raises(CannotAssess) as refused:
        assess(draft, **declared)

    assert list(refused.value.errors) == [field]
    assert refused.value.errors[field]
    assert not Assessment.objects.filter(edition=draft).exists()


def test_the_database_refuses_adopted_without_proof(draft):
    with pytest.raises(IntegrityError, match="assessment_adopted_has_its_proof"), transaction.atomic():
        Assessment.objects.create(
            edition=draft, practice=practice("GP-02"), verdict="adopted", assessed_at=AT
        )


def test_adopted_where_the_data_do_not_show_it_asks_for_an_observation(draft):
    source = "Página del programa"
    DisseminationAction.objects.filter(edition=draft).update(on=None)

    with pytest.raises(CannotAssess) as refused:
        assess(draft, "GP-11", source=source)
    assert list(refused.value.errors) == ["observation"]

    found = assess(draft, "GP-11", source=source, observation="La fecha se publica cada año en el portal.")
    assert found.verdict == Verdict.ADOPTED


def test_a_change_puts_the_answer_of_planning_back(draft):
    found = assess(draft, clause=process(draft), excerpt=PROOF)
    Assessment.objects.filter(pk=found.pk).update(review="contested", review_note="No basta")

    assess(draft, verdict="partial", observation="Solo por escrito")

    found.refresh_from_db()
    assert (found.verdict, found.review, found.review_note) == ("partial", "pending", "")
    assert TrailEntry.objects.about(found).filter(act="assessment.assess").count() == 2


@pytest.mark.parametrize("who", ["legal", "operator", "verifier", "assessor", "guide_owner", "auditor"])
def test_only_the_editor_and_the_head_assess(draft, who):
    with pytest.raises(CannotAssess):
        assess(draft, source="Portal", by=getattr(people_of(draft), who))


def test_the_editor_of_another_agency_does_not_assess(draft):
    with pytest.raises(CannotAssess):
        assess(draft, source="Portal", by=member(Role.EDITOR))


def test_what_only_the_report_states_is_not_assessed_again(draft):
    recorded = Program.objects.get(code="SISEMH-API").editions.get(state=EditionState.RECORDED)

    with pytest.raises(CannotAssess):
        assess(recorded, source="Portal", by=people_of(draft).head)


def test_the_clause_of_a_published_edition_is_the_frozen_one(draft):
    publish(draft)

    found = assess(draft, clause=process(draft), excerpt=PROOF, by=people_of(draft).head)

    assert found.evidence == f"{process(draft)}: «{PROOF}»"


# Planning's answer


@pytest.fixture
def assessed(draft):
    publish(draft)
    return assess(draft, clause=process(draft), excerpt=PROOF)


def test_planning_confirms(assessed):
    assessor = people_of(assessed.edition).assessor

    practices.confirm(assessed, by=assessor, at=AT)

    assert (assessed.review, assessed.reviewed_by, assessed.reviewed_at) == ("confirmed", assessor, AT)
    assert TrailEntry.objects.about(assessed).last().act == "assessment.confirm"


def test_planning_contests_with_its_reason_and_both_stances_stay(assessed):
    practices.contest(
        assessed, note="El plazo no dice desde cuándo.", by=people_of(assessed.edition).guide_owner
    )

    assert (assessed.verdict, assessed.review) == ("adopted", "contested")
    assert assessed.review_note == "El plazo no dice desde cuándo."


def test_the_agency_is_told_why_planning_objects(assessed):
    people = people_of(assessed.edition)

    practices.contest(assessed, note="El plazo no dice desde cuándo.", by=people.assessor)

    told = Notice.objects.filter(kind="assessment.contested")
    assert {one.to for one in told} == {people.editor, people.head}
    assert {one.body for one in told} == {"El plazo no dice desde cuándo."}
    assert {one.link for one in told} == {f"/redaccion/{assessed.edition.code}/practicas/GP-02/"}


def test_contesting_without_a_reason_is_refused(assessed):
    with pytest.raises(CannotReview):
        practices.contest(assessed, note="  ", by=people_of(assessed.edition).assessor)


@pytest.mark.parametrize("who", ["editor", "head", "budget", "auditor", "legal"])
def test_only_planning_answers(assessed, who):
    with pytest.raises(CannotReview):
        practices.confirm(assessed, by=getattr(people_of(assessed.edition), who))


def test_an_assessor_of_an_agency_without_the_duty_does_not_answer(assessed):
    with pytest.raises(CannotReview):
        practices.confirm(assessed, by=member(Role.ASSESSOR))


def test_an_assessment_that_changed_meanwhile_is_not_confirmed_blindly(assessed):
    seen = Assessment.objects.get(pk=assessed.pk)
    practices.assess(
        assessed.edition,
        assessed.practice,
        "partial",
        observation="Falta",
        by=people_of(assessed.edition).editor,
    )

    with pytest.raises(CannotReview):
        practices.confirm(seen, by=people_of(assessed.edition).assessor)


def test_a_mark_of_the_report_is_not_answered(assessed):
    mark = Assessment.objects.filter(review="report").first()

    with pytest.raises(CannotReview):
        practices.confirm(mark, by=people_of(assessed.edition).assessor)


# Who reads what


@pytest.mark.parametrize(
    "who",
    ["editor", "head", "legal", "operator", "assessor", "budget", "auditor", "stranger", "member", "nobody"],
)
@pytest.mark.parametrize("state", ["draft", "signoff", "published"])
def test_list_and_permission_agree_on_assessments(draft, who, state):
    people = people_of(draft)
    assess(draft, clause=process(draft), excerpt=PROOF)
    draft.sent_at, draft.sent_by = AT, people.editor
    draft.state = state
    draft.save(update_fields=["state", "sent_at", "sent_by"])
    strangers = {"stranger": UserFactory, "member": lambda: member(Role.MONITORING), "nobody": anonymous}
    user = strangers[who]() if who in strangers else getattr(people, who)

    listed = set(Assessment.objects.visible_to(user))

    assert listed == {
        one for one in Assessment.objects.all() if user.has_perm("programs.view_assessment", one)
    }
    assert len(listed) >= 22


def anonymous():
    from django.contrib.auth.models import AnonymousUser

    return AnonymousUser()
