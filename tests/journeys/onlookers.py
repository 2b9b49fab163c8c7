"""Those who may see little of an evaluation: who is kept from a file, and who writes for a newspaper.

A journalist has no account: reads what anybody reads, and tries the addresses that others would give away.
"""

from tests.journeys.story import CONFLICTED, CRITERIA, EVALUATORS, STRONG, WEAK

NAMES = ("Eva Evaluadora", "Efraín Evaluador", "Estela Evaluadora")
JUSTIFIED = f"Se valoró con los niveles de las Reglas: {CRITERIA[0].lower()}."


def the_conflicted_evaluator_finds_the_file_nowhere(story):
    """Not on the board, nor by what others call it, nor by the address of the application or its papers."""
    with story.windows.of(CONFLICTED) as evaluator:
        for page in ("/evaluacion/", "/mi/", "/avisos/", f"/evaluacion/convocatoria/{story.call}/hoja/"):
            evaluator.go(page)
            _tells_nothing_of(evaluator, WEAK, story)
        ours, theirs = story.blind[STRONG][CONFLICTED], story.blind[WEAK].values()
        assert status_of(evaluator, ours) == 200
        for blind in theirs:
            for address in (blind, f"{blind}entregar/", f"{blind}documentos/cronograma/"):
                assert status_of(evaluator, address) == 404, address
        for address in _of_the_application(story, WEAK):
            assert status_of(evaluator, address) == 404, address


def _tells_nothing_of(person, project, story):
    for word in (project.title, project.organization, story.folios[project]):
        assert word not in person.everything, f"{person.address} tells {word}"


def _of_the_application(story, project):
    """The page of the application, its file, what came with it and what follows it."""
    page = story.addresses[project]
    result = page.replace("/solicitudes/", "/mi-resultado/")
    assert result != page
    return (page, f"{page}expediente/", f"{page}acuse/", f"{page}revision/", result)


def status_of(person, address):
    """What an address answers to this person, who is sent nowhere else."""
    return person.page.request.get(address, max_redirects=0).status


# The journalist


def the_journalist_reads_who_will_rule_and_no_more(story):
    """Before the release: the committee by name, the draw by its hash; of files and results nothing."""
    with story.windows.of() as journalist:
        journalist.go(f"/convocatorias/{story.call}/comite/")
        journalist.sees("Chela Presidenta")
        names_no_evaluator(journalist)
        journalist.go(f"/convocatorias/{story.call}/sorteo/")
        journalist.sees("Se publica con los resultados de la convocatoria")
        _tells_nothing_of(journalist, WEAK, story)
        journalist.go("/resultados/")
        assert story.call_title not in journalist.everything
        assert _released(journalist, story) == []
        assert status_of(journalist, f"/resultados/{story.call}/") == 404
        assert status_of(journalist, f"/convocatorias/{story.call}/sorteo/1.json") == 404
        is_let_into_nothing(journalist, story)


def the_journalist_reads_ranking_and_reasons(story):
    """After the release: who got what, in which order and why. Who scored it stays unknown."""
    with story.windows.of(width=360) as journalist:
        journalist.go(f"/resultados/{story.call}/")
        for project in (STRONG, WEAK):
            journalist.sees(project.title, project.organization, f"El comité valoró «{project.title}»")
        journalist.sees("Personas evaluadoras: 1", *CRITERIA)
        names_no_evaluator(journalist)
        assert JUSTIFIED not in journalist.everything
        listed = {row["project"]: row["outcome"] for row in _released(journalist, story)}
        assert listed == {STRONG.title: "award", WEAK.title: "not_awarded"}
        drawn = journalist.page.request.get(f"/convocatorias/{story.call}/sorteo/1.json")
        assert drawn.ok
        assert not [name for name in (*NAMES, *EVALUATORS) if name in drawn.text()]
        minutes = journalist.waits_for_link("Acta")
        story.papers["minutes"] = journalist.reads_pdf(minutes)
        is_let_into_nothing(journalist, story)


def _released(person, story):
    """What the API gives of the results of the call."""
    answer = person.page.request.get(f"/api/v1/results/?call={story.call}")
    assert answer.ok, answer.status
    return answer.json()["results"]


def names_no_evaluator(person):
    assert [name for name in NAMES if name in person.everything] == []


def is_let_into_nothing(person, story):
    """Whoever has no account is sent to sign in, or told that there is nothing."""
    for project in (STRONG, WEAK):
        blind = story.blind[project].values()
        for address in (*_of_the_application(story, project), *blind):
            assert status_of(person, address) in (302, 404), address
