"""Composition only: settings, addresses, the Celery app, the components. Nobody imports it."""

from rop_portal.celery import app as celery_app

__version__ = "0.1"
__all__ = ["celery_app"]
