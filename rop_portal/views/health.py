"""``/salud/``: whether the portal works, for a watching machine. No secrets, no names."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from documents import antivirus, pdf, scanning
from jobs import health as jobs_health


@require_safe
@never_cache
@login_not_required
def health(request):
    """200 when it can serve; 503, with what is wrong, when it cannot. It serves without its antivirus."""
    report = {"database": _database(), "pdf": pdf.is_available()}
    if report["database"]:
        report["jobs"] = jobs_health.report()
    if report["database"] and antivirus.is_asked():
        report["antivirus"] = {"answers": antivirus.answers(), "waiting": scanning.waiting()}
    well = report["database"] and report["jobs"]["running"] and not report["jobs"]["late"]
    return JsonResponse({"well": well, **report}, status=200 if well else 503)


def _database():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        return False
