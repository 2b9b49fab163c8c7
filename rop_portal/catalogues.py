"""Translations: message ids are English, the Spanish of each area lies in ``locale/es_MX/<area>.po``.

They are merged into the one binary catalogue that Django reads, with Babel and nothing of gettext's own
programs. What Django and the libraries say in general Spanish but not in that of Mexico is taken over.
"""

import ast
import gettext
import os
import re
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from asgiref.local import Local
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.conf import settings
from django.utils.translation import trans_real
from django.utils.translation.template import templatize

ROOT = settings.BASE_DIR
FOLDER = ROOT / "locale" / "es_MX"
COMPILED = FOLDER / "LC_MESSAGES" / "django.mo"
CODE = ["jobs", "accounts", "documents", "programs", "calls", "evaluations", "rop_portal"]
AREAS = {*CODE, "demo", "interface"} - {"rop_portal"}
PLURAL = "nplurals=2; plural=(n != 1);"
HEADER = f"""# Spanish of Mexico.
msgid ""
msgstr ""
"Language: es_MX\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {PLURAL}\\n"

"""
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


class CatalogueProblem(Exception):
    """Catalogues that contradict one another cannot be merged; the message lists where."""


@dataclass
class Findings:
    """What is wrong with the catalogues, each as a line to read; ``unused`` alone is no fault."""

    missing: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)

    @property
    def all_well(self):
        return not (self.missing or self.faults)


def key(message):
    """What tells one message from another: its context and its singular."""
    singular = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
    return message.context or None, singular


# --- what the code and the templates say -------------------------


def sources():
    for app in CODE:
        yield from (p for p in sorted((ROOT / app).rglob("*.py")) if "migrations" not in p.parts)
    for folder in [ROOT / "templates", *(ROOT / app / "templates" for app in CODE)]:
        yield from (p for p in sorted(folder.rglob("*")) if p.suffix in (".html", ".txt"))


def extracted():
    """Every message of the repository, with the files in which it is said."""
    catalogue = Catalog(locale="es_MX")
    for path in sources():
        _extract_into(catalogue, path)
    return catalogue


def _extract_into(catalogue, path):
    text = path.read_text()
    name = str(path.relative_to(ROOT))
    if path.suffix != ".py":
        # what templatize blanks out keeps its indentation, and Python's reader would give it a meaning
        text = "\n".join(line.lstrip() for line in templatize(text, origin=name).splitlines())
    else:
        text += _inside_formatted_strings(text)
    found = extract_python(BytesIO(text.encode()), dict.fromkeys(KEYWORDS), [], {"encoding": "utf-8"})
    for line, function, said, _comments in found:
        context, ident = _identified(function, said)
        if ident:
            catalogue.add(ident, locations=[(name, line)], context=context)


def _inside_formatted_strings(text):
    """The expressions that stand in f-strings, as lines of their own: to Babel an f-string is one word."""
    nodes = ast.walk(ast.parse(text))
    return "".join(f"\n{ast.unparse(node.value)}" for node in nodes if isinstance(node, ast.FormattedValue))


def _identified(function, said):
    """The context and id of a call; calls whose text is not a constant are passed over."""
    said = list(said) if isinstance(said, (tuple, list)) else [said]
    context = said.pop(0) if function in ("pgettext", "pgettext_lazy", "npgettext") else None
    if not said or not isinstance(said[0], str) or not said[0]:
        return None, None
    if KEYWORDS[function] in ((1, 2), ((1, "c"), 2, 3)):
        return context, (said[0], said[1])
    return context, said[0]


# --- what the catalogues answer ----------------------------------


def area_files():
    return sorted(FOLDER.glob("*.po"))


def read_area(path):
    with path.open("rb") as file:
        return read_po(file, locale="es_MX")


def merged():
    """All areas in one catalogue. Raises CatalogueProblem when two of them contradict each other."""
    whole, origin, conflicts = Catalog(locale="es_MX", domain="django"), {}, []
    for path in area_files():
        for message in read_area(path):
            if not message.id or not _answered(message) or message.fuzzy:
                continue
            known = whole.get(message.id, context=message.context)
            if known and known.string != message.string:
                conflicts.append(f"“{key(message)[1]}”: {origin[key(message)]} and {path.name} differ")
            origin.setdefault(key(message), path.name)
            whole.add(message.id, message.string, context=message.context)
    if conflicts:
        raise CatalogueProblem("\n".join(conflicts))
    return whole


def _answered(message):
    return all(message.string) if isinstance(message.string, (tuple, list)) else bool(message.string)


def general_spanish(known):
    """What the libraries say in Spanish but not in that of Mexico, except what ``known`` says itself."""
    for folder in _library_locales():
        general, mexican = (_read_mo(folder / name / "LC_MESSAGES/django.mo") for name in ("es", "es_MX"))
        said = {key(message) for message in mexican if _answered(message)} | {key(m) for m in known}
        for message in general:
            if message.id and _answered(message) and key(message) not in said:
                yield message


def _library_locales():
    import django  # noqa: PLC0415 -- leaf

    folders = [Path(django.__file__).parent / "conf/locale"]
    folders += [Path(config.path) / "locale" for config in apps.get_app_configs()]
    return [folder for folder in folders if folder.is_dir() and ROOT not in [folder, *folder.parents][:2]]


def _read_mo(path):
    if not path.exists():
        return Catalog()
    with path.open("rb") as file:
        catalogue = read_mo(file)
    for message in catalogue:
        if isinstance(message.context, bytes):  # Babel leaves it undecoded
            message.context = message.context.decode()
    return catalogue


# --- compiling ---------------------------------------------------


def compile_catalogues():
    """Write the binary catalogue if it would change. Returns whether it did. Raises CatalogueProblem."""
    whole = merged()
    for message in list(general_spanish(whole)):
        string = message.string
        if isinstance(string, (tuple, list)):
            string = (string[0], string[-1])
        whole.add(message.id, string, context=message.context)
    content = _binary(whole)
    if COMPILED.exists() and COMPILED.read_bytes() == content:
        COMPILED.touch()
        return False
    COMPILED.parent.mkdir(parents=True, exist_ok=True)
    unfinished = COMPILED.with_suffix(f".{os.getpid()}")  # several processes of a test run may write at once
    unfinished.write_bytes(content)
    unfinished.replace(COMPILED)
    _forget_what_was_read()
    return True


def _forget_what_was_read():
    """This process may have begun without a catalogue: what it says from here on is what was compiled."""
    gettext._translations.clear()  # Python keeps each file that it read, by its path
    trans_real._translations.clear()
    trans_real._default = None
    trans_real._active = Local()


def _binary(whole):
    from datetime import UTC, datetime  # noqa: PLC0415 -- leaf

    whole.creation_date = whole.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    content = BytesIO()
    write_mo(content, whole)
    return content.getvalue()


def compile_if_stale():
    """Compile when a catalogue is newer than what Django reads: for the tests and the development server."""
    newest = max((path.stat().st_mtime for path in area_files()), default=0)
    if not COMPILED.exists() or COMPILED.stat().st_mtime < newest:
        compile_catalogues()


# --- checking ----------------------------------------------------


def examine():
    """Compare what is said with what is translated."""
    findings, said = Findings(), extracted()
    try:
        answers = {key(message): message for message in merged()}
    except CatalogueProblem as problem:
        findings.faults += str(problem).splitlines()
        answers = {}
        for path in area_files():
            answers |= {key(m): m for m in read_area(path) if _answered(m)}
    _examine_files(findings, {key(message) for message in said})
    for message in said:
        if message.id and key(message) not in answers:
            where = ", ".join(sorted({name for name, _line in message.locations})[:2])
            findings.missing.append(f"{where}: “{key(message)[1]}”")
        elif message.id:
            findings.faults += wrong_placeholders(message, answers[key(message)])
    return findings


def _examine_files(findings, said):
    for path in area_files():
        for message in read_area(path):
            if message.id and message.fuzzy:
                findings.faults.append(f"{path.name}: “{key(message)[1]}” is marked fuzzy")
            if message.id and key(message) not in said:
                findings.unused.append(f"{path.name}: “{key(message)[1]}”")


def wrong_placeholders(message, answer):
    """Placeholders that the translation lost, invented or misspelt; a singular may leave out the number."""
    given = _texts(message.id)
    wanted = set(PLACEHOLDER.findall(given[-1]))
    faults = []
    for place, text in enumerate(_texts(answer.string)):
        found = set(PLACEHOLDER.findall(text))
        may_lack = set(PLACEHOLDER.findall(given[0])) if place == 0 else wanted
        if found - wanted or (may_lack - found and not (place == 0 and len(given) > 1)):
            faults.append(f"“{given[0]}”: the translation “{text}” has other placeholders")
    if len(_texts(answer.string)) < len(given):
        faults.append(f"“{given[0]}”: the translation lacks its plural")
    return faults


def _texts(value):
    return list(value) if isinstance(value, (tuple, list)) else [value]


# --- helping who translates --------------------------------------


def area_of(path):
    """The area that a file belongs to: its app, or that of its templates."""
    parts = [part for part in Path(path).parts if part != "templates"]
    if parts[0] == "rop_portal" and parts[1] == "demo":
        return "demo"
    return parts[0] if parts[0] in AREAS else "interface"


def add_missing(area):
    """Append to the area's file, untranslated, what it says and nobody translated. Returns how many."""
    path = FOLDER / f"{area}.po"
    catalogue = read_area(path) if path.exists() else Catalog(locale="es_MX")
    answered = {key(m) for file in area_files() for m in read_area(file) if file == path or _answered(m)}
    count = 0
    for message in extracted():
        if message.id and key(message) not in answered and area_of(message.locations[0][0]) == area:
            catalogue.add(message.id, context=message.context)
            count += 1
    if count:
        write_area(path, catalogue)
    return count


def write_area(path, catalogue):
    """Write an area's file as people edit it: a short header, no places, no wrapping at odd columns."""
    body = BytesIO()
    write_po(body, catalogue, width=0, no_location=True, omit_header=True)
    path.write_text(HEADER + body.getvalue().decode())
