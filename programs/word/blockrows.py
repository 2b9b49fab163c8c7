"""Tables of a Word document recognised as blocks of data: by their mark, or by the words of their headers."""

from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from programs import tables
from programs.models import BLOCK_MODELS, NAMES, Criterion
from programs.word import values
from programs.word.titles import plain

LEAST_SHARE, LEAST_COLUMNS, ALIKE = 0.6, 2, 0.86

# Words under which official tables carry a field, beside the name that the portal gives it
ALSO_CALLED = {
    ("requirement", "name"): ["requisito", "documento o requisito", "documentacion"],
    ("requirement", "stage"): ["etapa", "momento", "para"],
    ("requirement", "is_obligatory"): ["obligatorio", "es obligatorio"],
    ("requirement", "form"): ["original o copia", "presentacion"],
    ("requirement", "legal_basis"): ["fundamento", "fundamento legal"],
    ("criterion", "name"): ["criterio de evaluacion", "criterios de evaluacion", "rubro", "criterios"],
    ("criterion", "weight"): ["ponderacion", "puntaje", "puntaje maximo", "puntos maximos", "valor", "peso"],
    ("criterion", "description"): ["descripcion", "que se evalua"],
    ("criterionlevel", "criterion_key"): ["criterio de evaluacion", "rubro"],
    ("criterionlevel", "points"): ["puntaje", "valor"],
    ("criterionlevel", "label"): ["nivel de cumplimiento", "escala"],
    ("criterionlevel", "descriptor"): ["descripcion", "descriptor", "descripcion del nivel"],
    ("milestone", "code"): ["etapa", "actividad", "fase"],
    ("milestone", "side"): ["responsable", "a cargo de", "quien"],
    ("milestone", "on"): ["fecha", "periodo", "fecha o periodo"],
}


@dataclass
class Row:
    """A row read: its values, what it would do to the draft, and why it cannot be one, if so."""

    key: str
    values: dict
    cells: list
    does: str = "add"
    problem: str = ""


@dataclass
class Match:
    """A table that is a block: which column gives which field, what its rows lack, and its rows."""

    model: type
    columns: list
    rows: list = field(default_factory=list)
    missing: list = field(default_factory=list)

    @property
    def unread(self):
        return [place for place, one in enumerate(self.columns) if one is None]


class Blocks:
    """Recognises the tables of one document for one draft."""

    def __init__(self, contents, kept):
        self.contents, self.kept = contents, kept
        self.known = {model: _names(contents.rows(model)) for model in BLOCK_MODELS}
        self.made: list[Match] = []
        for row in kept.values():
            self._know(row)

    def _know(self, kept):
        """A row that our own document keeps may be named by another one that comes before it."""
        model = tables.model_named(kept["model"])
        if model is not None and model.named_by:
            self.known[model][plain(kept["values"].get(model.named_by[0], ""))] = kept["key"]

    def match(self, table, preferred=()):
        """The block that a table is, with its rows; None when it is none."""
        model, columns = self._marked(table) or self._by_headers(table["header"], preferred) or (None, [])
        if model is None:
            return None
        found = Match(model, columns)
        found.missing = [] if table["model"] else _missing(model, columns)
        for cells, mark in zip(table["rows"], table["marks"], strict=True):
            if any(cell.strip() for cell in cells):
                found.rows.append(self._row(found, cells, self.kept.get(mark)))
        self.known[model] |= {plain(_named(row, model)): row.key for row in found.rows}
        self.made.append(found)
        return found if found.rows else None

    def criteria_of(self, levels):
        """The criteria that a table of levels names and nobody knows yet, worth their highest level."""
        known = {row.key for match in self.made if match.model is Criterion for row in match.rows}
        known |= {row.key for row in self.contents.rows(Criterion)}
        best: dict[str, Row] = {}
        place = levels.columns.index("criterion_key") if "criterion_key" in levels.columns else None
        for row in levels.rows:
            key, points = row.values.get("criterion_key", ""), row.values.get("points") or 0
            if not key or key in known or place is None or row.problem:
                continue
            name = row.cells[place].strip()
            made = best.setdefault(key, Row(key, {"name": name, "weight": 0}, [name, ""]))
            made.values["weight"] = max(made.values["weight"], int(points))
            made.cells[1] = str(made.values["weight"])
        return Match(Criterion, ["name", "weight"], list(best.values())) if best else None

    def _marked(self, table):
        """Our own table: its columns are those that we wrote; one that joins fields gives none."""
        model = tables.model_named(table["model"]) if table["model"] else None
        if model is None:
            return None
        header = [plain(words) for words in table["header"]]
        with override("es-mx"):
            for reading in (False, True):
                labels = tables.table_of(model, self.contents, rows=[], reading=reading).headers
                if [plain(cell.label) for cell in labels] == header:
                    return model, _names_of_columns(model, reading=reading)
        return model, _columns(model, table["header"])

    def _by_headers(self, header, preferred):
        best = None
        for model in BLOCK_MODELS:
            columns = _columns(model, header)
            share = _share(model, columns, header)
            if share and (best is None or (share, model in preferred) > best[0]):
                best = ((share, model in preferred), model, columns)
        return best[1:] if best else None

    # Rows

    def _row(self, match, cells, kept):
        model = match.model
        row = Row("", {}, list(cells))
        if kept and tables.model_named(kept["model"]) is model:
            row.key, row.values = kept["key"], _kept_values(model, kept["values"])
        said = _instance(model, self.contents.edition, row.values) if row.values else None
        for name, words in zip(match.columns, cells, strict=False):
            if name:
                self._read(row, model._meta.get_field(name), words, said)
        row.key = row.key or key_of(model, row.values)
        row.problem = row.problem or problem_of(model, self.contents.edition, row.values, match.missing)
        row.does = self._does(model, row)
        return row

    def _read(self, row, one, words, said):
        """The cell's value, unless it says what was kept already."""
        if said is not None and _says(said, one, words, self.contents):
            return
        try:
            value = values.parse(words, one, self._key_by_name)
        except values.Unreadable:
            row.problem = _("“%(words)s” is no value for: %(field)s.") % {
                "words": words[:80],
                "field": tables.capital(one.verbose_name),
            }
            return
        if value is None:
            row.values[one.name] = one.get_default() if said is None else _empty(one)
        else:
            row.values[one.name] = value
            _more(row, one, words)

    def _key_by_name(self, name, words):
        if name not in NAMES:
            return words
        model = NAMES[name]
        return self.known[model].get(plain(words)) or key_of(model, {model.named_by[0]: words})

    def _does(self, model, row):
        there = self.contents.single(model) if model.is_single else None
        there = there or next((one for one in self.contents.rows(model) if one.key == row.key), None)
        if there is None:
            return "add"
        row.key = there.key
        same = all(one.value_from_object(there) == row.values.get(one.name, one.value_from_object(there))
                   for one in model.data_fields())  # fmt: skip
        return "same" if same else "change"


def _more(row, one, words):
    """What one cell says of two fields: a range of dates, a number of days with its unit."""
    fields = {each.name: each for each in _model_of(one).data_fields()}
    if one.name == "on" and "latest" in fields and len(found := values.days(words)) > 1:
        row.values["latest"] = found[1]
    if one.name == "days" and "unit" in fields and not row.values.get("unit"):
        for code, label in fields["unit"].flatchoices:
            if plain(str(label)) in plain(words):
                row.values["unit"] = code


def _model_of(one):
    return one.model


def key_of(model, said):
    """The key of a row, made from what names it."""
    if not model.named_by:
        return model._meta.model_name
    name = "-".join(str(said.get(one, "")) for one in model.named_by)
    return name if model.named_by == ("code",) else slugify(name)[:54].strip("-") or model._meta.model_name


def problem_of(model, edition, said, missing=()):
    """Why the values make no row, in words; empty when they do."""
    row = _instance(model, edition, said)
    absent = {one["name"] for one in missing}
    try:
        row.clean_fields(exclude={"edition", "publication", "key", *absent})
        row.clean()
        if not absent:
            for constraint in model._meta.constraints:
                if isinstance(constraint, CheckConstraint):
                    constraint.validate(model, row)
    except ValidationError as refusal:
        return _in_words(model, refusal)
    return ""


def _in_words(model, refusal):
    if not hasattr(refusal, "error_dict"):
        return " ".join(refusal.messages)
    return " ".join(
        f"{tables.capital(model._meta.get_field(name).verbose_name)}: {' '.join(errors)}"
        for name, errors in refusal.message_dict.items()
        if name != "__all__"
    ) or " ".join(refusal.messages)


def _instance(model, edition, said):
    return model(edition=edition, **said)


def _kept_values(model, kept):
    """The values that our own document keeps of a row, as its fields hold them."""
    found = {}
    for one in model.data_fields():
        words = kept.get(one.name, "")
        try:
            found[one.name] = None if words == "" and one.null else one.to_python(words)
        except ValidationError:
            continue
    return found


def _empty(one):
    if one.null:
        return None
    return "" if isinstance(one, models.CharField | models.TextField) else one.get_default()


def _says(row, one, words, contents):
    """The cell still says what the kept row says."""
    if one.name in NAMES:
        return False if words.strip() not in values.NOTHING else not getattr(row, one.name)
    with override("es-mx"):
        said = tables.value_in_words(row, one, contents)
    return plain(said) == plain(words) or (not said and words.strip() in values.NOTHING)


def _names(rows):
    return {plain(str(row)): row.key for row in rows}


def _named(row, model):
    return str(row.values.get(model.named_by[0], "")) if model.named_by else ""


# Headers


def _names_of_columns(model, *, reading):
    columns = (reading and model.reading_columns) or model.columns
    return [one if isinstance(one, str) else None for one in columns if one != model.parent_field]


def labels_of(model):
    """Every word under which a field of the block may head a column, with the field's name."""
    with override("es-mx"):
        found = [(plain(str(one.verbose_name)), one.name) for one in model.data_fields()]
    for (model_name, name), others in ALSO_CALLED.items():
        if model_name == model._meta.model_name:
            found += [(plain(one), name) for one in others]
    return found


def _columns(model, header):
    """The field of each column, each field once; None for a column that is none."""
    labels, free = labels_of(model), {one.name for one in model.data_fields()}
    columns = []
    for words in header:
        name = next((one for one in _alike(plain(words), labels) if one in free), None)
        free.discard(name)
        columns.append(name)
    return columns


def _alike(words, labels):
    """The fields whose label is the header's, those that only resemble it last."""
    exact = [name for label, name in labels if label == words]
    if exact or not words:
        return exact
    return [name for label, name in labels if SequenceMatcher(None, label, words).ratio() >= ALIKE]


def _share(model, columns, header):
    """How much of the header the block explains; nothing when it is not enough to be that block."""
    found = [one for one in columns if one]
    named = list(headed(header))
    share = len(found) / max(len(named), 1)
    is_named = not model.named_by or model.named_by[0] in found
    return share if is_named and len(found) >= LEAST_COLUMNS and share >= LEAST_SHARE else 0


def headed(header):
    return [words for words in header if plain(words)]


def _missing(model, columns):
    """The fields that every row needs and no column gives: one choice for all the rows."""
    needed = [
        one
        for one in model.data_fields()
        if not one.blank and not one.has_default() and one.choices and one.name not in columns
    ]
    return [
        {"name": one.name, "label": tables.capital(one.verbose_name), "choices": one.flatchoices}
        for one in needed
    ]
