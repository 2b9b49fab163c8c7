"""The first administrator of a new portal, who invites everybody else."""

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from accounts.acts import record
from accounts.models import Body, BodyKind, Membership, Role, User


class Command(BaseCommand):
    help = "Registers the first administrator and prints the address where that person chooses a password."

    def add_arguments(self, parser):
        parser.add_argument("email", help="the e-mail address of the person")
        parser.add_argument("--name", default="", help="the person's name")

    def handle(self, *, email, name, **options):
        try:
            validate_email(email)
        except ValidationError as reason:
            raise CommandError(f"“{email}” is not an e-mail address.") from reason
        if somebody_administers(but=email):
            raise CommandError("There is an administrator already: ask that person for an invitation.")
        person = invite(email, name)
        self.stdout.write(f"{person.email} is the portal's first administrator.")
        self.stdout.write(f"To choose a password, that person opens: {password_address(person)}")


def somebody_administers(*, but):
    """Whether another person is administrator now. The same person may be given a new address."""
    held = Membership.objects.current().with_role(Role.ADMINISTRATOR)
    return held.exclude(user__email__iexact=but).exists()


@transaction.atomic
def invite(email, name):
    """Register the person, without a password yet, as administrator of the platform."""
    person = User.objects.filter(email__iexact=email).first() or User.objects.create_user(email, name=name)
    User.objects.filter(pk=person.pk).update(is_staff=True)
    EmailAddress.objects.get_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    platform, _ = Body.objects.get_or_create(
        kind=BodyKind.PLATFORM,
        defaults={"name_es": "Armoniza", "name_en": "Armoniza", "short_name": "Armoniza"},
    )
    membership, is_new = Membership.objects.get_or_create(
        user=person, body=platform, role=Role.ADMINISTRATOR, until=None
    )
    if is_new:
        record("membership.first_administrator", membership, by=None)
    return person


def password_address(person):
    """Where the person chooses a password; it serves once."""
    key = default_token_generator.make_token(person)
    path = reverse(
        "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key}
    )
    return f"{settings.SITE_URL}{path}"
