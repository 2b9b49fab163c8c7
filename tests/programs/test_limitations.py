"""A regulatory limitation cites its norm, ends on a day, and comes back to both sides when it does."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from accounts.models import Notice, TrailEntry
from documents import renderings
from programs import duties, gaps, harmony
from programs.actions import practices
from programs.actions.practices import CannotAssess, CannotReview
from programs.loading import load_reference
from programs.models import Assessment, AssessmentVersion, GuideEdition, Practice, Program
from programs.tasks import review_limitations
from tests.factories.accounts import UserFactory
from tests.factories.programs import EditionFactory, fill, people_of, publish
from tests.harness.taped import taped

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 2, 16, 0, tzinfo=UTC)
LAST = date(2026, 6, 30)
NORM = {"norm": "Norma de prueba", "article": "artículo 0", "last_day": LAST}


def noon(day):
    return datetime(day.year, day.month, day.day, 18, 0, tzinfo=UTC)


@pytest.fixture
@taped
def edition():
    load_reference()
    made = EditionFactory(
        program=Program.objects.get(code="SISEMH-API"), guide=GuideEdition.objects.get(), code="ROP-X-2026-01"
    )
    publish(fill(made))
    return made


def limit(edition, *, at=AT, **changes):
    practice = Practice.objects.get(code="GP-07")
    said = NORM | changes
    return practices.assess(edition, practice, "limited", by=people_of(edition).editor, at=at, **said)


@pytest.fixture
def limited(edition):
    return limit(edition)


# What it takes to declare and to confirm one


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"norm": " "}, "norm"),
        ({"article": ""}, "article"),
        ({"last_day": None}, "last_day"),
        ({"last_day": date(2026, 2, 1)}, "last_day"),
        ({"last_day": date(2028, 1, 1)}, "last_day"),
    ],
)
def test_a_limitation_without_norm_article_or_end_is_refused_beside_its_field(edition, changes, field):
    with pytest.raises(CannotAssess) as refused:
        limit(edition, **changes)

    assert list(refused.value.errors) == [field]


@pytest.mark.parametrize("last_day", [date(2026, 2, 2), date(2027, 12, 31)])
def test_it_may_end_today_and_at_the_end_of_the_next_fiscal_year(edition, last_day):
    assert limit(edition, last_day=last_day).last_day == last_day


def test_the_end_of_the_fiscal_year_is_proposed(client, edition):
    client.force_login(people_of(edition).editor)

    shown = client.get(f"/redaccion/{edition.code}/practicas/GP-07/").text

    assert 'name="last_day" value="2026-12-31"' in shown


@pytest.mark.parametrize("missing", [{"article": ""}, {"last_day": None}])
def test_the_database_refuses_one_of_the_portal_without_article_or_end(limited, missing):
    with pytest.raises(IntegrityError, match="assessment_limited_has_article_and_end"), transaction.atomic():
        Assessment.objects.filter(pk=limited.pk).update(**missing)


def test_the_database_lets_nothing_else_end(limited):
    with pytest.raises(IntegrityError, match="assessment_only_a_limitation_ends"), transaction.atomic():
        Assessment.objects.filter(pk=limited.pk).update(verdict="adopted", source="Portal")


def test_another_verdict_leaves_norm_and_end_behind(limited):
    practices.assess(
        limited.edition, limited.practice, "partial", by=people_of(limited.edition).editor,
        observation="Falta el formato", **NORM,
    )  # fmt: skip

    limited.refresh_from_db()
    assert (limited.norm, limited.article, limited.last_day) == ("", "", None)


def test_planning_confirms_it_only_with_where_it_read_the_norm(limited):
    assessor = people_of(limited.edition).assessor
    with pytest.raises(CannotReview):
        practices.confirm(limited, by=assessor, at=AT)

    practices.confirm(limited, by=assessor, at=AT, note="Leída en el periódico oficial.")

    assert (limited.review, limited.reviewed_by, limited.reviewed_at) == ("confirmed", assessor, AT)


def test_planning_does_not_confirm_what_is_over(limited):
    with pytest.raises(CannotReview):
        practices.confirm(
            limited, by=people_of(limited.edition).assessor, note="Leída.", at=noon(LAST + timedelta(days=1))
        )


# What it counts for, read from its day


@pytest.mark.parametrize(("days", "is_expired"), [(0, False), (1, True)])
def test_it_holds_through_its_last_day(limited, days, is_expired):
    assert limited.is_expired_on(LAST + timedelta(days=days)) is is_expired


@pytest.fixture
def confirmed(limited):
    return practices.confirm(limited, by=people_of(limited.edition).assessor, at=AT, note="Leída.")


@pytest.mark.parametrize(
    ("day", "standing", "explained", "step"),
    [
        (LAST, "limited", 1, "Revisar con el área jurídica si la norma aún la limita."),
        (LAST + timedelta(days=1), "expired", 0, "La limitación venció: declare de nuevo la práctica."),
    ],
)
def test_only_in_force_it_explains_the_gap(confirmed, day, standing, explained, step):
    with time_machine.travel(noon(day), tick=False):
        matrix = harmony.read_matrix(2026)
        cell = matrix.cell(confirmed.practice, confirmed.edition.program)
        found = gaps.gaps_of(matrix, confirmed.edition.program)

        assert (cell.standing, matrix.explained.number) == (standing, explained)
        assert [gap.step for gap in found if gap.practice.code == "GP-07"] == [step]


def test_one_that_planning_has_not_confirmed_explains_nothing(limited):
    with time_machine.travel(noon(LAST), tick=False):
        assert harmony.read_matrix(2026).explained.number == 0


PLACES = {
    "matrix": "/armonizacion/?ejercicio=2026",
    "matrix filtered": "/armonizacion/?ejercicio=2026&veredicto=expired",
    "practice": "/armonizacion/practicas/GP-07/",
    "edition": "/reglas/SISEMH-API/2026/",
    "cell": "/reglas/SISEMH-API/2026/practicas/GP-07/",
    "checklist": "/redaccion/ROP-X-2026-01/practicas/",
}


@pytest.mark.parametrize("place", PLACES)
def test_every_page_marks_it_expired_though_no_job_has_run(client, confirmed, place):
    with time_machine.travel(noon(LAST + timedelta(days=1)), tick=False):
        client.force_login(people_of(confirmed.edition).editor)

        assert "Limitación vencida" in client.get(PLACES[place]).text


def test_api_and_csv_say_that_it_is_over(client, confirmed):
    with time_machine.travel(noon(LAST + timedelta(days=1)), tick=False):
        found = client.get("/api/v1/assessments/?fiscal_year=2026").json()["results"][0]
        sheet = client.get("/armonizacion/matriz.csv?ejercicio=2026").text

    assert (found["verdict"], found["article"], found["last_day"], found["is_expired"]) == (
        "limited", "artículo 0", "2026-06-30", True,
    )  # fmt: skip
    assert '"Norma de prueba, artículo 0",2026-06-30,true' in sheet


@pytest.mark.parametrize(("kind", "subject"), [("harmonization", 2026), ("checklist", "ROP-X-2026-01")])
def test_the_reports_say_that_it_is_over(confirmed, kind, subject):
    with time_machine.travel(noon(LAST + timedelta(days=1)), tick=False):
        text = str(renderings.request(kind, subject).content)

    assert "Limitación vencida" in text


# What comes back, to whom, and once


def told():
    about = Notice.objects.filter(kind__startswith="assessment.")
    return sorted(about.values_list("kind", "to__email"))


def run(day):
    with time_machine.travel(noon(day), tick=False):
        review_limitations()


def test_both_sides_are_warned_a_month_before_and_told_once_when_it_is_over(limited):
    people = people_of(limited.edition)
    both = sorted([people.editor.email, people.assessor.email])

    run(LAST - timedelta(days=31))
    assert told() == []
    run(LAST - timedelta(days=30))
    run(LAST - timedelta(days=29))
    assert told() == [("assessment.ends", email) for email in both]

    run(LAST + timedelta(days=1))
    run(LAST + timedelta(days=1))
    run(LAST + timedelta(days=5))
    assert [one for one in told() if one[0] == "assessment.expired"] == [
        ("assessment.expired", email) for email in both
    ]
    kinds = AssessmentVersion.objects.of(limited.edition, limited.practice).values_list("kind", flat=True)
    assert list(kinds) == ["declared", "expired"]
    assert TrailEntry.objects.about(limited).last().act == "assessment.expire"


def test_after_missed_days_it_is_told_as_over_and_not_as_ending(limited):
    run(LAST + timedelta(days=40))

    assert {kind for kind, _email in told()} == {"assessment.expired"}


def test_the_words_are_those_of_the_person_told(limited):
    people = people_of(limited.edition)
    people.assessor.language = "en"
    people.assessor.save(update_fields=["language"])

    run(LAST + timedelta(days=1))

    ours, theirs = (
        Notice.objects.get(to=people.editor, kind="assessment.expired"),
        Notice.objects.get(to=people.assessor, kind="assessment.expired"),
    )
    assert ours.body.startswith("Norma de prueba, artículo 0 la limitó hasta el 30 de junio de 2026.")
    assert ours.link == f"/redaccion/{limited.edition.code}/practicas/GP-07/"
    assert theirs.body.startswith("Norma de prueba, artículo 0 limited it until 30 June 2026.")
    assert theirs.link == "/reglas/SISEMH-API/2026/practicas/GP-07/"


def duties_about(user):
    return [one.link for one in duties.duties_of(user) if "GP-07" in one.what]


def test_it_returns_to_the_inbox_by_its_day_alone_and_leaves_when_declared_again(limited):
    people = people_of(limited.edition)
    declare = f"/redaccion/{limited.edition.code}/practicas/GP-07/"
    with time_machine.travel(noon(LAST), tick=False):
        assert duties_about(people.editor) == []

    with time_machine.travel(noon(LAST + timedelta(days=1)), tick=False):
        assert duties_about(people.editor) == [declare]
        assert duties_about(people.assessor) == ["/reglas/SISEMH-API/2026/practicas/GP-07/"]
        assert duties_about(UserFactory()) == []

        again = limit(limited.edition, last_day=date(2026, 12, 31), at=noon(LAST + timedelta(days=1)))
        assert duties_about(people.editor) == []
        assert (again.review, again.expired_at, again.warned_at) == ("pending", None, None)


def test_what_planning_contested_waits_for_the_agency_alone(limited):
    people = people_of(limited.edition)
    practices.contest(limited, by=people.assessor, note="La norma cambió.", at=AT)

    with time_machine.travel(noon(LAST + timedelta(days=1)), tick=False):
        assert duties_about(people.assessor) == []
