from django.db import migrations

from assetmap.inventory.vocabulary import load_gifts


def load(apps, schema_editor):
    load_gifts(apps.get_model("inventory", "GiftGroup"), apps.get_model("inventory", "Gift"))


def unload(apps, schema_editor):
    apps.get_model("inventory", "Gift").objects.filter(offerings=None).delete()
    apps.get_model("inventory", "GiftGroup").objects.filter(gifts=None).delete()


class Migration(migrations.Migration):
    dependencies = [("inventory", "0001_initial")]
    operations = [migrations.RunPython(load, unload)]
