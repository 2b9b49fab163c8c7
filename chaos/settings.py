"""The portal's own settings, and a switch that only they know: a protection taken off, as a control."""

from rop_portal.env import env
from rop_portal.settings import *  # noqa: F403

CHAOS_WITHOUT = env.str("CHAOS_WITHOUT", default="")
INSTALLED_APPS += ["chaos.apps.ChaosConfig"]  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # people who do not exist
