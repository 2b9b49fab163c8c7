"""What happens to an organization: it is registered, it changes its data, its account is looked at."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import acts
from accounts.models import Body, BodyKind, Membership, Role
from calls.models import Organization


class CannotRegister(Exception):
    """A reason, in words the person registering can read."""


FIELDS = (
    "legal_form", "rfc", "cluni", "clabe", "constituted_on", "purpose", "address", "postal_code",
    "municipality", "phone", "email", "website",
)  # fmt: skip


@transaction.atomic
def register(*, name, rfc, by, at=None, is_demo=False, **fields):
    """Register an organization. Whoever registers it becomes its legal representative."""
    at = acts.moment(at)
    organization = _create(name, rfc, is_demo=is_demo, **fields)
    Membership.objects.create(user=by, body=organization.body, role=Role.REPRESENTATIVE, since=at)
    acts.record("organization.register", organization, by=by, at=at)
    return organization


@transaction.atomic
def register_for(*, name, rfc, by, at=None, is_demo=False, **fields):
    """Register an organization that has nobody with an account yet: its people come by invitation."""
    organization = _create(name, rfc, is_demo=is_demo, **fields)
    acts.record("organization.register_for", organization, by=by, at=at)
    return organization


def _create(name, rfc, *, is_demo, **fields):
    if Organization.objects.filter(rfc=rfc).exists():
        raise CannotRegister(
            _(
                "An organization with the RFC %(rfc)s is already registered. "
                "Ask its legal representative to add you to its team."
            )
            % {"rfc": rfc}
        )
    body = Body.objects.create(kind=BodyKind.ORGANIZATION, name_es=name, is_demo=is_demo)
    return Organization.objects.create(body=body, rfc=rfc, **fields)


@transaction.atomic
def update(organization, *, by, at=None, name=None, **changes):
    """Change the data of an organization. The trail says which data, not what they were."""
    changed = [
        field for field in FIELDS if field in changes and getattr(organization, field) != changes[field]
    ]
    for field in changed:
        setattr(organization, field, changes[field])
    if changed:
        organization.save(update_fields=changed)
    if name and name != organization.body.name_es:
        Body.objects.filter(pk=organization.body_id).update(name_es=name)
        organization.body.name_es = name
        changed.append("name")
    if changed:
        acts.record("organization.update", organization, by=by, at=at, note=", ".join(changed))
    return organization


def reveal_account(organization, *, by, at=None):
    """The whole CLABE; every look at it is a line in the trail."""
    acts.record("organization.reveal_account", organization, by=by, at=at)
    return organization.clabe
