"""Beginning with what an earlier application of the organization said: nothing is typed or asked twice.

What is declared under protest (the conditions to apply) is never copied: it is answered anew.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import acts
from accounts.models import TrailEntry
from calls import formats
from calls.actions import answers, documents
from calls.contents import Contents
from calls.models import Application
from documents.models import Document

COPY = "application.copy"
FROM_THE_PROJECT = ("project_title", "municipality", "requested_amount")


class CannotCopy(Exception):
    """Why nothing is copied, in words the applicant can read."""


@dataclass
class Copied:
    """What was copied, and the documents asked for now that have to be handed in anew, with why."""

    answers: int = 0
    lines: int = 0
    documents: int = 0
    anew: list = field(default_factory=list)


def earlier_of(organizations):
    """The applications that these organizations sent, the newest first, to choose from."""
    sent = Application.objects.filter(organization__in=organizations, folio__isnull=False)
    return sent.select_related("call", "organization__body").order_by("-submitted_at", "-pk")


@transaction.atomic
def copy(earlier, application, *, by, at=None):
    """Put in a new draft what ``earlier`` answered to the same questions, lines and documents. Gives Copied.

    A document comes along while it is as recent as the new Rules ask. It is done once: a request that comes
    again finds it done, and gives None. Raises CannotCopy or CannotSave.
    """
    if earlier.organization_id != application.organization_id or not earlier.folio:
        raise CannotCopy(_("Only what your organization itself sent can be copied."))
    _held, at = answers.hold(application, at=at)
    if TrailEntry.objects.about(application).filter(act=COPY).exists():
        return None
    old, new, copied = Contents(earlier), Contents(application), Copied()
    _project(old, application, by=by, at=at)
    copied.answers = _answers(old, new, by=by, at=at)
    copied.lines = _budget(old, new, by=by, at=at)
    _documents(old, new, copied, by=by, at=at)
    acts.record(COPY, application, by=by, at=at, note=earlier.folio)
    return copied


def _project(old, application, *, by, at):
    said = {name: answers.project_value(old.application, name) for name in FROM_THE_PROJECT}
    typed = {name: answers.Typed(text) for name, text in said.items() if text}
    answers.save_project(application, typed, by=by, at=at)


def _answers(old, new, *, by, at):
    """To the questions of the same key and kind, whatever the modality: what is not asked is not shown."""
    written = [q for q in old.all_questions if q.given and q.given.text and not q.is_file]
    given = {(q.key, q.kind): q.given.text for q in written}
    same = {q.key: answers.Typed(given[q.key, q.kind]) for q in new.all_questions if (q.key, q.kind) in given}
    answers.save_answers(new.application, same, by=by, at=at)
    return len(same)


def _budget(old, new, *, by, at):
    rules = {rule.key: rule for rule in new.budget_rules if rule.is_allowed}
    lines = [
        {
            "rule": rules[line.rule_key],
            "description": line.description,
            "from_grant": line.from_grant,
            "own_money": line.own_money,
            "own_kind": line.own_kind,
        }
        for line in old.lines
        if line.rule_key in rules
    ]
    answers.save_budget(new.application, lines, by=by, at=at)
    return len(lines)


def _documents(old, new, copied, *, by, at):
    kept = {requirement.key: requirement.given for requirement in old.requirements if requirement.given}
    serving = []
    for requirement in [one for one in new.requirements if one.given is None]:
        supplied = kept.get(requirement.key)
        if supplied and (why := _must_be_new(requirement, supplied, at=at)):
            copied.anew.append((requirement.name, why))
        elif supplied:
            serving.append((requirement, supplied.document, supplied.from_vault))
    serving += _files(old, new, copied, at=at)
    copied.documents = len(documents.take_over(new.application, serving, by=by, at=at))


def _files(old, new, copied, *, at):
    """Those that answered a question of the same key, and that serve for these Rules."""
    kept = {q.key: q.given for q in old.all_questions if q.is_file and q.given}
    for question in [q for q in new.all_questions if q.is_file and q.key in kept and q.given is None]:
        supplied = kept[question.key]
        if why := _cannot_serve(question, supplied):
            copied.anew.append((str(question), why))
        else:
            yield question, supplied.document, None


def _must_be_new(requirement, supplied, *, at):
    """Why the document does not serve for these Rules; empty when it does."""
    days = requirement.valid_days
    if days and supplied.document.stored_at < at - timedelta(days=days):
        return _("it must be at most %(days)d days old") % {"days": days}
    return _cannot_serve(requirement, supplied)


def _cannot_serve(asked, supplied):
    if supplied.document.scan == Document.Scan.INFECTED:
        return supplied.document.get_scan_display()
    if not formats.fits(supplied.document, asked.file_format):
        return _("another format is asked for")
    return ""
