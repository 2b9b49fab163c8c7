"""How Rules come to be, chapter by chapter: from a blank edition of next year to an amendment.

Played by the accounts of the demonstration with a program of SGG, each at a screen of their own.
``story.show`` keeps a picture of the moment where somebody asked for pictures.
"""

from dataclasses import dataclass
from pathlib import Path

from tests.journeys.story import gazette_day, now

PROGRAM = "Por la Inclusión de Personas con Discapacidad"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RULES_OF_ANOTHER = "/reglas/SICYT-ICDT/{}.docx"
OBJECTIVE = "Que más personas con discapacidad participen en la vida de su comunidad."
LEFT_OUT = (
    "3. Información básica",
    "4. Objetivos",
    "8. Características de los apoyos",
    "15. Transparencia y difusión",
    "17. Quejas y denuncias",
)


@dataclass
class RulesStory:
    """What the chapters hand to one another."""

    windows: object
    pictures: Path | None = None
    edition: str = ""

    @property
    def year(self):
        return now().year + 1

    @property
    def name(self):
        return f"{PROGRAM} {self.year}"

    def show(self, person, name):
        """Keep a picture of what the person sees now."""
        if self.pictures:
            person.page.screenshot(path=self.pictures / f"{name}.png", animations="disabled")


def an_editor_begins_a_blank_edition(story):
    with story.windows.of("editor.sgg") as editor:
        editor.enter("Redacción")
        editor.follow("Nueva edición")
        editor.choose("Programa", PROGRAM)
        editor.fill("Ejercicio fiscal", story.year)
        story.show(editor, "1-edicion-en-blanco")
        editor.press("Empezar el borrador")
        story.edition = editor.address.rstrip("/").rsplit("/", 1)[-1]
        editor.sees(f"Se empezó el borrador {story.edition}", "18 componentes · 0 listos")


def the_editor_writes_a_text_and_its_data(story):
    with drafting(story) as editor:
        component(editor, "3 Información básica")
        editor.follow("Agregar: Presupuesto")
        editor.fill("Presupuesto autorizado", "15,000,000")
        editor.fill("De él, gastos de operación", "300,000")
        editor.press("Guardar")
        write(editor, "El presupuesto autorizado es de [[presupuesto.autorizado]] ")
        story.show(editor, "2-texto-y-datos")
        component(editor, "4 Objetivos")
        write(editor, OBJECTIVE)


def drafting(story):
    """The window of the editor, at the draft."""
    return story.windows.of("editor.sgg", at=f"/redaccion/{story.edition}/")


def component(editor, name):
    editor.follow(name, within=editor.page)


def write(editor, words):
    """Type into the text of the component and wait until it says that it is kept."""
    editor.page.locator(".ProseMirror").click()
    editor.page.keyboard.press("Control+End")
    editor.page.keyboard.type(words)
    editor.page.wait_for_selector("[data-autosave-stamp][data-state=saved]")


def the_editor_adopts_two_clauses_of_other_agencies(story):
    with drafting(story) as editor:
        for place, practice, source in (
            ("15 Transparencia", "GP-11", "COECYTJAL"),
            ("17 Quejas", "GP-01", "SISEMH"),
        ):
            editor.go(f"/redaccion/{story.edition}/")
            component(editor, place)
            component(editor, f"Cláusulas que la cumplen: {practice}")
            editor.follow(f"Adoptar: {source}")
            editor.sees("Cómo quedaría el componente")
            story.show(editor, f"3-adoptar-{practice.lower()}")
            editor.press("Adoptar la cláusula")
            editor.sees(source)


def the_rest_comes_from_a_word_document(story):
    with drafting(story) as editor:
        document = editor.page.request.get(RULES_OF_ANOTHER.format(story.year - 1)).body()
        component(editor, "Incorporar un documento de Word")
        editor.main.locator("input[type=file]").set_input_files(
            {"name": "reglas.docx", "mimeType": WORD, "buffer": document}
        )
        editor.press("Leer el documento")
        editor.waits_for("partes encontraron su componente")
        for title in LEFT_OUT:
            editor.choose(f"A dónde va «{title}»", "Dejarlo fuera, con sus datos")
        story.show(editor, "4-documento-de-word")
        editor.press("Incorporarlo al borrador")
        editor.sees("El documento se incorporó al borrador")


def the_editor_mends_what_blocks(story):
    with drafting(story) as editor:
        component(editor, "Revisión y firmas")
        editor.sees("Corrija lo que bloquea", "No hay un contacto del Órgano Interno de Control")
        story.show(editor, "5-lo-que-bloquea")
        editor.go(f"/redaccion/{story.edition}/")
        component(editor, "8 Características")
        write(editor, "Se apoyan proyectos de inclusión. ")
        editor.follow("Agregar: Modalidad de apoyo")
        editor.fill("Modalidad", "Proyectos de inclusión")
        editor.fill("Monto mínimo", "50,000")
        editor.fill("Monto máximo", "490,000")
        editor.fill("Techo de la modalidad", "14,700,000")
        editor.fill("Aportación propia, % del costo total", "10")
        editor.press("Guardar")
        for means, value in (("Teléfono", "33 0000 0000"), ("Correo electrónico", "osc@demo.example")):
            contact(editor, "15 Transparencia", "Asesoría", means, value)
        contact(editor, "15 Transparencia", "Asesoría", "Domicilio", "Calle Ficticia 1, Guadalajara")
        contact(
            editor,
            "17 Quejas",
            "Órgano Interno de Control: quejas y denuncias",
            "Correo electrónico",
            "oic@demo.example",
        )
        editor.sees("Nada bloquea")
        story.show(editor, "6-nada-bloquea")


def contact(editor, place, purpose, means, value):
    component(editor, place)
    editor.follow("Agregar: Contacto")
    editor.choose("Para", purpose)
    editor.choose("Medio de contacto", means)
    editor.fill("Número, dirección o página", value)
    editor.press("Guardar")


def it_is_sent_and_four_people_sign_it(story):
    with drafting(story) as editor:
        component(editor, "Revisión y firmas")
        editor.press("Enviar a firmas")
    for signer in ("legal.sgg", "budget", "auditor", "assessor"):
        with story.windows.of(signer) as person:
            person.follow(f"Revisar y firmar las Reglas de {story.name}")
            story.show(person, "7-firma")
            person.press("Firmar")
            person.sees("Usted firmó el borrador")


def the_head_publishes_it(story):
    with story.windows.of("head.sgg") as head:
        head.follow(f"Publicar las Reglas de {story.name}")
        cite(head, number="2")
        story.show(head, "8-publicar")
        head.tick("Leí lo que se hace público")
        head.press("Publicar las Reglas")
        head.sees("Las Reglas están publicadas")
        head.follow("Ver la página pública")
        head.sees(OBJECTIVE, "El presupuesto autorizado es de $15,000,000.00")
        story.show(head, "9-reglas-publicadas")


def cite(head, *, number):
    today = now().date()
    head.fill("Fecha en el periódico oficial", gazette_day(today))
    head.fill("Tomo", "DEMOSTRACIÓN")
    head.fill("Número", number)
    head.fill("En vigor desde", today)


def the_editor_amends_it(story):
    with drafting(story) as editor:
        component(editor, "Modificaciones")
        editor.fill("Por qué se modifican las Reglas", "Aumentó el presupuesto autorizado.")
        editor.press("Iniciar la modificación")
        editor.follow("Ir a los componentes")
        component(editor, "3 Información básica")
        editor.follow("Cambiar")
        editor.fill("Presupuesto autorizado", "15,300,000")
        editor.fill("De él, gastos de operación", "600,000")
        editor.press("Guardar")
        component(editor, "Modificación 1")
        editor.sees("Lo que cambia hasta ahora", "$15,300,000.00")
        story.show(editor, "10-modificacion")
        component(editor, "Revisión y firmas")
        editor.press("Enviar a firmas")


def the_amendment_is_signed_published_and_read(story):
    for signer in ("legal.sgg", "budget", "auditor", "assessor"):
        with story.windows.of(signer) as person:
            person.follow(f"Revisar y firmar las Reglas de {story.name}")
            person.press("Firmar")
    with story.windows.of("head.sgg") as head:
        head.follow(f"Publicar las Reglas de {story.name}")
        cite(head, number="3")
        head.tick("Leí lo que se hace público")
        head.press("Publicar")
        head.follow("Ver la página pública")
        head.sees("El presupuesto autorizado es de $15,300,000.00")
        story.show(head, "11-reglas-modificadas")
        address = head.address
    with story.windows.of(at=address.split("?")[0]) as anyone:
        anyone.sees("$15,300,000.00", "con la modificación que se le hizo")


CHAPTERS = (
    an_editor_begins_a_blank_edition,
    the_editor_writes_a_text_and_its_data,
    the_editor_adopts_two_clauses_of_other_agencies,
    the_rest_comes_from_a_word_document,
    the_editor_mends_what_blocks,
    it_is_sent_and_four_people_sign_it,
    the_head_publishes_it,
    the_editor_amends_it,
    the_amendment_is_signed_published_and_read,
)
