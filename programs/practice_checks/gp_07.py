from programs.models import Requirement
from programs.practice_checks.base import practice_check
from programs.practice_checks.requirements import SAID, described


@practice_check("GP-07")
def documents_for_the_verification(contents):
    """Every deliverable of the verification says the same, in which quantity and who receives it."""
    return described(contents, Requirement.Stage.VERIFICATION, needed=(*SAID, "quantity", "received_by"))
