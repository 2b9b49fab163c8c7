"""Reference data: read from ``programs/data``, written without touching what people edited.

Each row has a key. ``LoadedRow`` keeps the values that the loader last gave it: a row that still holds
them follows the data, a row that does not was edited and is left alone, and a row that is gone was
removed by somebody and stays gone.
"""

import csv
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import holidays
import yaml
from django.db import transaction
from django.utils import timezone

from accounts import acts
from accounts.models import Body, BodyKind
from programs.actions import histories
from programs.models import (
    Agency,
    AgencyDuty,
    Assessment,
    AssessmentVersion,
    BlackoutPeriod,
    ChecklistEdition,
    Component,
    Dimension,
    Edition,
    GuideEdition,
    GuideSection,
    LoadedRow,
    Municipality,
    NonWorkingDay,
    Practice,
    Program,
    Rubric,
    RubricCriterion,
    Topic,
    Verdict,
)
from programs.states import EditionState

DATA = Path(__file__).parent / "data"
REPORT_YEAR = 2024
REPORT = (
    "Alianza para el Gobierno Abierto (Open Government Partnership), Informe de fin de compromiso "
    "(End of Commitment Report): armonización de las Reglas de Operación, Jalisco."
)
GUIDE_TITLE = "Guía para la elaboración de Reglas de Operación 2024 (catálogo de trabajo)"
GUIDE_NOTE = (
    "Catálogo de trabajo. Solo están confirmados los títulos y números marcados así; los demás esperan "
    "la confirmación de la secretaría de planeación, que puede corregirlos."
)
HOLIDAY_YEARS = range(2024, 2029)
HOLIDAY_SOURCE = "Ley Federal del Trabajo, artículo 74"


def load_reference():
    """Load everything in one transaction. Returns how many rows were created, updated, kept, removed."""
    loader = Loader()
    with transaction.atomic():
        agencies = load_agencies(loader)
        programs = load_programs(loader, agencies)
        guide = load_guide(loader)
        load_rubric(loader, guide)
        practices, followed = load_checklist(loader)
        load_report_marks(loader, guide, programs, practices, followed)
        load_municipalities(loader)
        load_non_working_days(loader)
        load_blackouts(loader)
    return loader.counts


class Loader:
    """Puts rows by key and counts what became of them."""

    def __init__(self):
        self.counts = Counter(created=0, updated=0, unchanged=0, kept=0, removed=0)
        self._loaded = {(row.label, row.key): row for row in LoadedRow.objects.all()}
        self._objects = {}

    def put(self, model, key, /, *, find=None, once=None, **values):
        """Write one row. Returns it, or None when somebody removed it (or removed what it hangs from).

        ``find`` names a row that may already exist without the loader; ``once`` holds values that are
        given at creation only.
        """
        if self._lacks_its_parent(model, values):
            return None
        row = self._loaded.get((model._meta.label_lower, str(key)))
        if row is None:
            return self._adopt_or_create(model, key, find, values, once or {})
        thing = self._all(model).get(row.object_id)
        if thing is None:
            self.counts["removed"] += 1
            return None
        return self._refresh(row, thing, values)

    def _adopt_or_create(self, model, key, find, values, once):
        thing = model.objects.filter(**find).first() if find else None
        if thing is not None:
            self.counts["kept"] += 1
            return thing
        thing = model.objects.create(**values, **once)
        row = LoadedRow(
            label=model._meta.label_lower, key=key, object_id=thing.pk, values=plain(thing, values)
        )
        row.save()
        self.counts["created"] += 1
        return thing

    def _refresh(self, row, thing, values):
        """Follow the data, unless the row holds something else than what was loaded."""
        if plain(thing, row.values) != row.values:
            self.counts["kept"] += 1
            return thing
        before = row.values
        for name, value in values.items():
            setattr(thing, name, value)
        row.values = plain(thing, values)
        if row.values == before:
            self.counts["unchanged"] += 1
            return thing
        thing.save(update_fields=list(values))
        row.save(update_fields=["values"])
        self.counts["updated"] += 1
        return thing

    def _all(self, model):
        if model not in self._objects:
            self._objects[model] = {str(thing.pk): thing for thing in model.objects.all()}
        return self._objects[model]

    @staticmethod
    def _lacks_its_parent(model, values):
        fields = [model._meta.get_field(name) for name, value in values.items() if value is None]
        return any(field.is_relation and not field.null for field in fields)


def plain(thing, names):
    """The values of a row as JSON knows them: rows as their numbers, dates as text."""
    found = {}
    for name in names:
        value = getattr(thing, thing._meta.get_field(name).attname)
        found[name] = value.isoformat() if isinstance(value, date | datetime) else value
    return found


def read(name):
    with (DATA / name).open(encoding="utf-8") as file:
        return yaml.safe_load(file)


def load_agencies(loader):
    """The seven agencies of the report and the planning secretariat, each with its duty."""
    data = read("agencies_programs.yaml")
    rows = [(row, True) for row in data["agencies"]] + [(data["planning_secretariat"], False)]
    committee = data["monitoring_committee"]
    loader.put(
        Body, "monitoring", kind=BodyKind.MONITORING, name_es=committee["es"], name_en=committee["en"],
        short_name=committee["es"], find={"kind": BodyKind.MONITORING},
    )  # fmt: skip
    return {row["acronym"]: _agency(loader, row, takes_part) for row, takes_part in rows}


def _agency(loader, row, takes_part):
    acronym = row["acronym"]
    body = loader.put(
        Body, acronym, kind=BodyKind.AGENCY, name_es=row["es"], name_en=row["en"], short_name=acronym,
        find={"agency__acronym": acronym},
    )  # fmt: skip
    agency = loader.put(
        Agency, acronym, body=body, acronym=acronym, unit_es=row.get("unit_es", ""), takes_part=takes_part,
        find={"acronym": acronym},
    )  # fmt: skip
    loader.put(
        AgencyDuty, f"{acronym} {row['kind']}", agency=agency, kind=row["kind"], source=REPORT,
        find={"agency": agency, "kind": row["kind"]},
    )  # fmt: skip
    return agency


def load_programs(loader, agencies):
    """The five programs that the report names and three that it counts without a name."""
    programs = {}
    for order, row in enumerate(read("agencies_programs.yaml")["programs"], start=1):
        programs[row["code"]] = loader.put(
            Program, row["code"], code=row["code"], agency=agencies.get(row["agency"]), order=order,
            name_es=row["es"] or "", name_en=row["en"] or "", find={"code": row["code"]},
        )  # fmt: skip
    return programs


def load_guide(loader):
    """The working catalogue of the Guide: sections and components, each marked confirmed or not."""
    data = read("guide_components.yaml")
    guide = loader.put(
        GuideEdition, REPORT_YEAR, year=REPORT_YEAR, title=GUIDE_TITLE, note=GUIDE_NOTE,
        find={"year": REPORT_YEAR},
    )  # fmt: skip
    sections = {}
    for position, (numeral, row) in enumerate(data["sections"].items(), start=1):
        sections[numeral] = loader.put(
            GuideSection, f"{REPORT_YEAR} {numeral}", guide=guide, numeral=numeral, title_es=row["es"],
            title_en=row["en"], is_confirmed=row["confirmed"], position=position,
        )  # fmt: skip
    for row in data["components"]:
        _component(loader, guide, sections[row["section"]], row)
    return guide


def _component(loader, guide, section, row):
    renamed = row.get("renamed_from", {})
    return loader.put(
        Component, f"{REPORT_YEAR} {row['slug']}", guide=guide, section=section, slug=row["slug"],
        number=row["number"], title_es=row["es"], title_en=row["en"], blocks=row["blocks"],
        is_confirmed=row["confirmed"], renamed_from=renamed.get("title_es", ""),
        renamed_in=renamed.get("year"),
    )  # fmt: skip


def load_rubric(loader, guide):
    """A first rubric, not the official one. The points, by which ratings are counted, are given only once."""
    data = read("rubric.yaml")
    rubric = loader.put(Rubric, REPORT_YEAR, guide=guide, note=data["note"], find={"guide": guide})
    components = {one.slug: one for one in Component.objects.filter(guide=guide)}
    for row in data["criteria"]:
        slug = row["component"]
        loader.put(
            RubricCriterion, f"{REPORT_YEAR} {slug}", rubric=rubric, component=components.get(slug), key=slug,
            axis=row["axis"], statement_es=row["es"], statement_en=row["en"], complete=row["complete"],
            partial=row["partial"], absent=row["absent"], find={"rubric": rubric, "key": slug},
            once={"max_points": 2, "partial_points": 1},
        )  # fmt: skip


def load_checklist(loader):
    """Topics, dimensions and practices. Returns the practices by code, and who follows each."""
    data = read("practices.yaml")
    checklist = loader.put(
        ChecklistEdition, REPORT_YEAR, year=REPORT_YEAR, find={"year": REPORT_YEAR},
        title_es="Buenas prácticas para las Reglas de Operación 2024",
        title_en="Good practices for the Rules of Operation 2024",
    )  # fmt: skip
    topics, dimensions = (
        _named(loader, Topic, data["topics"]),
        _named(loader, Dimension, data["dimensions"]),
    )
    practices, followed = {}, {}
    for row in data["practices"]:
        practices[row["code"]] = _practice(loader, checklist, topics, dimensions, row)
        followed[row["code"]] = row["followed_by"]
    return practices, followed


def _named(loader, model, rows):
    return {
        code: loader.put(model, code, code=code, name_es=row["es"], name_en=row["en"], find={"code": code})
        for code, row in rows.items()
    }


def _practice(loader, checklist, topics, dimensions, row):
    return loader.put(
        Practice, f"{REPORT_YEAR} {row['code']}", checklist=checklist, code=row["code"],
        topic=topics[row["topic"]], dimension=dimensions.get(row["dimension"]), title_es=row["title_es"],
        title_en=row["title_en"], statement_es=row["es"], statement_en=row["en"],
        components=row["components"], check_text=row["check"], source=row.get("source", ""),
        is_core=row["dimension"] is not None,
    )  # fmt: skip


def load_report_marks(loader, guide, programs, practices, followed):
    """The recorded editions of 2024 and the marks of the report: its citation is their evidence."""
    now = timezone.now()
    for program in filter(None, programs.values()):
        if program.is_identified:
            _recorded_edition(loader, guide, program, practices, followed, now)


def _recorded_edition(loader, guide, program, practices, followed, now):
    code = f"{program.code}-{REPORT_YEAR}"
    created = loader.counts["created"]
    edition = loader.put(
        Edition, code, program=program, fiscal_year=REPORT_YEAR, guide=guide, code=code,
        find={"program": program, "fiscal_year": REPORT_YEAR},
        once={"state": EditionState.RECORDED, "created_at": now},
    )  # fmt: skip
    if loader.counts["created"] > created:
        acts.record("edition.record", edition, by=None, note=REPORT)
    for practice_code, codes in followed.items():
        if program.code in codes:
            _mark(loader, edition, practices[practice_code], now)


def _mark(loader, edition, practice, now):
    before = loader.counts["created"] + loader.counts["updated"]
    mark = loader.put(
        Assessment, f"{edition.code} {practice.code}" if edition and practice else "", edition=edition,
        practice=practice, verdict=Verdict.ADOPTED, source=REPORT, review=Assessment.Review.REPORT,
        once={"assessed_at": now}, find={"edition": edition, "practice": practice},
    )  # fmt: skip
    if loader.counts["created"] + loader.counts["updated"] > before:
        acts.record("assessment.record", mark, by=None, note=REPORT)
        histories.keep(mark, AssessmentVersion.Kind.RECORDED, by=None, at=now)


def load_municipalities(loader):
    with (DATA / "municipalities_jalisco.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            loader.put(
                Municipality, row["cvegeo"], key=row["cvegeo"], name=row["nombre"], region=row["region"],
                postal_min=row["cp_min"], postal_max=row["cp_max"], tile_column=int(row["tile_col"]),
                tile_row=int(row["tile_row"]), find={"key": row["cvegeo"]},
            )  # fmt: skip


def load_non_working_days(loader):
    """The days of rest of the federal law; an administrator adds those of the state."""
    for day, name in sorted(holidays.country_holidays("MX", years=HOLIDAY_YEARS, language="es").items()):
        loader.put(NonWorkingDay, day.isoformat(), on=day, name=name, source=HOLIDAY_SOURCE, find={"on": day})


def load_blackouts(loader):
    """The electoral blackouts that are known of, none confirmed: planning does that with the norm in hand."""
    for row in read("blackouts.yaml")["blackouts"]:
        said = {name: row[name] for name in ("kind", "source", "note")}
        first, after = (row[name].astimezone(UTC) for name in ("starts_at", "ends_at"))
        loader.put(
            BlackoutPeriod, row["key"], starts_at=first, ends_at=after, **said,
            find={"kind": row["kind"], "starts_at__year": first.year},
        )  # fmt: skip
