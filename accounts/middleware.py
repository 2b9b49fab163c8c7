from django.conf import settings
from django.utils import translation

from accounts import held

SPOKEN = dict(settings.LANGUAGES)


def chosen_language(request):
    """Profile, then cookie, then Spanish; never the browser's header (decision 26)."""
    for choice in (getattr(request.user, "language", ""), request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)):
        if choice in SPOKEN:
            return choice
    return settings.LANGUAGE_CODE


class ChosenLanguageMiddleware:
    """Speak the language that the person chose."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = chosen_language(request)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class RolesReadOnceMiddleware:
    """A page that is only read asks once which roles its reader holds."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with held.remembered():
            return self.get_response(request)
