"""The areas of the site, and the vocabulary of gifts, which all of them share."""

from ninja import Query, Router

from assetmap.areas.models import Area
from assetmap.explore.paging import Stretch
from assetmap.inventory.models import Gift

from .paths import AreaSlug
from .problems import READS
from .queries import Paging
from .reading import area_of, page_after
from .shapes import AreaAll, AreaPage, KnownGift

router = Router(tags=["Areas"])
BY_NAME = [Stretch(("name_order", "pk"))]
LISTED = ("slug", "name", "name_order", "municipality", "latitude", "longitude")


def area_told(area, *more):
    """Return an area as data, by the names of its fields."""
    names = ("slug", "name", "municipality", "latitude", "longitude", *more)
    return {**{name: getattr(area, name) for name in names}, "url": area.get_absolute_url()}


@router.get("/areas", response={200: AreaPage, **READS}, summary="The areas of this site")
def list_areas(request, page: Query[Paging]):
    rows, following = page_after(Area.objects.only(*LISTED), BY_NAME, page.cursor, page.limit)
    return {"areas": [area_told(area) for area in rows], "next": following}


@router.get("/areas/{area}", response={200: AreaAll, **READS}, summary="One area")
def read_area(request, area: AreaSlug):
    return area_told(area_of(area), "introduction", "boundary")


@router.get(
    "/gifts",
    response={200: list[KnownGift], **READS},
    summary="The vocabulary of gifts",
)
def list_gifts(request):
    """All of it: a code means the same in every area and every language."""
    return [
        {
            "code": gift.code,
            "names": gift.names,
            "group": gift.group.code,
            "group_names": gift.group.names,
            "kind": gift.group.kind,
        }
        for gift in Gift.objects.select_related("group")
    ]
