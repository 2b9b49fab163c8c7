"""The language that a person chose: in a cookie, and in the profile of who signed in."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

ONE_YEAR = 365 * 24 * 60 * 60


@login_not_required
@require_POST
def choose_language(request):
    """Speak the language sent from here on, and go back to the page where it was chosen."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest(_("The portal does not speak that language."))
    if request.user.is_authenticated and request.user.language != language:
        request.user.language = language
        request.user.save(update_fields=["language"])
    response = redirect(_way_back(request))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=ONE_YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE, httponly=True, samesite="Lax",
    )  # fmt: skip
    return response


def _way_back(request):
    """The page sent along, if it is one of this portal's; else the front page."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else "/"
