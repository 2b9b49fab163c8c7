"""The tests' settings with a few more addresses: the bare pages that everything is measured against."""

from rop_portal.env import env
from tests.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
TEMPLATES[0]["DIRS"].append(BASE_DIR / "benchmarks" / "templates")  # noqa: F405
DATABASES["default"]["CONN_MAX_AGE"] = 60  # noqa: F405 -- as the portal serves; tests open each anew
PUBLIC_PAGES_KEPT_SECONDS = env.int("PAGES_KEPT_SECONDS", default=0)
