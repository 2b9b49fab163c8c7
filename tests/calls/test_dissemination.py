"""How a call was made known: the plan beside its evidence, what is recorded, what is withdrawn in sight."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from accounts.acts import ActNotPossible
from accounts.models import Notice, Role, TrailEntry
from accounts.verification import differences
from calls import dissemination
from calls.actions import dissemination as actions
from calls.actions import endings
from calls.actions.dissemination import CannotRecord
from calls.dissemination import Standing
from calls.duties import evidence_to_record
from calls.models import Call, Evidence
from tests.factories.accounts import UserFactory, member
from tests.factories.applications import pdf_file
from tests.factories.calls import OPENING, CallFactory, operator_of, published_rules
from tests.factories.dissemination import EvidenceFactory

pytestmark = pytest.mark.django_db

MEXICO = ZoneInfo("America/Mexico_City")
PLANNED = date(2026, 3, 2)
NOW = datetime(2026, 3, 10, 12, 0, tzinfo=MEXICO)
DAY = timedelta(days=1)
SEEN = {"account": "Se publicó en la página.", "url": "https://demo.example/aviso"}


@pytest.fixture
def call():
    """A published call whose Rules plan one action, *portal*, on the day it opens."""
    return CallFactory(published=True)


def with_action(on):
    """The same with another one, *radio*."""
    return CallFactory(publication=published_rules(dissemination=[("radio", on)]), published=True)


def record(call, *, by=None, at=NOW, **given):
    said = {"action": "portal", "on": PLANNED} | SEEN | given
    return actions.record(call, by=by or operator_of(call), at=at, **said)


def withdraw(evidence, *, by=None, reason="Era de otra convocatoria.", at=NOW):
    return actions.withdraw(evidence, reason=reason, by=by or operator_of(evidence.call), at=at)


def standing(call, key="portal", *, now=NOW):
    return {one.action.key: one.status for one in dissemination.plan_of(call, now=now).planned}[key]


# How an action stands


@pytest.mark.parametrize(
    ("days", "status"), [(-1, Standing.TO_COME), (0, Standing.TO_COME), (1, Standing.WITHOUT)]
)
def test_an_action_is_without_evidence_from_the_day_after_its_own(call, days, status):
    noon = datetime.combine(PLANNED + days * DAY, NOW.timetz())

    assert standing(call, now=noon) == status


@pytest.mark.parametrize(("days", "status"), [(-1, Standing.DONE), (0, Standing.DONE), (1, Standing.LATE)])
def test_an_action_is_done_in_time_through_the_whole_of_its_day(call, days, status):
    record(call, on=PLANNED + days * DAY)

    assert standing(call) == status


def test_of_several_pieces_of_evidence_the_first_day_counts(call):
    for days in (3, 0):
        record(call, on=PLANNED + days * DAY)

    assert standing(call) == Standing.DONE


def test_an_action_without_a_day_is_owed_by_the_close():
    call = with_action(None)
    noon = datetime.combine(dissemination.last_day(call), NOW.timetz())

    assert standing(call, "radio", now=noon) == Standing.TO_COME
    assert standing(call, "radio", now=noon + DAY) == Standing.WITHOUT


def test_in_a_call_that_ended_what_was_to_come_stays_to_come():
    call = with_action(date(2026, 3, 12))
    head = member(Role.HEAD, call.agency.body)
    endings.cancel(call, reason="Sin presupuesto.", basis="Artículo 0.", by=head, at=NOW)

    call = Call.objects.get(pk=call.pk)
    assert standing(call, "radio", now=NOW + 30 * DAY) == Standing.TO_COME


def test_the_counts_leave_out_what_was_withdrawn_and_say_what_was_done_besides(call):
    record(call, reached=40)
    record(call, action="", name="Perifoneo", reached=2)
    withdraw(record(call, action="", name="Cartel", reached=500))

    counts = dissemination.plan_of(call, now=NOW).counts

    figures = ("planned", "evident", "done", "late", "to_come", "without", "besides", "reached")
    assert [counts[name] for name in figures] == [1, 1, 1, 0, 0, 0, 1, 42]


def test_nobody_counted_is_not_zero_people(call):
    record(call)

    assert dissemination.plan_of(call, now=NOW).reached is None


def test_evidence_follows_its_action_when_an_amendment_reaches_the_call(call):
    record(call)
    newer = published_rules(acronym="SSAS")
    Call.objects.filter(pk=call.pk).update(amended_by=newer)
    call = Call.objects.get(pk=call.pk)

    assert standing(call) == Standing.DONE


def test_evidence_of_an_action_that_is_no_longer_planned_stands_besides_the_plan():
    call = with_action(PLANNED)
    record(call, action="radio")
    Call.objects.filter(pk=call.pk).update(amended_by=published_rules(acronym="SSAS"))

    plan = dissemination.plan_of(Call.objects.get(pk=call.pk), now=NOW)

    assert [one.title for one in plan.besides] == ["Radio"]


def test_in_short_the_plan_of_a_call_stands_as_it_does_in_full(call, django_assert_num_queries):
    record(call, on=PLANNED + DAY)
    withdraw(record(call, on=PLANNED))
    record(call, on=PLANNED + 2 * DAY)

    with django_assert_num_queries(1):
        (one,) = dissemination.in_short(call).planned

    assert one.status == standing(call) == Standing.LATE


# Recording


def test_evidence_is_recorded_with_who_did_it_and_its_line_in_the_trail(call):
    ana = operator_of(call)

    evidence = record(call, by=ana)

    kept = Evidence.objects.get()
    assert (kept.action.key, kept.on, kept.url, kept.by, kept.at) == (
        "portal", PLANNED, SEEN["url"], ana, NOW,
    )  # fmt: skip
    entry = TrailEntry.objects.about(evidence).get()
    assert (entry.act, entry.by, entry.note) == ("evidence.record", ana, f"{call.folio} portal")


def test_a_file_is_kept_as_it_came(call):
    evidence = record(call, url="", file=pdf_file("cartel.pdf"))

    assert (evidence.document.name, evidence.document.media_type) == ("cartel.pdf", "application/pdf")


def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_is_recorded(call):
    liar = pdf_file("cartel.png")

    with pytest.raises(actions.FileRefused):
        record(call, url="", file=liar)

    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"action": "", "name": " "}, "name"),
        ({"action": "no-existe"}, "action"),
        ({"on": NOW.date() + DAY}, "on"),
        ({"on": date(2026, 2, 25)}, "on"),
        ({"account": " "}, "account"),
        ({"account": "x" * 501}, "account"),
        ({"url": ""}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "ftp://demo.example/aviso"}, "url"),
        ({"url": "https://jalisco.gob.mx@demo.example/"}, "url"),
        ({"url": "demo.example"}, "url"),
    ],
)
def test_what_cannot_be_recorded_says_at_which_entry(call, given, field):
    with pytest.raises(CannotRecord) as refusal:
        record(call, **given)

    assert refusal.value.field == field
    assert not Evidence.objects.exists()


def test_today_and_the_day_of_the_gazette_are_accepted(call):
    for day in (NOW.date(), date(2026, 2, 26)):
        record(call, on=day)

    assert Evidence.objects.count() == 2


def test_of_a_draft_nothing_is_recorded():
    call = CallFactory()

    with pytest.raises(CannotRecord):
        actions.record(call, by=operator_of(call), at=NOW, name="Cartel", on=PLANNED, **SEEN)


def test_of_a_cancelled_call_what_was_done_before_is_recorded_and_nothing_after(call):
    head = member(Role.HEAD, call.agency.body)
    endings.cancel(call, reason="Sin presupuesto.", basis="Artículo 0.", by=head, at=NOW)

    record(call, on=NOW.date(), at=NOW + 5 * DAY)
    with pytest.raises(CannotRecord) as refusal:
        record(call, on=NOW.date() + DAY, at=NOW + 5 * DAY)

    assert refusal.value.field == "on"


@pytest.mark.parametrize("role", [Role.EDITOR, Role.LEGAL, Role.VERIFIER, Role.REPRESENTATIVE])
def test_only_operators_and_the_head_of_the_agency_record_and_withdraw(call, role):
    evidence = record(call, by=member(Role.HEAD, call.agency.body))
    for stranger in (member(role, call.agency.body), member(Role.OPERATOR)):
        with pytest.raises(PermissionDenied):
            record(call, by=stranger)
        with pytest.raises(PermissionDenied):
            withdraw(evidence, by=stranger)

    assert Evidence.objects.standing().count() == 1


# Withdrawing


def test_what_is_withdrawn_stays_with_its_reason_and_whoever_recorded_it_is_told(call):
    ana, head = operator_of(call), member(Role.HEAD, call.agency.body)
    evidence = record(call, by=ana)

    withdraw(evidence, by=head)

    kept = Evidence.objects.get()
    assert (kept.is_withdrawn, kept.withdrawn_by, kept.withdrawn_reason) == (
        True, head, "Era de otra convocatoria.",
    )  # fmt: skip
    assert standing(call) == Standing.WITHOUT
    assert [notice.kind for notice in Notice.objects.filter(to=ana)] == ["evidence.withdrawn"]


def test_whoever_withdraws_their_own_is_told_nothing(call):
    ana = operator_of(call)

    withdraw(record(call, by=ana), by=ana)

    assert not Notice.objects.filter(to=ana).exists()


def test_a_withdrawal_without_a_reason_is_refused(call):
    evidence = record(call)

    with pytest.raises(CannotRecord) as refusal:
        withdraw(evidence, reason="  ")

    assert refusal.value.field == "reason"


def test_of_two_who_withdraw_at_once_one_does_and_the_other_is_told(call):
    evidence = record(call)
    stale = Evidence.objects.get(pk=evidence.pk)
    withdraw(evidence, reason="Primera.")

    with pytest.raises(ActNotPossible):
        withdraw(stale, reason="Segunda.")

    assert Evidence.objects.get().withdrawn_reason == "Primera."
    assert TrailEntry.objects.filter(act="evidence.withdraw").count() == 1


# What the database itself refuses


@pytest.mark.parametrize(
    "changes", [{"account": "Otra cosa."}, {"on": date(2026, 3, 1)}, {"url": "https://x.example"}]
)
def test_what_was_recorded_is_never_rewritten(call, changes):
    evidence = record(call)

    with pytest.raises(DatabaseError), transaction.atomic():
        Evidence.objects.filter(pk=evidence.pk).update(**changes)


def test_what_was_withdrawn_is_not_brought_back_nor_deleted(call):
    evidence = withdraw(record(call))
    rows = Evidence.objects.filter(pk=evidence.pk)
    back = {"state": "recorded", "withdrawn_at": None, "withdrawn_by": None, "withdrawn_reason": ""}

    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(**back)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows._raw_delete(using=rows.db)


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": ""},
        {"url": "javascript:alert(1)"},
        {"name": ""},
        {"account": ""},
        {"state": "withdrawn"},
    ],
)
def test_the_database_keeps_no_evidence_of_nothing(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        EvidenceFactory(**wrong)


# What waits for the operator


def test_the_operator_finds_what_lacks_evidence_until_it_is_recorded(call):
    ana = operator_of(call)
    with time_machine.travel(NOW):
        (duty,) = evidence_to_record(ana)
        assert duty.detail == call.folio
        assert "1" in duty.what
        record(call, by=ana)

        assert list(evidence_to_record(ana)) == []


def test_nothing_waits_before_its_day_is_over_nor_for_another_agency(call):
    ana = operator_of(call)
    with time_machine.travel(OPENING):
        assert list(evidence_to_record(ana)) == []
    with time_machine.travel(NOW):
        assert list(evidence_to_record(member(Role.OPERATOR))) == []
        assert list(evidence_to_record(UserFactory())) == []


def test_evidence_that_was_withdrawn_makes_it_wait_again(call):
    ana = operator_of(call)
    withdraw(record(call, by=ana), by=ana)

    with time_machine.travel(NOW):
        assert len(list(evidence_to_record(ana))) == 1


def test_the_seals_of_what_was_recorded_and_withdrawn_hold(call):
    withdraw(record(call))

    assert list(differences()) == []
