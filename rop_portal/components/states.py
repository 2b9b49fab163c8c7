"""Whose turn, which stage, which state, until when."""

from datetime import timedelta
from functools import lru_cache
from html import escape

from django.db.models import Model
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.dates import local_date, moment_in_words
from documents import pesos
from rop_portal.components.boxes import drawn_badge, icon
from rop_portal.components.library import register, rendered, values_of
from rop_portal.tones import DONE, PLAIN, WATCH, WRONG, look

ONE_MINUTE = timedelta(minutes=1)
LONG_AGO = 60  # days after which nobody counts them any more


@register.simple_tag
def state_badge(thing, label=""):
    """The state of a thing (``get_state_display``), of a choice, or of a code with its ``label``."""
    if isinstance(thing, Model):
        code, word = thing.state, _word(type(thing), thing.state)
    elif hasattr(thing, "get_state_display"):
        code, word = thing.state, thing.get_state_display()
    else:
        code, word = getattr(thing, "value", thing), getattr(thing, "label", thing)
    tone, icon = look(code)
    return drawn_badge(str(label or word), tone, icon)


@lru_cache(maxsize=500)
def _word(model, code):
    """What a state is called, not yet translated. Django looks through all choices each time."""
    return dict(model._meta.get_field("state").flatchoices).get(code, code)


@register.inclusion_tag("components/turn_line.html")
def turn_line(
    *, what="", who="", yours=False, until=None, cutoff=None, days=None, unit="calendar",
    note="", tone="", action_url="", action_label="",
):  # fmt: skip
    """Whose turn it is, for what, until when, and the one main action.

    ``until`` is the last minute itself; ``cutoff`` the exclusive instant stored as ``closes_at``.
    """
    last = cutoff - ONE_MINUTE if cutoff else until
    return {
        "what": what, "who": who, "yours": yours, "note": note, "tone": tone,
        "until": moment_in_words(last) if last else "",
        "left": left_in_words(last, days, unit) if last else "",
        "action_url": action_url, "action_label": action_label,
    }  # fmt: skip


@register.inclusion_tag("components/cycle_bar.html")
def cycle_bar(steps, label=""):
    """The stages in order: ``label``, ``detail`` (its dates) and ``status``: done, now, next, late."""
    steps = [values_of(step, "label", "detail", "status") for step in steps]
    return {"steps": steps, "label": label or _("Stages of the cycle")}


@register.simple_tag
def deadline(until=None, *, cutoff=None, label="", days=None, unit="calendar", met=False):
    """A date with time, zone and the days left, calendar unless business days are counted and given."""
    last = cutoff - ONE_MINUTE if cutoff else until
    left, tone = ("", DONE) if met else (left_in_words(last, days, unit), urgency(last))
    at = timezone.localtime(last).isoformat()
    return _drawn_deadline(at, moment_in_words(last), str(label), left, tone)


@lru_cache(maxsize=500)
def _drawn_deadline(at, words, label, left, tone):
    return mark_safe(rendered("deadline", at=at, words=words, label=label, left=left, tone=tone).strip())


def days_left(last):
    return (local_date(last) - local_date(timezone.now())).days


def urgency(last):
    """Late, due within three days, or still far."""
    if last < timezone.now():
        return WRONG
    return WATCH if days_left(last) <= 3 else PLAIN


def left_in_words(last, days=None, unit="calendar"):
    """How many days are left, or since when it is over."""
    if last < timezone.now():
        return _past(-days_left(last))
    left = days_left(last) if days is None else days
    if left == 0:
        return _("It ends today.")
    if unit == "business":
        return ngettext("%(count)d business day left.", "%(count)d business days left.", left) % {
            "count": left
        }
    return ngettext("%(count)d calendar day left.", "%(count)d calendar days left.", left) % {"count": left}


def _past(days):
    if days > LONG_AGO:
        return ""
    if days <= 0:
        return _("It ended today.")
    return ngettext("It ended %(count)d day ago.", "It ended %(count)d days ago.", days) % {"count": days}


@register.simple_tag
def folio(value, label=None):
    """A folio or code, in one piece."""
    return _drawn_folio(str(value), str(_("Folio") if label is None else label))


@lru_cache(maxsize=2000)
def _drawn_folio(value, label):
    return mark_safe(rendered("folio", value=value, label=label).strip())


@register.simple_tag
def money(amount, words=False):
    """An amount in pesos with its words on hover and in print, or always with ``words=True``."""
    return _drawn_money(None if amount == "" else amount, words)


@lru_cache(maxsize=2000)
def _drawn_money(amount, always):
    if amount is None:
        return mark_safe(rendered("money", figures="—", words="", always=False).strip())
    figures, words = pesos.figures(amount), pesos.in_words(amount)
    return mark_safe(rendered("money", figures=figures, words=words, always=always).strip())


@register.simple_tag
def practice_cell(verdict="", *, url="", proof="", label="", column=""):
    """A cell of the matrix: verdict and proof in words and an icon. Without a verdict: *not stated*."""
    said = label or getattr(verdict, "label", "") or (verdict if verdict else _("No data"))
    before, face = _practice_cell(str(verdict), str(said), str(proof))
    heading = f' data-label="{escape(str(column))}"' if column else ""
    opens, ends = (f'a class="cell" href="{escape(url)}"', "a") if url else ('span class="cell"', "span")
    return mark_safe(f"{before}{heading}><{opens}>{face}</{ends}></td>")


@register.simple_tag
def practice_cells(cells):
    """The cells of one practice in a row, each with ``standing``, ``label``, ``proof``, ``url``, ``column``.

    Two hundred programs make a table of more than two thousand cells, so no template is rendered for each.
    """
    return mark_safe(
        "".join(
            practice_cell(cell.standing, label=cell.label, proof=cell.proof, url=cell.url, column=cell.column)
            for cell in cells
        )
    )


@lru_cache(maxsize=2048)
def _practice_cell(verdict, label, proof):
    """How a cell begins, and its face: few verdicts and proofs fill many cells."""
    tone, sign = look(verdict) if verdict else (PLAIN, "")
    words = format_html("<span>{}</span>" if tone == PLAIN else "<b>{}</b>", label)
    shown = format_html("<small>{}</small>", proof) if proof else ""
    return f'<td class="tone-{tone}"' if tone != PLAIN else "<td", mark_safe(f"{icon(sign)}{words}{shown}")


@register.inclusion_tag("components/promise_row.html")
def promise_row(
    label, *, planned=None, former=(), actual=None, responsible="", url="", days_late=None,
    unit="business", due_soon=False, reason="",
):  # fmt: skip
    """A promised date: kept, late by N days, due soon; former dates stay, struck through."""
    return {
        "label": label, "planned": planned, "former": list(former), "actual": actual, "url": url,
        "responsible": responsible, "reason": reason, **_promise_state(actual, days_late, unit, due_soon),
    }  # fmt: skip


def _promise_state(actual, days_late, unit, due_soon):
    if days_late:
        return {"word": _late_words(days_late, unit), "tone": WRONG, "icon": "exclamation-triangle-fill"}
    if actual:
        return {"word": _("Kept"), "tone": DONE, "icon": "check-lg"}
    if due_soon:
        return {"word": _("Due soon"), "tone": WATCH, "icon": "clock"}
    return {"word": _("Planned"), "tone": PLAIN, "icon": "calendar3"}


def _late_words(days, unit):
    if unit == "business":
        return ngettext("Late by %(count)d business day", "Late by %(count)d business days", days) % {
            "count": days
        }
    return ngettext("Late by %(count)d calendar day", "Late by %(count)d calendar days", days) % {
        "count": days
    }
