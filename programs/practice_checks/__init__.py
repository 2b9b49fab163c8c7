"""What the data of an edition show of each good practice: one practice, one file, one test.

The checks pre-fill an assessment and guard it; they never decide it. Each says what it looked at.
"""

from importlib import import_module
from pkgutil import iter_modules

from programs.practice_checks.base import CHECKS, Finding, Result

__all__ = ["CHECKS", "Finding", "Result", "run"]

for _module in sorted(module.name for module in iter_modules(__path__)):
    import_module(f"{__name__}.{_module}")


def run(contents):
    """What the data show of each practice that has a check, by its code."""
    return {code: look(contents) for code, look in sorted(CHECKS.items())}
