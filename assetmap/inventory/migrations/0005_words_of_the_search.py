from django.db import migrations

from assetmap.areas.text import searchable

BATCH = 2000


def separate_words(apps, schema_editor):
    """Keep what a search finds by as words with one space before each, names apart."""
    Asset = apps.get_model("inventory", "Asset")
    batch = []
    for asset in Asset.objects.only("name", "search_text").iterator(BATCH):
        asset.search_name = searchable([asset.name])
        asset.search_text = searchable([asset.search_text])
        batch.append(asset)
        if len(batch) == BATCH:
            _write(Asset, batch)
            batch = []
    _write(Asset, batch)


def _write(Asset, batch):
    Asset.objects.bulk_update(batch, ["search_name", "search_text"], batch_size=200)


class Migration(migrations.Migration):
    # The older code finds its words in this form too, so there is nothing to put back.
    dependencies = [("inventory", "0004_search_and_tallies")]
    operations = [migrations.RunPython(separate_words, migrations.RunPython.noop)]
