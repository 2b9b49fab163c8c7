from django.apps import AppConfig

from accounts.triggers import Guard, protect


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self):
        protect(self, Guard("accounts_trailentry"))
