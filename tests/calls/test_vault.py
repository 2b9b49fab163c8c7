"""The vault of an organization: kept once, handed in everywhere, accepted once, told before it ends (E2)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Notice, TrailEntry
from calls import completeness
from calls.actions import applications, desk, documents, vault
from calls.contents import Contents
from calls.models import Application, RequirementCheck, SuppliedDocument, VaultDocument
from documents.intake import FileRefused
from programs.models import Requirement
from tests.factories.applications import (
    ApplicationFactory,
    OpenCallFactory,
    OrganizationFactory,
    check_all,
    drafter_of,
    fill,
    operator_of,
    pdf_file,
    prevent,
    representative_of,
    submit,
)
from tests.factories.programs import EditionFactory, publish

pytestmark = pytest.mark.django_db

MET, OBSERVED = RequirementCheck.Outcome.MET, RequirementCheck.Outcome.OBSERVED


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def organization():
    return OrganizationFactory(drafter=True)


def call_that_asks(**changes):
    """A call of an agency of its own whose Rules ask for the articles, as what organizations keep."""
    edition = EditionFactory(complete=True)
    asked = {"document_kind": "articles"} | changes
    Requirement.objects.of_draft(edition).filter(key="acta").update(**asked)
    publish(edition)
    return OpenCallFactory(edition=edition)


def keep(organization, *, kind="articles", name="acta.pdf", **days):
    return vault.keep(organization, kind, pdf_file(name, name), by=drafter_of(organization), **days)


def begin(call, organization):
    return applications.start(call, organization, by=representative_of(organization))


def handed_in(application, key="acta"):
    return application.supplied.filter(requirement__key=key, replaced_at=None).first()


def requirement_of(application, key="acta"):
    return next(one for one in Contents(application).requirements if one.key == key)


# Keeping


def test_a_newer_document_replaces_the_one_of_its_kind_and_the_older_is_kept(organization):
    first, other = keep(organization), keep(organization, kind="power", name="poder.pdf")
    second = keep(organization, name="acta2.pdf")

    assert set(organization.vault.current()) == {second, other}
    assert organization.vault.get(pk=first.pk).replaced_at == second.added_at
    assert TrailEntry.objects.about(organization).filter(act="vault.keep").count() == 3


def test_the_database_keeps_one_current_document_of_each_kind(organization):
    first = keep(organization)
    keep(organization, name="acta2.pdf")

    with pytest.raises(IntegrityError), transaction.atomic():
        VaultDocument.objects.filter(pk=first.pk).update(replaced_at=None)


@pytest.mark.parametrize(
    ("issued", "expires", "field"),
    [(1, None, "issued_on"), (-1, -2, "expires_on"), (None, -1, "expires_on")],
)
def test_days_that_cannot_be_are_refused_where_they_were_typed(organization, today, issued, expires, field):
    days = {
        name: today + timedelta(days=shift)
        for name, shift in (("issued_on", issued), ("expires_on", expires))
        if shift is not None
    }

    with pytest.raises(vault.CannotKeep) as refused:
        keep(organization, **days)

    assert refused.value.field == field
    assert not organization.vault.exists()


def test_a_file_that_is_no_document_is_refused(organization):
    file = pdf_file()
    file.file.write(b"MZ\x00")
    file.file.seek(0)

    with pytest.raises(FileRefused):
        vault.keep(organization, "articles", file, by=drafter_of(organization))


def test_what_is_taken_out_can_be_kept_again_with_its_days(organization, today):
    kept = keep(organization, issued_on=today)
    vault.take_out(kept, by=drafter_of(organization))

    assert not organization.vault.current().exists()
    again = vault.keep_again(kept, by=drafter_of(organization))

    assert (again.document, again.issued_on) == (kept.document, today)
    assert list(organization.vault.current()) == [again]


def test_the_days_of_a_document_that_an_agency_received_stay_as_they_were(organization, today):
    application = begin(call_that_asks(), organization)
    fill(application)
    current = organization.vault.current().get()
    vault.set_days(current, issued_on=today, expires_on=None, by=drafter_of(organization))
    submit(application)

    with pytest.raises(vault.CannotKeep):
        vault.set_days(current, issued_on=None, expires_on=None, by=drafter_of(organization))

    assert organization.vault.current().get().issued_on == today


# Handing in


def test_a_new_application_begins_with_what_the_organization_keeps(organization):
    kept = keep(organization)

    application = begin(call_that_asks(), organization)

    supplied = application.supplied.get()
    assert (supplied.requirement.key, supplied.from_vault, supplied.document) == ("acta", kept, kept.document)


@pytest.mark.parametrize(
    ("days", "asked", "serves"),
    [
        ({"issued_on": -90}, {"valid_days": 90}, True),
        ({"issued_on": -91}, {"valid_days": 90}, False),
        ({}, {"valid_days": 90}, False),
        ({}, {}, True),
        ({"issued_on": -4000}, {}, True),
        ({"expires_on": 0}, {}, True),
        ({}, {"document_kind": "power"}, False),
        ({}, {"document_kind": ""}, False),
        ({}, {"file_format": "Excel"}, False),
        ({}, {"delivery": "physical"}, False),
        ({}, {"stage": "payment"}, False),
    ],
)
def test_it_serves_while_it_is_as_the_rules_ask(organization, today, days, asked, serves):
    keep(organization, **{name: today + timedelta(days=shift) for name, shift in days.items()})

    application = begin(call_that_asks(**asked), organization)

    assert (handed_in(application) is not None) is serves


def test_what_has_ended_serves_nobody(organization, today):
    kept = keep(organization)
    VaultDocument.objects.filter(pk=kept.pk).update(expires_on=today - timedelta(days=1))

    assert handed_in(begin(call_that_asks(), organization)) is None


def test_what_another_organization_keeps_is_not_handed_in(organization):
    keep(OrganizationFactory(drafter=True))

    assert handed_in(begin(call_that_asks(), organization)) is None


def test_what_is_attached_to_an_application_is_kept_and_serves_for_the_next(organization, today):
    first = begin(call_that_asks(valid_days=30), organization)
    issued = {"issued_on": today - timedelta(days=3)}
    documents.supply(first, requirement_of(first), pdf_file(), by=drafter_of(organization), **issued)

    second = begin(call_that_asks(valid_days=5), organization)

    assert handed_in(second).document == handed_in(first).document
    assert handed_in(begin(call_that_asks(valid_days=2), organization)) is None


@pytest.mark.parametrize(("age", "told"), [(31, "30"), (-1, "hoy")])
def test_a_date_of_issue_that_does_not_serve_is_told_and_nothing_is_kept(organization, today, age, told):
    application = begin(call_that_asks(valid_days=30), organization)
    issued = today - timedelta(days=age)

    with pytest.raises(vault.CannotKeep, match=told):
        documents.supply(
            application,
            requirement_of(application),
            pdf_file(),
            by=drafter_of(organization),
            issued_on=issued,
        )

    assert not application.supplied.exists()
    assert not organization.vault.exists()


def test_what_was_taken_out_of_an_application_is_put_back_from_the_vault(organization):
    keep(organization)
    application = begin(call_that_asks(), organization)
    by = drafter_of(organization)
    documents.remove(application, requirement_of(application), by=by)
    assert handed_in(application) is None

    documents.supply_from_vault(application, requirement_of(application), by=by)

    assert handed_in(application).from_vault == organization.vault.current().get()


def test_without_a_valid_one_in_the_vault_nothing_is_handed_in(organization):
    application = begin(call_that_asks(), organization)

    with pytest.raises(documents.CannotSave, match="adjúntelo"):
        documents.supply_from_vault(application, requirement_of(application), by=drafter_of(organization))


def test_a_document_that_ages_before_it_is_sent_is_missing_then(organization, today):
    keep(organization, issued_on=today - timedelta(days=88))
    application = fill_all_but_vault(begin(call_that_asks(valid_days=90), organization))

    def lacking(days):
        at = timezone.now() + timedelta(days=days)
        return [one.about for one in completeness.missing(Contents(application, at=at))]

    assert lacking(2) == []
    assert lacking(3) == ["acta"]


def fill_all_but_vault(application):
    """Everything answered, with the document of the vault that it began with still handed in."""
    fill(application)
    by = representative_of(application.organization)
    first = VaultDocument.objects.filter(organization=application.organization).order_by("pk").first()
    vault.keep_again(first, by=by)
    documents.supply_from_vault(application, requirement_of(application), by=by)
    return Application.objects.get(pk=application.pk)


def test_a_correction_takes_the_newer_one_of_the_vault(organization):
    application = ApplicationFactory(call=call_that_asks(), organization=organization)
    prevent(application)
    kept = keep(organization, name="nueva.pdf")

    documents.supply_from_vault(application, requirement_of(application), by=drafter_of(organization))

    assert handed_in(application).from_vault == kept
    assert application.prevention.defects.get(requirement__key="acta").corrected_at is not None


# Accepted once


def accepted_elsewhere(organization):
    first = begin(call_that_asks(), organization)
    check_all(submit(first))
    return first


def send_another(organization):
    application = begin(call_that_asks(), organization)
    by = representative_of(organization)
    kept = handed_in(application)
    fill(application)
    VaultDocument.objects.filter(organization=organization, replaced_at=None).update(
        replaced_at=timezone.now()
    )
    VaultDocument.objects.filter(pk=kept.from_vault_id).update(replaced_at=None)
    documents.supply_from_vault(application, requirement_of(application), by=by)
    sent = submit(Application.objects.get(pk=application.pk))
    applications.acknowledge(sent)  # what the background does
    return sent


def test_what_one_agency_accepted_no_other_checks_again(organization):
    first = accepted_elsewhere(organization)

    second = send_another(organization)

    carried = second.checks.get()
    assert (carried.requirement.key, carried.outcome, carried.by) == ("acta", MET, None)
    assert carried.comes_from.application == first
    assert [one.key for one in desk.unmet(second)] == ["plan"]


def test_carrying_twice_carries_once(organization):
    accepted_elsewhere(organization)
    second = send_another(organization)

    applications.acknowledge(second)

    assert second.checks.count() == 1


def test_what_an_agency_observed_since_is_not_carried(organization):
    accepted_elsewhere(organization)
    second = send_another(organization)
    desk.check(
        second, requirement_of(second), outcome=OBSERVED, note="Falta una hoja.", by=operator_of(second.call)
    )

    third = send_another(organization)

    assert not third.checks.exists()
    assert second.checks.get().comes_from is None


def test_what_nobody_accepted_is_not_carried(organization):
    first = submit(begin(call_that_asks(), organization))
    assert not first.checks.exists()

    assert not send_another(organization).checks.exists()


def test_a_check_names_somebody_or_where_it_comes_from(organization):
    first = accepted_elsewhere(organization)

    with pytest.raises(IntegrityError), transaction.atomic():
        first.checks.update(by=None)


# Told before it ends


def told(organization):
    people = [representative_of(organization), drafter_of(organization)]
    return Notice.objects.filter(kind="vault.ending", to__in=people).count() // len(people)


def test_the_end_is_told_at_sixty_thirty_and_seven_days_and_each_once(organization, today):
    keep(organization, expires_on=today + timedelta(days=61))
    counts = []

    for passed in (0, 1, 1, 20, 31, 32, 54, 55, 61, 62):
        vault.remind(at=timezone.now() + timedelta(days=passed))
        counts.append(told(organization))

    assert counts == [0, 1, 1, 1, 2, 2, 3, 3, 3, 3]


def test_of_what_was_replaced_or_taken_out_nothing_is_told(organization, today):
    keep(organization, expires_on=today + timedelta(days=20))
    vault.take_out(keep(organization, expires_on=today + timedelta(days=25)), by=drafter_of(organization))

    assert vault.remind() == 0


def test_who_corrects_the_days_is_told_of_the_new_end(organization, today):
    kept = keep(organization, expires_on=today + timedelta(days=20))
    assert vault.remind() == 1

    later = today + timedelta(days=25)
    vault.set_days(kept, issued_on=None, expires_on=later, by=drafter_of(organization))

    assert vault.remind() == 1


def test_the_end_is_a_duty_of_the_organization_a_month_before(client, organization, today):
    keep(organization, expires_on=today + timedelta(days=30))
    keep(organization, kind="power", name="poder.pdf", expires_on=today + timedelta(days=31))
    client.force_login(drafter_of(organization))

    page = client.get("/mi/").text

    assert "Guarde un documento más reciente: Acta constitutiva" in page
    assert "Guarde un documento más reciente: Poder" not in page


def test_who_used_it_where_is_known(organization):
    kept = keep(organization)
    application = begin(call_that_asks(), organization)

    assert list(SuppliedDocument.objects.filter(from_vault=kept).values_list("application", flat=True)) == [
        application.pk
    ]
