"""Bringing a Word file into a draft: received, read apart, and written only when a person accepts it."""

import json
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from accounts.acts import moment, record
from documents import bounded
from jobs import progress, queue
from jobs.running import JobFailed
from programs import contents, tables
from programs.actions import blocks, drafting
from programs.models import BLOCK_MODELS, ComponentText, TextVersion, WordImport
from programs.word import opening, plans

LEAVE = "leave"
REPLACE, APPEND = "replace", "append"
SECONDS, MEGABYTES = 20, 1024


class CannotImport(Exception):
    """Why the document cannot be brought in, in words for the editor."""


@dataclass(frozen=True)
class Choices:
    """What a person decided: where each unit goes, which tables are data, what stands for all rows."""

    places: dict
    versions: dict
    as_rows: set = field(default_factory=set)
    fills: dict = field(default_factory=dict)
    mode: str = REPLACE


@transaction.atomic
def start(edition, upload, *, by, at=None):
    """Receive a Word file for a draft and ask for it to be read. Raises FileRefused or CannotImport."""
    at = moment(at)
    if not by.has_perm("programs.change_edition", edition):
        raise CannotImport(_("This edition cannot be changed by you now."))
    document = opening.accept(upload, by=by, at=at)
    received = WordImport.objects.create(edition=edition, document=document, requested_at=at, requested_by=by)
    queue.enqueue(
        "programs.read_word",
        subject=received.public_id,
        label=_("Read the Word document %(name)s") % {"name": document.name},
        by=by,
        received=received.public_id,
    )
    record("edition.start_import", edition, by=by, at=at, note=document.sha256)
    return received


def read(received):
    """Read the document in a process apart and keep the plan. Done twice, it is done once."""
    if received.is_read:
        return received
    progress.report(0, 3)
    with received.document.open() as file:
        content = file.read()
    reading = _read_apart(content)
    progress.report(1, 3)
    received.plan = plans.make(reading, contents.read(received.edition))
    progress.report(2, 3)
    WordImport.objects.filter(pk=received.pk, plan__isnull=True).update(plan=received.plan)
    progress.report(3, 3)
    return received


def _read_apart(content):
    try:
        answer = bounded.run("programs.word.reading", content, seconds=SECONDS, megabytes=MEGABYTES)
    except bounded.CouldNotRead:
        raise JobFailed(opening.words_of("too_large")) from None
    said = json.loads(answer)
    if "refused" in said:
        raise JobFailed(opening.words_of(said["refused"]))
    return said


@transaction.atomic
def accept(received, choices, *, by, at=None):
    """Write what the person accepted: rows and texts in one act. A second time nothing happens.

    What cannot become a row stays in the text as a table. Raises CannotImport.
    """
    at, edition = moment(at), received.edition
    if not by.has_perm("programs.change_edition", edition):
        raise CannotImport(_("This edition cannot be changed by you now."))
    waiting = WordImport.objects.filter(pk=received.pk, accepted_at=None, plan__isnull=False)
    if not waiting.update(accepted_at=at, accepted_by=by):
        received.refresh_from_db()
        return received
    try:
        outcome = _Writing(received, choices, by=by, at=at).write()
    except (drafting.CannotWrite, blocks.CannotChange) as refusal:
        raise CannotImport(str(refusal)) from refusal
    WordImport.objects.filter(pk=received.pk).update(outcome=outcome)
    note = f"{received.public_id} {len(outcome['texts'])} {outcome['added'] + outcome['changed']}"
    record("edition.accept_import", edition, by=by, at=at, note=note)
    received.refresh_from_db()
    return received


class _Writing:
    """One acceptance: first the rows, then the texts, which keep the rows that could not be written."""

    def __init__(self, received, choices, *, by, at):
        self.edition, self.plan, self.choices = received.edition, received.plan, choices
        self.by, self.at = by, at
        self.outcome: dict = {"texts": [], "added": 0, "changed": 0, "same": 0, "refused": [], "left": []}
        self.left_over: dict[int, list] = {}
        self.beside: dict[int, list] = {}

    def write(self):
        self._rows()
        for slug, units in self._units_by_component().items():
            self._text(slug, units)
        return self.outcome

    # Rows

    def _rows(self):
        taken = self.choices.as_rows - self._tables_left_out()
        chosen = [table for table in self.plan["tables"] if table["id"] in taken and table["model"]]
        work = [(table, table) for table in chosen] + [
            (table["also"], None) for table in chosen if "also" in table
        ]
        order = [model._meta.model_name for model in BLOCK_MODELS]
        for match, table in sorted(work, key=lambda one: order.index(one[0]["model"])):
            self._rows_of(match, table)

    def _tables_left_out(self):
        """What a person leaves out is left out whole: its text and its data."""
        left = [unit for unit in self.plan["units"] if self._place_of(unit) == LEAVE]
        return {part["table"] for unit in left for part in unit["parts"] if "table" in part}

    def _place_of(self, unit):
        return self.choices.places.get(unit["id"], LEAVE)

    def _rows_of(self, match, table):
        model = tables.model_named(match["model"])
        there = {
            row.key: row for row in model.objects.of_draft(self.edition).select_related("edition__program")
        }
        fills = self.choices.fills.get(table["id"], {}) if table else {}
        for row in match["rows"]:
            problem = row["problem"] or self._write_row(model, row, there, fills)
            if table and not problem:
                self._keep_unread(table, row)
            if problem:
                words = " · ".join(filter(None, row["cells"]))
                self.outcome["refused"].append({"row": words[:200], "why": problem})
                if table:
                    self.left_over.setdefault(table["id"], []).append(row["cells"])

    def _keep_unread(self, table, row):
        """What no field holds of a row that was written stays in the text, beside the row's first cell."""
        if any(row["cells"][place].strip() for place in table["unread"]):
            columns = sorted({0, *table["unread"]})
            self.beside.setdefault(table["id"], []).append([row["cells"][place] for place in columns])

    def _write_row(self, model, row, there, fills):
        """Why the row could not be written; empty when it was."""
        try:
            values = _typed(model, fills | row["values"])
            before = there.get(row["key"])
            if before is None:
                blocks.add(model, self.edition, by=self.by, at=self.at, key=row["key"], **values)
                self.outcome["added"] += 1
            elif all(getattr(before, name) == value for name, value in values.items()):
                self.outcome["same"] += 1
            else:
                blocks.change(before, by=self.by, at=self.at, **values)
                self.outcome["changed"] += 1
        except ValidationError as refusal:
            return " ".join(refusal.messages)
        return ""

    # Texts

    def _units_by_component(self):
        found: dict = {}
        for unit in self.plan["units"]:
            place = self._place_of(unit)
            if place == LEAVE:
                self.outcome["left"].append(unit["heading"])
            else:
                found.setdefault(place, []).append(unit)
        return found

    def _text(self, slug, units):
        texts = ComponentText.objects.select_related("component", "edition__program")
        text = texts.get(edition=self.edition, component__slug=slug)
        version = self.choices.versions.get(slug, text.version)
        html = "".join(self._part(part) for unit in units for part in unit["parts"])
        summary = next((unit["summary"] for unit in units if unit.get("summary")), None)
        if html or summary:
            if self.choices.mode == APPEND:
                html = text.text + html
            text = self._save(text, html or text.text, version, summary)
            version = text.version
        reason = next((unit["reason"] for unit in units if unit["reason"]), "")
        if reason and reason != text.not_applicable_reason:
            drafting.mark_not_applicable(text, reason=reason, version=version, by=self.by, at=self.at)
        self.outcome["texts"].append(slug)

    def _save(self, text, html, version, summary):
        try:
            return drafting.save_text(
                text,
                html=html,
                version=version,
                by=self.by,
                at=self.at,
                summary=summary,
                origin=TextVersion.Origin.IMPORTED,
            )
        except drafting.StaleText as refusal:
            raise CannotImport(
                _("“%(component)s” was saved meanwhile. Look at the report again before you accept it.")
                % {"component": text.component.title}
            ) from refusal

    def _part(self, part):
        if "html" in part:
            return part["html"]
        table = self.plan["tables"][part["table"]]
        if not table["model"] or table["id"] not in self.choices.as_rows:
            return table["html"]
        left, beside = self.left_over.get(table["id"]), self.beside.get(table["id"])
        columns = [table["header"][place] for place in sorted({0, *table["unread"]})]
        return (_as_table(table["header"], left) if left else "") + (
            _as_table(columns, beside) if beside else ""
        )


def _typed(model, values):
    """The values as the fields hold them; they were kept as JSON."""
    return {name: model._meta.get_field(name).to_python(value) for name, value in values.items()}


def _as_table(header, rows):
    """What could not become rows, as a table of the text."""
    head = format_html_join("", '<th scope="col">{}</th>', ((words,) for words in header))
    body = format_html_join(
        "", "<tr>{}</tr>", ((format_html_join("", "<td>{}</td>", ((one,) for one in row)),) for row in rows)
    )
    return format_html("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>", head, body)
