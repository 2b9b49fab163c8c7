"""The tests' settings with one more address: the bare page that everything is measured against."""

from tests.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
