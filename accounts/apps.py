from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from accounts.triggers import Guard, protect


class AdministrationConfig(AdminConfig):
    """Django's administration pages with this portal's door."""

    default_site = "accounts.administration.Administration"


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and bodies")

    def ready(self):
        protect(self, Guard("accounts_trailentry"), Guard("accounts_trailleaf"), Guard("accounts_trailnode"))
        autodiscover_modules("trail_words")
