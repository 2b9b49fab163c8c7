from programs.models import Requirement
from programs.practice_checks.base import practice_check
from programs.practice_checks.requirements import SAID, described


@practice_check("GP-05")
def documents_to_register(contents):
    """Every document to register says how it is delivered, in which form, signed how and until when."""
    return described(contents, Requirement.Stage.APPLICATION, needed=SAID)
