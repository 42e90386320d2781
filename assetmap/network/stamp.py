"""A mark of all that an area's network is made of: another one as soon as anything changes."""

from django.db.models import Count, Max, Sum

from assetmap.inventory.models import Asset, Link, Tally

CHANGES = {
    "number": Count("pk"),
    "newest": Max("pk"),
    "edits": Sum("version"),
    "last": Max("updated_at"),
}


def stamp(area):
    """Return a text that changes with every tie and every asset of the area, in three queries.

    Edits raise the version and note the time; what shows or hides an asset by any way at all
    changes the tallies, which the database keeps itself.
    """
    links = Link.objects.filter(source__area=area).order_by("visibility").values_list("visibility")
    assets = Asset.objects.filter(area=area).order_by().aggregate(**CHANGES)
    shown = Tally.objects.filter(area=area).order_by("layer", "visibility")
    numbers = shown.values_list("layer", "visibility").annotate(n=Sum("number"))
    return repr([*links.annotate(**CHANGES), *assets.values(), *numbers])
