"""Drop two indexes that nothing reads by: rows of a run are read in the order of their own one."""

from django.db import migrations, models
from django.db.models.deletion import CASCADE


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial"), ("inventory", "0005_words_of_the_search")]

    operations = [
        migrations.AlterField(
            "importrow",
            "asset",
            models.ForeignKey(
                "inventory.asset",
                CASCADE,
                null=True,
                related_name="import_rows",
                db_index=False,
            ),
        ),
        migrations.AlterField(
            "importrow",
            "run",
            models.ForeignKey("exchange.import", CASCADE, related_name="rows", db_index=False),
        ),
    ]
