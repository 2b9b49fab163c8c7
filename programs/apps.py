from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from accounts.triggers import Guard, protect


class ProgramsConfig(AppConfig):
    name = "programs"

    def ready(self):
        from programs.models import BLOCK_MODELS  # noqa: PLC0415 -- models exist only now

        frozen = [
            Guard(model._meta.db_table, frozen="OLD.publication_id IS NOT NULL") for model in BLOCK_MODELS
        ]
        protect(self, Guard("programs_publication"), *frozen)
        autodiscover_modules("panels", "duties")
