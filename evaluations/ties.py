"""Reads: what the portal's own data tie people to, among the organizations that applied to a call.

Strong ties bar by themselves: acting for the organization, now or before, or having its e-mail address. The
rest are hints, to be confirmed or denied with a reason; an invitation is one of them, or an organization
could bar whoever it likes by inviting them. The RFC of an organization is its own alone and people have
none in the portal, so it ties nobody. As many questions are asked for one person as for hundreds.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from accounts.models import BodyKind, Invitation, Membership, Role
from calls.models import Answer, Organization
from evaluations import likeness
from evaluations.models import ConflictDeclaration, DetectedTie
from evaluations.models.ties import STRONG, in_words

ACTING = (Role.REPRESENTATIVE, Role.DRAFTER)
Kind = DetectedTie.Kind


@dataclass(frozen=True)
class Tie:
    """That one person is tied to one organization: how, and in what."""

    kind: str
    basis: str = ""

    @property
    def is_strong(self):
        return self.kind in STRONG

    @property
    def in_words(self):
        return in_words(self.kind, self.basis)


@dataclass
class Applicant:
    """What is known of an organization that applied and of the people who act or acted for it."""

    organization: Organization
    people: dict = field(default_factory=dict)

    def learn(self):
        """Work out what is compared, once its people are known."""
        one = self.organization
        others = [self.people[key] for key in sorted(self.people)]
        sites = {likeness.domain_of_site(one.website), likeness.domain_of(one.email)}
        self.domains = (sites | {likeness.domain_of(person.email) for person in others}) - {""}
        self.names = {likeness.full_name(person.name) for person in others} - {""}
        self.surnames = [likeness.surnames(person.name) for person in others]
        self.phone = likeness.phone(one.phone)
        self.address = likeness.address(one.address, one.postal_code)


def organizations_of(call):
    """The organizations that applied: the list shown to declare, never whose file is whose."""
    return (
        Organization.objects.filter(applications__in=call.applications.handed_in())
        .select_related("body")
        .distinct()
        .order_by("body__name_es", "pk")
    )


def between(call, people, organizations=None):
    """The ties of each person: by its row, a dictionary of organization (its row) to the ties found."""
    people = list(people)
    listed = organizations_of(call) if organizations is None else organizations
    data = _Data(call, people, {one.pk: Applicant(one) for one in listed})
    return {person.pk: data.ties_of(person) for person in people}


def of(call, user, organizations=None):
    """The ties of one person to the organizations that applied."""
    return between(call, [user], organizations)[user.pk]


class _Data:
    """All that is compared, read at once."""

    def __init__(self, call, people, applicants):
        self.call, self.people, self.applicants = call, people, applicants
        self.by_body = {one.organization.body_id: one for one in applicants.values()}
        self.held = defaultdict(dict)
        self._read_memberships()
        for one in applicants.values():
            one.learn()
        self.shared = self._shared_bodies()
        self.told = self._declared() + self._invited() + self._named()

    def _read_memberships(self):
        """Who acts or acted for those who applied; what each person is or was in."""
        mine = {person.pk for person in self.people}
        rows = Membership.objects.filter(Q(user__in=mine) | Q(body__in=list(self.by_body), role__in=ACTING))
        for held in rows.select_related("user", "body__organization").order_by("pk"):
            if held.role in ACTING and held.body_id in self.by_body:
                self.by_body[held.body_id].people[held.user_id] = held.user
            if held.user_id in mine:
                self.held[held.user_id][held.body_id] = held.body

    def _shared_bodies(self):
        """By body: which applicants have somebody who belongs or belonged to it."""
        own_committee = Q(body__committee__call=self.call)
        acting = {user for one in self.applicants.values() for user in one.people}
        bodies = {body for held in self.held.values() for body in held}
        rows = Membership.objects.filter(body__in=bodies, user__in=acting).exclude(own_committee)
        found = defaultdict(set)
        for body, user in rows.exclude(body__kind=BodyKind.PLATFORM).values_list("body", "user"):
            found[body] |= {key for key, one in self.applicants.items() if user in one.people}
        return found

    def _declared(self):
        """Ties that the same people declared with the same organizations in other calls."""
        before = ConflictDeclaration.objects.filter(
            user__in=[person.pk for person in self.people], organization__in=list(self.applicants)
        ).exclude(call=self.call)
        rows = before.order_by("-at", "-pk").values_list("user", "organization", "call__folio")
        return [(user, organization, Tie(Kind.DECLARED.value, folio)) for user, organization, folio in rows]

    def _invited(self):
        """Invitations of those who applied to the addresses of these people, accepted or not."""
        by_address = {person.email.lower(): person.pk for person in self.people}
        rows = Invitation.objects.filter(body__in=list(self.by_body), email__in=list(by_address))
        return [
            (by_address[email.lower()], self.by_body[body].organization.pk, Tie(Kind.INVITED.value))
            for email, body in rows.values_list("email", "body")
        ]

    def _named(self):
        """Answers of the applications that name one of these people or give their address."""
        wanted = Q()
        for person in self.people:
            wanted |= Q(text__icontains=person.email)
            if likeness.full_name(person.name):
                wanted |= Q(text__icontains=person.name)
        if not wanted:
            return []
        answers = Answer.objects.filter(wanted, application__in=self.call.applications.handed_in())
        rows = list(answers.values_list("application__organization", "text"))
        return [
            (person.pk, organization, Tie(Kind.NAMED.value))
            for organization, text in rows
            for person in self.people
            if _names(text.lower(), person)
        ]

    def ties_of(self, person):
        """By organization: strong ties alone where there are any, otherwise the hints, each kind once."""
        told = defaultdict(list)
        for user, organization, tie in self.told:
            if user == person.pk:
                told[organization].append(tie)
        mine = _Person(person, self.held[person.pk])
        found = {}
        for key, applicant in self.applicants.items():
            ties = [*mine.compared(applicant), *told[key], *self._bodies(key, person, applicant)]
            if each := _once(ties):
                found[key] = [tie for tie in each if tie.is_strong] or each
        return found

    def _bodies(self, organization, person, applicant):
        for body in self.held[person.pk].values():
            if organization in self.shared[body.pk] and body.pk != applicant.organization.body_id:
                yield Tie(Kind.BODY.value, str(body))


class _Person:
    """One person against one organization after another."""

    def __init__(self, user, held):
        self.user = user
        self.domain = likeness.domain_of(user.email)
        self.name, self.surnames = likeness.full_name(user.name), likeness.surnames(user.name)
        acted = [one for body in held.values() if (one := getattr(body, "organization", None))]
        self.phones = {likeness.phone(one.phone): one for one in acted}
        self.addresses = {likeness.address(one.address, one.postal_code): one for one in acted}

    def compared(self, applicant):
        """What ties the person to the organization, the strong first."""
        if self.user.pk in applicant.people:
            yield Tie(Kind.MEMBERSHIP.value)
        if applicant.organization.email and applicant.organization.email.lower() == self.user.email.lower():
            yield Tie(Kind.EMAIL.value)
        yield from self._names(applicant)
        if self.domain in applicant.domains:
            yield Tie(Kind.DOMAIN.value, self.domain)
        if applicant.phone and (own := self.phones.get(applicant.phone)):
            yield Tie(Kind.PHONE.value, str(own))
        if applicant.address and (own := self.addresses.get(applicant.address)):
            yield Tie(Kind.ADDRESS.value, str(own))

    def _names(self, applicant):
        if self.name in applicant.names:
            yield Tie(Kind.NAME.value)
            return
        shared = [likeness.shared_surnames(self.surnames, theirs) for theirs in applicant.surnames]
        if closest := max(shared, key=len, default=None):
            yield Tie(Kind.SURNAME.value, " ".join(sorted(closest)).title())


def _names(text, person):
    named = likeness.full_name(person.name) and person.name.lower() in text
    return named or person.email.lower() in text


def _once(ties):
    """The first of each kind."""
    found = {}
    for tie in ties:
        found.setdefault(tie.kind, tie)
    return list(found.values())


# What was answered ------------------------------------------------------------------------------------


def answered(call, users):
    """The hints that these people answered already: triples of person, organization and kind."""
    rows = DetectedTie.objects.filter(call=call, user__in=users)
    return set(rows.values_list("user", "organization", "kind"))


def declared(call, users):
    """The organizations with which these people declared a tie in the call: pairs with the person."""
    rows = ConflictDeclaration.objects.filter(call=call, user__in=users).exclude(organization=None)
    return set(rows.values_list("user", "organization"))


def unsettled(call, people):
    """By person, the organizations that a strong tie or a hint not answered keeps them from, as of now."""
    people = list(people)
    done, said = answered(call, people), declared(call, people)
    return {
        person: {
            organization: left
            for organization, ties in found.items()
            if (person, organization) not in said
            and (left := [tie for tie in ties if (person, organization, tie.kind) not in done])
        }
        for person, found in between(call, people).items()
    }
