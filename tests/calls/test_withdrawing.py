"""An application is taken back by its legal representative until it is admitted, and another may be begun."""

import pytest
from django.urls import reverse

from accounts.acts import ActNotPossible
from accounts.models import Notice, TrailEntry
from calls.actions import applications, desk, endings, withdrawing
from calls.models import Application
from tests.factories.applications import (
    ApplicationFactory,
    drafter_of,
    operator_of,
    representative_of,
)
from tests.factories.programs import people_of

pytestmark = pytest.mark.django_db


def withdraw(application, reason="Cambió la mesa directiva."):
    person = representative_of(application.organization)
    return withdrawing.withdraw(application, by=person, reason=reason)


@pytest.mark.parametrize("trait", ["complete", "submitted", "prevented"])
def test_what_is_not_admitted_is_withdrawn_with_its_reason(trait):
    application = withdraw(ApplicationFactory(**{trait: True}))

    assert Application.objects.get(pk=application.pk).state == "withdrawn"
    entry = TrailEntry.objects.about(application).get(act="application.withdraw")
    assert entry.note == "Cambió la mesa directiva."


def test_an_admitted_one_stays():
    application = ApplicationFactory(admitted=True)

    with pytest.raises(withdrawing.CannotWithdraw, match="hasta que se admite"):
        withdraw(application)
    assert Application.objects.get(pk=application.pk).state == "admitted"


def test_only_the_legal_representative_withdraws():
    application = ApplicationFactory(submitted=True)

    for person in (drafter_of(application.organization), operator_of(application.call)):
        with pytest.raises(withdrawing.CannotWithdraw, match="representación legal"):
            withdrawing.withdraw(application, by=person)


def test_in_a_cancelled_call_nothing_is_left_to_withdraw():
    application = ApplicationFactory(submitted=True)
    head = people_of(application.call.publication.edition).head
    endings.cancel(application.call, by=head, reason="Sin presupuesto.", basis="Regla 10")

    with pytest.raises(withdrawing.CannotWithdraw):
        withdraw(Application.objects.get(pk=application.pk))


def test_another_may_be_begun_and_each_keeps_its_folio():
    first = withdraw(ApplicationFactory(submitted=True))
    person = representative_of(first.organization)

    second = applications.start(first.call, first.organization, by=person)

    assert second.pk != first.pk
    assert Application.objects.get(pk=first.pk).folio


@pytest.mark.parametrize("trait", ["complete", "submitted"])
def test_what_somebody_else_withdrew_meanwhile_is_not_sent(trait):
    application = withdraw(ApplicationFactory(**{trait: True}))

    with pytest.raises(applications.CannotSubmit, match="se retiró"):
        applications.submit(application, by=representative_of(application.organization))
    assert Application.objects.get(pk=application.pk).state == "withdrawn"


def test_the_desk_and_the_organization_are_told_of_what_was_sent():
    application = ApplicationFactory(submitted=True)
    expected = {person.pk for person in withdrawing.recipients(application)}

    withdraw(application)

    told = Notice.objects.filter(kind="application.withdrawn")
    assert set(told.values_list("to", flat=True)) == expected
    assert operator_of(application.call).pk in expected
    assert "Cambió la mesa directiva." in told.first().body


def test_a_draft_is_withdrawn_in_silence():
    withdraw(ApplicationFactory(complete=True))

    assert not Notice.objects.filter(kind="application.withdrawn").exists()


def test_the_desk_does_not_see_it_any_more_and_does_not_decide_on_it(client):
    application = ApplicationFactory(submitted=True)
    operator = operator_of(application.call)
    withdraw(application)
    client.force_login(operator)

    assert application.folio not in client.get(reverse("calls:desk_call", args=[application.call.folio])).text
    address = reverse("calls:desk_application", args=[application.public_id])
    assert client.get(address).status_code == 404
    with pytest.raises((desk.CannotAdmit, ActNotPossible)):
        desk.admit(application, by=operator)


def test_the_page_says_what_it_means_and_who_is_told(client):
    application = ApplicationFactory(submitted=True)
    client.force_login(representative_of(application.organization))
    address = reverse("calls:application_withdraw", args=[application.public_id])

    page = client.get(address).text
    assert "No se evalúa" in page
    assert str(operator_of(application.call)) in page
    answer = client.post(address, {"reason": "Ya no podemos."})

    assert answer.url == reverse("calls:my_applications")
    shown = client.get(application.get_absolute_url()).text
    assert "Solicitud retirada" in shown
    assert "Retirar la solicitud" not in shown


def test_a_second_press_is_told_that_it_was_done(client):
    application = ApplicationFactory(submitted=True)
    client.force_login(representative_of(application.organization))
    address = reverse("calls:application_withdraw", args=[application.public_id])
    client.post(address, {"reason": ""})

    answer = client.post(address, {"reason": ""})

    assert answer.status_code == 409
    assert TrailEntry.objects.filter(act="application.withdraw").count() == 1


def test_a_withdrawn_draft_is_still_read_without_a_receipt(client):
    application = withdraw(ApplicationFactory(complete=True))
    client.force_login(drafter_of(application.organization))

    page = client.get(application.get_absolute_url()).text

    assert "Solicitud retirada" in page
    assert reverse("calls:application_receipt", args=[application.public_id]) not in page
