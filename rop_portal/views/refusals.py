"""Pages for what cannot be shown: bad request, denied, form expired, fault of ours, out of reach."""

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseForbidden
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token
from django.views.defaults import server_error

OUT_OF_REACH = (OperationalError, InterfaceError)  # the database is away, restarting, locked or full
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)  # the disk of the files is full
RETRY_AFTER = 5  # seconds: a database that was killed is back sooner


@requires_csrf_token
def denied(request, exception=None):
    """403: visible but not allowed, with the reason given by whoever refused."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


@requires_csrf_token
def form_expired(request, reason=""):
    """A form whose token is missing or old: nothing was done, and it says how to send it again."""
    return HttpResponseForbidden(render(request, "403_csrf.html").content)


def failed(request):
    """500 for a fault of ours; 503 for what passes, so that whoever asked tries again."""
    if not passes(sys.exception()):
        return server_error(request)
    return HttpResponse(
        render_to_string("503.html"),
        status=503,
        headers={"Retry-After": RETRY_AFTER, "Cache-Control": "no-store"},
    )


def passes(fault):
    """Whether it is no fault of ours and ends by itself: no database, or no room on the disk."""
    return isinstance(fault, OUT_OF_REACH) or getattr(fault, "errno", None) in NO_ROOM
