from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id

DOMAIN = {"jobs", "accounts", "documents", "programs", "calls", "evaluations"}


class UserManager(BaseUserManager):
    """People are known by their e-mail address, in lower case."""

    use_in_migrations = True

    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. What a person may do comes from dated memberships of bodies, never from a flag."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=5, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(_("may open the administration pages"), default=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self).split(" ", maxsplit=1)[0]

    def has_perm(self, perm, obj=None):
        """Ask the rules. A superuser gets no way round them in the domain (decision 3)."""
        if perm.split(".", maxsplit=1)[0] in DOMAIN and self.is_superuser:
            import rules  # noqa: PLC0415 -- leaf

            return self.is_active and rules.has_perm(perm, self, obj)
        return super().has_perm(perm, obj)
