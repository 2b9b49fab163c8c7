from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from accounts.triggers import protect


class ProgramsConfig(AppConfig):
    name = "programs"

    def ready(self):
        from programs import freezing  # noqa: PLC0415 -- models exist only now

        protect(self, *freezing.guards())
        autodiscover_modules("panels", "duties", "offers", "reaching", "withheld")
