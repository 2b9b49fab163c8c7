"""A criterion and its levels in one form: together, or not at all."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from programs.actions import criteria
from programs.models import Criterion, CriterionLevel
from tests.factories.programs import EditionFactory, people_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return EditionFactory(complete=True)


@pytest.fixture
def as_editor(client, edition):
    client.force_login(people_of(edition).editor)
    return client


def address(edition, key="diagnostico"):
    return reverse("programs:row_change", args=[edition.code, "criterion", key])


def typed(*levels, **values):
    """A form as the browser sends it: the criterion, then its levels as (key, points, label, descriptor)."""
    sent = {"name": "Diagnóstico", "weight": "40", "levels-TOTAL_FORMS": str(len(levels))}
    sent["levels-INITIAL_FORMS"] = str(sum(bool(level[0]) for level in levels))
    for place, level in enumerate(levels):
        names = ("key", "points", "label", "descriptor")
        sent |= {f"levels-{place}-{name}": value for name, value in zip(names, level, strict=True)}
    return sent | values


HELD = [
    ("diagnostico-0", "0", "Ausente", "Ausente."),
    ("diagnostico-20", "20", "Parcial", "Parcial."),
    ("diagnostico-40", "40", "Completo", "Completo."),
]
EMPTY = ("", "", "", "")


def levels(edition, key="diagnostico"):
    rows = CriterionLevel.objects.of_draft(edition).filter(criterion_key=key).order_by("points")
    return list(rows.values_list("key", "points", "label"))


def test_the_page_shows_the_levels_and_the_points_of_all_criteria(as_editor, edition):
    page = as_editor.get(address(edition))

    assert [form.initial.get("points") for form in page.context["levels"]] == [0, 20, 40, None, None]
    assert "Suman 100." in page.text


def test_a_criterion_is_saved_with_its_levels(as_editor, edition):
    better = ("diagnostico-20", "25", "A medias", "A medias.")
    sent = typed(HELD[0], better, HELD[2], ("", "10", "Básico", "Básico."), EMPTY, name="Otro")

    response = as_editor.post(address(edition), sent)

    assert response.status_code == 302
    assert Criterion.objects.get(key="diagnostico").name == "Otro"
    assert [(points, label) for _key, points, label in levels(edition)] == [
        (0, "Ausente"),
        (10, "Básico"),
        (25, "A medias"),
        (40, "Completo"),
    ]
    assert ("diagnostico-20", 25, "A medias") in levels(edition)


def test_a_level_is_taken_out(as_editor, edition):
    as_editor.post(address(edition), typed(*HELD) | {"levels-1-DELETE": "on"})

    assert [points for _key, points, _label in levels(edition)] == [0, 40]


def test_two_levels_trade_their_points(as_editor, edition):
    traded = [("diagnostico-0", "20", "Ausente", "A."), ("diagnostico-20", "0", "Parcial", "P."), HELD[2]]

    assert as_editor.post(address(edition), typed(*traded)).status_code == 302

    assert levels(edition)[:2] == [("diagnostico-20", 0, "Parcial"), ("diagnostico-0", 20, "Ausente")]


def test_the_same_points_twice_are_refused_beside_the_field_and_nothing_is_kept(as_editor, edition):
    before = levels(edition)

    page = as_editor.post(address(edition), typed(*HELD, ("", "20", "Otro", "Otro."), name="Otro"))

    assert page.status_code == 200
    assert [list(form.errors) for form in page.context["levels"]] == [[], [], [], ["points"]]
    assert 'value="Otro"' in page.text
    assert levels(edition) == before
    assert Criterion.objects.get(key="diagnostico").name == "Diagnostico"


@pytest.mark.parametrize("half", [("", "10", "", ""), ("", "", "Otro", ""), ("", "101", "Otro", "Otro.")])
def test_a_level_half_said_is_answered(as_editor, edition, half):
    page = as_editor.post(address(edition), typed(*HELD, half))

    assert page.status_code == 200
    assert page.context["levels"].forms[-1].errors
    assert len(levels(edition)) == 3


def test_a_new_criterion_comes_with_its_levels(as_editor, edition):
    page = reverse("programs:row_add", args=[edition.code, "criterion"])
    sent = typed(("", "0", "No", "No."), ("", "5", "Sí", "Sí."), EMPTY, name="Nuevo", weight="5", more="1")

    response = as_editor.post(page, sent)

    assert response.url == address(edition, "nuevo")
    assert [(points, label) for _key, points, label in levels(edition, "nuevo")] == [(0, "No"), (5, "Sí")]


def test_a_level_of_another_criterion_is_not_taken_by_its_key(as_editor, edition):
    sent = typed(*HELD, ("desigualdad-60", "7", "Robado", "Robado."))

    as_editor.post(address(edition), sent)

    assert ("desigualdad-60", 60, "Completo") in levels(edition, "desigualdad")
    assert [points for _key, points, _label in levels(edition)] == [0, 7, 20, 40]


def test_a_request_without_levels_leaves_them(as_editor, edition):
    as_editor.post(address(edition), {"name": "Otro", "weight": "40"})

    assert Criterion.objects.get(key="diagnostico").name == "Otro"
    assert len(levels(edition)) == 3


def test_the_act_itself_refuses_twins(edition):
    row = Criterion.objects.get(key="diagnostico")
    twins = [{"points": 5, "label": "A", "descriptor": "A."}, {"points": 5, "label": "B", "descriptor": "B."}]

    with pytest.raises(ValidationError):
        criteria.save(row, edition, twins, by=people_of(edition).editor, name="Otro")

    assert Criterion.objects.get(key="diagnostico").name == "Diagnostico"
