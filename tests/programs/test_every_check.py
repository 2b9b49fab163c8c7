"""Each check of a draft: it fails on its sample and leads to where that is mended."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from django.utils import translation

from programs import contents, draft_checks
from programs.models import (
    Annex,
    ApplicationQuestion,
    Budget,
    BudgetRule,
    CommitteeSeat,
    Component,
    Contact,
    CoverageArea,
    Criterion,
    CriterionLevel,
    DisseminationAction,
    Edition,
    FeedbackWindow,
    Indicator,
    LegalReference,
    Milestone,
    ParticipationMechanism,
    PlannedPayment,
    PlannedReport,
    Requirement,
    ScoringRule,
    SupportModality,
    TrainingSession,
    VerificationRule,
)
from programs.views.studio import DraftView
from tests.factories.guides import MovedPartFactory
from tests.factories.programs import CheckSettingFactory, EditionFactory, people_of

pytestmark = pytest.mark.django_db


def changed(model, values, **which):
    return lambda edition: model.objects.of_draft(edition).filter(**which).update(**values)


def gone(model, **which):
    return lambda edition: model.objects.of_draft(edition).filter(**which).delete()


def texts(values, **which):
    return lambda edition: edition.texts.filter(**which).update(**values)


def began_on_an_earlier_one(edition):
    earlier = EditionFactory(program=edition.program, guide=edition.guide, fiscal_year=2025)
    Edition.objects.filter(pk=edition.pk).update(based_on=earlier)


def lacks_a_value(edition):
    Component.objects.filter(guide=edition.guide, slug="complaints").update(
        lock_level="variables", lock_reason="Igual en todas.", model_text="<p>Escriba a {{ correo }}.</p>"
    )


def moved_and_not_reviewed(edition):
    MovedPartFactory(move__edition=edition, move__to_guide=edition.guide)


FAILING = {
    "advice-contacts": gone(Contact, key="advice-phone"),
    "annexes-at-hand": changed(Annex, {"link": ""}),
    "application-window": changed(Milestone, {"on": date(2026, 3, 30)}, code="call_closed"),
    "budget-key": changed(Budget, {"budget_key": "clave por definir"}),
    "budget-reconciles": changed(SupportModality, {"ceiling": 100_000}),
    "budget-stated": changed(Budget, {"authorized": 0, "operating": 0}),
    "changes-explained": began_on_an_earlier_one,
    "committee": gone(CommitteeSeat, kind="chair"),
    "committee-chosen": changed(CommitteeSeat, {"powers": ""}, key="academia"),
    "component-written": texts({"text": ""}, component__slug="process"),
    "control-contact": gone(Contact, purpose="internal_control"),
    "coverage-stated": gone(CoverageArea),
    "criterion-levels": changed(CriterionLevel, {"points": 39}, key="diagnostico-40"),
    "dates-carried-over": began_on_an_earlier_one,
    "dissemination-complete": changed(DisseminationAction, {"on": None}),
    "feedback-window": gone(FeedbackWindow),
    "guide-move-reviewed": moved_and_not_reviewed,
    "indicators-complete": changed(Indicator, {"formula": ""}, key="purpose"),
    "indicators-levels": gone(Indicator, level="end"),
    "legal-cited": changed(LegalReference, {"article": ""}),
    "legal-confirmed": changed(LegalReference, {"is_confirmed": False}),
    "legend-present": texts({"text": "<p>El aviso de privacidad.</p>"}, component__slug="dissemination"),
    "levels-described": changed(CriterionLevel, {"descriptor": " "}, key="diagnostico-40"),
    "milestones-bind-both": changed(Milestone, {"side": "agency"}),
    "milestones-in-range": changed(Milestone, {"latest": date(2026, 4, 1)}, code="results_published"),
    "milestones-ordered": changed(Milestone, {"days": 20}, code="results_published"),
    "milestones-present": gone(Milestone, code="ruling"),
    "modality-amounts": changed(SupportModality, {"minimum": 0, "maximum": 0}),
    "names-something": changed(Requirement, {"modality_key": "otra"}, key="acta"),
    "participation-declared": gone(ParticipationMechanism, kind="social_control"),
    "pass-mark": changed(ScoringRule, {"pass_mark": 0}),
    "payment-documents": changed(Requirement, {"quantity": None}, key="cuenta"),
    "payments-add-up": changed(PlannedPayment, {"share": 41}, key="segunda"),
    "payments-after-reports": changed(PlannedPayment, {"days": 1}, key="segunda"),
    "payments-dated": changed(PlannedPayment, {"paid_by": ""}, key="primera"),
    "priority-groups": changed(Criterion, {"favours_priority_groups": False}),
    "privacy-notice": texts({"text": "<p>Nada.</p>"}, component__slug="dissemination"),
    "question-conditions": changed(
        ApplicationQuestion, {"question_key": "problema", "question_answer": "sí"}, key="personas"
    ),
    "references-hold": texts({"text": "<p>[[nada.de.nada]]</p>"}, component__slug="complaints"),
    "reports-in-cycle": changed(PlannedReport, {"received_by": ""}, key="final"),
    "requirement-grounds": changed(Requirement, {"legal_basis": ""}, key="acta"),
    "requirement-in-profile": changed(Requirement, {"name": "RFC"}, key="plan"),
    "requirement-twice": changed(Requirement, {"name": "Acta constitutiva"}, key="cuenta"),
    "requirements-complete": changed(Requirement, {"delivery": ""}, key="acta"),
    "tie-break": changed(Criterion, {"tie_break": None}),
    "training-dated": changed(TrainingSession, {"on": None}),
    "variables-filled": lacks_a_value,
    "verification-agrees": changed(BudgetRule, {"is_allowed": True}, key="sueldos"),
    "verification-both": gone(VerificationRule, key="sueldos"),
    "verification-complete": changed(VerificationRule, {"proof": ""}, key="honorarios"),
    "verification-documents": changed(Requirement, {"received_by": ""}, key="informe"),
    "weights-add-up": changed(Criterion, {"weight": 59}, key="desigualdad"),
    "within-the-year": changed(Milestone, {"days": 200}, code="verification_closed"),
}


def found(edition, code):
    return [one for one in draft_checks.run(contents.read(edition)) if one.code == code]


def failing(code):
    edition = EditionFactory(complete=True)
    FAILING[code](edition)
    return Edition.objects.select_related("program", "guide").get(pk=edition.pk)


def test_every_check_has_its_failing_sample():
    codes = {check.code for check in draft_checks.CHECKS}

    assert codes == FAILING.keys()
    assert len(codes) >= 30


@pytest.mark.parametrize("code", sorted(FAILING))
def test_a_finding_says_how_it_is_mended_and_its_link_leads_there(client, code):
    edition = failing(code)
    editor = people_of(edition).editor
    client.force_login(editor)
    view = DraftView()
    view.request, view.kwargs = SimpleNamespace(user=editor), {"code": edition.code}

    findings = found(edition, code)

    assert findings
    for one in findings[:1]:
        page, _, anchor = view.place(one).partition("#")
        answer = client.get(page)
        assert answer.status_code == 200
        assert not anchor or re.search(rf'id="{re.escape(anchor)}(_0)?"', answer.text), anchor


def test_every_check_helps_in_both_languages():
    for check in draft_checks.CHECKS:
        said = {}
        for language in ("es-mx", "en"):
            with translation.override(language):
                said[language] = (str(check.title), str(check.help))
        assert all(all(words) for words in said.values()), check.code
        assert said["es-mx"][0] != said["en"][0], check.code
        assert said["es-mx"][1] != said["en"][1], check.code


def test_planning_decides_whether_a_check_blocks_advises_or_is_off():
    edition = failing("budget-key")
    assert [one.is_blocking for one in found(edition, "budget-key")] == [False]

    setting = CheckSettingFactory(guide=edition.guide, level="blocking")
    assert [one.is_blocking for one in found(edition, "budget-key")] == [True]
    assert [one.code for one in draft_checks.blocking(contents.read(edition))] == ["budget-key"]

    setting.level, setting.note = "off", "Sin catálogo todavía."
    setting.save()
    assert found(edition, "budget-key") == []
    assert [one.code for one in draft_checks.switched_off(contents.read(edition))] == ["budget-key"]


@pytest.mark.parametrize("count", [0, 30])
def test_how_checks_are_set_costs_no_query(count, django_assert_num_queries):
    edition = EditionFactory(complete=True)
    for check in draft_checks.CHECKS[:count]:
        CheckSettingFactory(guide=edition.guide, code=check.code)

    with django_assert_num_queries(3):
        says = contents.read(edition)
        draft_checks.run(says)

    assert len(says.check_levels) == count
