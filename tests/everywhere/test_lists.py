"""Every list costs the same number of queries for one row as for thirty (quality.md, P1).

A list is an address, what adds rows to it, the words that stand once in each row, and its budget: a
literal number. Lists whose rows need their own story (notices, teams, jobs, the applicant's, the
evaluation's) have the same test beside that story.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.everywhere import rows

pytestmark = pytest.mark.django_db
COUNTS = [1, 30]


@dataclass(frozen=True)
class Listed:
    """A list: where it is, what adds rows, the words that stand once in each, and what it costs."""

    address: str
    add: Callable
    row: str
    cost: int
    page: int = 30  # how many rows a page shows
    times: int = 1  # how many rows one of those added makes


ROW = '<th scope="row"'
DESK = f"/solicitudes/mesa/{rows.CALL}/"
QUESTIONS = f"/convocatorias/{rows.CALL}/preguntas/"
LISTS = {
    "mailbox": Listed("/correo/", rows.letters, ">Carta ", 2),
    "guides": Listed("/guia/", rows.guides, "/rubrica/", 1),
    "programs": Listed("/programas/", rows.programs, ROW, 2),
    "program": Listed(f"/programas/{rows.PROGRAM}/", rows.editions, '">PDF</a>', 8),
    "matrix": Listed("/armonizacion/", rows.programs, 'class="cell"', 8, page=20),
    "matrix.csv": Listed("/armonizacion/matriz.csv", rows.programs, "PROG-", 5),
    "matrix.json": Listed("/armonizacion/matriz.json", rows.programs, '"PROG-', 5),
    "trends": Listed("/armonizacion/tendencias/?ejercicio=2026", rows.trend, "<figcaption>DEP", 9, page=12),
    "trends.csv": Listed("/armonizacion/tendencias.csv?ejercicio=2026", rows.kept_days, "PROG-", 2),
    "heat.csv": Listed("/armonizacion/mapa.csv", rows.programs, ",DEP", 6),
    "drafting": Listed("/redaccion/", rows.drafting, "/firmas/", 10, page=25),
    "calls": Listed("/convocatorias/", rows.only_calls, '<li class="card">', 5, page=20),
    "calendar": Listed("/convocatorias/calendario.ics", rows.milestones, "BEGIN:VEVENT", 3),
    "calls to come": Listed(
        f"/convocatorias/proximas/?agency={rows.TO_COME}", rows.planned_calls, '<li class="card">', 6, page=20
    ),
    "tentative": Listed(
        "/convocatorias/calendario.ics", rows.planned_calls, "STATUS:TENTATIVE", 5, page=60, times=2
    ),
    "subscription": Listed(f"/convocatorias/suscripcion/{rows.TOKEN}/", rows.interests, 'name="remove"', 6),
    "promises": Listed("/convocatorias/fechas/", rows.milestones, ROW, 3, page=20),
    "desks": Listed("/solicitudes/mesa/", rows.desks, ROW, 6, page=20),
    "desk": Listed(DESK, rows.at_the_desk, "/expediente/", 9),
    "entered": Listed(f"/solicitudes/mesa/{rows.CALL}/asistidas/", rows.entered, ROW, 8),
    "desk.csv": Listed(f"{DESK}lista.csv", rows.at_the_desk, "SOL-", 5),
    "questions": Listed(
        f"/convocatorias/{rows.CALL}/preguntas/", rows.questions, "Respuesta del", 8, page=20
    ),
    "dissemination": Listed(
        f"/convocatorias/{rows.CALL}/difusion/", rows.evidence, 'https://demo.example/difusion"', 3, page=19
    ),
    "sessions": Listed("/sesiones/", rows.sessions, ROW, 6),
    "results": Listed("/resultados/", rows.calls_with_results, ROW, 2, page=20),
    "results of a call": Listed(f"/resultados/{rows.CALL}/", rows.results, '<details id="SOL-', 13),
    "feedback": Listed(
        f"/evaluacion/convocatoria/{rows.CALL}/retroalimentacion/", rows.feedback, ROW, 7, page=20
    ),
    "remedies": Listed(f"/evaluacion/convocatoria/{rows.CALL}/medios/", rows.remedies, ROW, 7, page=20),
    "reports": Listed("/contraloria/denuncias/", rows.reports, ROW, 6, page=20),
    # A row of feedback and one of remedies for each call
    "after the results": Listed(
        "/resultados/retroalimentacion/", rows.calls_with_results, ROW, 4, page=40, times=2
    ),
    # Read by somebody who holds every role: nobody else is asked for so much
    "my board": Listed("/mi/", rows.waiting, '<tr><th scope="row"><span><a href', 33, page=1000, times=20),
    "follow-up": Listed("/seguimiento/", rows.followed_up, "Llamado ", 15),
}
# The tables of the API: what adds rows, and the cost
TABLES = {
    "agencies": (rows.agencies, 3),
    "programs": (rows.programs, 2),
    "editions": (rows.editions, 3),
    "practices": (rows.practices, 2),
    "assessments": (rows.programs, 2),
    "days": (rows.kept_days, 2),
    "ratings": (rows.ratings, 2),
    "calls": (rows.only_calls, 3),
    "forecast": (rows.planned_calls, 6),
    "milestones": (rows.milestones, 2),
    "feedback": (rows.calls_with_results, 3),
    "remedies": (rows.calls_with_results, 3),
    "results": (rows.results, 5),
    "questions": (rows.questions, 4),
    "dissemination": (rows.evidence, 2),
}


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_for_one_row_as_for_thirty(client, name, count, django_assert_num_queries):
    one = LISTS[name]
    reader = one.add(count)
    if reader:
        client.force_login(reader)

    with django_assert_num_queries(one.cost):
        text = b"".join(client.get(one.address)).decode()

    assert text.count(one.row) == min(count * one.times, one.page)


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_the_api_costs_the_same_for_one_row_as_for_thirty(
    client, name, count, django_assert_num_queries
):
    add, cost = TABLES[name]
    add(count)

    with django_assert_num_queries(cost):
        response = client.get(f"/api/v1/{name}/")

    assert len(response.json()["results"]) == count
