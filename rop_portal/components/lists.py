"""Lists of things: tasks, files, what happened, pairs of name and value."""

from rop_portal.components.library import register, rendered, values_of
from rop_portal.tones import look


@register.inclusion_tag("components/task_list.html")
def task_list(items):
    """What is to be done: ``label``, ``url`` (none while it waits), ``hint``, ``state`` and its ``word``."""
    rows = [values_of(item, "label", "url", "hint", "state", "word") for item in items]
    for row in rows:
        row["tone"], row["icon"] = look(row["state"])
    return {"items": rows}


@register.inclusion_tag("components/file_row.html")
def file_row(
    name, *, url="", media_type="", size=None, sha256="", at=None, by="", verdict="", state="", pages=0
):
    """A file: name, type, size, hash, when, by whom, and the verdict on it."""
    tone, icon = look(state)
    return {
        "name": name, "url": url, "media_type": media_type, "size": size, "sha256": sha256,
        "at": at, "by": by, "verdict": verdict, "tone": tone, "icon": icon, "pages": pages,
        "drawing": "file-earmark-pdf" if media_type == "application/pdf" else "file-earmark-text",
    }  # fmt: skip


@register.inclusion_tag("components/timeline.html")
def timeline(entries):
    """What happened, in the order given: ``title``, ``at``, ``by``, ``text`` and ``tone``."""
    return {"entries": [values_of(entry, "title", "at", "by", "text", "tone") for entry in entries]}


@register.simple_block_tag
def summary_list(content):
    """Pairs of name and value, each a ``{% summary_row %}``."""
    return rendered("summary_list", content=content)


@register.simple_block_tag
def summary_row(content, label):
    return rendered("summary_row", content=content, label=label)


@register.inclusion_tag("components/autosave_stamp.html")
def autosave_stamp(at=None):
    """When what was typed was last kept. The script that saves writes here."""
    return {"at": at}
