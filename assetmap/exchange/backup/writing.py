"""Writing a backup: row by row and file by file, so that no table is held in memory."""

from contextlib import contextmanager
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from assetmap.areas.models import Receipt, User

from ..batches import batches
from .archive import CHUNK, Packing, as_line, member_of, member_of_file
from .tables import PEOPLE, columns, keys_to, numbered, owner_of_key, rows_of, tables, tables_for

BATCH = 500
PLAIN = (bool, int, float, str)


def write_backup(area, file, complete=True):
    """Write a backup of an area to an open file; return its manifest.

    complete: with what residents were promised that no coordinator reads. The manifest holds
    {"format", "version", "area": slug, "made_at", "complete", "migrations": {app: [name]},
    "rows": {table: number}, "members": {name: {"bytes", "sha256"}}}.
    """
    with _one_moment(), ZipFile(file, "w", ZIP_DEFLATED) as zipped:
        backup = _Backup(area, Packing(zipped), tables_for(complete))
        backup.write()
        return backup.packing.end(
            area=area.slug,
            made_at=timezone.now().isoformat(),
            complete=complete,
            migrations=migrations(),
            rows=backup.numbers,
        )


def migrations():
    """Return the names of the migrations that the tables stand at, as {app: [name]}."""
    applied = MigrationRecorder(connection).applied_migrations()
    kept = {model._meta.app_label for model in tables()}
    return {
        app: sorted(name for of, name in applied if of == app)
        for app in sorted(kept & {of for of, _ in applied})
    }


class _Backup:
    def __init__(self, area, packing, models_in_it):
        self.area, self.packing, self.models = area, packing, models_in_it
        self.people = sorted(self._people())
        self.codes = {}  # {model of the vocabulary: {pk: code}}
        self.files = {}  # names, each once, in order
        self.numbers = {}

    def write(self):
        for model in self.models:
            self.packing.add(member_of(model), self._lines(model))
        for name in self.files:
            self.packing.add(member_of_file(name), _chunks(name))

    def _people(self):
        """The keys of all whom a row of the area names."""
        found = set()
        for model in self.models:
            for key in keys_to(model, {User}) if model not in PEOPLE else []:
                named = rows_of(model, self.area).exclude(**{key.name: None}).order_by()
                found.update(named.values_list(key.attname, flat=True).distinct())
        return found

    def _lines(self, model):
        table = model._meta.label_lower
        self.numbers[table] = 0
        for row in self._rows(model):
            self.numbers[table] += 1
            yield as_line(self._told(model, row))

    def _rows(self, model):
        if model not in PEOPLE:
            wanted = [field.name for field in model._meta.local_concrete_fields]
            rows = rows_of(model, self.area).order_by("pk").only(*wanted)
            return rows.iterator(chunk_size=BATCH)
        key = "user__in" if model is Receipt else "pk__in"
        parts = batches(self.people, BATCH)
        return (p for part in parts for p in model.objects.filter(**{key: part}).order_by("pk"))

    def _told(self, model, row):
        return {field.name: self._value(field, row) for field in columns(model)}

    def _value(self, field, row):
        if isinstance(field, models.FileField):
            return self._file(field.value_from_object(row).name)
        value = getattr(row, field.attname)
        if field.related_model and value is not None:
            return self._key(owner_of_key(field.related_model), value)
        if value is None or isinstance(value, PLAIN) or isinstance(field, models.JSONField):
            return value
        return field.value_to_string(row)  # times to the microsecond, decimals to the last digit

    def _file(self, name):
        """Take a file along; one that is gone from the disk leaves an empty name."""
        if not name or not default_storage.exists(name):
            return ""
        self.files[name] = True
        return name

    def _key(self, target, value):
        """A row of this backup by its number, one of the vocabulary by its code."""
        if target in numbered():
            return value
        if target not in self.codes:
            self.codes[target] = dict(target.objects.values_list("pk", "code"))
        return self.codes[target][value]


def _chunks(name):
    with default_storage.open(name) as file:
        yield from file.chunks(CHUNK)


@contextmanager
def _one_moment():
    """Read all as of one moment, without keeping anybody from writing meanwhile."""
    if connection.in_atomic_block:  # the caller's own moment
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # atomic() would take the lock on writing
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
