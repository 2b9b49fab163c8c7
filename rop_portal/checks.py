"""What would not work in this installation, said at start instead of found out later."""

from django.conf import settings
from django.core import checks
from django.core.checks import Error, Tags, register
from django.utils.translation import gettext as _

from documents import antivirus, pdf
from rop_portal.env import env


@register(Tags.database)
def one_process_on_sqlite(app_configs, **kwargs):
    """SQLite serves one web process, which also runs the tasks."""
    if settings.EMBEDDED_DATABASE and env.int("WEB_WORKERS", default=1) > 1:
        return [
            Error(
                _("SQLite serves one web process with its tasks inside; several processes need PostgreSQL."),
                hint=_("Set DATABASE_URL to a PostgreSQL server, or leave WEB_WORKERS at 1."),
                id="armoniza.E001",
            )
        ]
    return []


@register(Tags.security)
def antivirus_can_be_found(app_configs, **kwargs):
    """A setting that names no place would leave every file waiting."""
    try:
        if antivirus.is_asked():
            antivirus.address()
    except antivirus.BadAddress as said:
        return [
            Error(
                _("CLAMAV_SOCKET names no place: “%(said)s”.") % {"said": said},
                hint=_("Write a path, as /run/clamav/clamd.ctl, or a host and its port, as clamav:3310."),
                id="armoniza.E002",
            )
        ]
    return []


@register(Tags.compatibility)
def pdfs_can_be_made(app_configs, **kwargs):
    """Without its libraries the portal starts, and says that PDFs are off."""
    if lacking := pdf.missing():
        return [
            checks.Warning(
                _("PDFs are off: %(what)s is missing.") % {"what": ", ".join(lacking)},
                hint=_("Install libpangoft2-1.0-0 and libharfbuzz-subset0."),
                id="armoniza.W001",
            )
        ]
    return []
