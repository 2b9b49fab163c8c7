"""A large world, written in bulk: many programs, ten years of published Rules, one draft of forty pages.

It is what the measures need and nothing else; the people and bodies are invented.
"""

from datetime import UTC, date, datetime
from itertools import cycle, islice, product
from random import Random

from django.core.management import call_command
from django.db import connection

from accounts.models import Body, BodyKind, Membership, Role
from benchmarks import texts
from programs.actions.editions import start_draft
from programs.comparison.words import folded
from programs.models import (
    Agency,
    Assessment,
    ComponentText,
    Edition,
    GuideEdition,
    Practice,
    Program,
    Publication,
    PublishedClause,
    Verdict,
)
from programs.states import EditionState
from tests.factories.accounts import UserFactory

YEARS = range(2016, 2026)
MEASURED_YEAR = 2025
PROGRAMS_OF_AN_AGENCY = 5
WHEN = datetime(2016, 1, 9, 16, 0, tzinfo=UTC)
WORDS = (  # noqa: SIM905 -- a text is easier to read
    "apoyo organización programa dependencia comprobación gasto convocatoria dictaminación comité requisito "
    "entrega plazo hábil informe actividad municipio población beneficiaria proyecto recurso ministración "
    "publicación resultado criterio puntaje evaluación transparencia participación contraloría denuncia"
).split()
COMMON, RARE = "solicitud", "comprobación del gasto"
chance = Random(2025)  # noqa: S311 -- the same world each time


def reference():
    """What every portal has: the Guide with its components, and the practices."""
    call_command("load_reference", verbosity=0)


def grow(programs):
    """Add programs, each with a published edition of every year, until there are so many."""
    lacking = programs - Edition.objects.of_year(MEASURED_YEAR).count()
    added = [program for agency in _agencies(lacking) for program in _programs(agency)][:lacking]
    Program.objects.bulk_create(added)
    editions = _editions(added)
    _texts(editions)
    _publish(editions)
    _put_in_commons(editions)
    _assess([edition for edition in editions if edition.fiscal_year == MEASURED_YEAR])


def draft_of_forty_pages():
    """A draft whose components hold a thousand words each, and the person who writes it."""
    program = Program.objects.exclude(agency=None).order_by("-pk").first()
    writer = UserFactory()
    Membership.objects.create(user=writer, body=program.agency.body, role=Role.EDITOR, since=WHEN)
    draft = start_draft(program, 2027, guide=GuideEdition.objects.published().first(), by=writer)
    for text in draft.texts.all():
        text.text = prose(1000)
        text.save()
    return draft, writer


def prose(words):
    """Paragraphs of some eighty words, a heading and a list now and then."""
    return "".join(
        f"<h3>{_some(4)}</h3><p>{_some(70)}</p><ul><li>{_some(5)}</li><li>{_some(5)}</li></ul>"
        for _paragraph in range(max(words // 84, 1))
    )


def _some(words):
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."


def _agencies(programs):
    first = Agency.objects.count()
    for number in range(first, first + -(-programs // PROGRAMS_OF_AN_AGENCY)):
        body = Body.objects.create(
            kind=BodyKind.AGENCY, name_es=f"Dependencia {number}", short_name=f"D{number}"
        )
        yield Agency.objects.create(body=body, acronym=f"D{number}")


def _programs(agency):
    for number in range(PROGRAMS_OF_AN_AGENCY):
        yield Program(
            agency=agency, code=f"{agency.acronym}-P{number}", name_es=f"Programa {agency} {number}"
        )


def _editions(programs):
    guide = GuideEdition.objects.published().first()
    return Edition.objects.bulk_create(
        Edition(
            program=program,
            fiscal_year=year,
            guide=guide,
            code=f"ROP-{program.code}-{year}",
            created_at=WHEN,
            state=EditionState.DRAFT,
        )
        for program, year in product(programs, YEARS)
    )


def _texts(editions):
    components = list(GuideEdition.objects.published().first().components.all())
    rows = (
        ComponentText(edition=edition, component=component, text=prose(168), version=1)
        for edition, component in product(editions, components)
    )
    while batch := list(islice(rows, 2000)):
        ComponentText.objects.bulk_create(batch)


def _publish(editions):
    """As the act does: frozen while approved, published last."""
    here = Edition.objects.filter(pk__in=[edition.pk for edition in editions])
    head = UserFactory()
    here.update(state=EditionState.APPROVED, sent_at=WHEN, sent_by=head)
    Publication.objects.bulk_create(
        Publication(
            edition=edition,
            gazette_date=date(edition.fiscal_year, 1, 9),
            gazette_volume="I",
            gazette_number="1",
            in_force_from=date(edition.fiscal_year, 1, 10),
            published_at=WHEN,
            published_by=head,
            snapshot="{}",
            sha256="0" * 64,
        )
        for edition in editions
    )
    here.update(state=EditionState.PUBLISHED)


def _put_in_commons(editions):
    """Every component of what is published says ``COMMON``; one in six hundred says ``RARE`` besides."""
    said = [f"{texts.some(120)} {COMMON}" for _text in range(600)]
    said[5] += f" {RARE}"
    publications = Publication.objects.filter(edition__in=editions).order_by("pk")
    components = GuideEdition.objects.published().first().components.all()
    rows = (
        PublishedClause(
            publication=publication,
            component=component,
            html=f"<p>{text}</p>",
            words=folded(text),
            sha256="0" * 64,
        )
        for (publication, component), text in zip(
            product(publications, components), cycle(said), strict=False
        )
    )
    while batch := list(islice(rows, 2000)):
        PublishedClause.objects.bulk_create(batch)
    connection.cursor().execute("ANALYZE")


def _assess(editions):
    practices = list(Practice.objects.filter(is_core=True))
    Assessment.objects.bulk_create(
        Assessment(
            edition=edition,
            practice=practice,
            verdict=Verdict.ADOPTED,
            source="Fuente pública de la medición",
            assessed_at=WHEN,
        )
        for edition, practice in product(editions, practices)
    )
