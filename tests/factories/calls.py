"""Calls made from published Rules, with a whole schedule of ten milestones."""

from datetime import UTC, date, datetime, timedelta

import factory
from django.utils import timezone

from accounts.models import BodyKind, Role
from calls import schedule as schedules
from calls.actions import calls
from calls.models import ActualDate, Call, Extension, FolioSeries, PlannedDate
from programs import contents, snapshots
from programs.actions.editions import copy_rows, copy_texts
from programs.models import (
    Agency,
    CoverageArea,
    DisseminationAction,
    Edition,
    Milestone,
    MilestoneCode,
    Publication,
    Side,
    SupportModality,
)
from programs.states import EditionState
from tests.factories.accounts import BodyFactory, UserFactory, member
from tests.factories.programs import AgencyFactory, EditionFactory, ProgramFactory, people_of, publish
from tests.harness.taped import TapedFactory, taped

MONTHS_BEFORE = datetime(2026, 1, 20, 18, 0, tzinfo=UTC)
OPENING = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)  # 9:00 in central Mexico
CLOSE = datetime(2026, 4, 1, 6, 0, tzinfo=UTC)  # all of 31 March, 23:59 included

# The pattern of the real dates of 2024: the window inside a range, the rest computed or fixed
SCHEDULE = {
    "call_issued": {"side": Side.AGENCY, "on": date(2026, 3, 1), "latest": date(2026, 3, 20)},
    "call_closed": {"side": Side.CSO, "on": date(2026, 3, 10), "latest": date(2026, 4, 20)},
    "documents_delivered": {"side": Side.CSO, "days": 5, "unit": "business", "after": "call_closed"},
    "ruling": {"side": Side.COMMITTEE, "on": date(2026, 4, 24), "latest": date(2026, 5, 4)},
    "results_published": {"side": Side.AGENCY, "on": date(2026, 4, 30), "latest": date(2026, 5, 15)},
    "agreements_signed": {"side": Side.BOTH, "days": 15, "unit": "calendar", "after": "results_published"},
    "benefit_delivered": {"side": Side.AGENCY, "days": 10, "unit": "business", "after": "agreements_signed"},
    "project_operation": {"side": Side.CSO, "on": date(2026, 10, 30)},
    "reports_delivered": {"side": Side.CSO, "days": 15, "unit": "business", "after": "project_operation"},
    "verification_closed": {"side": Side.AGENCY, "on": date(2026, 12, 15)},
}


@taped
def published_rules(
    *,
    acronym="SISEMH",
    program=None,
    year=2026,
    schedule=None,
    modalities=1,
    is_demo=False,
    coverage=None,
    dissemination=(),
):
    """A publication with its frozen rows, without the way of sign-off; any schedule, even a wrong one."""
    program = program or _program(acronym)
    edition = EditionFactory(program=program, fiscal_year=year, complete=True, is_demo=is_demo)
    _lay_schedule(edition, schedule or SCHEDULE)
    if coverage is not None:
        _lay_coverage(edition, coverage)
    for key, day in dissemination:
        DisseminationAction.objects.create(edition=edition, key=key, medium=key.title(), on=day, position=9)
    for number in range(2, modalities + 1):
        SupportModality.objects.create(
            edition=edition, key=f"modalidad-{number}", name=f"Modalidad {number}", position=number,
            minimum=50_000, maximum=100_000 * number, own_share=10,
        )  # fmt: skip
    _stands(edition, EditionState.APPROVED, sent_by=people_of(edition).editor, sent_at=edition.created_at)
    publication = Publication.objects.create(
        edition=edition,
        gazette_date=date(year, 2, 26),
        gazette_volume="CDX",
        gazette_number="12",
        gazette_section="III",
        in_force_from=date(year, 2, 27),
        published_at=datetime(year, 2, 26, 18, 0, tzinfo=UTC),
        published_by=UserFactory(),
        snapshot="{}",
        sha256=snapshots.digest("{}"),
    )
    says = contents.read(edition)
    copy_texts(says.texts, publication)
    for model, rows in says.rows_by_model.items():
        copy_rows(rows, model, edition=edition, publication=publication)
    _stands(edition, EditionState.PUBLISHED)
    return publication


def _stands(edition, state, **changes):
    Edition.objects.filter(pk=edition.pk).update(state=state, **changes)
    edition.refresh_from_db()


def _program(acronym):
    agency = Agency.objects.filter(acronym=acronym).first()
    if agency is None:
        body = BodyFactory(kind=BodyKind.AGENCY, name_es=f"Dependencia {acronym}", short_name=acronym)
        agency = AgencyFactory(body=body, acronym=acronym)
    return ProgramFactory(agency=agency)


def _lay_schedule(edition, schedule):
    Milestone.objects.of_draft(edition).delete()
    for position, (code, rule) in enumerate(schedule.items()):
        Milestone.objects.create(edition=edition, key=code, code=code, position=position, **rule)


def _lay_coverage(edition, coverage):
    """Areas, each a level with its region and its municipality."""
    CoverageArea.objects.of_draft(edition).delete()
    for position, (level, region, key) in enumerate(coverage):
        CoverageArea.objects.create(
            edition=edition, key=f"lugar-{position}", position=position, level=level, region=region,
            municipality_key=key, name=region or "Jalisco",
        )  # fmt: skip


@taped
def signed_rules(*, schedule=None):
    """Rules published by the whole way of sign-off, so that they can be amended."""
    edition = EditionFactory(program=_program("SISEMH"), fiscal_year=2026, complete=True)
    laid = dict(schedule or SCHEDULE)
    first = laid["call_issued"]["on"] + timedelta(days=30)  # the checks ask for a whole window
    _lay_schedule(edition, laid | {"call_closed": laid["call_closed"] | {"on": first}})
    return publish(edition)


def open_call(*, rules=published_rules, **entries):
    """The same call some whole weeks later, so that it receives applications by the real clock too."""
    weeks = timedelta(weeks=(timezone.localdate() - date(2026, 3, 5)).days // 7)
    moved = {
        code: {name: value + weeks if isinstance(value, date) else value for name, value in rule.items()}
        for code, rule in SCHEDULE.items()
    }
    last = CLOSE - timedelta(minutes=1) + weeks
    return CallFactory(
        publication=rules(schedule=moved), published=True, opens=OPENING + weeks, closes=last, **entries
    )


def operator_of(call_or_publication, **person):
    """A person who operates the program's agency."""
    publication = getattr(call_or_publication, "publication", call_or_publication)
    return member(Role.OPERATOR, publication.edition.program.agency.body, **person)


class CallFactory(TapedFactory):
    """A draft call opened from published Rules; traits play the acts that bring it further.

    ``opens`` and ``closes`` are its first and last accepted minutes: by default what the Rules propose, or
    2 to 31 March 2026 where they propose fewer than thirty days.
    """

    class Meta:
        model = Call

    class Params:
        published = factory.Trait(until="published")
        sealed = factory.Trait(until="sealed")
        released = factory.Trait(until="released")

    publication = factory.LazyFunction(published_rules)
    opens = None
    closes = None
    until = "draft"
    by = None
    summary = "Apoyo económico a organizaciones que previenen violencias contra mujeres y niñas."

    @classmethod
    def _create(cls, model_class, publication, opens, closes, until, by, **entries):
        by = by or operator_of(publication)
        call = calls.open(publication, by=by, at=publication.published_at)
        opens, closes = _window(call, opens, closes)
        before = max(opens - timedelta(days=2), publication.published_at)
        calls.describe(call, by=by, at=before, **entries)
        call = calls.set_window(call, opens, closes, by=by, at=before)
        for name, moment in (
            ("published", before),
            ("sealed", closes + timedelta(minutes=1)),
            ("released", closes + timedelta(days=30)),
        ):
            if until == "draft":
                break
            act = {"published": calls.publish, "sealed": calls.seal, "released": calls.release}[name]
            call = act(call, by=by, at=moment)
            if name == until:
                break
        call.refresh_from_db()
        return call


def _window(call, opens, closes):
    if opens is None and schedules.window_days(call.opens_at, call.closes_at, call.zone) >= 30:
        opens, closes = call.opens_at, closes or schedules.last_minute(call.closes_at)
    return opens or OPENING, closes or CLOSE - timedelta(minutes=1)


class PlannedDateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PlannedDate

    call = factory.SubFactory(CallFactory)
    milestone = MilestoneCode.RULING
    on = date(2026, 4, 24)
    number = 9
    reason = "Se suma una sesión."
    by = factory.SubFactory(UserFactory)
    at = MONTHS_BEFORE


class ActualDateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ActualDate

    call = factory.SubFactory(CallFactory)
    milestone = MilestoneCode.RULING
    on = date(2026, 4, 24)
    by = factory.SubFactory(UserFactory)
    at = MONTHS_BEFORE


class ExtensionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Extension

    call = factory.SubFactory(CallFactory, published=True)
    number = 1
    former_closes_at = CLOSE
    closes_at = CLOSE + timedelta(days=5)
    reason = "El portal falló el último día."
    by = factory.SubFactory(UserFactory)
    at = OPENING


class FolioSeriesFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FolioSeries

    series = factory.Sequence(lambda n: f"SERIE-{n}")
