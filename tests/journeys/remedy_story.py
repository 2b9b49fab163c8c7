"""After the results: the organization that was not selected learns why, asks, and has its result looked at.

Who looks at it again is another person than those who scored it, voted on it and signed the ruling.
"""

from tests.journeys.onlookers import JUSTIFIED, is_let_into_nothing, names_no_evaluator, status_of
from tests.journeys.story import CRITERIA, WEAK

QUESTION = "¿Qué datos faltaron en el diagnóstico?"
ABOUT_A_CRITERION = "¿Qué esperaban de nuestras actividades?"
ANSWER = "Faltaron los datos de población de cada localidad."
ANSWER_ABOUT_IT = "Se esperaba una persona responsable de cada actividad."
PLEA = "Los datos de población están en el cronograma: pedimos que se valoren."
EFFECT = "Se corrige el motivo sobre el diagnóstico; el resultado y el dinero quedan igual."
GROUNDS = "El cronograma trae los datos, aunque no los responsables."


def the_organization_opens_its_result(story):
    """Who decided, by which criteria and why, with what each evaluation wrote; no evaluator is named."""
    with story.windows.of("org02") as representative:
        representative.enter("Mis solicitudes")
        representative.follow(WEAK.title)
        representative.sees("No apoyado", f"El comité valoró «{WEAK.title}»", JUSTIFIED, *CRITERIA)
        story.papers["scorecard"] = representative.reads_pdf(representative.waits_for_link("Ficha"))
        names_no_evaluator(representative)


def the_organization_asks_for_feedback(story):
    with story.windows.of("org02") as representative:
        _to_what_can_be_done(representative)
        representative.follow("Escribir antes las preguntas")
        representative.fill("Lo que quiere saber", QUESTION)
        representative.fill(CRITERIA[1], ABOUT_A_CRITERION)
        representative.press("Pedir retroalimentación")
        representative.sees("Se preguntó a la dependencia", QUESTION, ABOUT_A_CRITERION)


def _to_what_can_be_done(person):
    person.enter("Mis solicitudes")
    person.follow(WEAK.title)
    person.follow("Qué se puede hacer ahora")
    person.sees("No apoyado")


def the_operator_answers_it(story):
    """First without the reason that is counted in public: it is said at the field, and nothing is lost."""
    with story.windows.of("operator.coecytjal") as operator:
        operator.follow("Responder 1 solicitud de retroalimentación")
        operator.follow(story.folios[WEAK])
        operator.sees(QUESTION)
        operator.fill("La respuesta", ANSWER)
        operator.fill(f"Respuesta sobre «{CRITERIA[1]}»", ANSWER_ABOUT_IT)
        operator.press("Enviar respuesta")
        operator.sees("Elija el motivo principal")
        assert operator.kept("La respuesta") == ANSWER
        operator.tick("El problema no se muestra con datos", question="Motivo principal del resultado")
        operator.press("Enviar respuesta")
        operator.sees("Se envió la respuesta. Se avisó a la organización.")


def the_organization_reads_the_answer_and_asks_to_reconsider(story):
    with story.windows.of("org02") as representative:
        _to_what_can_be_done(representative)
        representative.follow("Lo que se preguntó y se respondió")
        representative.sees(ANSWER, ANSWER_ABOUT_IT, "El problema no se muestra con datos")
        _to_what_can_be_done(representative)
        row = representative.main.get_by_role("row").filter(has_text="Reconsideración")
        representative.follow("Presentarlo aquí", within=row)
        representative.press("Presentarlo")
        representative.sees("Escriba lo que pide y por qué")
        representative.fill("Lo que pide y por qué", PLEA)
        representative.press("Presentarlo")
        representative.sees("Se recibió con el folio REC-")
        story.remedy = representative.address
        story.papers["remedy receipt"] = representative.reads_pdf(representative.waits_for_link("Acuse"))


def those_who_decided_do_not_decide_again(story):
    """The chair, who signed, reads what was filed and is offered nothing; the desk neither."""
    for local in ("chair", "operator.coecytjal"):
        with story.windows.of(local, at=story.remedy) as person:
            person.sees(PLEA)
            assert not person.main.get_by_role("button", name="Admitir el medio de defensa").count()
            person.enter("Mi tablero")
            assert "Resolver 1 medio de defensa" not in person.everything


def another_person_resolves_it(story):
    """The head of the agency, who neither scored nor voted nor signed, admits it, studies it and resolves."""
    with story.windows.of("head.coecytjal") as head:
        head.follow("Resolver 1 medio de defensa")
        head.follow("REC-")
        head.sees(PLEA)
        head.press("Admitir el medio de defensa")
        head.press("Tomarlo en estudio")
        head.tick("Se modifica el resultado", question="Lo que se resuelve")
        head.fill("Motivos", GROUNDS)
        head.fill("Fundamento legal", "Componente 10 de las Reglas.")
        head.press("Firmar la resolución")
        assert "Diga qué cambia" in head.error_at("Qué cambia"), head.main.inner_text()
        assert head.kept("Motivos") == GROUNDS
        head.fill("Qué cambia", EFFECT)
        head.press("Firmar la resolución")
        head.sees("Hecho. Se avisó a las dos partes.", "Resuelto")


def the_organization_reads_the_resolution(story):
    with story.windows.of("org02") as representative:
        _to_what_can_be_done(representative)
        representative.sees("Este resultado cambió después", EFFECT)
        representative.go(story.remedy)
        representative.sees("Se modifica el resultado", EFFECT, GROUNDS)
        resolution = representative.waits_for_link("Resolución")
        story.papers["resolution"] = representative.reads_pdf(resolution)


def the_journalist_reads_what_it_changed(story):
    """What a resolution changes is public, with its day; what was asked and why it was granted is not."""
    with story.windows.of() as journalist:
        journalist.go(f"/resultados/{story.call}/")
        journalist.sees("Este resultado cambió después", EFFECT, f"El comité valoró «{WEAK.title}»")
        for secret in (QUESTION, ABOUT_A_CRITERION, ANSWER, ANSWER_ABOUT_IT, PLEA, GROUNDS):
            assert secret not in journalist.everything, secret
        names_no_evaluator(journalist)
        journalist.go("/resultados/retroalimentacion/")
        assert story.call in journalist.everything
        assert WEAK.organization not in journalist.everything
        assert status_of(journalist, story.remedy) in (302, 404)
        is_let_into_nothing(journalist, story)
