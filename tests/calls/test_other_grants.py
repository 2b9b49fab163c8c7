"""What may be paid twice: the desk sees what else the organization asks for, and what is much alike (E14)."""

import pytest
from django.urls import reverse

from calls import other_grants
from calls.actions import answers, applications, withdrawing
from calls.models import Application, Barred, Organization
from calls.states import ApplicationState
from tests.factories.accounts import UserFactory
from tests.factories.applications import (
    ApplicationFactory,
    OpenCallFactory,
    OrganizationFactory,
    admit,
    fill,
    operator_of,
    representative_of,
    submit,
)
from tests.factories.programs import EditionFactory, publish

pytestmark = pytest.mark.django_db

OTHER_TEXT = (
    "En la sierra faltan bibliotecas y las niñas leen poco; abriremos salas de lectura con libros donados "
    "y personas voluntarias que las atiendan cada tarde."
)


@pytest.fixture
def application():
    return ApplicationFactory(submitted=True)


def call_of(**edition):
    made = EditionFactory(complete=True, **edition)
    publish(made)
    return OpenCallFactory(edition=made)


def another(organization, *, title="Talleres de oficios", text=None, call=None):
    """Another application of an organization, at another agency, of the same words or of others."""
    by = representative_of(organization)
    begun = fill(applications.start(call or call_of(), organization, by=by))
    answers.save_project(begun, {"project_title": answers.Typed(title)}, by=by)
    if text:
        answers.save_answers(begun, {"problema": answers.Typed(text)}, by=by)
    return submit(Application.objects.get(pk=begun.pk))


def found(application):
    return [one.application for one in told_of(Application.objects.get(pk=application.pk))]


def told_of(application, reader=None):
    return other_grants.of(application, reader=reader or operator_of(application.call))


def test_who_is_barred_from_one_of_them_is_not_told_of_it(application):
    operator, same = operator_of(application.call), another(application.organization)
    Barred.objects.create(user=operator, application=same, since=same.submitted_at)

    assert told_of(application, operator) == []
    assert [one.application for one in told_of(application, UserFactory())] == [same]


def test_the_same_project_at_another_agency_is_found_as_such(application):
    same = another(application.organization)
    different = another(application.organization, title="Salas de lectura", text=OTHER_TEXT)

    first, second = told_of(application)

    assert (first.application, first.is_same_project, first.is_own) == (same, True, True)
    assert first.percentage == 100
    assert (second.application, second.is_same_project) == (different, False)


@pytest.mark.parametrize("state", [ApplicationState.WITHDRAWN, ApplicationState.DRAFT])
def test_what_was_not_sent_or_was_taken_back_is_not_found(application, state):
    organization = application.organization
    by = representative_of(organization)
    if state == ApplicationState.DRAFT:
        fill(applications.start(call_of(), organization, by=by))
    else:
        withdrawing.withdraw(another(organization), by=by)

    assert found(application) == []


@pytest.mark.parametrize(
    ("years", "state", "is_found"),
    [(1, "awarded", True), (3, "awarded", True), (4, "awarded", False), (1, "submitted", False)],
)
def test_grants_of_the_three_years_before_are_found(application, years, state, is_found):
    year = application.call.edition.fiscal_year - years
    other = another(application.organization, call=call_of(fiscal_year=year))
    if state == "awarded":
        applications.award(admit(other), amount=1000, by=operator_of(other.call))

    told = told_of(application)

    assert [one.application for one in told] == ([other] if is_found else [])
    assert all(one.is_earlier for one in told)


def test_another_organization_with_the_same_account_is_found_and_others_are_not(application):
    sharing = another(OrganizationFactory(clabe="032180000118359719"))
    another(OrganizationFactory(clabe="032180000118359722"))

    (told,) = told_of(application)

    assert (told.application, told.is_own) == (sharing, False)


def test_an_organization_without_account_shares_none(application):
    Organization.objects.filter(pk=application.organization_id).update(clabe="")
    another(OrganizationFactory(clabe=""))

    assert found(application) == []


@pytest.mark.parametrize("count", [0, 3])
def test_it_takes_two_queries_however_many_there_are(application, count, django_assert_num_queries):
    for _number in range(count):
        another(application.organization)
    application, reader = Application.objects.for_pages().get(pk=application.pk), UserFactory()

    with django_assert_num_queries(2):
        assert len([str(one.application.call.agency) for one in told_of(application, reader)]) == count


def test_the_desk_sees_them_beside_the_file(client, application):
    other = another(application.organization)
    client.force_login(operator_of(application.call))

    page = client.get(reverse("calls:desk_others", args=[application.public_id])).text

    assert other.folio in page
    assert "¿El mismo proyecto?" in page
    assert other.call.agency.acronym in page


def test_short_texts_are_compared_by_their_words():
    assert other_grants.runs_of("Uno dos") == other_grants.runs_of("uno DOS")
    assert not other_grants.runs_of("")
