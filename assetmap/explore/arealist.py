"""The areas of the site as a list, each with the number of assets that one may see there."""

from django.db.models import Sum

from assetmap.areas.models import Area
from assetmap.areas.text import sort_key

from .paging import Page, Stretch, page_of

PAGE_SIZE = 30
NAMED = 3  # areas that are shown above the assets, when their names hold what is looked for


def area_page(assets, mark):
    """Return a Page of areas; where an AssetFilter looks for assets, only areas so named."""
    areas = Area.objects.only("name", "name_order", "slug", "municipality", "introduction")
    if assets.narrows:
        return Page(_numbered(_named(areas, assets.chosen.get("q")), assets))
    page = page_of(areas, [Stretch(("name_order", "pk"))], mark, PAGE_SIZE)
    return Page(_numbered(page.rows, assets), page.previous, page.next)


def _named(areas, typed):
    key = sort_key(typed or "").strip("0")
    return list(areas.filter(name_order__contains=key)[:NAMED]) if key else []


def _numbered(areas, assets):
    """Give each area its `number` of assets; what only its owner sees is not counted here."""
    rows = assets.tallies.filter(area__in=areas).order_by()
    numbers = dict(rows.values_list("area").annotate(n=Sum("number")))
    for area in areas:
        area.number = numbers.get(area.pk, 0)
    return areas
