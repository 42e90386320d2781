"""What may be read through the API: what one may see, but no residents and no ties to them."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja.errors import HttpError

from assetmap.areas.models import Area
from assetmap.explore.fields import FacetFilter
from assetmap.explore.paging import Mark, page_of
from assetmap.inventory.models import Asset, Layer, Link

from ..describe import records_of, tie_record
from ..leaving import links_without_residents, without_residents
from ..openfilter import OpenFilter
from .layers import open_layers

AS_SENT = {"tie": "kind", "what": "gift"}  # fields of forms, as programs know them


class ApiFilter(OpenFilter):
    """The same, and residents are no layer that one can ask for."""

    layer = FacetFilter(choices=[choice for choice in Layer.choices if choice[0] in open_layers()])


def area_of(slug):
    return get_object_or_404(Area, slug=slug)


def assets_of(area, user):
    """Assets of the area that the user may see here, put away or waiting ones of hers too."""
    return without_residents(Asset.objects.visible_to(user)).filter(area=area)


def ties_of(area, user):
    """Ties of the area that the user may see here, between assets in use."""
    ties = links_without_residents(Link.objects.visible_to(user).in_use())
    return ties.filter(source__area=area).select_related("source", "target")


def hits_of(area, user, query):
    """Return the filter for a query; raise HttpError 422 with all that is wrong in it."""
    hits = ApiFilter(query, area=area, user=user)
    if not hits.is_valid():
        raise HttpError(422, " ".join(said_by(hits.form)))
    return hits


def said_by(form):
    """Return what a form found wrong, as ["field: sentence", …]."""
    return [
        text if name == "__all__" else f"{AS_SENT.get(name, name)}: {text}"
        for name, texts in form.errors.items()
        for text in texts
    ]


def page_after(queryset, stretches, cursor, limit):
    """Return (rows, cursor of the next ones or None) of a list; raise HttpError 422."""
    mark = Mark.read(cursor, stretches) if cursor else None
    if cursor and (mark is None or mark.backwards):
        raise HttpError(422, _("cursor: Take it from “next” of the page before."))
    page = page_of(queryset, stretches, cursor, limit)
    if cursor and not page.previous:  # nothing stands after the mark, so the first page was read
        return [], None
    return page.rows, page.next or None


def told(rows, user):
    """Return assets as data, in their order; `rows` come from assets_of() or a filter."""
    by_uid = {str(row.uid): row for row in rows}
    keys = [(row.pk, row.layer) for row in rows]
    return [
        record | {name: getattr(by_uid[record["uid"]], name) for name in ("version", "status")}
        for record in records_of(keys, user)
    ]


def tie_told(link):
    return tie_record(link) | {"version": link.version}


def names_of(assets):
    """Return assets by name alone."""
    return [
        {"uid": str(a.uid), "layer": a.layer, "name": a.name, "url": a.get_absolute_url()}
        for a in assets
    ]
