from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "rop_portal"

    def ready(self):
        from rop_portal import checks  # noqa: F401, PLC0415 -- registers itself
