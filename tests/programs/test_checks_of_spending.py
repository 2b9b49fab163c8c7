"""Checks of payments, reports, verification, indicators, coverage, norms and annexes.

Each fails on its sample, in its place, and passes on a complete edition.
"""

from datetime import date
from decimal import Decimal

import pytest

from programs import contents, draft_checks
from programs.models import (
    Annex,
    BudgetRule,
    CoverageArea,
    Indicator,
    LegalReference,
    Milestone,
    PlannedPayment,
    PlannedReport,
    Requirement,
    SupportModality,
    VerificationRule,
)
from tests.factories.programs import EditionFactory

pytestmark = pytest.mark.django_db
HERE = {
    "payments-add-up", "payments-dated", "payments-after-reports", "reports-in-cycle",
    "verification-complete", "verification-both", "verification-agrees", "indicators-complete",
    "indicators-levels", "coverage-stated", "legal-cited", "legal-confirmed", "annexes-at-hand",
}  # fmt: skip


@pytest.fixture
def edition():
    return EditionFactory(complete=True)


def rows(model, edition, **which):
    return model.objects.of_draft(edition).filter(**which)


def found(edition, code):
    return [finding for finding in draft_checks.run(contents.read(edition)) if finding.code == code]


def places(edition, code):
    return [(one.found.block, one.found.key, one.found.field) for one in found(edition, code)]


def test_a_complete_edition_passes_them_all(edition):
    assert {check.code for check in draft_checks.CHECKS} >= HERE
    assert [one for one in draft_checks.run(contents.read(edition)) if one.code in HERE] == []


def test_an_empty_draft_is_advised_and_not_blocked_by_them():
    findings = [one for one in draft_checks.run(contents.read(EditionFactory())) if one.code in HERE]

    assert {one.code for one in findings} == {
        "payments-dated", "reports-in-cycle", "verification-both", "indicators-levels", "coverage-stated",
        "legal-cited",
    }  # fmt: skip
    assert not any(one.is_blocking for one in findings)


# Payments


@pytest.mark.parametrize(("share", "total"), [("39.99", "99.99"), ("41", "101")])
def test_payments_add_up(edition, share, total):
    rows(PlannedPayment, edition, key="segunda").update(share=Decimal(share))

    (finding,) = found(edition, "payments-add-up")

    assert total in finding.message
    assert finding.is_blocking
    assert places(edition, "payments-add-up") == [("payments", "primera", "share")]


def test_payments_add_up_for_each_modality(edition):
    SupportModality.objects.create(edition=edition, key="otra", name="Otra", minimum=1, maximum=2, ceiling=0)
    rows(PlannedPayment, edition, key="segunda").update(modality_key="proyectos")

    (finding,) = found(edition, "payments-add-up")

    assert "Otra" in finding.message
    assert "60 %" in finding.message


@pytest.mark.parametrize(
    ("change", "field"), [({"paid_by": ""}, "paid_by"), ({"days": None, "after": "", "unit": ""}, "days")]
)
def test_payments_dated(edition, change, field):
    rows(PlannedPayment, edition, key="primera").update(report_key="", **change)

    assert places(edition, "payments-dated") == [("payments", "primera", field)]


def test_payments_after_reports(edition):
    rows(PlannedPayment, edition, key="segunda").update(days=1)

    assert places(edition, "payments-after-reports") == [("payments", "segunda", "report_key")]


# Reports


@pytest.mark.parametrize("on", [date(2026, 5, 13), date(2026, 12, 31)])
def test_reports_in_cycle(edition, on):
    rows(PlannedReport, edition, key="final").update(on=on, days=None, unit="", after="")

    assert places(edition, "reports-in-cycle") == [("reports", "final", "days")]


def test_a_report_without_date_or_receiver_is_told(edition):
    rows(PlannedReport, edition, key="final").update(days=None, unit="", after="", received_by="")

    assert places(edition, "reports-in-cycle") == [
        ("reports", "final", "days"),
        ("reports", "final", "received_by"),
    ]


def test_without_agreements_there_is_no_cycle_to_leave(edition):
    rows(Milestone, edition, code="verification_closed").delete()

    assert found(edition, "reports-in-cycle") == []


# Verification


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"proof": ""}, "proof"),
        ({"days": None, "unit": "", "after": ""}, "days"),
        ({"received_by": ""}, "received_by"),
        ({"refund_days": None}, "refund_days"),
    ],
)
def test_verification_complete(edition, change, field):
    rows(VerificationRule, edition, key="honorarios").update(**change)

    assert places(edition, "verification-complete") == [("verification_rules", "honorarios", field)]


def test_what_may_not_be_paid_needs_no_proof(edition):
    rows(VerificationRule, edition, key="sueldos").update(proof="", received_by="")

    assert found(edition, "verification-complete") == []


@pytest.mark.parametrize("kept", ["honorarios", "sueldos"])
def test_verification_both(edition, kept):
    rows(VerificationRule, edition).exclude(key=kept).delete()

    assert places(edition, "verification-both") == [("verification_rules", "", "")]


@pytest.mark.parametrize("allowed", [True, False])
def test_verification_agrees(edition, allowed):
    key = "sueldos" if allowed else "honorarios"
    rows(BudgetRule, edition, key=key).update(is_allowed=allowed)

    assert places(edition, "verification-agrees") == [("verification_rules", key, "is_eligible")]


def test_capitals_and_blanks_do_not_hide_a_contradiction(edition):
    rows(BudgetRule, edition, key="honorarios").update(concept="  HONORARIOS ", is_allowed=False)

    assert len(found(edition, "verification-agrees")) == 1


# Indicators


@pytest.mark.parametrize("field", ["formula", "measure", "goal", "frequency", "means"])
def test_indicators_complete(edition, field):
    rows(Indicator, edition, key="purpose").update(**{field: None if field == "goal" else ""})

    assert places(edition, "indicators-complete") == [("indicators", "purpose", field)]


def test_a_goal_of_zero_is_a_goal(edition):
    rows(Indicator, edition).update(goal=0)

    assert found(edition, "indicators-complete") == []


def test_indicators_levels(edition):
    rows(Indicator, edition, level__in=["end", "activity"]).delete()

    (finding,) = found(edition, "indicators-levels")

    assert "fin, actividad" in finding.message


# Coverage, norms, annexes


def test_coverage_stated(edition):
    rows(CoverageArea, edition).delete()

    assert places(edition, "coverage-stated") == [("coverage", "", "")]


def test_legal_cited(edition):
    rows(LegalReference, edition).update(article="")

    assert places(edition, "legal-cited") == [("legal_references", "ley", "article")]


@pytest.mark.parametrize(
    ("change", "field"), [({"is_confirmed": False}, "is_confirmed"), ({"consulted_on": None}, "consulted_on")]
)
def test_legal_confirmed(edition, change, field):
    rows(LegalReference, edition).update(**change)

    assert places(edition, "legal-confirmed") == [("legal_references", "ley", field)]


def test_annexes_at_hand(edition):
    rows(Annex, edition).update(link="")

    assert places(edition, "annexes-at-hand") == [("annexes", "formato", "link")]


def test_an_annex_that_a_requirement_asks_for_names_it(edition):
    rows(Requirement, edition, key="plan").update(annex_key="formato")
    rows(Annex, edition).update(link="")

    (finding,) = found(edition, "annexes-at-hand")

    assert "Plan de trabajo" in finding.message


@pytest.mark.parametrize(
    ("model", "key", "field"),
    [
        (Requirement, "plan", "annex_key"),
        (PlannedPayment, "primera", "report_key"),
        (PlannedPayment, "primera", "modality_key"),
    ],
)
def test_rows_that_name_another_name_one_that_exists(edition, model, key, field):
    rows(model, edition, key=key).update(**{field: "nada"})

    assert [place[1:] for place in places(edition, "names-something")] == [(key, field)]
