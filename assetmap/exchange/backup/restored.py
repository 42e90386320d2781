"""The rows of a backup on their way into this site."""

import uuid
from collections import Counter, defaultdict

from django.core.exceptions import SuspiciousOperation, ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection, models

from assetmap.areas.models import Area, Receipt, User

from ..batches import batches
from .archive import NotRestorable, member_of, member_of_file
from .people import Accounts
from .tables import columns, numbered, owner_of_key, pointed_at, tables
from .writing import BATCH

MISREAD = (
    *(KeyError, TypeError, ValueError, OverflowError, ArithmeticError),
    *(ValidationError, SuspiciousOperation),
)


class Restored:
    """What is written of a backup: how many rows of each table, which files, what had no room."""

    def __init__(self, archive, slug):
        self.archive, self.slug = archive, slug
        self.is_complete = bool(archive.manifest.get("complete"))
        self.accounts = Accounts(archive)
        self.accounts_here = set()  # keys in the backup
        self.keys = defaultdict(dict)  # {model: {key in the backup: key here}}
        self.codes = {}  # {model of the vocabulary: {code: key here}}
        self.files = []  # names in the storage
        self.numbers, self.left_out = Counter(), Counter()

    def write(self):
        for model in tables():
            for part in batches(self.archive.rows(model), BATCH):
                try:
                    self._write_part(model, part)
                except MISREAD as error:
                    raise NotRestorable(f"“{member_of(model)}” cannot be read: {error}") from None
        if self.numbers[Area._meta.label_lower] != 1:
            raise NotRestorable("A backup holds one area, and this one does not.")

    def _write_part(self, model, part):
        rows = [self._row(model, told) for told in self._new(model, part)]
        fitting = _fitting(model, rows)
        self._insert(model, fitting)
        self.numbers[model._meta.label_lower] += len(fitting)
        self.left_out[model._meta.label_lower] += len(rows) - len(fitting)

    def _new(self, model, part):
        """All but accounts that are here already: those stay as they are, receipt and all."""
        if model is User:
            here = self.accounts.here(part)
            self.keys[User].update(here)
            self.accounts_here.update(here)
            return [told for told in part if told["id"] not in here]
        if model is Receipt:
            return [told for told in part if told["user"] not in self.accounts_here]
        return part

    def _row(self, model, told):
        """Return an unsaved row, which still has its key in the backup."""
        fields = {field.name: field for field in columns(model)}
        if strange := sorted(set(told) - set(fields)):
            raise NotRestorable(
                f"“{member_of(model)}” has a column that is not known here: {strange[0]}. "
                "Update the site, then restore."
            )
        row = model(**{fields[n].attname: self._value(fields[n], v) for n, v in told.items()})
        if model is Area:
            row.slug = self.slug
        if model is User:
            row.set_unusable_password()
        return row

    def _value(self, field, value):
        if value is None or isinstance(field, models.JSONField):
            return value
        if isinstance(field, models.FileField):
            return self._file(field, value)
        if field.related_model:
            return self._key(owner_of_key(field.related_model), value)
        return field.to_python(value)

    def _key(self, target, value):
        """The key here of a row that has another in the backup, or of a gift by its code."""
        if target in numbered():
            if value not in self.keys[target]:
                raise NotRestorable(
                    f"The backup names {target._meta.verbose_name} {value}, and has no such row."
                )
            return self.keys[target][value]
        if target not in self.codes:
            self.codes[target] = dict(target.objects.values_list("code", "pk"))
        if value not in self.codes[target]:
            raise NotRestorable(
                f"The {target._meta.verbose_name} “{value}” is not in this site's vocabulary. "
                "Add it in the administration, under the same code, then restore."
            )
        return self.codes[target][value]

    def _file(self, field, name):
        """Save a file under its own name, or beside another of that name; none leaves it empty."""
        member = member_of_file(name)
        if member not in self.archive.names:
            return ""
        with self.archive.open(member) as file:
            saved = default_storage.save(name, File(file), max_length=field.max_length)
        self.files.append(saved)
        return saved

    def _insert(self, model, rows):
        """Write the rows just as they are: no time is set anew, nothing is worked out again.

        They come in the order of their keys, so their new keys are in that order too; of a tie
        that is the same both ways the lower end stays the lower.
        """
        meta = model._meta
        fields = [f for f in meta.local_concrete_fields if not isinstance(f, models.AutoField)]
        size = connection.ops.bulk_batch_size(fields, rows) if rows else 1
        for part in batches(rows, min(size, BATCH)):
            made = model._base_manager._insert(
                part, fields, returning_fields=[meta.pk], raw=True, using=connection.alias
            )
            if model in pointed_at():
                new = (key for (key,) in made)
                self.keys[model].update(zip((row.pk for row in part), new, strict=True))


def _fitting(model, rows):
    """Return the rows whose unique values are free here; a uid that is taken is drawn anew.

    So an area can be restored beside itself. What is left out is a code that opens something
    here already.
    """
    for field in model._meta.local_concrete_fields:
        if field.unique and not (field.primary_key or field.related_model):
            taken = _taken(model, field, rows)
            if isinstance(field, models.UUIDField):
                for row in rows:
                    if getattr(row, field.attname) in taken:
                        setattr(row, field.attname, uuid.uuid4())
            else:
                rows = [row for row in rows if getattr(row, field.attname) not in taken]
    return rows


def _taken(model, field, rows):
    values = [getattr(row, field.attname) for row in rows]
    found = model._base_manager.filter(**{f"{field.name}__in": values})
    return set(found.values_list(field.name, flat=True))
