"""Who has a component open: each page says so every few seconds, and what does not say so is gone."""

from django.utils import timezone

from programs.models import Presence

FORGOTTEN = 20 * Presence.ALIVE


def beat(text, *, page, by):
    """Say that a page has the component open. What was forgotten by pages that died is swept away."""
    now = timezone.now()
    said = {"seen_at": now, "is_writing": by.has_perm("programs.change_edition", text.edition)}
    if not Presence.objects.filter(text=text, user=by, page=page).update(**said):
        Presence.objects.get_or_create(text=text, user=by, page=page, defaults=said)
        Presence.objects.filter(seen_at__lt=now - FORGOTTEN).delete()


def leave(text, *, page, by):
    """The page was closed."""
    Presence.objects.filter(text=text, user=by, page=page).delete()
