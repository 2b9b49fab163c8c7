"""Each check: what it finds, where it says so, and that a complete edition passes it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from programs import contents, draft_checks
from programs.models import (
    ApplicationQuestion,
    Budget,
    CommitteeSeat,
    Contact,
    Criterion,
    CriterionLevel,
    FeedbackWindow,
    Milestone,
    Requirement,
    ScoringRule,
    SupportModality,
)
from tests.factories.programs import EditionFactory, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return EditionFactory(complete=True)


def found(edition, code):
    return [finding for finding in draft_checks.run(contents.read(edition)) if finding.code == code]


def places(edition, code):
    return [(one.found.block, one.found.key, one.found.field) for one in found(edition, code)]


def rows(model, edition, **which):
    return model.objects.of_draft(edition).filter(**which)


def test_a_complete_edition_passes_every_check(edition):
    assert draft_checks.run(contents.read(edition)) == []


def test_an_empty_draft_fails_what_it_needs_and_blocking_comes_first():
    findings = draft_checks.run(contents.read(EditionFactory()))

    assert {finding.code for finding in findings if finding.is_blocking} == {
        "component-written", "weights-add-up", "pass-mark", "modality-amounts", "budget-stated",
        "requirements-complete", "milestones-present", "control-contact", "advice-contacts", "committee",
    }  # fmt: skip
    assert [finding.is_blocking for finding in findings] == sorted(
        (finding.is_blocking for finding in findings), reverse=True
    )


def test_each_check_has_a_code_of_its_own_words_and_a_file_of_its_own():
    codes = [check.code for check in draft_checks.CHECKS]

    assert len(codes) == len(set(codes)) == 53
    assert all(check.title and check.help for check in draft_checks.CHECKS)
    assert len({check.look.__module__ for check in draft_checks.CHECKS}) == len(codes)


def test_component_written(edition):
    edition.texts.filter(component__slug="process").update(text="")

    assert [finding.component for finding in found(edition, "component-written")] == ["process"]


def test_component_that_does_not_apply_is_written(edition):
    edition.texts.filter(component__slug="process").update(text="", not_applicable_reason="No aplica.")

    assert found(edition, "component-written") == []


@pytest.mark.parametrize(("weight", "gap"), [(59, 1), (61, 1), (0, 60)])
def test_weights_add_up(edition, weight, gap):
    rows(Criterion, edition, key="desigualdad").update(weight=weight)

    (finding,) = found(edition, "weights-add-up")

    assert str(40 + weight) in finding.message
    assert str(gap) in finding.message
    assert (finding.component, finding.is_blocking) == ("beneficiaries", True)


def test_criterion_levels_at_least_two(edition):
    rows(CriterionLevel, edition, criterion_key="diagnostico").exclude(points=40).delete()

    assert places(edition, "criterion-levels") == [("criteria", "diagnostico", "")]


def test_criterion_levels_reach_the_weight(edition):
    rows(CriterionLevel, edition, key="diagnostico-40").update(points=39)

    assert places(edition, "criterion-levels") == [("criteria", "diagnostico", "")]


@pytest.mark.parametrize(("model", "block", "key"), [
    (Requirement, "requirements", "acta"), (ApplicationQuestion, "application_questions", "problema"),
])  # fmt: skip
def test_names_something(edition, model, block, key):
    rows(model, edition, key=key).update(modality_key="otra")

    assert places(edition, "names-something") == [(block, key, "modality_key")]


def test_names_something_of_levels(edition):
    rows(CriterionLevel, edition, key="diagnostico-0").update(criterion_key="otro")

    assert places(edition, "names-something") == [("criteria", "diagnostico-0", "criterion_key")]


def test_pass_mark_is_stated(edition):
    rows(ScoringRule, edition).delete()

    assert places(edition, "pass-mark") == [("criteria", "", "")]


def test_pass_mark_is_not_zero(edition):
    rows(ScoringRule, edition).update(pass_mark=0)

    assert places(edition, "pass-mark") == [("criteria", "scoringrule", "pass_mark")]


def test_tie_break_is_stated(edition):
    rows(Criterion, edition).update(tie_break=None)

    assert places(edition, "tie-break") == [("criteria", "", "tie_break")]


@pytest.mark.parametrize("place", [2, 3])
def test_tie_break_runs_from_one_without_repeats(edition, place):
    rows(Criterion, edition, key="desigualdad").update(tie_break=place)

    assert places(edition, "tie-break") == [("criteria", "", "tie_break")]


def test_priority_groups(edition):
    rows(Criterion, edition).update(favours_priority_groups=False)

    (finding,) = found(edition, "priority-groups")

    assert not finding.is_blocking


@pytest.mark.parametrize("wrong", [{"minimum": 0, "maximum": 0}, {"ceiling": Decimal("99999")}])
def test_modality_amounts(edition, wrong):
    rows(SupportModality, edition).update(**wrong)

    assert places(edition, "modality-amounts") == [("support_modalities", "proyectos", "maximum")]


def test_budget_stated(edition):
    rows(Budget, edition).update(authorized=0, operating=0)

    assert places(edition, "budget-stated") == [("budget", "", "authorized")]


def test_budget_reconciles_and_shows_the_difference(edition):
    rows(SupportModality, edition).update(ceiling=Decimal("897999.50"))

    (finding,) = found(edition, "budget-reconciles")

    assert "$2,000.50" in finding.message
    assert not finding.is_blocking


def test_a_difference_of_rounding_is_no_finding(edition):
    rows(SupportModality, edition).update(ceiling=Decimal("898000"))

    assert found(edition, "budget-reconciles") == []


def test_budget_without_ceilings_is_not_compared(edition):
    rows(SupportModality, edition).update(ceiling=None)

    assert found(edition, "budget-reconciles") == []


@pytest.mark.parametrize("field", ["delivery", "form", "signature", "deadline"])
def test_requirements_complete(edition, field):
    rows(Requirement, edition, key="acta").update(**{field: ""})

    assert places(edition, "requirements-complete") == [("requirements", "acta", field)]


def test_requirement_twice_says_where(edition):
    rows(Requirement, edition, key="cuenta").update(name="ACTA  constitutiva")

    (finding,) = found(edition, "requirement-twice")

    assert (finding.found.key, finding.is_blocking) == ("cuenta", False)


def test_milestones_present(edition):
    rows(Milestone, edition, code="ruling").delete()

    assert places(edition, "milestones-present") == [("schedule", "", "")]


def test_milestones_in_a_circle_have_no_date(edition):
    rows(Milestone, edition, code="ruling").update(after="results_published")
    rows(Milestone, edition, code="results_published").update(after="ruling")

    assert {key for _block, key, _field in places(edition, "milestones-present")} >= {
        "ruling",
        "results_published",
    }


def test_milestones_ordered(edition):
    rows(Milestone, edition, code="results_published").update(days=20)

    assert places(edition, "milestones-ordered") == [("schedule", "results_published", "days")]


@pytest.mark.parametrize(("days", "passes"), [(29, False), (30, True), (31, True)])
def test_application_window_has_thirty_days_both_ends_counted(days, passes):
    opens = date(2026, 3, 2)
    edition = fill(EditionFactory(), opens=opens, closes=opens + timedelta(days=days - 1))

    findings = found(edition, "application-window")

    assert (findings == []) == passes
    assert all(finding.is_blocking and "31 de marzo de 2026" in finding.message for finding in findings)


def test_within_the_year(edition):
    rows(Milestone, edition, code="verification_closed").update(days=200)

    (finding,) = found(edition, "within-the-year")

    assert (finding.found.key, finding.is_blocking) == ("verification_closed", False)


def test_control_contact(edition):
    rows(Contact, edition, purpose="internal_control").delete()

    assert [finding.component for finding in found(edition, "control-contact")] == ["complaints"]


def test_advice_contacts_are_three_different_channels(edition):
    rows(Contact, edition, key="advice-address").update(channel="phone")

    assert [finding.component for finding in found(edition, "advice-contacts")] == ["dissemination"]


@pytest.mark.parametrize("kind", ["chair", "member"])
def test_committee_has_one_chair(edition, kind):
    rows(CommitteeSeat, edition, key="presidencia").update(kind="member")
    rows(CommitteeSeat, edition, key__in=["academia", "sociedad"]).update(kind=kind)

    assert places(edition, "committee") == [("committee_seats", "", "kind")]


def test_committee_quorum_can_be_reached(edition):
    rows(ScoringRule, edition).update(quorum=4)

    assert places(edition, "committee") == [("criteria", "scoringrule", "quorum")]


def test_committee_votes(edition):
    rows(CommitteeSeat, edition).update(has_vote=False)

    assert places(edition, "committee") == [("committee_seats", "", "has_vote")]


def test_committee_chosen(edition):
    rows(CommitteeSeat, edition, key="academia").update(powers="")

    assert places(edition, "committee-chosen") == [("committee_seats", "academia", "powers")]


def test_feedback_window(edition):
    rows(FeedbackWindow, edition).delete()

    (finding,) = found(edition, "feedback-window")

    assert not finding.is_blocking


@pytest.mark.parametrize("token", ["nada.de.nada", "contacto.datos"])
def test_references_hold(edition, token):
    edition.texts.filter(component__slug="complaints").update(text=f"<p>[[{token}]]</p>")

    (finding,) = found(edition, "references-hold")

    assert (finding.component, finding.is_blocking) == ("complaints", True)
    assert token in finding.message
