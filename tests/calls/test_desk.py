"""The desk: nothing is discarded without being told first, nothing admitted without being checked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.acts import ActNotPossible
from accounts.models import Notice, TrailEntry
from calls.actions import answers, applications, desk, documents
from calls.contents import Contents
from calls.models import Prevention, ReadingRight, RequirementCheck
from calls.states import ApplicationState
from tests.factories.applications import (
    ApplicationFactory,
    check_all,
    drafter_of,
    operator_of,
    pdf_file,
    representative_of,
)

pytestmark = pytest.mark.django_db

MET, OBSERVED = RequirementCheck.Outcome.MET, RequirementCheck.Outcome.OBSERVED


def test_admitting_needs_every_obligatory_requirement_found_met():
    application = ApplicationFactory(submitted=True)
    operator = operator_of(application.call)
    first, _second = desk.required(application)
    desk.check(application, first, outcome=MET, by=operator)

    with pytest.raises(desk.CannotAdmit, match="Plan de trabajo"):
        desk.admit(application, by=operator)

    check_all(application)
    desk.admit(application, by=operator)
    assert application.state == ApplicationState.ADMITTED
    assert TrailEntry.objects.about(application).filter(act="application.admit").count() == 1


def test_an_observed_requirement_is_not_met():
    application = ApplicationFactory(submitted=True)
    operator = operator_of(application.call)
    check_all(application)
    desk.check(application, desk.required(application)[0], outcome=OBSERVED, note="Ilegible", by=operator)

    with pytest.raises(desk.CannotAdmit):
        desk.admit(application, by=operator)


def test_a_curable_defect_is_told_before_anything_is_discarded():
    application = ApplicationFactory(submitted=True)
    operator = operator_of(application.call)

    with pytest.raises(desk.CannotDiscard):
        desk.discard(application, reason="Falta el acta.", by=operator)

    desk.discard(application, reason="No es una organización civil.", curable=False, by=operator)
    assert application.state == ApplicationState.DISCARDED
    assert application.discard_reason == "No es una organización civil."


def test_nothing_is_discarded_without_a_reason_or_while_there_is_time_to_correct():
    application = ApplicationFactory(prevented=True)
    operator = operator_of(application.call)

    with pytest.raises(desk.CannotDiscard):
        desk.discard(application, reason="  ", by=operator)
    with pytest.raises(desk.CannotDiscard):
        desk.discard(application, reason="No corrigió.", by=operator)

    over = application.prevention.due_at
    desk.discard(application, reason="No corrigió en el plazo.", by=operator, at=over)
    assert application.state == ApplicationState.DISCARDED


def test_the_prevention_is_issued_once_and_tells_every_defect():
    application = ApplicationFactory(prevented=True)
    operator = operator_of(application.call)

    assert application.state == ApplicationState.PREVENTED
    assert application.prevention.defects.count() == 2
    assert Notice.objects.filter(kind="application.prevented").count() == 2

    defect = desk.DefectFound("incorrect", "Otra cosa.", requirement=desk.required(application)[1])
    with pytest.raises(desk.CannotPrevent):
        desk.prevent(application, [defect], by=operator)
    correct_everything(application)
    with pytest.raises(desk.CannotPrevent):
        desk.prevent(application, [defect], by=operator)
    assert Prevention.objects.count() == 1


@pytest.mark.parametrize("comment", ["", "   "])
def test_every_defect_says_what_to_do(comment):
    application = ApplicationFactory(submitted=True)
    defect = desk.DefectFound("incorrect", comment, requirement=desk.required(application)[0])

    with pytest.raises(desk.CannotPrevent):
        desk.prevent(application, [defect], by=operator_of(application.call))


def test_the_clock_runs_in_business_days_to_the_end_of_the_last():
    friday = timezone.datetime(2026, 3, 13, 18, 0, tzinfo=timezone.get_fixed_timezone(-360))
    from programs.models import NonWorkingDay

    NonWorkingDay.objects.get_or_create(on="2026-03-16", defaults={"name": "Benito Juárez", "source": "LFT"})

    due = desk.due_of(friday, 5)

    assert timezone.localtime(due).isoformat() == "2026-03-24T00:00:00-06:00"


def correct_everything(application, *, at=None):
    ana = representative_of(application.organization)
    for defect in application.prevention.defects.all():
        if defect.question:
            answers.save_answers(application, {defect.question.key: answers.Typed("Son 40.")}, by=ana, at=at)
        else:
            documents.supply(application, defect.requirement, pdf_file("nueva.pdf", "nueva"), by=ana, at=at)
    return applications.correct(application, by=ana, at=at)


def test_only_what_was_marked_can_be_corrected():
    application = ApplicationFactory(prevented=True)
    ana = representative_of(application.organization)
    contents = Contents(application)

    with pytest.raises(answers.CannotSave):
        answers.save_answers(application, {"personas": answers.Typed("3")}, by=ana)
    with pytest.raises(answers.CannotSave):
        documents.supply(application, contents.requirements[1], pdf_file(), by=ana)
    with pytest.raises(answers.CannotSave):
        answers.save_project(application, {"project_title": answers.Typed("Otro")}, by=ana)
    with pytest.raises(answers.CannotSave):
        documents.remove(application, contents.requirements[0], by=ana)


def test_a_correction_sends_everything_marked_and_keeps_the_older_versions():
    application = ApplicationFactory(prevented=True)

    correct_everything(application)

    assert application.state == ApplicationState.CORRECTED
    assert application.supplied.filter(requirement__key="acta").count() == 2
    assert application.supplied.filter(requirement__key="acta", replaced_at=None).count() == 1
    note = TrailEntry.objects.about(application).get(act="application.correct").note
    current = application.supplied.get(requirement__key="acta", replaced_at=None)
    assert current.document.sha256 in note


def test_a_correction_waits_for_every_marked_point_and_for_the_representative():
    application = ApplicationFactory(prevented=True)
    ana = representative_of(application.organization)

    with pytest.raises(applications.CannotCorrect):
        applications.correct(application, by=ana)
    with pytest.raises(applications.CannotCorrect):
        applications.correct(application, by=drafter_of(application.organization))


@pytest.mark.parametrize(("offset", "accepted"), [(-1, True), (0, False)])
def test_the_time_to_correct_ends_to_the_second(offset, accepted):
    application = ApplicationFactory(prevented=True)
    moment = application.prevention.due_at + timedelta(seconds=offset)

    if accepted:
        assert correct_everything(application, at=moment).state == ApplicationState.CORRECTED
    else:
        with pytest.raises(answers.CannotSave):
            correct_everything(application, at=moment)
        with pytest.raises(applications.CannotCorrect):
            applications.correct(application, by=representative_of(application.organization), at=moment)


def test_whoever_scores_the_call_decides_nothing_at_its_desk():
    application = ApplicationFactory(submitted=True)
    operator = operator_of(application.call)
    check_all(application)
    ReadingRight.objects.create(
        user=operator, application=application, kind=ReadingRight.Kind.EVALUATOR, since=timezone.now()
    )

    with pytest.raises(desk.MustNotDecide):
        desk.admit(application, by=operator)
    with pytest.raises(desk.MustNotDecide):
        desk.discard(application, reason="x", curable=False, by=operator)


def test_admitting_many_admits_the_complete_and_says_why_not_the_others():
    call = ApplicationFactory(submitted=True).call
    complete, incomplete = (ApplicationFactory(call=call, submitted=True) for _ in range(2))
    check_all(complete)

    admitted, refused = desk.admit_complete([complete, incomplete], by=operator_of(call))

    assert [a.pk for a in admitted] == [complete.pk]
    assert [a.pk for a, _why in refused] == [incomplete.pk]


def test_the_ruling_settles_only_what_was_admitted():
    application = ApplicationFactory(admitted=True)
    operator = operator_of(application.call)

    with pytest.raises(ValueError, match="at most"):
        applications.award(application, amount=application.requested_amount + 1, by=operator)
    applications.award(application, amount=application.requested_amount, by=operator)

    assert application.state == ApplicationState.AWARDED
    assert application.awarded_amount == application.requested_amount
    with pytest.raises(ActNotPossible):
        applications.decline(application, by=operator)
