"""What the web server of a measure serves: the portal, or a plain hello without anything around it."""

import os

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.test import override_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
portal = get_wsgi_application()
with override_settings(MIDDLEWARE=[]):
    hello = WSGIHandler()
