"""What every page needs: navigation, the legend, whether this is a demonstration."""

from django.conf import settings


def portal(request):
    return {
        "legend": settings.LEGEND,
        "is_demo": settings.DEMO,
        "mailbox_on_screen": settings.MAILBOX_ON_SCREEN,
    }
