from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"

    def ready(self):
        from documents import renderings  # noqa: PLC0415 -- apps are loaded now

        renderings.autodiscover()
