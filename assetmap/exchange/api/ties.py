"""Ties between assets through the API; those of residents are not in it."""

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from assetmap.explore.paging import Stretch
from assetmap.inventory.link_forms import LinkForm, NewLinkForm
from assetmap.inventory.models import Link

from .auth import Bearer
from .paths import IF_MATCH, AreaSlug, Uid
from .problems import READS, WRITES, Refused
from .queries import TieQuery
from .reading import area_of, assets_of, page_after, tie_told, ties_of
from .sending import as_shown, fill_in
from .tie_shapes import NewTie, Tie, TieChange, TiePage
from .writing import area_to_write, check_version, saved, version_of

router = Router(tags=["Ties"])
ALL, ONE = "/areas/{area}/ties", "/areas/{area}/ties/{uid}"
IN_ORDER = [Stretch(("pk",))]
BY = {"source": "source__uid", "target": "target__uid", "kind": "kind"}


@router.get(ALL, response={200: TiePage, **READS}, summary="Find ties")
def list_ties(request, area: AreaSlug, query: Query[TieQuery]):
    """Those between assets in use."""
    chosen = query.model_dump(include=set(BY), exclude_none=True)
    found = ties_of(area_of(area), request.auth)
    found = found.filter(**{BY[name]: value for name, value in chosen.items()})
    rows, following = page_after(found, IN_ORDER, query.cursor, query.limit)
    return {"ties": [tie_told(link) for link in rows], "next": following}


@router.post(ALL, auth=Bearer(), response={201: Tie, **WRITES}, summary="Add a tie")
@transaction.atomic
def create_tie(request, area: AreaSlug, body: NewTie):
    """A tie that means the same both ways is kept one way: its ends may come back turned round."""
    area = area_to_write(area, request.auth)
    source, target = (end_of(area, request.auth, body, name) for name in ("source", "target"))
    if source == target:
        raise Refused(422, _("A tie joins two different assets."))
    data = as_shown(NewLinkForm(asset=source, user=request.auth))
    fill_in(data, body.model_dump(exclude_unset=True, exclude={"source", "kind"}))
    fill_in(data, {"tie": f"{body.kind}:out", "target": target.uid})
    link = saved(NewLinkForm(data, asset=source, user=request.auth))
    return Status(201, tie_told(link))


def end_of(area, user, body, name):
    """Return the asset at one end of a tie to be; raise Refused 422."""
    end = assets_of(area, user).filter(uid=getattr(body, name)).first()
    if end is None:
        raise Refused(422, _("%s: There is no such asset in this area.") % name)
    end.area = area
    return end


@router.get(ONE, response={200: Tie, **READS}, summary="Read a tie")
def read_tie(request, area: AreaSlug, uid: Uid):
    return tie_told(one_of(area_of(area), request.auth, uid))


@router.patch(ONE, auth=Bearer(), response={200: Tie, **WRITES}, summary="Change a tie")
@transaction.atomic
def update_tie(request, area: AreaSlug, uid: Uid, body: TieChange, if_match: str = IF_MATCH):
    """Only what is sent changes. It must say which version it began from; a stale one gets 409."""
    link = held_tie(area_to_write(area, request.auth), request.auth, uid)
    values = body.model_dump(exclude_unset=True)
    version = version_of(values.pop("version", None), if_match)
    check_version(link, version, lambda: tie_told(link))
    if kind := values.pop("kind", None):
        values["tie"] = f"{kind}:out"
    about = {"instance": link, "asset": link.source, "user": request.auth}
    data = as_shown(LinkForm(**about))
    fill_in(data, values)
    return tie_told(saved(LinkForm(data, **about)))


@router.delete(ONE, auth=Bearer(), response={204: None, **WRITES}, summary="Take a tie away")
@transaction.atomic
def delete_tie(request, area: AreaSlug, uid: Uid):
    held_tie(area_to_write(area, request.auth), request.auth, uid).delete()
    return Status(204, None)


def held_tie(area, user, uid):
    """Return a tie, held against others until the transaction ends."""
    Link.objects.select_for_update().filter(uid=uid, source__area=area).first()
    return one_of(area, user, uid)


def one_of(area, user, uid):
    """Return a tie that the user may see here; raise Http404."""
    return get_object_or_404(ties_of(area, user), uid=uid)
