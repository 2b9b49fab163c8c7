"""The whole story of the portal, chapter by chapter: from a draft of Rules to results that everybody reads.

Played in real time by the accounts of the demonstration, with the Rules of a program of COECYTJAL.
Every person acts in a browser of their own; nothing is written past the screens.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pikepdf

ZONE = ZoneInfo("America/Mexico_City")
PROGRAM = "Difusión y Divulgación de la Ciencia, la Tecnología y la Innovación"
MODALITY = "Divulgación en comunidades"
GAZETTE_WEEKDAYS = (1, 3, 5)  # Tuesday, Thursday, Saturday
WINDOW = timedelta(minutes=2)  # at least; a slow machine gets more, by what it needed so far
DOCUMENTS = (
    "Acta constitutiva y sus modificaciones",
    "Constancia de situación fiscal",
    "Carta bajo protesta de decir verdad",
    "Cronograma de actividades del proyecto",
)
EVALUATORS = ("evaluator", "evaluator2", "evaluator3")
CONFLICTED = "evaluator3"  # worked for one of the organizations
JUDGES = ("chair", "secretary", "member", "member2", *EVALUATORS)
CRITERIA = (
    "Pertinencia del diagnóstico",
    "Coherencia de objetivos y actividades",
    "Reducción de desigualdades y grupos prioritarios",
    "Capacidad para realizarlo",
    "Presupuesto razonable",
)


@dataclass(frozen=True)
class Project:
    """What an organization applies with."""

    organization: str
    title: str
    asked: int
    municipality: str

    @property
    def lines(self):
        return (
            ("Honorarios de quienes dan las actividades", "Talleristas", self.asked * 45 // 100),
            ("Materiales y consumibles", "Materiales de los talleres", self.asked * 45 // 100),
            ("Traslados y viáticos", "Visitas a las localidades", self.asked * 10 // 100),
        )


STRONG = Project("Casa Abierta", "Ciencia en la plaza", 200_000, "Zapopan")
WEAK = Project("Puentes del Valle", "Cielos de noche", 100_000, "Tonalá")


def now():
    return datetime.now(ZONE)


@dataclass
class Story:
    """What the chapters hand to one another: the windows, and what has come to exist on the way."""

    windows: object
    edition: str = ""
    call: str = ""
    closes: datetime | None = None
    folios: dict = field(default_factory=dict)
    addresses: dict = field(default_factory=dict)  # of the application of each project
    receipts: dict = field(default_factory=dict)  # the address of each project's
    blind: dict = field(default_factory=dict)  # of the blind copies of each project, by who scores it
    remedy: str = ""  # its address
    papers: dict = field(default_factory=dict)
    began: datetime = field(default_factory=now)

    @property
    def window(self):
        """How long the call stays open: enough for two applications at the pace of this machine."""
        return max(WINDOW, 3 * (now() - self.began))

    @property
    def today(self):
        return now().date()

    @property
    def year(self):
        return self.today.year + 1

    @property
    def call_title(self):
        return f"{PROGRAM} {self.year}"


def paper(title):
    """A small PDF, as somebody would attach."""
    pdf, out = pikepdf.new(), BytesIO()
    pdf.add_blank_page()
    pdf.docinfo["/Title"] = title
    pdf.save(out)
    return out.getvalue()


# I. The Rules


def an_editor_drafts_next_year_s_rules(story):
    with story.windows.of("editor.coecytjal") as editor:
        editor.enter("Redacción")
        editor.follow("Nueva edición")
        editor.choose("Programa", PROGRAM)
        editor.fill("Ejercicio fiscal", story.year)
        editor.choose("Empezar con el texto y los datos de", f"{PROGRAM} {story.year - 1} (COECYTJAL)")
        editor.press("Empezar el borrador")
        story.edition = editor.address.rstrip("/").rsplit("/", 1)[-1]
        editor.sees(f"Se empezó el borrador {story.edition}", "18 componentes · 18 listos")

        editor.follow("10 Procesos de operación")
        _date(editor, "Publicación de la convocatoria", story.today - timedelta(29), story.today)
        _date(
            editor,
            "Cierre de la recepción de solicitudes",
            story.today - timedelta(1),
            story.today + timedelta(30),
        )
        editor.sees("1 punto bloquea", "La convocatoria está abierta 29 días naturales y debe estarlo 30")
        _date(editor, "Cierre de la recepción de solicitudes", story.today, story.today + timedelta(30))
        editor.sees("Nada bloquea")

        editor.follow("Revisión y firmas", within=editor.page)
        editor.press("Enviar a firmas")
        editor.sees("Revisión jurídica", "Es su turno")


def _date(editor, milestone, on, latest):
    editor.follow(f"Cambiar: {milestone}")
    editor.fill("Fecha", on)
    editor.fill("A más tardar", latest)
    editor.press("Guardar")


def four_people_sign_it(story):
    for signer in ("legal.coecytjal", "budget", "auditor", "assessor"):
        with story.windows.of(signer) as person:
            person.follow(f"Revisar y firmar las Reglas de {PROGRAM} {story.year}")
            person.press("Firmar")
            person.sees("Usted firmó el borrador")


def the_head_publishes_it(story):
    with story.windows.of("head.coecytjal") as head:
        head.follow(f"Publicar las Reglas de {PROGRAM} {story.year}")
        head.fill("Fecha en el periódico oficial", gazette_day(story.today))
        head.fill("Tomo", "DEMOSTRACIÓN")
        head.fill("Número", "1")
        head.fill("En vigor desde", story.today)
        head.tick("Leí lo que se hace público")
        head.press("Publicar las Reglas")
        head.sees("Las Reglas están publicadas")
        booklet = head.waits_for_link(f"Reglas de Operación {story.year}")
        story.papers["booklet"] = head.reads_pdf(booklet)


def gazette_day(day):
    while day.weekday() not in GAZETTE_WEEKDAYS:
        day -= timedelta(1)
    return day


# II. The call


def an_operator_opens_a_call(story):
    with story.windows.of("operator.coecytjal") as operator:
        operator.follow(f"Abrir una convocatoria de las Reglas de {PROGRAM} {story.year}")
        operator.press("Abrir el borrador de la convocatoria")
        story.call = operator.address.split("/")[-3]
        opens, story.closes = now(), (now() + story.window).replace(second=0, microsecond=0)
        operator.fill("En pocas palabras", "Ferias y talleres de ciencia en comunidades (demostración).")
        operator.fill("Presupuesto de esta convocatoria", "250,000")
        operator.fill("Abre el", opens.date())
        operator.fill("Hora de apertura", f"{opens:%H:%M}")
        operator.fill("Cierra el", story.closes.date())
        operator.fill("Último minuto que se acepta", f"{story.closes:%H:%M}")
        operator.press("Guardar el borrador")
        assert "debe durar al menos 30" in operator.error_at("Cierra el")
        assert (
            operator.kept("En pocas palabras")
            == "Ferias y talleres de ciencia en comunidades (demostración)."
        )

        operator.main.get_by_text("Menos de 30 días: quién lo autorizó").click()
        operator.fill("Quién autorizó menos de 30 días", "Junta de gobierno (demostración)")
        operator.fill("Razón", "Ensayo general del portal.")
        operator.fill("Periódico oficial o acuerdo que lo dice", "Acuerdo JG-1")
        operator.press("Guardar el borrador")
        operator.follow("Continuar para publicar")
        operator.press("Publicar la convocatoria")
        operator.sees("La convocatoria es pública")


# III. The applications


def a_drafter_writes_and_the_representative_sends(story):
    with story.windows.of("drafter") as drafter:
        _begin(drafter, story, STRONG)
        _write(drafter, STRONG)
        _attach(drafter)
        _spend(drafter, STRONG)
        drafter.sees("No falta nada", "solo la representación legal de la organización puede enviar")
    with story.windows.of("representative") as representative:
        representative.go(story.addresses[STRONG])
        representative.follow("Revisar y enviar")
        representative.press("Enviar la solicitud")
        representative.sees("Marque la declaración para poder enviar")
        _send(representative, story, STRONG)


def another_organization_applies_by_itself(story):
    with story.windows.of("org02") as representative:
        _begin(representative, story, WEAK)
        _write(representative, WEAK)
        _attach(representative)
        _spend(representative, WEAK)
        _send(representative, story, WEAK)


def _begin(person, story, project):
    person.enter("Convocatorias")
    person.follow(story.call_title)
    person.follow("Iniciar solicitud")
    person.tick(project.organization)
    person.tick(MODALITY)
    person.press("Comenzar")
    person.sees("0 de 7 temas completos")
    story.addresses[project] = person.address


def _write(person, project):
    """The conditions, the project and the questions of the Rules; one date is first typed wrongly."""
    person.follow("Condiciones para solicitar")
    person.tick("Sí", question="¿Su organización está legalmente constituida")
    person.tick("Sí", question="¿Su organización tendrá al menos un año")
    person.tick("No", question="¿Tiene su organización comprobaciones vencidas")
    person.press("Guardar y continuar")
    person.fill("Título del proyecto", project.title)
    person.tick(MODALITY)
    person.fill("Monto solicitado, en pesos", f"{project.asked:,}")
    person.choose("Municipio donde se realiza el proyecto", project.municipality)
    person.press("Guardar y continuar")
    person.fill(
        "¿Qué problema atiende el proyecto y a quién afecta?", "Cuatro localidades sin museo ni talleres."
    )
    person.tick("Niñas, niños y adolescentes")
    person.press("Guardar y continuar")
    person.fill("¿Qué cambiará gracias al proyecto?", "300 niñas y niños harán un experimento propio.")
    person.fill("¿Qué actividades hará y en qué orden?", "Doce talleres, tres ferias y un catálogo.")
    person.fill("¿A cuántas personas atenderá?", "300")
    person.fill("¿Cuándo empezará el proyecto?", "pronto")
    person.press("Guardar y continuar")
    assert "día/mes/año" in person.error_at("¿Cuándo empezará el proyecto?")
    assert person.kept("¿Cuándo empezará el proyecto?") == "pronto"
    person.fill("¿Cuándo empezará el proyecto?", f"15/03/{now().year + 1}")
    person.press("Guardar y continuar")
    person.fill(
        "Cuente la experiencia de su organización en el tema.",
        f"{project.organization} da talleres desde 1999.",
    )
    person.press("Guardar y continuar")


def _attach(person):
    for title in DOCUMENTS:
        section = person.main.locator(
            "section", has=person.page.get_by_role("heading", name=title, exact=True)
        )
        if section.get_by_text("Está entre los documentos de su organización").count():
            continue  # the organization keeps it: it is not asked for again
        file = {"name": f"{title}.pdf", "mimeType": "application/pdf", "buffer": paper(title)}
        section.locator("input[type=file]").set_input_files(file)
        person.press("Adjuntar", within=section)
    person.follow("Continuar")


def _spend(person, project):
    for number, (concept, what, amount) in enumerate(project.lines, start=1):
        line = person.group(f"Renglón {number}")
        person.choose("Concepto", concept, within=line)
        person.fill("En qué consiste", what, within=line)
        person.fill("Del apoyo", f"{amount:,}", within=line)
    person.press("Guardar y continuar")
    person.sees("Revisar y enviar", "No falta nada")


def _send(person, story, project):
    person.tick("Declaro, en representación legal")
    person.press("Enviar la solicitud")
    person.sees("Recibimos su solicitud")
    story.folios[project] = next(
        word for word in person.main.inner_text().split() if word.startswith(f"SOL-{story.call}")
    )
    story.receipts[project] = person.address


# IV. The committee and the desk


def the_public_reads_the_announcement(story):
    with story.windows.of() as anyone:
        anyone.go("/convocatorias/")
        anyone.follow(story.call_title)
        anyone.sees("Por qué menos de 30 días", "Junta de gobierno")
        story.papers["announcement"] = anyone.reads_pdf(
            anyone.waits_for_link(f"Convocatoria: {story.call_title}")
        )


def nothing_more_is_received_after_the_last_minute(story):
    """Wait for the end of the last minute; the portal seals the reception by itself."""
    with story.windows.of("operator.coecytjal") as operator:
        left = story.closes + timedelta(minutes=1) - now()
        operator.page.wait_for_timeout(max(left.total_seconds(), 0) * 1000)
        operator.go(f"/convocatorias/{story.call}/gestion/")
        for _try in range(90):
            if operator.main.get_by_text("Recepción cerrada").count():
                break
            operator.looks_again()
        operator.sees("lo recibido ya no puede cambiar")


def each_organization_opens_its_receipt(story):
    """What was sent near the close has its receipt in PDF after it."""
    for project, person in ((STRONG, "representative"), (WEAK, "org02")):
        with story.windows.of(person, at=story.receipts[project]) as representative:
            receipt = representative.waits_for_link("Abrir el acuse en PDF")
            story.papers[f"receipt of {project.title}"] = representative.reads_pdf(receipt)


def the_operator_appoints_the_committee(story):
    seats = {
        "chair": "Titular de la unidad responsable o quien designe",
        "secretary": "Dirección operativa del programa",
        "member": "Persona especialista de una institución académica",
        "member2": "Persona de la sociedad civil sin solicitud en la convocatoria",
    }
    with story.windows.of("operator.coecytjal") as operator:
        operator.follow(f"Coordinar la evaluación de {story.call_title}")
        for person, seat in seats.items():
            operator.follow(f"Nombrar · {seat}")
            operator.fill("Correo electrónico de la persona", f"{person}@demo.example")
            operator.fill("Cómo se eligió a esta persona", "Como señalan las Reglas")
            operator.press("Nombrar")
        for person in EVALUATORS:
            operator.follow("Agregar a una persona evaluadora")
            operator.fill("Correo electrónico de la persona evaluadora", f"{person}@demo.example")
            operator.press("Agregar")
        operator.sees("Chela Presidenta", "Eva Evaluadora")


def everybody_declares(story):
    for local in JUDGES:
        with story.windows.of(local) as person:
            person.enter("Evaluación")
            panel = person.main.locator("section", has_text=story.call)
            person.follow("Declarar conflictos de interés", within=panel)
            person.sees(STRONG.organization, WEAK.organization)
            if local == "chair":
                person.press("Firmar la declaración")
                person.sees("Marque la declaración")
            if local == CONFLICTED:
                _declares_a_tie(person, WEAK.organization)
            person.tick("Declaro que no tengo conflicto de interés")
            person.press("Firmar la declaración")
            person.sees("Su declaración quedó guardada")


def _declares_a_tie(person, organization):
    row = person.main.get_by_role("row").filter(has_text=organization)
    row.get_by_role("combobox").select_option(label="Trabajo, actual o anterior")
    row.get_by_role("textbox").first.fill("Trabajó ahí hasta hace un año.")


def the_desk_checks_and_admits(story):
    with story.windows.of("operator.coecytjal") as operator:
        for project in (STRONG, WEAK):
            operator.enter("Solicitudes")
            operator.follow(story.call_title)
            operator.follow(story.folios[project])
            for answer in operator.main.get_by_label("Cumple").all()[: len(DOCUMENTS)]:
                answer.check()
            operator.press("Guardar la revisión")
        operator.enter("Solicitudes")
        operator.follow(story.call_title)
        operator.follow("Admitir las completas")
        operator.press("Admitir las marcadas")
        operator.enter("Mi tablero")
        operator.follow(f"Coordinar la evaluación de {story.call_title}")
        operator.press("Comprometer el sorteo")
        operator.press("Sortear y repartir los expedientes")
        operator.sees("Se pidió el sorteo")
        operator.waits_for("4 expedientes repartidos")


# V. The scores


def the_evaluators_score_blind(story):
    """Two score both files; the third, who worked for one of the organizations, has the other alone."""
    for local in EVALUATORS:
        with story.windows.of(local) as evaluator:
            for alias in _files_of(evaluator, story):
                evaluator.enter("Evaluación")
                evaluator.follow(alias)
                _knows_nobody(evaluator, story)
                project = STRONG if STRONG.title in evaluator.everything else WEAK
                story.blind.setdefault(project, {})[local] = evaluator.address
                _score(evaluator, best=project is STRONG)
    assert {project: len(read) for project, read in story.blind.items()} == {STRONG: 2, WEAK: 2}
    assert CONFLICTED in story.blind[STRONG]
    assert CONFLICTED not in story.blind[WEAK]


def _files_of(evaluator, story):
    """The aliases that stand on the board of somebody who scores."""
    evaluator.enter("Evaluación")
    _knows_nobody(evaluator, story)
    files = evaluator.main.get_by_role("row").filter(has_text="En evaluación")
    return [name.strip() for name in files.get_by_role("rowheader").all_inner_texts()]


def _knows_nobody(evaluator, story):
    """Nothing that was sent to this browser says whose project it is."""
    for project in (STRONG, WEAK):
        assert project.organization not in evaluator.everything
        assert story.folios[project] not in evaluator.everything


def _score(evaluator, *, best):
    place = -1 if best else 1
    for criterion in CRITERIA:
        evaluator.group(criterion).get_by_role("radio").all()[place].check()
        evaluator.main.get_by_label(f"Justificación: la organización la leerá · {criterion}").fill(
            f"Se valoró con los niveles de las Reglas: {criterion.lower()}."
        )
    evaluator.press("Guardar y revisar antes de entregar")
    _wait_for(evaluator, "Entregar la evaluación")
    evaluator.press("Entregar")
    evaluator.sees("Entregada y sellada")


def _wait_for(person, heading):
    person.page.get_by_role("heading", name=heading).first.wait_for()


# VI. The session


def the_committee_meets(story):
    with story.windows.of("secretary") as secretary:
        secretary.enter("Evaluación")
        panel = secretary.main.locator("section", has_text=story.call)
        secretary.follow("Coordinación de la evaluación", within=panel)
        secretary.follow("Convocar a sesión")
        secretary.fill("Fecha y hora (hora del centro de México)", f"{now():%Y-%m-%dT%H:%M}")
        secretary.fill("Lugar o enlace", "En línea")
        secretary.press("Convocar")
    with story.windows.of("chair") as chair:
        _to_the_session(chair, story)
        for each in chair.group("Quiénes asisten").get_by_role("checkbox").all():
            each.check()
        chair.press("Abrir con quienes asisten")
        chair.sees(story.folios[STRONG], story.folios[WEAK])
    for local in ("member", "member2"):
        with story.windows.of(local) as member:
            _to_the_session(member, story)
            member.press("Votar los demás como propone la prelación")
            member.sees("Sus votos quedaron registrados")


def _to_the_session(person, story):
    person.enter("Mi tablero")
    person.follow("Sesión del comité")


def the_chair_rules_with_reasons(story):
    with story.windows.of("chair") as chair:
        for project, outcome in ((STRONG, "Apoyado"), (WEAK, "No apoyado")):
            _to_the_session(chair, story)
            chair.follow(story.folios[project])
            chair.tick(outcome, question="Mi voto")
            chair.press("Votar")
            _rule(chair, project, outcome)
        _to_the_session(chair, story)
        chair.fill("Acuerdos y observaciones para el acta", "Se resolvieron los dos expedientes.")
        chair.press("Cerrar la sesión")
        chair.sees("Cerrada el")


def _rule(chair, project, outcome):
    """First without reasons: it is said at the field, and what was typed is still there."""
    basis = "Componente 9 de las Reglas, criterios y calificación mínima."
    chair.tick(outcome, question="Dictamen")
    chair.fill("Monto otorgado", project.asked if project is STRONG else "")
    chair.fill("Fundamento legal", basis)
    chair.press("Emitir el dictamen")
    assert chair.error_at("Motivos"), chair.main.inner_text()
    assert chair.kept("Fundamento legal") == basis
    chair.fill("Motivos", f"El comité valoró «{project.title}» con los criterios publicados.")
    chair.press("Emitir el dictamen")
    chair.sees("El dictamen se emitió")


# VII. The results


def nothing_is_known_before_the_release(story):
    with story.windows.of() as anyone:
        answer = anyone.page.request.get(f"/resultados/{story.call}/")
        assert answer.status == 404
    with story.windows.of("representative") as representative:
        representative.enter("Mis solicitudes")
        representative.follow(STRONG.title)
        assert "Apoyado" not in representative.everything


def the_head_releases_the_results(story):
    with story.windows.of("head.coecytjal") as head:
        head.follow(f"Leer y publicar los resultados de {story.call_title}")
        head.sees(STRONG.title, WEAK.title)
        head.tick("Leí los dictámenes y los avisos")
        head.press("Publicar todos los resultados")
        head.sees("Los resultados son públicos")


def everybody_reads_the_results(story):
    with story.windows.of(width=360) as anyone:
        anyone.go("/")
        anyone.enter("Resultados")
        anyone.follow(story.call_title)
        anyone.sees(STRONG.organization, WEAK.organization, "Apoyado", "No apoyado")
        story.papers["results"] = anyone.reads_pdf(anyone.waits_for_link("Lista de resultados (PDF)"))


def the_organization_reads_its_scorecard(story):
    with story.windows.of("representative") as representative:
        representative.enter("Mis solicitudes")
        representative.follow(STRONG.title)
        representative.sees("Apoyado", *CRITERIA)
        story.papers["letter"] = representative.reads_pdf(representative.waits_for_link("Carta"))


def the_monitoring_committee_follows_up(story):
    with story.windows.of("monitoring") as monitoring:
        monitoring.enter("Seguimiento")
        monitoring.follow(f"{story.year} · demostración")
        monitoring.sees("Con resultados")
        monitoring.enter("Armonización")
        monitoring.sees("GP-01")
