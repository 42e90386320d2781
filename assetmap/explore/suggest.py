"""Suggestions while somebody types: gifts, and assets by name, a few of each layer."""

from django.db.models import Count
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from assetmap.areas.text import searchable, words_in
from assetmap.inventory import search
from assetmap.inventory.models import Gift, Layer, Offering

from .spelling import nearest

ENOUGH = 2  # letters
GIFTS = 4
ASSETS = 3  # of each layer


def suggestions(assets, text):
    """Return {"groups": [{"title", "rows": [{"name", "url", …}]}], "instead"} for a text.

    assets: an AssetFilter of one area, of which only what may be seen counts. Gifts come with the
    number of assets, and are left out where none has them. `instead` is what may have been meant
    if nothing fits, else "".
    """
    words = words_in(text)
    if len("".join(words)) < ENOUGH:
        return {"groups": [], "instead": ""}
    groups = [_gifts(assets, words), *(_named(assets, text, layer) for layer in Layer)]
    groups = [group for group in groups if group["rows"]]
    found = groups or assets.visible.search(text, assets.area).exists()
    return {
        "groups": groups,
        "instead": "" if found else nearest(assets.visible, text, assets.area),
    }


def _gifts(assets, words):
    matching = {gift.pk: gift for gift in Gift.objects.all() if _is_meant(gift, words)}
    rows = Offering.objects.of_seen(assets.user, assets.visible).filter(gift__in=matching)
    counted = rows.order_by().values_list("gift").annotate(n=Count("asset", distinct=True))
    most = sorted(counted, key=lambda row: -row[1])[:GIFTS] if matching else []
    return {"title": _("Gifts"), "rows": [_gift_row(assets, matching[key], n) for key, n in most]}


def _is_meant(gift, words):
    text = searchable(gift.words())
    return all(pattern in text for pattern in search.patterns_of(words))


def _gift_row(assets, gift, number):
    url = f"{assets.area.get_absolute_url()}?{urlencode({'gift': gift.code})}"
    return {"name": str(gift), "url": url, "count": number}


def _named(assets, text, layer):
    named = search.indexed(words_in(text), "search_name", assets.area)
    found = assets.visible.filter(named, layer=layer).names_first(text)[:ASSETS]
    rows = []
    for asset in found.only("uid", "name", "layer", "area"):
        asset.area = assets.area
        rows.append({"name": asset.name, "url": asset.get_absolute_url()})
    return {"title": str(layer.plural).capitalize(), "layer": layer.number, "rows": rows}
