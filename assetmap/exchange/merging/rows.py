"""The rows that hang on an asset and change hands when two are merged: gifts, ties, figures …

They are found by the keys that lead to an asset, so that a new layer's own rows come along.
"""

from dataclasses import dataclass

from django.db.models import UniqueConstraint

from assetmap.areas.text import fold
from assetmap.inventory.kinds import SYMMETRIC_KINDS
from assetmap.inventory.models import Asset, Export, Link, Offering, Proposal

from ..models import ImportRow, Merge

# Ties have two ends and a way of their own; the others tell of one record as it was then.
NOT_BY_KEY = {Link, Proposal, Export.about.through, ImportRow, Merge}
BATCH = 500


@dataclass
class Rows:
    """Rows of one kind that a record could give to another, and those that must be `left`.

    The moving ones say already whose they will be, in `columns`, but are not saved.
    """

    model: type
    columns: list
    moving: list
    left: list

    @property
    def kind(self):
        return f"{self.model._meta.label_lower}.{self.columns[0]}"

    @property
    def label(self):
        return self.model._meta.verbose_name_plural

    def only(self, keys):
        """The same among the rows with these pks."""
        few = [[row for row in rows if row.pk in keys] for rows in (self.moving, self.left)]
        return Rows(self.model, self.columns, *few)

    def move(self):
        """Save the moving ones; return their pks."""
        self.model._base_manager.bulk_update(self.moving, self.columns, batch_size=BATCH)
        return [row.pk for row in self.moving]


def rows_between(giver, taker):
    """Return what the one asset could give to the other, as a Rows for each kind of row."""
    return [*(_by_key(key, giver, taker) for key in keys_to(type(giver))), _ties(giver, taker)]


def keys_to(model):
    """Return the foreign keys by which rows belong to an asset of a layer."""
    relations = [
        relation
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and not relation.many_to_many
    ]
    return [relation.field for relation in relations if not _stays(relation.related_model)]


def _stays(model):
    """Whether a model's rows stay with the record that they tell of, however it is merged.

    One of an app above this says so by its `stays_when_merged`.
    """
    stays = model in NOT_BY_KEY or getattr(model, "stays_when_merged", False)
    return stays or issubclass(model, Asset)


def _by_key(key, giver, taker):
    giving, held = (
        list(key.model._base_manager.filter(**{key.attname: asset.pk}).order_by("pk"))
        for asset in (giver, taker)
    )
    stands = {mark for row in held for mark in marks(row, key)}
    rows = Rows(key.model, [key.name], [], [])
    for row in giving:
        twice = stands.intersection(marks(row, key))
        (rows.left if twice else rows.moving).append(row)
    for row in rows.moving:
        setattr(row, key.attname, taker.pk)
    return rows


def marks(row, key):
    """Return what no two rows of one asset may share: all that they say, and what is unique."""
    if isinstance(row, Offering):
        return {(row.gift_id or fold(row.text), row.mode)}  # as its form has it
    said = [getattr(row, name) for name in _said_in(key)]
    unique = [[getattr(row, name) for name in names] for names in _unique_with(key)]
    once = {repr((number, *values)) for number, values in enumerate(unique) if None not in values}
    return {repr(said), *once}


def _said_in(key):
    """The columns that somebody wrote, but for whose row it is."""
    own = [field for field in key.model._meta.concrete_fields if field != key]
    return [f.attname for f in own if f.editable and not f.unique]


def _unique_with(key):
    """The columns beside the key in each set of columns that is unique."""
    meta = key.model._meta
    sets = [c.fields for c in meta.constraints if isinstance(c, UniqueConstraint)]
    sets += [*meta.unique_together, *([[key.name]] if key.unique else [])]
    others = [[name for name in names if name != key.name] for names in sets if key.name in names]
    return [[meta.get_field(name).attname for name in names] for names in others]


def _ties(giver, taker):
    ends = Link.objects.of(taker).values_list("source_id", "target_id", "kind")
    stands = set(ends)
    rows = Rows(Link, ["source", "target"], [], [])
    for link in Link.objects.of(giver).order_by("pk"):
        source, target = _given(link, giver, taker)
        free = source != target and (source, target, link.kind) not in stands
        (rows.moving if free else rows.left).append(link)
        if free:
            link.source_id, link.target_id = source, target
    return rows


def _given(link, giver, taker):
    """The ends that a tie has when it is the taker's; those of a mutual tie stand in order."""
    ends = [taker.pk if end == giver.pk else end for end in (link.source_id, link.target_id)]
    return sorted(ends) if link.kind in SYMMETRIC_KINDS else ends
