"""What a draft still lacks: one rule, one file, one test. Pure functions over its contents."""

from importlib import import_module
from pkgutil import iter_modules

from programs.draft_checks.base import CHECKS, Check, Finding, Found

__all__ = ["CHECKS", "Check", "Finding", "Found", "blocking", "run"]

for _module in sorted(module.name for module in iter_modules(__path__)):
    import_module(f"{__name__}.{_module}")


def run(contents):
    """Everything that the checks find in an edition, what blocks first."""
    found = [Finding(check, one) for check in CHECKS for one in check.look(contents)]
    return sorted(found, key=lambda finding: not finding.is_blocking)


def blocking(contents):
    """What must be put right before the edition may be sent or published."""
    return [finding for finding in run(contents) if finding.is_blocking]
