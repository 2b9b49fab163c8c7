"""Planning rates an edition by the rubric of its Guide; the agency replies; the years are compared."""

import csv
import io

import pytest

from accounts.acts import ActNotPossible
from accounts.models import Notice, Role, TrailEntry
from accounts.verification import differences
from programs import rating_results
from programs.actions import publication, ratings, signoff
from programs.actions.ratings import Said
from programs.models import Edition, Rating, RatingMark, RubricCriterion
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.guides import RubricCriterionFactory, RubricFactory
from tests.factories.programs import (
    CITATION,
    PUBLISHED_AT,
    EditionFactory,
    GuideEditionFactory,
    ProgramFactory,
    people_of,
    publish,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def criteria():
    """One criterion of section I (2 points) and two of section III (2 and 4)."""
    guide = GuideEditionFactory()
    rubric = RubricFactory(guide=guide)
    for slug, axis, points in [
        ("legal-basis", "legal", 2),
        ("benefits", "operation", 2),
        ("process", "operation", 4),
    ]:
        component = guide.components.get(slug=slug)
        RubricCriterionFactory(rubric=rubric, component=component, key=slug, axis=axis, max_points=points)
    return {one.key: one for one in RubricCriterion.objects.select_related("component")}


@pytest.fixture
def edition(criteria):
    return EditionFactory(published=True)


@pytest.fixture
def assessor(edition):
    return people_of(edition).assessor


def rate(edition, assessor, criteria, **levels):
    """A rating handed in: complete unless said otherwise."""
    rating = ratings.begin(Edition.objects.get(pk=edition.pk), by=assessor)
    given = [(one, levels.get(key.replace("-", "_"), "complete")) for key, one in criteria.items()]
    said = [Said(one, level, "" if level == "complete" else "Falta.") for one, level in given]
    ratings.mark(rating, said, by=assessor)
    return ratings.hand_in(rating, by=assessor)


def test_the_result_is_the_points_given_of_those_that_could_be_given(edition, assessor, criteria):
    rating = rate(edition, assessor, criteria, process="partial", benefits="absent")

    result = rating_results.read(rating)
    assert (rating.points, rating.out_of) == (3, 8)
    assert str(result.total.percent) == "37.5"
    assert [(one.numeral, score.points, score.out_of) for one, _rows, score in result.sections] == [
        ("I", 2, 2), ("III", 1, 6),
    ]  # fmt: skip
    assert [(axis.value, score.points) for axis, score in result.axes] == [("legal", 2), ("operation", 1)]


def test_handing_in_is_sealed_and_told_to_the_agency(edition, assessor, criteria):
    rating = rate(edition, assessor, criteria)

    entry = TrailEntry.objects.about(rating).get(act="rating.hand_in")
    assert (entry.from_state, entry.to_state, entry.by) == ("draft", "handed_in", assessor)
    assert entry.sealed_fields == ["marks_sha256", "out_of", "points"]
    told = {notice.to for notice in Notice.objects.filter(kind="rating.handed_in")}
    assert told == {people_of(edition).editor, people_of(edition).head}
    assert list(differences()) == []
    RatingMark.objects.filter(criterion__key="process").update(points=1)
    assert [one.entry.act for one in differences()] == ["rating.mark"]


def test_what_was_handed_in_does_not_change(edition, assessor, criteria):
    rating = rate(edition, assessor, criteria)

    with pytest.raises(ratings.CannotRate, match="ya no cambia"):
        ratings.mark(rating, [Said(criteria["process"], "absent", "No.")], by=assessor)
    with pytest.raises((ratings.CannotRate, ActNotPossible)):
        ratings.hand_in(rating, by=assessor)


def test_what_is_short_of_complete_says_why(edition, assessor, criteria):
    rating = ratings.begin(edition, by=assessor)

    with pytest.raises(ratings.CannotRate, match="diga en un comentario"):
        ratings.mark(rating, [Said(criteria["process"], "partial", " ")], by=assessor)


def test_every_criterion_is_rated_before_it_is_handed_in(edition, assessor, criteria):
    rating = ratings.begin(edition, by=assessor)
    ratings.mark(rating, [Said(criteria["process"], "complete"), Said(criteria["benefits"], "")], by=assessor)

    with pytest.raises(ratings.CannotRate, match=r"Falta valorar: 1\. legal-basis, 3\. benefits"):
        ratings.hand_in(rating, by=assessor)


def test_a_criterion_said_again_the_same_writes_nothing(edition, assessor, criteria):
    rating = ratings.begin(edition, by=assessor)
    for _time in range(2):
        ratings.mark(rating, [Said(criteria["process"], "complete")], by=assessor)

    assert TrailEntry.objects.filter(act="rating.mark").count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ASSESSOR, Role.GUIDE_OWNER)])
def test_nobody_but_planning_rates(client, edition, assessor, role):
    other = MembershipFactory(role=role, body=assessor.memberships.get().body).user
    client.force_login(other)

    assert client.post(f"/redaccion/{edition.code}/valoracion/").status_code == 403
    with pytest.raises(ratings.CannotRate):
        ratings.begin(edition, by=other)


def test_an_edition_is_rated_from_its_sign_off_on(criteria):
    draft, sent = EditionFactory(complete=True), EditionFactory(sent=True)
    assessor = people_of(sent).assessor

    with pytest.raises(ratings.CannotRate, match="en firmas o publicada"):
        ratings.begin(draft, by=assessor)
    assert ratings.begin(sent, by=assessor).publication is None


def test_one_rating_at_a_time_and_the_last_one_counts(edition, assessor, criteria):
    first = rate(edition, assessor, criteria, process="absent")
    second = ratings.begin(edition, by=assessor)
    with pytest.raises(ratings.CannotRate, match="ya se está valorando"):
        ratings.begin(edition, by=assessor)

    assert rating_results.last_of(edition, UserFactory()) == first
    ratings.mark(second, [Said(one, "complete") for one in criteria.values()], by=assessor)
    ratings.hand_in(second, by=assessor)
    assert rating_results.last_of(edition, UserFactory()) == second


def test_a_guide_without_criteria_rates_nothing():
    edition = EditionFactory(published=True)

    with pytest.raises(ratings.CannotRate, match="no tiene rúbrica"):
        ratings.begin(edition, by=people_of(edition).assessor)


def test_the_assessor_goes_section_by_section_and_loses_nothing(client, edition, assessor, criteria):
    client.force_login(assessor)
    page = f"/redaccion/{edition.code}/valoracion/"
    client.post(page)
    section = f"{page}seccion/III/"

    refused = client.post(section, {"level-process": "partial", "comment-benefits": "Lo que escribí."})
    assert "diga en un comentario" in refused.text
    assert "Lo que escribí." in refused.text
    assert not RatingMark.objects.exists()

    kept = client.post(section, {"level-process": "complete", "level-benefits": "complete"})
    assert kept.headers["Location"] == page
    assert "2 de 3 criterios valorados" in client.get(page).text
    assert "1. legal-basis" in client.get(f"{page}entregar/").text
    assert client.post(f"{page}seccion/I/", {"level-legal-basis": "complete"}).headers["Location"] == section
    client.post(f"{page}entregar/")
    assert Rating.objects.get().state == "handed_in"


def test_a_rating_under_way_is_planning_s_alone(client, edition, assessor, criteria):
    rating = ratings.begin(edition, by=assessor)
    ratings.mark(rating, [Said(criteria["process"], "absent", "Secreto todavía.")], by=assessor)
    public = f"{edition.get_absolute_url()}valoracion/"
    inside = f"/redaccion/{edition.code}/valoracion/"

    assert "no se ha valorado" in client.get(public).text
    for person in (people_of(edition).editor, people_of(edition).head, UserFactory()):
        client.force_login(person)
        assert "Secreto" not in client.get(inside).text + client.get(public).text
        assert client.get(f"{inside}seccion/III/").status_code == 404
        assert client.get(f"{inside}entregar/").status_code == 404
    assert client.get("/api/v1/ratings/").json()["count"] == 0


def test_a_draft_s_rating_is_not_public_until_the_edition_is(client, criteria):
    edition = EditionFactory(sent=True)
    rate(edition, people_of(edition).assessor, criteria)
    stranger = UserFactory()

    assert not Rating.objects.visible_to(stranger).exists()
    assert Rating.objects.visible_to(people_of(edition).editor).count() == 1
    assert rating_results.compare(edition.program).ratings == []

    for role in ("legal", "budget", "auditor", "assessor"):
        signoff.sign(Edition.objects.get(pk=edition.pk), by=getattr(people_of(edition), role))
    head = people_of(edition).head
    publication.publish(Edition.objects.get(pk=edition.pk), by=head, at=PUBLISHED_AT, **CITATION)
    assert Rating.objects.visible_to(stranger).count() == 1


def test_the_agency_replies_to_a_criterion(client, edition, assessor, criteria):
    rate(edition, assessor, criteria, process="partial")
    editor = people_of(edition).editor
    client.force_login(editor)

    client.post(f"/redaccion/{edition.code}/valoracion/respuesta/process/", {"text": "Se corrige."})

    mark = RatingMark.objects.get(criterion__key="process")
    assert (mark.reply, mark.replied_by) == ("Se corrige.", editor)
    assert "Se corrige." in client.get(f"{edition.get_absolute_url()}valoracion/").text
    assert TrailEntry.objects.about(mark).filter(act="rating.reply").count() == 1
    assert list(differences()) == []


@pytest.mark.parametrize("role", ["legal", "operator", "assessor"])
def test_nobody_else_replies(client, edition, assessor, criteria, role):
    rating = rate(edition, assessor, criteria)
    other = getattr(people_of(edition), role)
    client.force_login(other)

    assert client.get(f"/redaccion/{edition.code}/valoracion/respuesta/process/").status_code == 403
    with pytest.raises(ratings.CannotReply):
        ratings.reply(rating.marks.first(), text="x", by=other)


def test_every_page_says_that_the_rubric_is_not_the_official_one(client, edition, assessor, criteria):
    rate(edition, assessor, criteria)

    assert "No es la rúbrica oficial" in client.get(f"{edition.get_absolute_url()}valoracion/").text
    years = client.get(f"/programas/{edition.program.code}/valoraciones/").text
    assert "rúbrica no oficial" in years


def test_the_years_of_a_program_are_compared_by_component(client, edition, assessor, criteria):
    rate(edition, assessor, criteria, process="partial")
    later = EditionFactory(program=edition.program, fiscal_year=2027, guide=edition.guide)
    publish(later)
    rate(later, assessor, criteria)
    address = f"/programas/{edition.program.code}/valoraciones"

    compared = rating_results.compare(edition.program)
    page, lines = client.get(f"{address}/").text, b"".join(client.get(f"{address}.csv")).decode("utf-8-sig")

    assert [one.year for one in compared.ratings] == [2026, 2027]
    scores = {slug: [(one.points, one.out_of) for one in found] for slug, _t, found in compared.rows}
    assert scores["process"] == [(1, 4), (4, 4)]
    assert ("62.5 %" in page, "100.0 %" in page) == (True, True)
    rows = list(csv.DictReader(io.StringIO(lines)))
    assert len(rows) == 6
    found = [(row["fiscal_year"], row["percent"]) for row in rows if row["component"] == "process"]
    assert found == [("2026", "25.0"), ("2027", "100.0")]


def test_the_api_gives_the_last_rating_of_each_public_edition(client, edition, assessor, criteria):
    rate(edition, assessor, criteria, process="absent")
    rate(edition, assessor, criteria)

    answer = client.get(f"/api/v1/ratings/?program={edition.program.code}").json()

    assert answer["count"] == 1
    row = answer["results"][0]
    assert (row["points"], row["out_of"], row["number"], row["rubric_is_confirmed"]) == (8, 8, 2, False)


def test_a_program_without_ratings_says_so(client):
    program = ProgramFactory()

    assert "Ninguna edición" in client.get(f"/programas/{program.code}/valoraciones/").text
    assert client.get(f"/programas/{ProgramFactory(unidentified=True).code}/valoraciones/").status_code == 404


@pytest.mark.parametrize("count", [1, 12])
def test_a_result_and_the_years_cost_the_same(
    client, edition, assessor, criteria, count, django_assert_num_queries
):
    rubric = criteria["process"].rubric
    for number in range(count):
        more = RubricCriterionFactory(rubric=rubric, key=f"mas-{number}")
        criteria[more.key] = more
    rate(edition, assessor, criteria)

    with django_assert_num_queries(4):
        client.get(f"{edition.get_absolute_url()}valoracion/")
    with django_assert_num_queries(3):
        client.get(f"/programas/{edition.program.code}/valoraciones/")
