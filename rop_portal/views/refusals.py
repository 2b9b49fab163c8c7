"""Pages for what cannot be shown: bad request, denied, not found, form expired, fault of ours."""

from django.http import HttpResponseForbidden
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token


@requires_csrf_token
def denied(request, exception=None):
    """403: visible but not allowed, with the reason given by whoever refused."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


@requires_csrf_token
def form_expired(request, reason=""):
    """A form whose token is missing or old: nothing was done, and it says how to send it again."""
    return HttpResponseForbidden(render(request, "403_csrf.html").content)
