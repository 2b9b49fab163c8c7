"""Boxes and small signs: icon, badge, panel, notice, empty state, confirmation, demonstration mark."""

from functools import lru_cache

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from rop_portal.components.library import register, rendered
from rop_portal.tones import TONE_ICONS

ICONS = settings.BASE_DIR / "static/vendor/bootstrap-icons"


@lru_cache(maxsize=64)
def _drawing(name):
    svg = (ICONS / f"{name}.svg").read_text()
    return svg[svg.index(">") + 1 : svg.rindex("</svg>")].strip()


@register.simple_tag
def icon(name, label=""):
    """A small drawing. Without ``label`` it only accompanies a word and is not read aloud."""
    if not name:
        return ""
    voice = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" viewBox="0 0 16 16" {}>{}</svg>',
        voice,
        mark_safe(_drawing(name)),
    )


@register.simple_tag
def badge(text, tone="plain", icon=None):
    """A word in a tint. ``icon`` is that of the tone unless another or "" is given."""
    return drawn_badge(str(text), tone, TONE_ICONS[tone] if icon is None else icon)


@lru_cache(maxsize=500)
def drawn_badge(text, tone, icon):
    """The same words stand on every row of a list: each is drawn once."""
    return mark_safe(rendered("badge", text=text, tone=tone, icon=icon).strip())


@register.simple_tag
def demo_mark(thing=None):
    """The mark *demostración* on a fictional thing (``is_demo``), or always when nothing is given."""
    is_shown = thing is None or getattr(thing, "is_demo", False)
    return _drawn_demo_mark(get_language()) if is_shown else ""


@lru_cache(maxsize=8)
def _drawn_demo_mark(language):
    return mark_safe(rendered("demo_mark").strip())


@register.simple_block_tag
def panel(content, *, title, tone="plain", level=2, action_url="", action_label="", anchor=""):
    """A titled box. The content comes already escaped."""
    return rendered(
        "panel",
        content=content, title=title, tone=tone, level=level,
        action_url=action_url, action_label=action_label, anchor=anchor,
    )  # fmt: skip


@register.simple_block_tag
def notice(content, *, tone="info", title="", role=""):
    """Something to know before going on. ``role="alert"`` when it answers what was just done."""
    return rendered("notice", content=content, tone=tone, title=title, role=role, icon=TONE_ICONS[tone])


@register.inclusion_tag("components/empty_state.html")
def empty_state(title, text="", action_url="", action_label="", level=2):
    """What will stand here, and how to begin."""
    return {
        "title": title, "text": text, "level": level,
        "action_url": action_url, "action_label": action_label,
    }  # fmt: skip


@register.simple_block_tag
def confirmation(content, *, title, recipients=(), public="", people=None):
    """What an act will do, before it is done: who will be written to and what becomes public.

    ``people``: how many they are, where each of ``recipients`` stands for several.
    """
    recipients = list(recipients)
    people = len(recipients) if people is None else people
    return rendered(
        "confirmation", content=content, title=title, recipients=recipients, public=public, people=people
    )


@register.inclusion_tag("components/job_progress.html")
def job_progress(job, status_url="", result_url="", result_label="", retry_url=""):
    """A piece of long work: waiting, running with progress, failed with its reason, done with its file.

    ``job`` has ``state``, ``get_state_display``, ``done_units``, ``total_units``, ``reason`` and ``label``;
    ``status_url`` answers the same as JSON for the page to ask again.
    """
    return {
        "job": job, "status_url": status_url, "result_url": result_url,
        "result_label": result_label, "retry_url": retry_url,
    }  # fmt: skip
