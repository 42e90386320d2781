"""The table of the cache in which tries are counted; Django makes it from the settings."""

from django.core.management import call_command
from django.db import migrations


def make(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def remove(apps, schema_editor):
    schema_editor.execute("DROP TABLE IF EXISTS rate_limits")


class Migration(migrations.Migration):
    dependencies = [("areas", "0002_receipts_and_rights")]
    operations = [migrations.RunPython(make, remove)]
