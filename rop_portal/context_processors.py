"""What every page needs: its frame, the legend, whether this is a demonstration."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from rop_portal.navigation import Frame


def portal(request):
    return {
        "legend": settings.LEGEND,
        "is_demo": settings.DEMO,
        "mailbox_on_screen": settings.MAILBOX_ON_SCREEN,
        "frame": SimpleLazyObject(lambda: Frame(request)),
    }
