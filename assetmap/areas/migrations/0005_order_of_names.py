from django.db import migrations

from assetmap.areas.text import sort_key


def write_order(apps, schema_editor):
    for area in apps.get_model("areas", "Area").objects.all():
        area.name_order = sort_key(area.name)
        area.save(update_fields=["name_order"])


class Migration(migrations.Migration):
    dependencies = [("areas", "0004_order_of_areas")]
    operations = [migrations.RunPython(write_order, migrations.RunPython.noop)]
