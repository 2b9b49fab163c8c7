"""Who asks: nobody signed in, a person of every role of the closed list, and people of somewhere else."""

from accounts.models import Role, User
from rop_portal.demo.people import address

ANONYMOUS = "anonymous"
STRANGERS = {
    "other_operator": "operator.ssas",  # an operator of another agency
    "other_editor": "editor.sicyt",
    "other_representative": "org03",  # the representative of another organization
}
ROLES = [ANONYMOUS, *[role.value for role in Role], *STRANGERS]


def person_of(role):
    return User.objects.get(email=address(STRANGERS.get(role, role)))
