"""An amendment reaches open calls only when it says so: dates only later, the old ones struck through."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from icalendar import Calendar

from accounts.acts import ActNotPossible
from accounts.models import Notice, Role, TrailEntry
from calls import ledger
from calls.actions import applications, calls, promises, reaching
from calls.models import Call
from documents.models import Rendering
from jobs import runner
from programs import contents, snapshots
from programs.actions import amendments, blocks
from programs.actions.amendments import CannotAmend
from programs.models import Amendment, Budget, Contact, Edition, Milestone, Requirement
from tests.factories.accounts import member
from tests.factories.applications import OrganizationFactory, representative_of
from tests.factories.calls import CLOSE, CallFactory, open_call, operator_of, published_rules, signed_rules
from tests.factories.programs import EditionFactory, approve, begin_amendment, people_of, publish_amendment
from tests.factories.subscriptions import InterestFactory

pytestmark = pytest.mark.django_db

MEXICO = ZoneInfo("America/Mexico_City")
MARCH = datetime(2026, 3, 10, 12, 0, tzinfo=MEXICO)  # a Tuesday
IN_MARCH = {"gazette_date": MARCH.date(), "in_force_from": date(2026, 3, 12), "at": MARCH}
WHY = "Las personas solicitantes necesitan más tiempo."
TENTH = date(2026, 4, 10)


def signed_call(until="published"):
    """A call of Rules that were signed and published, so that they can be amended."""
    return CallFactory(publication=signed_rules(), until=until)


def begun(call, *, reaches=True, at=MARCH):
    edition = Edition.objects.get(pk=call.publication.edition_id)
    amendment = begin_amendment(edition, at=at)
    if reaches:
        editor = people_of(edition).editor
        amendments.set_reach(amendment, reaches=True, reason=WHY, by=editor, at=at)
    return amendment


def change(call, model, which, **entries):
    """Change a row of the working copy, as an editor does."""
    edition = call.publication.edition
    row = model.objects.of_draft(edition).filter(**which).first()
    return blocks.change(row, by=people_of(edition).editor, **entries)


def move_close(call, on=TENTH, latest=date(2026, 4, 20)):
    return change(call, Milestone, {"code": "call_closed"}, on=on, latest=latest)


def amended(call, **citation):
    """The amendment under way, published in March."""
    return publish_amendment(call.publication.edition, **(IN_MARCH | citation))


def fresh(call):
    return Call.objects.get(pk=call.pk)


def dates_of(call, at=MARCH):
    return {p.milestone: (p.planned.on, [row.on for row in p.former]) for p in ledger.of(fresh(call), at=at)}


def applicant_of(call, at=MARCH):
    organization = OrganizationFactory()
    return applications.start(call, organization, by=representative_of(organization), at=at)


# What an amendment says


def test_an_amendment_reaches_no_call_unless_it_says_so():
    call = signed_call()
    applicant_of(call)
    before = dates_of(call)
    begun(call, reaches=False)
    move_close(call)

    amended(call)

    assert fresh(call).amended_by is None
    assert fresh(call).closes_at == CLOSE
    assert dates_of(call) == before
    assert not Notice.objects.filter(kind="call.reached").exists()
    assert not TrailEntry.objects.about(call).filter(act="call.reach").exists()


def test_that_it_reaches_open_calls_is_said_with_its_reason_in_the_trail_and_in_what_is_frozen():
    call = signed_call()
    amendment = begun(call)
    move_close(call)

    publication = amended(call)

    amendment.refresh_from_db()
    assert (amendment.reaches_calls, amendment.reaching_reason) == (True, WHY)
    assert TrailEntry.objects.about(amendment).filter(act="amendment.set_reach").count() == 1
    assert snapshots.read(publication)["publication"]["amendment"]["reaches_calls"] == WHY


def test_it_is_taken_back_while_it_is_a_draft():
    call = signed_call()
    amendment = begun(call)

    amendments.set_reach(amendment, reaches=False, by=people_of(amendment.edition).editor, at=MARCH)

    amendment.refresh_from_db()
    assert (amendment.reaches_calls, amendment.reaching_reason) == (False, "")


def test_reaching_without_a_reason_is_refused_at_its_field_and_by_the_database():
    amendment = begun(signed_call(), reaches=False)

    with pytest.raises(CannotAmend) as refusal:
        amendments.set_reach(amendment, reaches=True, reason=" ", by=people_of(amendment.edition).editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Amendment.objects.filter(pk=amendment.pk).update(reaches_calls=True)

    assert refusal.value.field == "reaching_reason"


@pytest.mark.parametrize("role", ["legal", "operator", "head", "assessor"])
def test_only_an_editor_says_what_an_amendment_reaches(role):
    amendment = begun(signed_call(), reaches=False)

    with pytest.raises(CannotAmend):
        amendments.set_reach(
            amendment, reaches=True, reason=WHY, by=getattr(people_of(amendment.edition), role)
        )


def test_once_sent_to_signature_it_is_not_changed():
    call = signed_call()
    amendment = begun(call)
    move_close(call)
    approve(Edition.objects.get(pk=amendment.edition_id))

    with pytest.raises(ActNotPossible):
        amendments.set_reach(amendment, reaches=False, by=people_of(amendment.edition).editor)


# What it changes of a call


def test_the_close_moves_to_the_same_minute_of_the_day_that_the_amendment_demands():
    call = signed_call()
    begun(call)
    move_close(call)

    publication = amended(call)

    call = fresh(call)
    assert call.amended_by == publication
    assert call.closes_at == datetime(2026, 4, 11, 0, 0, tzinfo=MEXICO)
    found = dates_of(call)
    assert found["call_closed"] == (TENTH, [date(2026, 3, 31)])
    assert found["documents_delivered"] == (date(2026, 4, 17), [date(2026, 4, 7)])
    assert found["ruling"] == (date(2026, 4, 24), [])
    extension = call.extensions.get()
    assert (extension.reason, extension.authority) == (WHY, publication.code)
    assert TrailEntry.objects.about(call).get(act="call.reach").note == publication.code


def test_dates_never_come_earlier():
    call = signed_call()
    before = dates_of(call)
    begun(call)
    move_close(call, on=date(2026, 3, 30), latest=date(2026, 3, 30))
    change(call, Milestone, {"code": "results_published"}, on=date(2026, 4, 25), latest=date(2026, 4, 27))

    amended(call)

    assert dates_of(call) == before
    assert fresh(call).closes_at == CLOSE


def test_a_date_that_moves_without_the_close_keeps_the_former_one_with_the_reason():
    call = signed_call()
    begun(call)
    change(call, Milestone, {"code": "ruling"}, on=date(2026, 4, 28), latest=date(2026, 5, 4))

    amended(call)

    assert dates_of(call)["ruling"] == (date(2026, 4, 28), [date(2026, 4, 24)])
    assert call.planned_dates.get(milestone="ruling", number=2).reason == WHY
    assert not call.extensions.exists()


def test_requirements_stay_those_of_the_publication_from_which_the_call_was_opened():
    call = signed_call()
    begun(call)
    change(call, Requirement, {}, name="Otro documento")
    first = call.publication

    amended(call)

    assert fresh(call).publication == first
    assert not Requirement.objects.of_publication(first).filter(name="Otro documento").exists()


def test_contacts_follow_the_amendment(client):
    call = signed_call()
    begun(call)
    change(call, Contact, {"purpose": "advice"}, value="nuevo.contacto@dependencia.example")

    amended(call)

    assert "nuevo.contacto@dependencia.example" in client.get(call.get_absolute_url()).text


def test_what_is_changed_afterwards_is_bound_by_the_amended_dates():
    call = signed_call()
    begun(call)
    change(call, Milestone, {"code": "ruling"}, on=date(2026, 4, 28), latest=date(2026, 6, 4))
    change(call, Milestone, {"code": "results_published"}, on=date(2026, 6, 5), latest=date(2026, 6, 15))
    amended(call)

    promises.change_date(
        fresh(call), "ruling", date(2026, 6, 1), reason="Sesión.", by=operator_of(call), at=MARCH
    )

    assert dates_of(call)["ruling"][0] == date(2026, 6, 1)


def test_a_sealed_call_and_one_whose_time_is_over_are_not_reached():
    sealed = signed_call(until="sealed")
    over = CallFactory(publication=sealed.publication, published=True)
    begun(sealed)
    move_close(sealed)
    late = {"at": CLOSE + timedelta(days=9), "gazette_date": date(2026, 4, 9)}  # a Thursday

    amended(sealed, **late, in_force_from=date(2026, 4, 10))

    assert {fresh(one).amended_by for one in (sealed, over)} == {None}


def test_calls_of_other_rules_are_not_reached():
    call, other = signed_call(), CallFactory(publication=published_rules(), published=True)
    begun(call)
    move_close(call)

    amended(call)

    assert fresh(other).closes_at == CLOSE


def test_a_second_amendment_reaches_from_where_the_first_left_it(client):
    call = signed_call()
    begun(call)
    move_close(call)
    amended(call)
    begun(call)
    move_close(call, on=date(2026, 4, 15))

    publication = amended(call)

    assert dates_of(call)["call_closed"] == (date(2026, 4, 15), [date(2026, 3, 31), TENTH])
    assert fresh(call).amended_by == publication
    page = client.get(call.get_absolute_url()).text
    assert "Modificada por la modificación 1" in page
    assert "Modificada por la modificación 2" in page


def test_the_reception_is_sealed_by_the_amended_close():
    call = signed_call()
    begun(call)
    move_close(call)
    amended(call)

    with pytest.raises(calls.CannotSeal):
        calls.seal(call, at=CLOSE)


# Who is told, and what is shown


def test_whoever_began_an_application_is_told_what_moves_and_why():
    call = signed_call()
    application = applicant_of(call)
    begun(call)
    move_close(call)

    amended(call)

    (notice,) = Notice.objects.filter(kind="call.reached")
    assert notice.link == application.get_absolute_url()
    for said in ("10 de abril de 2026", "31 de marzo de 2026", WHY, "modificación 1"):
        assert said in notice.body


def test_subscribers_are_told_of_the_amendment_once_with_the_close_it_leaves():
    call = signed_call()
    InterestFactory()
    begun(call)
    move_close(call)

    amended(call)
    runner.drain()

    (letter,) = [one for one in mail.outbox if "List-Unsubscribe" in one.extra_headers]
    assert letter.subject == f"Se modificaron las Reglas: {call.title}"
    assert "hasta el 10 de abril de 2026, 23:59" in letter.body
    assert WHY in letter.body


def test_the_page_the_calendar_the_pdf_and_the_api_say_it(client):
    call = signed_call()
    earlier = Rendering.objects.of("announcement", call.folio).current().get()
    begun(call)
    move_close(call)
    publication = amended(call)

    page = client.get(call.get_absolute_url()).text
    feed = client.get(reverse("calls:call_calendar", args=[call.folio])).content
    row = client.get(f"/api/v1/calls/{call.folio}/").json()

    assert f"{call.edition.get_absolute_url()}?version=1" in page
    assert "</span>31 de marzo de 2026, 23:59 h" in page
    close = next(e for e in Calendar.from_ical(feed).walk("VEVENT") if "call_closed" in e["uid"])
    assert close["sequence"] == 1
    assert (row["rules"], row["amended_by"]) == (call.edition.code, publication.code)
    earlier.refresh_from_db()
    assert WHY in earlier.superseded_by.content


def test_a_call_that_was_not_reached_says_nothing_of_amendments(client):
    call = signed_call()
    begun(call, reaches=False)
    move_close(call)
    amended(call)

    assert "Modificada por la modificación" not in client.get(call.get_absolute_url()).text
    assert client.get(f"/api/v1/calls/{call.folio}/").json()["amended_by"] is None


# The screens


def test_the_preview_says_which_dates_move_who_will_be_written_to_and_what_does_not_reach():
    call = signed_call()
    applicant_of(call)
    begun(call)
    move_close(call)
    change(call, Budget, {}, authorized=2_000_000)
    edition = Edition.objects.get(pk=call.publication.edition_id)

    preview = reaching.preview(edition, contents.read(edition), now=MARCH)

    (one,) = preview.calls
    assert [move.milestone for move in one.moves] == ["call_closed", "documents_delivered"]
    assert one.closes_at == datetime(2026, 4, 11, 0, 0, tzinfo=MEXICO)
    assert one.told.people == 1
    assert preview.not_reaching == [str(Budget._meta.verbose_name_plural)]
    assert fresh(call).closes_at == CLOSE


def test_the_editor_says_what_the_amendment_reaches_from_its_desk(client):
    call = signed_call()
    amendment = begun(call, reaches=False)
    client.force_login(people_of(amendment.edition).editor)
    desk = reverse("programs:draft_amendment", args=[amendment.edition.code])

    assert "Alcanza a las convocatorias" in client.get(desk).text
    refused = client.post(desk, {"act": "reach", "reach-reaches": "yes", "reach-reaching_reason": ""})
    kept = client.post(desk, {"act": "reach", "reach-reaches": "yes", "reach-reaching_reason": WHY})

    assert (refused.status_code, kept.status_code) == (422, 302)
    amendment.refresh_from_db()
    assert (amendment.reaches_calls, amendment.reaching_reason) == (True, WHY)


def test_the_head_sees_before_publishing_which_calls_are_reached(client):
    call = open_call(rules=signed_rules)
    applicant_of(call, at=None)
    begun(call, at=None)
    last = ledger.dates_of(call)["call_closed"]
    move_close(call, on=last + timedelta(days=7), latest=last + timedelta(days=14))
    edition = approve(Edition.objects.get(pk=call.publication.edition_id))
    client.force_login(people_of(edition).head)

    page = client.get(reverse("programs:draft_publish", args=[edition.code])).text

    assert call.folio in page
    assert "1 organización que aún no envía su solicitud" in page
    assert WHY in page


def test_the_operator_of_another_agency_reads_no_draft_of_it(client):
    call = signed_call()
    amendment = begun(call)
    client.force_login(member(Role.OPERATOR))

    assert client.get(reverse("programs:draft_amendment", args=[amendment.edition.code])).status_code == 404


def test_without_calls_nothing_is_reached():
    with time_machine.travel(MARCH, tick=True):
        edition = EditionFactory(complete=True)

    assert reaching.preview(edition, contents.read(edition), now=MARCH).calls == []
