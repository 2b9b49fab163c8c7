"""Hostile words in the place of every text that people write (quality.md, S9).

Every column that could hold a text gets them, unless it is declared below as something else: a new column
is covered at birth. Rows are rewritten past the guards of the database, in a transaction that is undone.
"""

import json

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from accounts import triggers
from programs import prose

CANARY = "canary.example"
MARK = "armonizax"
# A formula for a sheet, markup for a page, a style and an address for whoever fetches, a line for a calendar
# or for the head of a mail.
HOSTILE = (
    f'=HYPERLINK("https://{CANARY}/hoja","x")</title></textarea></style><{MARK}><script>{MARK}()</script>'
    f"<img src=https://{CANARY}/imagen onerror={MARK}()><svg onload={MARK}()><iframe srcdoc=x></iframe>"
    f'<style>@import url(https://{CANARY}/estilo);</style>"\' onmouseover={MARK}() style="background:url('
    f'https://{CANARY}/fondo)" javascript:{MARK}()\r\nBcc: x@{CANARY}\r\n'
    f"BEGIN:VEVENT\r\nSUMMARY:{MARK}\r\n]]> texto"
)
HOSTILE_PROSE = (
    f"<p>{HOSTILE}</p><p><a href=\"javascript:{MARK}()\">uno</a> <a href=\"data:text/html,<script>{MARK}()"
    f"</script>\">dos</a></p><math><mtext></p><style><img src=x onerror={MARK}()></style></math>"
)  # fmt: skip
OURS = {"accounts", "calls", "documents", "evaluations", "jobs", "programs"}
TEXT = (models.CharField, models.TextField)
# Never free words. By the name of the column, whatever its table: identifiers, codes, names of the portal's
NOT_WRITTEN = {
    "acronym", "act", "alias", "approach", "arguments", "claimed_by", "code",
    "content", "content_key", "digest", "filename", "file_name", "from_state", "holder", "key", "kind",
    "language", "levels",
    "locale", "media_type", "model", "municipality_key", "numeral", "object_id", "password", "phone",
    "postal_code", "postal_max", "postal_min", "public_id", "question_answer", "question_key", "region",
    "reason_code", "requirement_key", "rfc", "clabe", "cluni", "salt", "scope", "sealed_fields", "series",
    "storage_key", "subject_id", "subject_label", "subject_name", "task", "to_state", "token",
    "topic", "topic_key", "seed", "instance",
    "zone", "blocks", "components", "counts", "verdicts", "commitment", "hash",
}  # fmt: skip
# Read by a validator of their kind whenever they are typed; names of files by the intake
CHECKED = {
    "accounts.Invitation.email", "accounts.Letter.to", "accounts.User.email", "calls.Organization.email",
    "calls.Subscription.address", "documents.Document.name", "accounts.Notice.link", "programs.Presence.page",
    "documents.UploadInProgress.purpose", "documents.UploadInProgress.counted_to",
    "jobs.IdempotencyKey.answer", "jobs.Job.subject", "programs.MovedPart.key",
    "programs.TextVersion.writer", "jobs.Lease.name",
    "calls.SetAside.field",
}  # fmt: skip
HOSTILE_ADDRESS = f"https://{CANARY}/%22onmouseover={MARK}()?a=<{MARK}>&javascript:{MARK}()"


def poison():
    """Put them there, whatever triggers say. Gives the names of the columns it reached."""
    _drop_triggers()
    return {name for model in _models() for name in _poison_rows(model)}


def text_columns():
    """Every column that could hold a text somebody wrote, by its name."""
    return {f"{model._meta.label}.{field.name}" for model in _models() for field in _fields(model)}


def hostile(text):
    """What stands in the place of a text: markup where it is prose, otherwise the words."""
    return prose.clean(HOSTILE_PROSE) if text.lstrip().startswith("<") else HOSTILE


def _models():
    return [model for model in apps.get_models() if model._meta.app_label in OURS]


def _fields(model):
    return [field for field in model._meta.concrete_fields if _is_written(field)]


def _is_written(field):
    if f"{field.model._meta.label}.{field.name}" in CHECKED or field.name in NOT_WRITTEN:
        return False
    own_names = field.name.endswith(("_key", "sha256", "folio")) and field.name != "budget_key"
    if isinstance(field, models.SlugField) or own_names:
        return False
    return isinstance(field, models.JSONField) or (isinstance(field, TEXT) and not field.choices)


def _poison_rows(model):
    """Column by column. Where the table does not let it stand everywhere, it stands where something stood."""
    reached, rows = set(), list(model._base_manager.all())
    for field in _fields(model):
        if rows and (_write(model, field, rows, blank=True) or _write(model, field, rows, blank=False)):
            reached.add(f"{model._meta.label}.{field.name}")
    return reached


def _write(model, field, rows, *, blank):
    changed = []
    for row in rows:
        old = getattr(row, field.attname)
        if (new := _in_place_of(field, old) if old or blank else old) != old:
            changed.append((row, old))
            setattr(row, field.attname, new)
    try:
        with transaction.atomic():
            model._base_manager.bulk_update([row for row, _old in changed], [field.name], batch_size=50)
    except IntegrityError:
        for row, old in changed:
            setattr(row, field.attname, old)
        return False
    return bool(changed)


def _in_place_of(field, value):
    if isinstance(field, models.JSONField):
        return _in_data(value)
    if value is None:
        return None
    if isinstance(field, models.URLField):
        return HOSTILE_ADDRESS
    if value.startswith("{"):  # a frozen form
        return json.dumps(_in_data(json.loads(value)))
    return _unique(field, hostile(value), value)


def _unique(field, text, old):
    """Where no two rows may say the same, what the old text said tells them apart."""
    constrained = field.unique or any(
        field.name in constraint.fields
        for constraint in field.model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
    )
    return f"{text} {old}" if constrained else text


def _in_data(value):
    if isinstance(value, dict):
        return {key: _in_data(inside) for key, inside in value.items()}
    if isinstance(value, list):
        return [_in_data(inside) for inside in value]
    return hostile(value) if isinstance(value, str) and " " in value.strip() else value


def _drop_triggers():
    """What is append-only refuses to be rewritten; here it is, in a transaction that is undone."""
    for guard in triggers.all_guards():
        triggers.remove(guard, connection)
