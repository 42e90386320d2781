"""Assets through the API, and their gifts and wishes."""

from django.db import transaction
from ninja import Query, Router, Status

from .auth import Bearer
from .paths import IF_MATCH, AreaSlug, Uid
from .problems import READS, WRITES
from .queries import AssetQuery
from .reading import area_of, hits_of, page_after, told
from .shapes import AnyAsset, AnyChange, AssetPage, GiftKey, GiftOf, NewAsset, NewGift
from .writing import (
    add_asset,
    archive,
    area_to_write,
    change_asset,
    check_version,
    held,
    one_told,
    version_of,
)

router = Router(tags=["Assets"])
ALL, ONE = "/areas/{area}/assets", "/areas/{area}/assets/{uid}"


@router.get(ALL, response={200: AssetPage, **READS}, summary="Find assets")
def list_assets(request, area: AreaSlug, query: Query[AssetQuery]):
    """Those in use that fit all that is asked, in the order of the site’s list."""
    hits = hits_of(area_of(area), request.auth, request.GET)
    rows, following = page_after(hits.qs, hits.stretches, query.cursor, query.limit)
    return {"assets": told(rows, request.auth), "next": following}


@router.post(ALL, auth=Bearer(), response={201: AnyAsset, **WRITES}, summary="Add an asset")
@transaction.atomic
def create_asset(request, area: AreaSlug, body: NewAsset):
    """What may be here already is refused with the likely ones, unless `is_new` is true."""
    area = area_to_write(area, request.auth)
    values = body.model_dump(exclude_unset=True, exclude={"layer", "gifts", "is_new"})
    gifts = [gift.model_dump() for gift in body.gifts]
    asset = add_asset(area, request.auth, body.layer, values, gifts, body.is_new)
    return Status(201, one_told(area, request.auth, asset.uid))


@router.get(ONE, response={200: AnyAsset, **READS}, summary="Read an asset")
def read_asset(request, area: AreaSlug, uid: Uid):
    """Coordinators read what is archived or waits too; `status` says so."""
    return one_told(area_of(area), request.auth, uid)


@router.patch(ONE, auth=Bearer(), response={200: AnyAsset, **WRITES}, summary="Change an asset")
@transaction.atomic
def update_asset(request, area: AreaSlug, uid: Uid, body: AnyChange, if_match: str = IF_MATCH):
    """Only what is sent changes. It must say which version it began from; a stale one gets 409."""
    area, user = area_to_write(area, request.auth), request.auth
    asset = held(area, user, uid)
    values = body.model_dump(exclude_unset=True)
    version = version_of(values.pop("version", None), if_match)
    check_version(asset, version, lambda: one_told(area, user, uid))
    change_asset(asset, user, values)
    return one_told(area, user, uid)


@router.delete(ONE, auth=Bearer(), response={200: AnyAsset, **WRITES}, summary="Archive an asset")
@transaction.atomic
def archive_asset(request, area: AreaSlug, uid: Uid):
    """It is off the list and the map, and can be brought back or erased on the site."""
    area = area_to_write(area, request.auth)
    archive(held(area, request.auth, uid))
    return one_told(area, request.auth, uid)


# Gifts and wishes -------------------------------------------------------------------------

GIFTS = f"{ONE}/gifts"


@router.get(
    GIFTS,
    response={200: list[GiftOf], **READS},
    summary="Gifts and wishes of an asset",
)
def list_asset_gifts(request, area: AreaSlug, uid: Uid):
    return one_told(area_of(area), request.auth, uid)["gifts"]


@router.post(
    GIFTS, auth=Bearer(), response={201: AnyAsset, **WRITES}, summary="Add a gift or wish"
)
@transaction.atomic
def add_gift(request, area: AreaSlug, uid: Uid, body: NewGift):
    """Own words that name a gift of the vocabulary, in any language, become that gift."""
    area = area_to_write(area, request.auth)
    change_asset(held(area, request.auth, uid), request.auth, {}, gifts=[body.model_dump()])
    return Status(201, one_told(area, request.auth, uid))


@router.delete(
    GIFTS, auth=Bearer(), response={200: AnyAsset, **WRITES}, summary="Take out a gift or wish"
)
@transaction.atomic
def take_out_gift(request, area: AreaSlug, uid: Uid, which: Query[GiftKey]):
    """The one with this code, or these own words, in this mode."""
    area = area_to_write(area, request.auth)
    asset = held(area, request.auth, uid)
    change_asset(asset, request.auth, {}, without=which.model_dump())
    return one_told(area, request.auth, uid)
