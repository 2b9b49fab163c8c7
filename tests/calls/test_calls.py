"""Opening a call, fixing what the Rules leave open, publishing it, closing its reception."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import translation

from accounts import acts
from accounts.models import Role, TrailEntry
from calls.actions import calls
from calls.models import Call
from calls.states import CallState
from programs.models import NonWorkingDay
from programs.states import EditionState
from tests.factories.accounts import UserFactory, member
from tests.factories.calls import CLOSE, OPENING, SCHEDULE, CallFactory, operator_of, published_rules

pytestmark = pytest.mark.django_db

MEXICO = ZoneInfo("America/Mexico_City")
BEFORE = OPENING - timedelta(days=2)
SECOND = timedelta(seconds=1)


def local(*parts):
    return datetime(*parts, tzinfo=MEXICO)


def dates_of(call):
    return dict(call.planned_dates.in_force().values_list("milestone", "on"))


# Opening


def test_opening_gives_a_folio_of_its_agency_and_year_and_the_dates_the_rules_propose():
    publication = published_rules()
    rita = operator_of(publication)

    call = calls.open(publication, by=rita, at=BEFORE)

    assert (call.folio, call.state) == ("CONV-SISEMH-2026-01", CallState.DRAFT)
    assert dates_of(call) == {
        "call_issued": date(2026, 3, 1),
        "call_closed": date(2026, 3, 10),
        "documents_delivered": date(2026, 3, 17),
        "ruling": date(2026, 4, 24),
        "results_published": date(2026, 4, 30),
        "agreements_signed": date(2026, 5, 15),
        "benefit_delivered": date(2026, 5, 29),
        "project_operation": date(2026, 10, 30),
        "reports_delivered": date(2026, 11, 20),
        "verification_closed": date(2026, 12, 15),
    }
    assert (call.opens_at, call.closes_at) == (local(2026, 3, 1, 9, 0), local(2026, 3, 11, 0, 0))
    entry = TrailEntry.objects.about(call).get()
    assert (entry.act, entry.by, entry.subject_name) == ("call.open", rita, call.folio)


def test_business_days_skip_the_days_that_are_not_worked():
    NonWorkingDay.objects.get_or_create(
        on=date(2026, 3, 16), defaults={"name": "Natalicio", "source": "LFT 74"}
    )

    call = calls.open(published_rules(), by=operator_of(published_rules()), at=BEFORE)

    assert dates_of(call)["documents_delivered"] == date(2026, 3, 18)


def test_folios_follow_one_another_within_an_agency_and_start_again_in_another():
    first, second = (CallFactory(publication=published_rules()) for _ in range(2))
    other = CallFactory(publication=published_rules(acronym="SSAS"))

    assert [first.folio, second.folio, other.folio] == [
        "CONV-SISEMH-2026-01", "CONV-SISEMH-2026-02", "CONV-SSAS-2026-01",
    ]  # fmt: skip


def test_no_call_is_opened_from_an_edition_that_is_closed():
    publication = published_rules()
    publication.edition.state = EditionState.CLOSED

    with pytest.raises(calls.CannotOpen):
        calls.open(publication, by=operator_of(publication), at=BEFORE)


# The window


def test_all_of_the_last_minute_is_in_the_window_and_the_milestones_agree_with_it():
    call = CallFactory()

    assert (call.opens_at, call.closes_at) == (OPENING, CLOSE)
    assert dates_of(call)["call_issued"] == date(2026, 3, 2)
    assert dates_of(call)["call_closed"] == date(2026, 3, 31)
    assert dates_of(call)["documents_delivered"] == date(2026, 4, 7)


def test_thirty_calendar_days_are_enough_and_twenty_nine_are_refused_at_the_close():
    call = CallFactory()
    rita = operator_of(call)

    calls.set_window(call, local(2026, 3, 2, 23, 59), local(2026, 3, 31, 0, 0), by=rita, at=BEFORE)
    with pytest.raises(calls.CannotChange) as refusal:
        calls.set_window(call, local(2026, 3, 2, 0, 0), local(2026, 3, 30, 23, 59), by=rita, at=BEFORE)

    assert refusal.value.field == "closes_at"
    assert "29" in str(refusal.value)
    assert "30" in str(refusal.value)
    call.refresh_from_db()
    assert call.closes_at == local(2026, 3, 31, 0, 1)


def test_a_short_window_needs_who_authorised_it_why_and_where_it_was_published():
    call = CallFactory()
    rita = operator_of(call)
    window = (local(2026, 3, 2, 9, 0), local(2026, 3, 20, 18, 0))
    complete = calls.Override("Año fiscal corto.", "Titular de la dependencia", "Acuerdo 12/2026")

    with pytest.raises(calls.CannotChange) as refusal:
        calls.set_window(
            call, *window, by=rita, at=BEFORE, override=calls.Override("Año fiscal corto.", "Titular")
        )
    calls.set_window(call, *window, by=rita, at=BEFORE, override=complete)

    assert refusal.value.field == "short_window_reference"
    call.refresh_from_db()
    assert call.short_window_reference == "Acuerdo 12/2026"
    assert calls.publish(call, by=rita, at=BEFORE).state == CallState.PUBLISHED


def test_a_window_that_closes_before_it_opens_is_refused():
    call = CallFactory()

    with pytest.raises(calls.CannotChange) as refusal:
        calls.set_window(
            call, local(2026, 3, 2, 9, 0), local(2026, 3, 2, 8, 59), by=operator_of(call), at=BEFORE
        )

    assert refusal.value.field == "closes_at"


def test_a_window_outside_the_range_of_the_rules_is_refused_with_the_range_and_its_place():
    call = CallFactory()

    with translation.override("en"), pytest.raises(calls.CannotChange) as refusal:
        calls.set_window(
            call, local(2026, 3, 21, 9, 0), local(2026, 4, 20, 9, 0), by=operator_of(call), at=BEFORE
        )

    assert refusal.value.field == "call_issued"
    assert str(refusal.value) == (
        "The Rules allow “Call issued” from 1 March 2026 to 20 March 2026 "
        "(component 5 of the Rules, “process”)."
    )


# The other dates


def test_a_date_is_fixed_inside_its_range_and_what_counts_from_it_follows():
    call = CallFactory()

    calls.set_dates(call, {"results_published": date(2026, 5, 15)}, by=operator_of(call), at=BEFORE)

    assert dates_of(call)["results_published"] == date(2026, 5, 15)
    assert dates_of(call)["agreements_signed"] == date(2026, 5, 30)


@pytest.mark.parametrize(
    ("milestone", "day"),
    [
        ("results_published", date(2026, 4, 29)),
        ("results_published", date(2026, 5, 16)),
        ("project_operation", date(2026, 10, 31)),
        ("documents_delivered", date(2026, 4, 8)),
    ],
)
def test_a_date_outside_what_the_rules_allow_is_refused_at_its_field(milestone, day):
    call = CallFactory()
    before = dates_of(call)

    with translation.override("en"), pytest.raises(calls.CannotChange) as refusal:
        calls.set_dates(call, {milestone: day}, by=operator_of(call), at=BEFORE)

    assert refusal.value.field == milestone
    assert "(component 5 of the Rules" in str(refusal.value)
    assert dates_of(call) == before


def test_the_two_dates_of_the_reception_change_only_with_the_window():
    call = CallFactory()

    with pytest.raises(calls.CannotChange):
        calls.set_dates(call, {"call_closed": date(2026, 4, 2)}, by=operator_of(call), at=BEFORE)


def test_the_budget_of_a_call_is_positive_and_within_what_the_rules_authorise():
    call = CallFactory()
    rita = operator_of(call)

    calls.describe(call, budget=Decimal(1_000_000), by=rita, at=BEFORE)
    for amount in (Decimal("1000000.01"), Decimal(0)):
        with pytest.raises(calls.CannotChange) as refusal:
            calls.describe(call, budget=amount, by=rita, at=BEFORE)
        assert refusal.value.field == "budget"


# Publishing


def test_publishing_turns_dates_into_promises_and_records_that_the_call_was_issued():
    call = CallFactory()
    rita = operator_of(call)

    call = calls.publish(call, by=rita, at=BEFORE)

    assert (call.state, call.published_at) == (CallState.PUBLISHED, BEFORE)
    assert not call.planned_dates.filter(is_promise=False).exists()
    assert list(call.actual_dates.values_list("milestone", "on")) == [("call_issued", date(2026, 2, 28))]
    entry = TrailEntry.objects.about(call).last()
    assert (entry.act, entry.from_state, entry.to_state, entry.by) == (
        "call.publish",
        "draft",
        "published",
        rita,
    )


def test_publishing_says_everything_that_is_missing_at_once():
    schedule = {code: rule for code, rule in SCHEDULE.items() if code != "verification_closed"}
    publication = published_rules(schedule=schedule)
    rita = operator_of(publication)
    call = calls.open(publication, by=rita, at=BEFORE)

    with translation.override("en"), pytest.raises(calls.CannotPublish) as refusal:
        calls.publish(call, by=rita, at=OPENING)

    assert len(refusal.value.reasons) == 4
    said = " ".join(refusal.value.reasons)
    for part in (
        "Say in few words",
        "lasts 10 calendar days",
        "opened on 1 March 2026",
        "Verification closed",
    ):
        assert part in said
    call.refresh_from_db()
    assert call.state == CallState.DRAFT


def test_a_call_is_published_only_while_its_rules_are_in_force():
    call = CallFactory()

    with translation.override("en"):
        reasons = calls.lacking(call, at=datetime(2026, 2, 20, 18, 0, tzinfo=UTC))

    assert reasons == [
        "The Rules of the call come into force on 27 February 2026: it can be published from that day."
    ]


def test_dates_out_of_order_block_the_publication():
    call = CallFactory(closes=local(2026, 4, 20, 23, 59))

    with translation.override("en"):
        reasons = calls.lacking(call, at=BEFORE)

    assert reasons == ["“Ruling” comes before “Corrected documents delivered”: put the dates in order."]


def test_a_published_call_is_no_longer_a_draft():
    call = CallFactory(published=True)
    rita = operator_of(call)

    for change in (
        lambda: calls.describe(call, title="Otro", by=rita, at=BEFORE),
        lambda: calls.set_window(call, OPENING, CLOSE, by=rita, at=BEFORE),
        lambda: calls.set_dates(call, {"ruling": date(2026, 4, 25)}, by=rita, at=BEFORE),
        lambda: calls.publish(call, by=rita, at=BEFORE),
    ):
        with pytest.raises(acts.ActNotPossible):
            change()


def test_advice_names_what_falls_on_a_day_off_or_in_another_year_without_refusing_it():
    schedule = SCHEDULE | {"verification_closed": {"side": "agency", "on": date(2027, 1, 15)}}
    call = CallFactory(publication=published_rules(schedule=schedule))

    advice = calls.warnings(call)

    assert len(advice) == 1
    assert "15 de enero de 2027" in advice[0]
    assert calls.lacking(call, at=BEFORE) == []


# The reception


@pytest.mark.parametrize(
    ("moment", "expected"),
    [(OPENING - SECOND, False), (OPENING, True), (CLOSE - SECOND, True), (CLOSE, False)],
)
def test_an_application_may_be_received_from_the_first_second_to_the_last(moment, expected):
    call = CallFactory(published=True)

    assert call.is_open(at=moment) is expected
    assert Call.objects.open(at=moment).exists() is expected


def test_a_call_is_sealed_at_its_close_and_not_a_second_before():
    call = CallFactory(published=True)
    rita = operator_of(call)

    with pytest.raises(calls.CannotSeal):
        calls.seal(call, by=rita, at=CLOSE - SECOND)
    call = calls.seal(call, by=rita, at=CLOSE)

    assert (call.state, call.sealed_at) == (CallState.SEALED, CLOSE)
    assert call.actual_dates.get(milestone="call_closed").on == date(2026, 3, 31)
    with pytest.raises(acts.ActNotPossible):
        calls.seal(call, by=rita, at=CLOSE)


def test_the_clock_seals_every_call_whose_reception_is_over():
    over, still_open = CallFactory(published=True), CallFactory(published=True)
    Call.objects.filter(pk=over.pk).update(
        opens_at=OPENING - timedelta(days=900), closes_at=CLOSE - timedelta(days=800)
    )
    Call.objects.filter(pk=still_open.pk).update(closes_at=datetime(2999, 1, 1, tzinfo=UTC))

    sealed = calls.seal_what_is_over()

    assert [call.folio for call in sealed] == [over.folio]
    assert TrailEntry.objects.about(over).last().by is None


def test_results_are_recorded_on_their_day_and_late_ones_say_why():
    call = CallFactory(sealed=True)
    rita = operator_of(call)
    late = local(2026, 5, 4, 18, 0)

    with pytest.raises(calls.CannotRelease):
        calls.release(call, by=rita, at=late)
    call.refresh_from_db()
    assert call.state == CallState.SEALED

    call = calls.release(call, by=rita, at=late, reason="Una sesión se repitió.")

    actual = call.actual_dates.get(milestone="results_published")
    assert (call.state, actual.on, actual.reason) == (
        CallState.RELEASED,
        date(2026, 5, 4),
        "Una sesión se repitió.",
    )


def test_the_clock_asks_every_minute_for_what_is_to_be_sealed():
    from calls.tasks import seal_what_is_over
    from jobs import schedule

    call = CallFactory(published=True)
    Call.objects.filter(pk=call.pk).update(
        opens_at=OPENING - timedelta(days=900), closes_at=CLOSE - timedelta(days=800)
    )

    seal_what_is_over()

    call.refresh_from_db()
    assert call.state == CallState.SEALED
    assert schedule.entries()[seal_what_is_over.name].minutes == 1


# Who may


def test_only_an_operator_of_the_agency_opens_changes_and_publishes_a_call():
    call = CallFactory()
    body = call.agency.body
    strangers = [member(Role.HEAD, body), member(Role.EDITOR, body), member(Role.OPERATOR), UserFactory()]

    for person in strangers:
        for act in (
            lambda by: calls.open(call.publication, by=by, at=BEFORE),
            lambda by: calls.describe(call, title="Otro", by=by, at=BEFORE),
            lambda by: calls.set_window(call, OPENING, CLOSE, by=by, at=BEFORE),
            lambda by: calls.set_dates(call, {}, by=by, at=BEFORE),
            lambda by: calls.publish(call, by=by, at=BEFORE),
            lambda by: calls.seal(call, by=by, at=CLOSE),
        ):
            with pytest.raises(PermissionDenied):
                act(person)


@pytest.mark.parametrize("until", ["draft", "published"])
def test_the_list_and_the_permission_to_read_a_call_agree(until):
    call = CallFactory(until=until)
    body = call.agency.body
    people = [member(role, body) for role in (Role.OPERATOR, Role.HEAD, Role.EDITOR)]
    people += [member(Role.OPERATOR), member(Role.AUDITOR), member(Role.REPRESENTATIVE), AnonymousUser()]

    seen = [Call.objects.visible_to(person).filter(pk=call.pk).exists() for person in people]

    assert seen == [person.has_perm("calls.view_call", call) for person in people]
    assert seen == ([True] * 7 if until == "published" else [True, True] + [False] * 5)
