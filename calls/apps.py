from django.apps import AppConfig

from accounts.triggers import Guard, protect
from calls import boards


class CallsConfig(AppConfig):
    name = "calls"

    def ready(self):
        protect(
            self,
            Guard("calls_planneddate", frozen="OLD.is_promise"),
            Guard("calls_actualdate"),
            Guard("calls_extension"),
            Guard("calls_submission"),
        )
        boards.autodiscover()
