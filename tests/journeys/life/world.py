"""The people of a life, and the call with which it begins: a draft, made from published Rules."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from django.utils import timezone

from accounts.models import Membership, Role, User
from calls.actions import applications
from calls.models import Application, Call
from programs.models import Publication
from tests.factories import applications as parts
from tests.factories.accounts import UserFactory, member
from tests.factories.calls import CallFactory
from tests.harness.taped import taped

BEGINS = datetime(2026, 2, 28, 15, 0, tzinfo=UTC)
RECEIVING = datetime(2026, 3, 10, 16, 0, tzinfo=UTC)
BUDGET = Decimal(200_000)  # for two of those who ask for 80,000 each
APPLICANTS = range(4)
SEATS = {"presidencia": "chair", "secretaria": "secretary", "academia": "member", "sociedad": "member2"}
EVALUATORS = ("evaluator1", "evaluator2", "evaluator3")
OF_THE_AGENCY = {
    "operator": Role.OPERATOR, "head": Role.HEAD, "editor": Role.EDITOR, "legal": Role.LEGAL,
    "verifier": Role.VERIFIER,
}  # fmt: skip
ELSEWHERE = {
    "other head": Role.HEAD, "other operator": Role.OPERATOR, "auditor": Role.AUDITOR, "budget": Role.BUDGET,
    "payer": Role.PAYER, "assessor": Role.ASSESSOR, "guide owner": Role.GUIDE_OWNER,
    "monitoring": Role.MONITORING, "administrator": Role.ADMINISTRATOR,
}  # fmt: skip


NAMES = sorted(
    {*OF_THE_AGENCY, *ELSEWHERE, *SEATS.values(), *EVALUATORS, "stranger"}
    | {f"{role} {number}" for role in ("representative", "drafter") for number in APPLICANTS}
)


@dataclass
class Life:
    """A call with everybody who has to do with it, by name; what there is of it is asked of the database."""

    number: int
    people: dict
    organizations: list
    read: dict = field(default_factory=dict)  # what was read since the last deed

    def moved(self):
        """Something may have been done: everything is read anew."""
        self.read.clear()

    @property
    def call(self):
        if "call" not in self.read:
            found = Call.objects.with_program().select_related("committee__body")
            self.read["call"] = found.get(pk=self.number)
        return self.read["call"]

    def applications(self):
        if "applications" not in self.read:
            found = Application.objects.filter(call=self.number).select_related("organization__body")
            self.read["applications"] = list(found.order_by("pk"))
        return self.read["applications"]

    def name_of(self, user):
        return next(name for name, one in self.people.items() if one.pk == user.pk)

    def of(self, organization, *roles):
        """The names of those who act for an organization."""
        number = next(n for n, one in enumerate(self.organizations) if one.pk == organization.pk)
        return {f"{role} {number}" for role in roles}

    def holding(self, *roles):
        """The names of those who hold a role in the committee of the call now."""
        if "held" not in self.read:
            held = Membership.objects.current().filter(body__committee__call=self.number)
            self.read["held"] = set(held.values_list("role", "user"))
        users = {user for role, user in self.read["held"] if role in roles}
        return {name for name, one in self.people.items() if one.pk in users}

    def publications(self):
        """What the Rules say, by its number and hash: nobody alone changes it."""
        return list(Publication.objects.order_by("pk").values_list("pk", "sha256"))


@taped
def draft():
    """A draft call whose words and reception are fixed, and the people of every role."""
    call = CallFactory(budget=BUDGET)
    agency = call.publication.edition.program.agency.body
    people = {name: member(role, agency) for name, role in OF_THE_AGENCY.items()}
    people |= {name: member(role) for name, role in ELSEWHERE.items()}
    people |= {name: UserFactory() for name in (*SEATS.values(), *EVALUATORS, "stranger")}
    User.objects.filter(pk=people["administrator"].pk).update(is_superuser=True, is_staff=True)
    organizations = [parts.OrganizationFactory(drafter=True) for _each in APPLICANTS]
    for number, one in enumerate(organizations):
        people[f"representative {number}"] = parts.representative_of(one)
        people[f"drafter {number}"] = parts.drafter_of(one)
    return Life(call.pk, people, organizations)


def begin_and_fill(life, organization):
    """An application with all that the Rules ask for, not sent yet."""
    person = parts.representative_of(organization)
    application = applications.start(life.call, organization, by=person, at=timezone.now())
    return parts.fill(application, at=timezone.now())
