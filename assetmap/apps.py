from importlib import import_module

from django.apps import apps
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig as DjangoStaticFilesConfig
from django.utils.module_loading import module_has_submodule


class AdminConfig(SimpleAdminConfig):
    """Django's admin, without what must not be in it.

    django-leaflet's admin module needs the GDAL library; post_office's would show people's mail.
    """

    left_out = {"leaflet", "post_office"}

    def ready(self):
        super().ready()
        for app in apps.get_app_configs():
            if app.name not in self.left_out and module_has_submodule(app.module, "admin"):
                import_module(f"{app.name}.admin")


class StaticFilesConfig(DjangoStaticFilesConfig):
    """Static files, without what is large and unused, or names files that are not there.

    That is htmx's extensions, and the second of the two pages that django-ninja brings along.
    """

    ignore_patterns = [*DjangoStaticFilesConfig.ignore_patterns, "hx-*.js", "redoc.*"]
