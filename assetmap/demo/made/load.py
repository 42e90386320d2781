"""Writing made data straight to the tables: one transaction, and no model instance a row."""

from itertools import count

from django.contrib.auth.models import AnonymousUser
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Max

from assetmap.areas.models import Area
from assetmap.areas.text import searchable
from assetmap.demo.cases import MADE_UP
from assetmap.inventory.derived import paused
from assetmap.inventory.models import Asset, Gift, Layer, Link, Offering, SpokenLanguage

from .bare import bare
from .pictures import load_photos
from .plan import plan_areas
from .rows import COLUMNS, AreaRows, Gifts

FIXED = {Asset: {"source": MADE_UP}, Link: {"data_source": MADE_UP}}
COUNTED = (Asset, Offering, SpokenLanguage, Link)
CORNERS = 16


class Table:
    """Where the rows of one model go: COLUMNS differ, all others hold what a new row has."""

    def __init__(self, model):
        blank = model(**FIXED.get(model, {}))
        fields = {field.attname: field for field in model._meta.local_concrete_fields}
        drawn = [fields.pop(name) for name in COLUMNS[model]]
        self.usual = tuple(
            field.get_db_prep_save(field.pre_save(blank, add=True), connection)
            for field in fields.values()
        )
        quote = connection.ops.quote_name
        names = [quote(field.column) for field in (*drawn, *fields.values())]
        self.into = f"{quote(model._meta.db_table)} ({', '.join(names)})"
        self.values = ", ".join(["%s"] * len(names))

    def write(self, rows):
        write = self._copy if connection.vendor == "postgresql" else self._insert
        with connection.cursor() as cursor:
            write(cursor, (row + self.usual for row in rows))

    def _copy(self, cursor, rows):
        with cursor.copy(f"COPY {self.into} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def _insert(self, cursor, rows):
        cursor.executemany(f"INSERT INTO {self.into} VALUES ({self.values})", rows)  # noqa: S608


def load_made(number, seed, photos, tell):
    """Make and write so many assets; return how many of them got a photo.

    Calls tell(number) as they are written. All is written or, if it fails, nothing. The search
    index and the counts are made anew at the end.
    """
    with paused():
        with bare(COLUMNS):
            # Nobody else can take an id now: on PostgreSQL the tables are locked.
            next_ids = {model: _ids(model) for model in COUNTED}
            made = Asset.objects.filter(pk__gte=next(next_ids[Asset]))
            _write_areas(plan_areas(number, seed), next_ids, tell)
            _go_on_after_ids()
        return load_photos(made.filter(layer=Layer.PLACE).visible_to(AnonymousUser()), photos)


def _write_areas(areas, next_ids, tell):
    tables = {model: Table(model) for model in COLUMNS}
    gifts = Gifts(
        (gift.pk, gift.sensitive, searchable(gift.words())) for gift in Gift.objects.all()
    )
    written = 0
    for area in areas:
        made = AreaRows(area, _make_area(area).pk, next_ids, gifts).make()
        for model, rows in made.items():
            tables[model].write(rows)
        written += area.size
        tell(written)


def _make_area(area):
    corners = [area.point(3.6 * area.spread, 6.2832 * n / CORNERS)[::-1] for n in range(CORNERS)]
    return Area.objects.create(
        name=area.name,
        slug=area.slug,
        municipality=area.municipality,
        introduction="Opdigtet: lavet af et program til at måle og prøve med.",
        credit=MADE_UP,
        latitude=area.latitude,
        longitude=area.longitude,
        boundary={"type": "Polygon", "coordinates": [[*corners, corners[0]]]},
    )


def _ids(model):
    return count((model.objects.aggregate(last=Max("pk"))["last"] or 0) + 1)


def _go_on_after_ids():
    """Let the database's own counting go on after the ids written; SQLite's does by itself."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), COUNTED):
            cursor.execute(statement)
