"""Writing what a run's rows say into the inventory: all of it, or nothing."""

from django.utils import timezone

from assetmap.areas.text import fold
from assetmap.inventory.kinds import LINK_KINDS
from assetmap.inventory.loader import load_assets, load_links, load_offerings, reindex, update_rows
from assetmap.inventory.models import Asset, Gift, Link, Offering, SpokenLanguage

from ..merging.merge import hold
from ..models import ImportRow
from . import fields
from .chunks import in_chunks
from .compare import new_gifts, row_key, with_rows

BESIDE = ("gifts", "languages", "ties")  # among a row's changes: rows of their own

Outcome, What = ImportRow.Outcome, ImportRow.What


def write(run, tell):
    """Write a checked run; to be called in a transaction. `tell(done)` is called as it goes on."""
    writer = Writer(run, tell)
    writer.new_assets()
    writer.changed_assets()
    writer.gifts_of_rows()
    writer.ties()


class Writer:
    def __init__(self, run, tell):
        self.run, self._tell, self.done = run, tell, 0
        self.gifts_by_word = Gift.objects.by_word()
        self.now = timezone.now()

    def _rows(self, what, outcome):
        return self.run.rows.filter(what=what, outcome=outcome).order_by("pk")

    def _worked(self, number):
        self.done += number
        self._tell(self.done)

    # New assets ---------------------------------------------------------------------------

    def new_assets(self):
        models = fields.importable()
        for chunk in in_chunks(self._rows(What.ASSET, Outcome.NEW)):
            for layer, model in models.items():
                rows = [row for row in chunk if row.values["layer"] == layer]
                self._load(model, rows)
            self._worked(len(chunk))

    def _load(self, model, rows):
        pairs = [(row, self._asset(model, row)) for row in rows]
        offerings = [
            self._offering(asset, gift)
            for row, asset in pairs
            for gift in self._different(row.values.get("gifts", []))
        ]
        load_assets(model, [asset for _row, asset in pairs], offerings)
        self._load_languages(pairs)
        for row, asset in pairs:
            row.asset_id = asset.pk
        update_rows(ImportRow, rows, ["asset"])

    def _asset(self, model, row):
        """An asset as the file tells it; nobody has said yet that it is right today."""
        asset = model(area=self.run.area, created_by=self.run.user, **row.values["fields"])
        asset.status = asset.status_when_added
        asset.source, asset.source_id = self.run.source, row.key
        asset.licence = self.run.licence
        return asset

    def _beside(self, rows):
        """Write gifts and languages of (row, asset, gifts); return {row's key: [gifts' keys]}."""
        different = {
            (asset.pk, row_key(gift, self.gifts_by_word)): (row, asset, gift)
            for row, asset, gifts in rows
            for gift in gifts
        }
        offerings = [(row, self._offering(asset, gift)) for row, asset, gift in different.values()]
        load_offerings([offering for _row, offering in offerings])
        self._load_languages([(row, asset) for row, asset, _gifts in rows])
        made = {}
        for row, offering in offerings:
            made.setdefault(row.pk, []).append(offering.pk)
        return made

    def _load_languages(self, pairs):
        languages = [
            SpokenLanguage(asset_id=asset.pk, code=code)
            for row, asset in pairs
            for code in row.values.get("languages", [])
        ]
        SpokenLanguage.objects.bulk_create(languages, ignore_conflicts=True)

    def _different(self, gifts):
        """Of gifts that stand twice in a row, one."""
        return {row_key(gift, self.gifts_by_word): gift for gift in gifts}.values()

    def _new_gifts(self, row, asset, exactly=False):
        return new_gifts(asset, row.values.get("gifts", []), self.gifts_by_word, exactly)

    def _offering(self, asset, row):
        mode, text, note, times = row
        gift = self.gifts_by_word.get(fold(text))
        text = "" if gift else text
        return Offering(asset=asset, gift=gift, text=text, mode=mode, note=note, times=times)

    # Changed assets -----------------------------------------------------------------------

    def changed_assets(self):
        for chunk in in_chunks(self._rows(What.ASSET, Outcome.CHANGED)):
            keys = [row.asset_id for row in chunk]
            hold(pk__in=keys)
            assets = with_rows(keys)
            pairs = [(row, assets.get(row.asset_id)) for row in chunk]
            pairs = [pair for pair in pairs if self._still(*pair)]
            self._change(pairs)
            self._worked(len(chunk))

    def _still(self, row, asset):
        """Whether the asset is as it was when the file was read; else the row is refused."""
        if asset is not None and asset.version == row.values["version"]:
            return True
        self._refuse(row, "changed_meanwhile")
        return False

    def _refuse(self, row, code):
        row.outcome, row.problems = Outcome.REFUSED, [*row.problems, [code, {}]]
        row.save(update_fields=["outcome", "problems"])

    def _change(self, pairs):
        for row, asset in pairs:
            new = {name: after for name, (_before, after) in row.changes.items()}
            apply(asset.child, {name: new[name] for name in new if name not in BESIDE}, self.now)
        save(asset.child for _row, asset in pairs)
        made = self._beside([(*pair, self._new_gifts(*pair)) for pair in pairs])
        for row, asset in pairs:
            row.made = {"gifts": made.get(row.pk, []), "version": asset.child.version}
        update_rows(ImportRow, [row for row, _asset in pairs], ["made"])
        reindex([asset.pk for _row, asset in pairs])

    # Gifts and ties -----------------------------------------------------------------------

    def gifts_of_rows(self):
        for chunk in in_chunks(self._rows(What.GIFT, Outcome.NEW)):
            assets = self._assets(row.values["asset"] for row in chunk)
            pairs = [(row, assets.get(_ref(row.values["asset"]))) for row in chunk]
            for row in [row for row, asset in pairs if asset is None]:
                self._refuse(row, "end_gone")
            pairs = [pair for pair in pairs if pair[1]]
            made = self._beside([(*pair, self._new_gifts(*pair, exactly=True)) for pair in pairs])
            for row, asset in pairs:
                row.asset_id, row.made = asset.pk, {"gifts": made.get(row.pk, [])}
            update_rows(ImportRow, [row for row, _asset in pairs], ["made", "asset"])
            self._worked(len(chunk))

    def ties(self):
        for chunk in in_chunks(self._rows(What.LINK, Outcome.NEW)):
            self._tie([(row, [row.values]) for row in chunk])
            self._worked(len(chunk))
        named = self.run.rows.filter(what=What.ASSET, values__has_key="links")
        for chunk in in_chunks(named.exclude(outcome=Outcome.REFUSED).order_by("pk")):
            self._tie([(row, row.values["links"]) for row in chunk])

    def _tie(self, pairs):
        told = [values for _row, ties in pairs for values in ties]
        assets = self._assets(values[end] for values in told for end in ("source", "target"))
        links = {row.pk: self._links(row, ties, assets) for row, ties in pairs}
        whole = [link for made in links.values() for link in made]
        load_links(whole)
        found = Link.objects.filter(uid__in=[link.uid for link in whole])
        keys = dict(found.values_list("uid", "pk"))
        for row, _ties in pairs:
            row.made |= {"links": [keys[x.uid] for x in links[row.pk] if x.uid in keys]}
        update_rows(ImportRow, [row for row, _ties in pairs], ["made"])

    def _links(self, row, ties, assets):
        """Return the ties of a row that can be made; what was decided since may forbid some."""
        links = []
        for values in ties:
            ends = [assets.get(_ref(values[end])) for end in ("source", "target")]
            code = _forbidden(*ends, LINK_KINDS[values["kind"]])
            if not code:
                links.append(self._link(*ends, values))
            elif row.what == What.LINK:
                self._refuse(row, code)
        return links

    def _link(self, source, target, values):
        return Link(
            source=source,
            target=target,
            kind=values["kind"],
            data_source=self.run.source,
            licence=self.run.licence,
            created_by=self.run.user,
            **values.get("fields", {}),
        )

    def _assets(self, ends):
        """Return {end: Asset} for ends as rows keep them; see link_rows."""
        ends = list(ends)
        rows = [end["row"] for end in ends if "row" in end]
        made = dict(ImportRow.objects.filter(pk__in=rows).values_list("pk", "asset"))
        keys = {_ref(end): end.get("asset") or made.get(end["row"]) for end in ends}
        assets = Asset.objects.prefetch_related("offerings").in_bulk(
            set(filter(None, keys.values()))
        )
        return {ref: assets[key] for ref, key in keys.items() if key in assets}


def _forbidden(source, target, kind):
    """Return why a tie cannot be made, as a code of problems, or None."""
    if not (source and target):
        return "end_gone"
    if source.pk == target.pk:
        return "tie_self"
    return None if kind.allows(source.layer, target.layer) else "tie_layers"


def _ref(end):
    return next(iter(end.items()))


def apply(asset, values, now):
    """Set some fields of an asset of its own layer, as an edit does."""
    for name, value in values.items():
        setattr(asset, name, value)
    asset.version += 1
    asset.updated_at = now
    asset.derive()  # the words of the search follow for all of them at once


def save(assets):
    """Write changed assets of any layer, base rows and the layer's own."""
    assets = list(assets)
    update_rows(Asset, assets, _columns(Asset._meta.concrete_fields))
    for model in fields.importable().values():
        same = [asset for asset in assets if type(asset) is model]
        update_rows(model, same, _columns(model._meta.local_concrete_fields))


def _columns(fields):
    return [field.name for field in fields if not field.primary_key]
