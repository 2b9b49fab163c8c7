"""What a draft still lacks: one rule, one file, one test. Pure functions over its contents."""

from importlib import import_module
from pkgutil import iter_modules

from programs.draft_checks.base import CHECKS, Check, Finding, Found
from programs.models import CheckLevel

__all__ = ["CHECKS", "Check", "Finding", "Found", "blocking", "level_of", "run", "switched_off"]

for _module in sorted(module.name for module in iter_modules(__path__)):
    import_module(f"{__name__}.{_module}")


def run(contents):
    """Everything that the checks find in an edition, what blocks first, as its Guide sets each check."""
    levels = [(check, level_of(check, contents)) for check in CHECKS]
    found = [
        Finding(check, one, level)
        for check, level in levels
        if level != CheckLevel.OFF
        for one in check.look(contents)
    ]
    return sorted(found, key=lambda finding: not finding.is_blocking)


def level_of(check, contents):
    """Blocking, advisory or off: what planning set in the Guide, or else what the check says itself."""
    return contents.check_levels.get(check.code, check.level)


def switched_off(contents):
    """The checks that planning switched off in the Guide of an edition."""
    return [check for check in CHECKS if level_of(check, contents) == CheckLevel.OFF]


def blocking(contents):
    """What must be put right before the edition may be sent or published."""
    return [finding for finding in run(contents) if finding.is_blocking]
