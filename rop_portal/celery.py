"""The Celery app. Jobs reach it through the relay, never through ``delay`` in an act."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rop_portal.settings")

app = Celery("rop_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
