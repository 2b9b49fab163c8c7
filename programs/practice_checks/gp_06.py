from programs.models import Requirement
from programs.practice_checks.base import practice_check
from programs.practice_checks.requirements import SAID, described


@practice_check("GP-06")
def documents_for_the_payment(contents):
    """Every document of the payment request says the same, and in which quantity."""
    return described(contents, Requirement.Stage.PAYMENT, needed=(*SAID, "quantity"))
