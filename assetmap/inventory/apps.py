from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from . import derived


class InventoryConfig(AppConfig):
    name = "assetmap.inventory"
    verbose_name = _("inventory")

    def ready(self):
        """Migrate without the triggers, and make them anew from the rows as they then are.

        SQLite changes a table by copying it, which would lose its triggers without a word.
        """
        pre_migrate.connect(_before_migrating, sender=self)
        post_migrate.connect(_after_migrating, sender=self)


def _before_migrating(plan=(), **kwargs):
    if plan:
        derived.remove()


def _after_migrating(apps=apps, **kwargs):
    if "tally" in apps.all_models["inventory"]:  # else migrated back to a time before them
        derived.install()
