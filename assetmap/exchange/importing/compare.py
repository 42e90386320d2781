"""What a row would change in an asset that is there already."""

from assetmap.areas.text import fold
from assetmap.inventory.kinds import LINK_KINDS
from assetmap.inventory.models import Asset, Layer, Offering

from . import fields
from .position import ALIKE

PLACE = ("latitude", "longitude")


def changes(asset, values, gifts_by_word):
    """Return ({name: [before, after]}, problems) for an asset and the values of a row.

    What the file leaves empty stays as it is; gifts and languages are added, never taken away.
    """
    child, problems = asset.child, []
    if asset.layer != values["layer"]:
        problems.append(["other_layer", {"layer": str(Layer(asset.layer).label)}])
    if asset.is_archived:
        problems.append(["archived", {}])
    same_layer = asset.layer == values["layer"]
    found = {
        name: [getattr(child, name), new]
        for name, new in values["fields"].items()
        if _may_take(child, name, same_layer) and not _same(name, getattr(child, name), new)
    }
    if "latitude" in found or "longitude" in found:
        found |= {name: [getattr(child, name), values["fields"][name]] for name in PLACE}
    return found | _added(asset, values, gifts_by_word), problems


def _may_take(child, name, same_layer):
    """A kind says what something is among others of its layer, and means nothing in another."""
    return fields.field_of(type(child), name) is not None and (same_layer or name != "kind")


def _same(name, old, new):
    if name in PLACE and old is not None:
        return abs(old - new) <= ALIKE
    if isinstance(old, str) and isinstance(new, str):
        return old.split() == new.split()  # a file's blanks are no change
    return old == new


def _added(asset, values, gifts_by_word):
    added = {}
    codes = {row.code for row in asset.languages.all()}
    if new := sorted(set(values.get("languages", [])) - codes):
        added["languages"] = [sorted(codes), sorted(codes | set(new))]
    if new := new_gifts(asset, values.get("gifts", []), gifts_by_word):
        added["gifts"] = [[], [text for _mode, text, *_rest in new]]
    return added


def new_gifts(asset, gifts, gifts_by_word, exactly=False):
    """Return those of a row's gifts that an asset does not have; exactly: in just that mode."""
    same = (lambda key: key) if exactly else _side
    has = {same(key) for row in asset.offerings.all() for key in keys_of(row, gifts_by_word)}
    new = {row_key(row, gifts_by_word): row for row in gifts}
    return [row for key, row in new.items() if same(key) not in has]


def tie_changes(links):
    """Return as a change, [before, after], the ties that a row adds to an asset."""
    return [[], [str(LINK_KINDS[link["kind"]].out) for link in links]]


def _side(key):
    """A column says that something is given or wished for, not just how."""
    gift, mode = key
    return gift, mode in Offering.GIVES


def keys_of(offering, gifts_by_word):
    """Return what an offering is the same by: also the gift that its own words would name."""
    named = row_key([offering.mode, offering.text], gifts_by_word)
    return {gift_key(offering.gift_id, offering.text, offering.mode), named} - {
        ("", offering.mode)
    }


def row_key(row, gifts_by_word):
    """Return what a gift of a file, [mode, text, note, times], is the same by."""
    mode, text, *_rest = row
    gift = gifts_by_word.get(fold(text))
    return gift_key(gift.pk if gift else None, text, mode)


def gift_key(gift_id, text, mode):
    return (gift_id or fold(text), mode)


def with_rows(keys):
    """Return {key: asset} with all that a comparison reads; a few queries for all of them."""
    layers = [layer.value for layer in fields.importable()]
    assets = Asset.objects.filter(pk__in=keys).exclude(layer=Layer.RESIDENT)
    assets = assets.select_related(*layers).prefetch_related("languages", "offerings")
    return {asset.pk: asset for asset in assets}
