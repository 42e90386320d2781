"""What is looked at in a made database: chosen alike each time, in the middle of things."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count

from assetmap.areas.models import Area, Membership, User
from assetmap.areas.text import words_in
from assetmap.inventory.models import Asset, Layer, Offering
from places.models import Place

USUAL = 5_000  # assets in the area that is measured
WORD, RARE = "gymnastik", "glasharmonika"
SLIP = "gymnstik"  # nowhere, but near to a word


@dataclass
class Subject:
    area: Area
    large: Area | None  # one with many more assets, if there is one
    gift: object  # the gift that most associations in the area have
    association: Asset
    place: Place
    coordinator: User
    areas: int
    assets: int

    @classmethod
    def found(cls):
        area, large = _areas()
        seen = visible().filter(area=area)
        plain = Place.objects.filter(pk__in=seen.values("pk"), outline__isnull=True, cell__gt=0)
        return cls(
            area=area,
            large=large,
            gift=_gift(area),
            association=middle(seen.filter(layer=Layer.ASSOCIATION)),
            place=middle(plain),
            coordinator=_coordinator(area),
            areas=Area.objects.count(),
            assets=Asset.objects.count(),
        )

    def about(self):
        return {
            "area": self.area.slug,
            "assets_in_area": self.area.assets.count(),
            "areas": self.areas,
            "assets": self.assets,
        }

    @property
    def rare_name(self):
        """A word in the name of one association, and of hardly any other."""
        return words_in(self.association.name)[0]


def visible():
    return Asset.objects.visible_to(AnonymousUser()).active()


def middle(assets):
    """Return the asset in the middle of the list by name."""
    return assets.order_by("name_order", "pk")[assets.count() // 2]


def _areas():
    """Return the area of USUAL assets, or the largest below, and a larger one or None."""
    rows = Asset.objects.order_by().values_list("area").annotate(n=Count("pk"))
    sizes = sorted(((n, key) for key, n in rows), reverse=True)
    large = [key for n, key in sizes if n > USUAL][:1]
    usual = next(key for n, key in sizes if n <= USUAL)
    areas = Area.objects.in_bulk([usual, *large])
    return areas[usual], areas[large[0]] if large else None


def _gift(area):
    rows = Offering.objects.visible_to(AnonymousUser()).filter(
        asset__area=area, asset__layer=Layer.ASSOCIATION, gift__isnull=False
    )
    most = rows.order_by().values("gift").annotate(n=Count("pk")).order_by("-n", "gift")[0]
    return rows.filter(gift=most["gift"]).select_related("gift")[0].gift


def _coordinator(area):
    user = User.objects.create_user("bench@example.org")
    Membership.objects.create(user=user, area=area, role=Membership.Role.COORDINATOR)
    return user
